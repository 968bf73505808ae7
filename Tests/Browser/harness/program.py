"""The program under test. All that these tests know of its commands, addresses and files is on this page."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[3]
OUT = ROOT / ".build" / "browser"
BINARY = Path(os.environ.get("SENTRUM_PROGRAM", ROOT / ".build" / "debug" / "sentrum"))

PUPILS = 60
SEED = 7
# An ordinary Monday morning in term, so that there is work to do and terms run.
MOMENT = "2026-11-02T09:00"

SIGN_IN = "/aanmelden"
SIGN_OUT = "/afmelden"
LANGUAGE_COOKIE = "lang"


def demo_command(folder: Path, pupils: int = PUPILS) -> list[str]:
    return [str(BINARY), "demo", str(folder), "--pupils", str(pupils), "--seed", str(SEED), "--at", MOMENT, "--json"]


def serve_command(folder: Path, port: int, moment: str | None = MOMENT, options: Sequence[str] = ()) -> list[str]:
    """Without a moment the program keeps the time of the machine."""
    clock = ["--at", moment] if moment else []
    return [str(BINARY), "serve", str(folder), "--port", str(port), *clock, *options]


@dataclass(frozen=True)
class Person:
    """Somebody of the demo who can sign in."""

    role: str
    email: str
    password: str
    name: str
    totp: str | None = None

    @classmethod
    def read(cls, fields: dict) -> Person:
        secret = fields.get("totp") or fields.get("totpSecret")
        return cls(fields["role"], fields["email"], fields["password"], fields["name"], secret)

    def code(self, moment: float) -> str:
        """The six digits of RFC 6238 at a moment in seconds since 1970."""
        secret = (self.totp or "").replace(" ", "").upper()
        key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        digest = hmac.digest(key, int(moment // 30).to_bytes(8), hashlib.sha1)
        offset = digest[-1] & 15
        return f"{(int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


@dataclass
class Server:
    """A running program with a demo of its own."""

    url: str
    people: list[Person]
    log: Path | None
    started: float
    begins: str | None = MOMENT
    _spent: set[tuple[str, str]] = field(default_factory=set, repr=False)

    @property
    def roles(self) -> list[str]:
        return list(dict.fromkeys(person.role for person in self.people))

    def person(self, role: str) -> Person:
        for person in self.people:
            if person.role == role:
                return person
        raise LookupError(f"nobody of the demo is {role!r}; there are: {', '.join(self.roles)}")

    @property
    def moment(self) -> float:
        """Now, on the server's clock: it was started at a moment and runs on from there."""
        if self.begins is None:
            return time.time()
        start = datetime.fromisoformat(self.begins).replace(tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp()
        return start + time.time() - self.started

    def code(self, person: Person) -> str:
        """A second factor that was not used before; a server refuses one twice, and allows the next one early."""
        while True:
            for ahead in (0, 30):
                code = person.code(self.moment + ahead)
                if (person.email, code) not in self._spent:
                    self._spent.add((person.email, code))
                    return code
            time.sleep(1)


def people_of(folder: Path, printed: str = "") -> list[Person]:
    """Who can sign in: from the file that the demo leaves, else from what it printed."""
    file = folder / "demo-people.json"
    read = json.loads(file.read_text("utf8") if file.exists() else printed)
    return [Person.read(fields) for fields in (read["people"] if isinstance(read, dict) else read)]


def fresh_demo(folder: Path, pupils: int = PUPILS) -> list[Person]:
    """Fills the folder with the demo. Made once per build of the program, and copied from there on."""
    if not BINARY.exists():
        raise FileNotFoundError(f"{BINARY} is not there: run `make debug`, or name a program in SENTRUM_PROGRAM")
    made_by = f"{BINARY.stat().st_mtime_ns} {demo_command(Path('.'), pupils)}"
    kept = OUT / f"demo-{pupils}"
    mark = kept / ".made-by"
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Tests may run in two processes at once, and both begin with this.
    with (OUT / f"demo-{pupils}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists() or mark.read_text() != made_by:
            shutil.rmtree(kept, ignore_errors=True)
            run = subprocess.run(demo_command(kept, pupils), cwd=ROOT, capture_output=True, text=True, timeout=1800)
            if run.returncode != 0:
                raise RuntimeError(f"`{' '.join(run.args)}` ended with {run.returncode}\n{run.stdout}\n{run.stderr}")
            if not (kept / "demo-people.json").exists():
                (kept / "demo-people.json").write_text(run.stdout, "utf8")
            mark.write_text(made_by)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    return people_of(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(folder: Path, pupils: int = PUPILS) -> Iterator[Server]:
    """Serves a fresh demo in the folder until the block ends.

    SENTRUM_URL with SENTRUM_DEMO (its folder) uses a server that already runs, which is handy while making pages.
    """
    if url := os.environ.get("SENTRUM_URL"):
        yield Server(url.rstrip("/"), people_of(Path(os.environ["SENTRUM_DEMO"])), None, time.time())
        return
    people = fresh_demo(folder, pupils)
    with serving(folder, people) as server:
        yield server


@contextlib.contextmanager
def serving(
    folder: Path,
    people: list[Person],
    moment: str | None = MOMENT,
    options: Sequence[str] = (),
    port: int | None = None,
) -> Iterator[Server]:
    """Serves what is in the folder, from a moment on, until the block ends; with more options when asked."""
    port = port or free_port()
    OUT.mkdir(parents=True, exist_ok=True)
    log = OUT / f"server-{port}.log"
    # What is printed is for who starts a demo, names and passwords too; the log is what must name nobody.
    with log.open("wb") as sink, log.with_suffix(".out").open("wb") as printed:
        command = serve_command(folder, port, moment, options)
        process = subprocess.Popen(command, cwd=ROOT, stdout=printed, stderr=sink)
        try:
            server = Server(f"http://127.0.0.1:{port}", people, log, time.time(), moment)
            await_answer(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def await_answer(server: Server, process: subprocess.Popen, patience: float = 30) -> None:
    deadline = time.time() + patience
    while True:
        try:
            urllib.request.urlopen(server.url + SIGN_IN, timeout=5).close()
            return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
        except OSError:
            pass
        if process.poll() is not None or time.time() > deadline:
            said = server.log.read_text("utf8", "replace")[-2000:] if server.log else ""
            raise RuntimeError(f"the server did not answer at {server.url}{SIGN_IN}\n{said}")
        time.sleep(0.1)
