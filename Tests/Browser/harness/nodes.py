"""Several nodes of the program against one database: a PostgreSQL server of the tests' own, and what is on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from harness.program import (
    BINARY,
    MOMENT,
    OUT,
    ROOT,
    Person,
    Server,
    await_answer,
    free_port,
    fresh_demo,
    serve_command,
)


def programs() -> Path | None:
    """Where `initdb` and `postgres` are: where SENTRUM_POSTGRES says, or where Debian puts them."""
    named = os.environ.get("SENTRUM_POSTGRES")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: found.parent.name.zfill(4))
    for found in [*([Path(named)] if named else []), *reversed(versions)]:
        if (found / "initdb").exists():
            return found
    return None


class Database:
    """A server of PostgreSQL that waits for the disk, as it does in earnest."""

    def __init__(self) -> None:
        self.programs = programs()
        # Short, because the name of a socket may not be long.
        self.folder = Path(tempfile.mkdtemp(prefix="sentrum-pg-", dir="/tmp"))
        self.owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        if self.owner:
            shutil.chown(self.folder, "postgres")
        self._run(
            "initdb", "-D", self.data, "-U", "sentrum", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        with (self.folder / "data" / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nmax_connections = 100\n")
        self.start()

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def address(self) -> str:
        return f"host={self.folder} user=sentrum dbname=postgres"

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-l", str(self.folder / "log"), "start")

    def stop(self, how: str) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    def ask(self, question: str) -> str:
        """What the server's own shell prints for a question."""
        command = [str(self.programs / "psql"), "-XAtq", "-d", self.address, "-c", question]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def close(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.owner, str(self.programs / program), *arguments]
        subprocess.run(command, cwd="/tmp", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Node:
    """One running program."""

    def __init__(self, folder: Path, database: Database, people: list[Person]) -> None:
        self.folder = folder
        self.database = database
        self.people = people
        self.port = free_port()
        self.start()

    def start(self) -> None:
        OUT.mkdir(parents=True, exist_ok=True)
        log = OUT / f"node-{self.port}.log"
        command = serve_command(self.folder, self.port, MOMENT, ["--database", self.database.address])
        with log.open("ab") as sink:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=sink)
        self.server = Server(f"http://127.0.0.1:{self.port}", self.people, log, time.time())
        await_answer(self.server, self.process)

    @property
    def url(self) -> str:
        return self.server.url

    def end(self) -> None:
        """In good order: what is being answered is answered."""
        self.process.terminate()
        self.process.wait(30)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def nodes(folder: Path, pupils: int = 20) -> Iterator[tuple[Database, list[Node]]]:
    """A demo, copied from its folder into a database, and two nodes that serve it."""
    people = fresh_demo(folder, pupils)
    database = Database()
    running: list[Node] = []
    try:
        copy = [str(BINARY), "copy", str(folder), database.address, "--json"]
        subprocess.run(copy, cwd=ROOT, check=True, capture_output=True, timeout=300)
        running = [Node(folder, database, people) for _ in range(2)]
        yield database, running
    finally:
        for node in running:
            if node.process.poll() is None:
                node.kill()
        database.close()
