"""Installations to measure: made once, copied for each run, served, and looked into from outside."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.program import BINARY, ROOT, Person, demo_command, free_port, people_of, serve_command

KEPT = ROOT / ".build" / "bench"
TICK = os.sysconf("SC_CLK_TCK")


def made(pupils: int, fresh: bool = False, whole: int = 1) -> Path:
    """The folder of a demonstration of this size; made anew when the program's version is another one.

    One in `whole` dossiers has a whole story, the others are opened and no more.
    """
    version = subprocess.run([str(BINARY), "--version"], capture_output=True, text=True).stdout.strip()
    # A hundred pupils a school at each size: what one school sees does not grow with the region.
    spread = ["--schools", str(max(1, pupils // 100))]
    if whole != 1:
        spread += ["--whole-stories", str(whole)]
    made_by = " ".join([version, *demo_command(Path("."), pupils)[1:], *spread])
    kept = KEPT / (f"demo-{pupils}" if whole == 1 else f"demo-{pupils}-{whole}")
    mark = kept / ".made-by"
    if fresh or not mark.exists() or mark.read_text() != made_by:
        shutil.rmtree(kept, ignore_errors=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        print(f"making {pupils} dossiers …", flush=True)
        start = time.monotonic()
        run = subprocess.run([*demo_command(kept, pupils), *spread], cwd=ROOT, capture_output=True, text=True)
        if run.returncode != 0:
            raise RuntimeError(f"`{' '.join(run.args)}` ended with {run.returncode}\n{run.stdout}\n{run.stderr}")
        print(f"  in {time.monotonic() - start:.0f} s", flush=True)
        mark.write_text(made_by)
    return kept


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy to measure on, so that one run leaves nothing behind for the next."""
    copy = KEPT / f"run-{folder.name}"
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["cp", "-r", "--reflink=auto", str(folder), str(copy)], check=True)
    try:
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


@dataclass
class Served:
    """A running program and the folder that it serves."""

    url: str
    folder: Path
    process: subprocess.Popen
    log: Path
    # Seconds from starting the program to its first answer.
    start: float

    @property
    def people(self) -> list[Person]:
        return people_of(self.folder)

    def person(self, role: str) -> Person:
        return next(person for person in self.people if person.role == role)

    def said(self) -> str:
        return self.log.read_text("utf8", "replace")[-2000:]

    def cpu(self) -> float:
        """Seconds of processor time that the program used until now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> tuple[float, float]:
        """Megabytes in memory: now, and at the highest."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        kibibytes = {name: int(value.split()[0]) for name, value in _fields(status) if name in ("VmRSS", "VmHWM")}
        return kibibytes["VmRSS"] / 1024, kibibytes["VmHWM"] / 1024

    def ask(self, sql: str, *values) -> list[tuple]:
        """What a list in the database holds; only what lists show is readable there."""
        with sqlite3.connect(f"file:{self.folder / 'journal.sqlite'}?mode=ro", uri=True) as database:
            return database.execute(sql, values).fetchall()

    def size(self) -> float:
        """Megabytes on disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file()) / 2**20


def _fields(status: str) -> Iterator[tuple[str, str]]:
    for line in status.splitlines():
        name, _, value = line.partition(":")
        yield name, value.strip()


@contextmanager
def served(folder: Path, environment: dict[str, str] | None = None) -> Iterator[Served]:
    """Serves the folder until the block ends, and measures how long it takes to the first answer."""
    port = free_port()
    log = KEPT / f"{folder.name}.log"
    with log.open("wb") as sink:
        began = time.monotonic()
        process = subprocess.Popen(
            [*serve_command(folder, port), "--bench"],
            cwd=ROOT,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        try:
            _await(port, process, log)
            yield Served(f"http://127.0.0.1:{port}", folder, process, log, time.monotonic() - began)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(port: int, process: subprocess.Popen, log: Path, patience: float = 120) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.sendall(b"GET /gezond HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if connection.recv(64).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"no answer on port {port}\n{log.read_text('utf8', 'replace')[-2000:]}")
        time.sleep(0.002)
