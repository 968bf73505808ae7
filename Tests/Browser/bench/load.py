"""Load by wrk: a file of requests, played by several clients at once."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Measured:
    """What one run of load came to. Times are in milliseconds."""

    done: int
    seconds: float
    p50: float
    p99: float
    p999: float
    longest: float
    bytes: int
    errors: int
    cpu: float

    @property
    def rate(self) -> float:
        return self.done / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of processor time of the server for each."""
        return self.cpu * 1000 / max(1, self.done)


@dataclass(frozen=True)
class Request:
    """One request as somebody who is signed in sends it; `{n}` and `{r}` in the body are filled in by load.lua."""

    path: str
    cookie: str
    method: str = "GET"
    body: str = ""
    # Of the answer that is written anew, and of its dossier.
    revision: int = 0
    version: int = 0

    @property
    def line(self) -> str:
        return f"{self.method}\t{self.path}\t{self.cookie}\t{self.body}\t{self.revision}\t{self.version}"


@dataclass(frozen=True)
class Step:
    """One request of a job, by somebody with a key; what `pattern` finds in its answer is called `name` from then."""

    method: str
    path: str
    token: str
    body: str = ""
    name: str = ""
    pattern: str = ""

    @property
    def line(self) -> str:
        return "\t".join((self.method, self.path, self.token, self.body, self.name, self.pattern))


def pick(server, requests: list[Request], clients: int, seconds: float) -> Measured:
    """Several clients ask any of these, over and over."""
    return _play(server, "load.lua", [request.line for request in requests], ["pick"], clients, seconds)


def save(server, requests: list[Request], clients: int, seconds: float) -> Measured:
    """Several clients send these round and round, each client its own."""
    clients = min(clients, len(requests))
    return _play(server, "load.lua", [request.line for request in requests], ["save", str(clients)], clients, seconds)


def mixed(server, requests: list[Request], clients: int, seconds: float, share: float) -> Measured:
    """Many clients read any of these, and save a share of all times what is written anew, each client its own."""
    rest = ["mixed", str(clients), str(share)]
    return _play(server, "load.lua", [request.line for request in requests], rest, clients, seconds)


def play(server, steps: list[Step], clients: int, seconds: float) -> Measured:
    """Several clients do the whole job, over and over."""
    return _play(server, "job.lua", [step.line for step in steps], [], clients, seconds)


def _play(server, script: str, lines: list[str], rest: list[str], clients: int, seconds: float) -> Measured:
    with tempfile.NamedTemporaryFile("w", suffix=".requests", encoding="utf8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        # One connection a thread, so that a script knows which answer belongs to what it asked.
        command = ["wrk", f"-t{clients}", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
        command += ["-s", str(HERE / script), server.url, "--", file.name, *rest]
        before = server.cpu()
        run = subprocess.run(command, capture_output=True, text=True)
        cpu = server.cpu() - before
    found = [line for line in run.stdout.splitlines() if line.startswith("{")]
    if run.returncode != 0 or not found:
        raise RuntimeError(f"wrk ended with {run.returncode}\n{run.stdout}\n{run.stderr}")
    told = json.loads(found[-1])
    if told["errors"]:
        said = run.stderr.strip() or server.said()
        raise RuntimeError(f"{told['errors']} of {told['requests']} requests were not answered as they should: {said}")
    return Measured(
        told.get("jobs", told["requests"]),
        told["seconds"],
        told["p50"],
        told["p99"],
        told["p999"],
        told["longest"],
        told["bytes"],
        told["errors"],
        cpu,
    )
