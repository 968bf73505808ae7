"""The program with its data, in a folder or in a database, to be killed and started again."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from harness.nodes import Database, programs
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

from torture.load import FAMILY

# How long a start may take, after whatever happened before it.
PATIENCE = 90


class Node:
    """One process that serves, always at the same address."""

    def __init__(
        self, folder: Path, people: list[Person], options: Sequence[str] = (), before: Sequence[str] = ()
    ) -> None:
        self.folder = folder
        self.people = people
        self.options = list(options)
        self.before = list(before)
        """Words before the command, such as `faketime` and what it takes."""
        self.environment: dict[str, str] = {}
        self.moment: str | None = MOMENT
        self.port = free_port()
        self.began = time.time()
        self.process: subprocess.Popen | None = None
        self.log = OUT / f"torture-{self.port}.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, wait: bool = True) -> None:
        OUT.mkdir(parents=True, exist_ok=True)
        # A clock that begins anew at each start would stand still for who is killed every second.
        moment = self.moment
        if moment is not None:
            passed = timedelta(seconds=time.time() - self.began)
            moment = (datetime.fromisoformat(moment) + passed).strftime("%Y-%m-%dT%H:%M")
        command = [*self.before, *serve_command(self.folder, self.port, moment, self.options)]
        with self.log.open("ab") as sink:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=sink, env=os.environ | self.environment
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Until it answers."""
        await_answer(Server(self.url, self.people, self.log, time.time()), self.process, PATIENCE)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self, patience: float = 60) -> int:
        """In good order; the exit code."""
        self.process.terminate()
        return self.process.wait(patience)

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def memory(self) -> int:
        """Memory that is its own, in kB: without what it has of files."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1])


class World:
    """An installation and the nodes that serve it."""

    def __init__(self, folder: Path, people: list[Person]) -> None:
        self.folder = folder
        self.people = people
        self.nodes: list[Node] = []

    def person(self, role: str) -> Person:
        return next(person for person in self.people if person.role == role)

    def addresses(self) -> list[str]:
        return [node.url for node in self.nodes if node.is_up] or [self.nodes[0].url]

    def place(self) -> list[str]:
        """The words of a command that say where the data is."""
        return [str(self.folder)]

    def names(self) -> list[str]:
        """The family names of the dossiers that the load opened, as the register has them."""
        raise NotImplementedError

    def strike(self, chance: random.Random) -> None:
        """Kills what serves, and starts it again: now and then a second time while it starts."""
        raise NotImplementedError

    def faults(self) -> list[str]:
        """What is wrong with the journal or the registers, while nothing writes."""
        told = []
        for words in (["journal", "verify"], ["journal", "rebuild", "--at", "2026-11-02T12:00"]):
            run = subprocess.run(
                [str(BINARY), *words, *self.place()], cwd=ROOT, capture_output=True, text=True, timeout=900
            )
            if run.returncode != 0:
                told.append(f"{' '.join(words)} ended with {run.returncode}: {run.stdout[-800:]}{run.stderr[-800:]}")
        return told

    def close(self) -> None:
        for node in self.nodes:
            if node.is_up:
                node.kill()


class FolderWorld(World):
    """Everything in one folder, served by one process."""

    def __init__(
        self, folder: Path, people: list[Person], options: Sequence[str] = (), before: Sequence[str] = ()
    ) -> None:
        super().__init__(folder, people)
        self.nodes = [Node(folder, people, options, before)]

    @property
    def node(self) -> Node:
        return self.nodes[0]

    def names(self) -> list[str]:
        with contextlib.closing(sqlite3.connect(self.folder / "journal.sqlite", timeout=30)) as database:
            found = database.execute("SELECT family_name FROM dossiers WHERE family_name LIKE ?", (f"{FAMILY} %",))
            return [name for (name,) in found]

    def strike(self, chance: random.Random) -> None:
        self.node.kill()
        while chance.random() < 0.1:
            self.node.start(wait=False)
            time.sleep(chance.random() * 1.5)
            self.node.kill()


class DatabaseWorld(World):
    """Two processes against one PostgreSQL."""

    def __init__(self, folder: Path, people: list[Person], database: Database) -> None:
        super().__init__(folder, people)
        self.database = database
        self.nodes = [Node(folder, people, ["--database", database.address]) for _ in range(2)]

    def place(self) -> list[str]:
        return [str(self.folder), "--database", self.database.address]

    def names(self) -> list[str]:
        rows = self.database.ask(f"SELECT family_name FROM sentrum.dossiers WHERE family_name LIKE '{FAMILY} %'")
        return rows.splitlines()

    def strike(self, chance: random.Random) -> None:
        # Mostly one of them; now and then both at once.
        for node in self.nodes if chance.random() < 0.15 else [chance.choice(self.nodes)]:
            node.kill()


@contextlib.contextmanager
def folder_world(
    folder: Path, pupils: int = 20, options: Sequence[str] = (), before: Sequence[str] = ()
) -> Iterator[FolderWorld]:
    """A demo in a folder, not yet served."""
    world = FolderWorld(folder, fresh_demo(folder, pupils), options, before)
    try:
        yield world
    finally:
        world.close()


@contextlib.contextmanager
def database_world(folder: Path, pupils: int = 20) -> Iterator[DatabaseWorld]:
    """A demo, copied from its folder into a database, not yet served."""
    people = fresh_demo(folder, pupils)
    database = Database()
    world = DatabaseWorld(folder, people, database)
    try:
        copy = [str(BINARY), "copy", str(folder), database.address, "--json"]
        subprocess.run(copy, cwd=ROOT, check=True, capture_output=True, timeout=300)
        yield world
    finally:
        world.close()
        database.close()


def world_in(store: str, folder: Path) -> contextlib.AbstractContextManager[World]:
    """A demo in a `folder` or in a `database`; without PostgreSQL the test is skipped, or fails where that is asked."""
    if store == "folder":
        return folder_world(folder)
    if programs() is None:
        if os.environ.get("SENTRUM_REQUIRE_POSTGRES") == "1":
            pytest.fail("PostgreSQL is not installed, and the run asks for it")
        pytest.skip("PostgreSQL is not installed")
    return database_world(folder)


def told(name: str, what: dict) -> None:
    """Keeps the figures of a run for docs/reference/reliability.md, and prints them."""
    folder = OUT / "torture"
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"run": name, **what})
    with (folder / "runs.jsonl").open("a", encoding="utf8") as file:
        file.write(line + "\n")
    print(line, flush=True)
