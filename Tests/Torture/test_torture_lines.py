"""Thousands of connections that are silent or slow, and bodies that are far too large.

Whoever comes in earnest is answered, nobody holds a place for ever, and the memory of the program stays what it was.
"""

from __future__ import annotations

import contextlib
import gzip
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from torture.load import Broken
from torture.settings import chance, only_long
from torture.trouble import Siege, siege
from torture.visitor import BOUNDARY, Visitor
from torture.world import Node, folder_world, told

# Started with as many files as most systems give, the program has so many connections at once at most.
USUAL = ("prlimit", "--nofile=1024:1024")
MOST = 900
# With more files it has more.
MANY = 10_000
# How many more the system keeps waiting for it.
WAITING = 200
# Seconds that a connection may be silent, and a little more for a busy machine.
PATIENCE = 30
LATE = 15
# Memory that it may have more of afterwards, in kB.
ROOM = 150_000


@pytest.fixture(autouse=True)
def files() -> Iterator[None]:
    """As many open files as these tests need themselves."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY + 1_000 if hard == resource.RLIM_INFINITY else min(MANY + 1_000, hard)
    if wanted < 2 * MOST:
        pytest.skip(f"no more than {wanted} files may be open")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Crowd:
    """Connections that ask nothing, or not all of it."""

    def __init__(self, node: Node, count: int, pause: float) -> None:
        self.lines: list[socket.socket] = []
        for number in range(count):
            if number % 100 == 99:
                # More at once than the system keeps waiting would come a second later.
                time.sleep(pause)
            line = socket.socket()
            line.setblocking(False)
            # Connected as soon as there is room; nobody waits for it here.
            line.connect_ex(("127.0.0.1", node.port))
            self.lines.append(line)

    def send(self, text: bytes) -> None:
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.send(text)

    @property
    def open(self) -> int:
        """How many the program has not closed."""
        count = 0
        for line in self.lines:
            try:
                count += line.recv(65_536) != b""
            except BlockingIOError:
                count += 1
            except OSError:
                continue
        return count

    def close(self) -> None:
        for line in self.lines:
            line.close()


@contextlib.contextmanager
def crowd(node: Node, count: int, pause: float = 0.3) -> Iterator[Crowd]:
    made = Crowd(node, count, pause)
    try:
        yield made
    finally:
        made.close()


@only_long
def test_as_many_silent_connections_as_there_is_room_for_are_in_nobody_s_way(tmp_path: Path):
    with folder_world(tmp_path / "data", before=USUAL) as world, siege("silent", world) as work:
        work.goes_on(5)
        memory = world.node.memory
        with crowd(world.node, MOST - 100):
            work.goes_on()
            work.read_on()
        work.goes_on()
        assert world.node.memory < memory + ROOM, work.say(f"memory from {memory} to {world.node.memory} kB")
        grown = [memory, world.node.memory]
        told("lines, silent", {**work.end(), "lines": MOST - 100, "memory": grown})


@only_long
def test_ten_thousand_silent_connections_are_in_nobody_s_way(tmp_path: Path):
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < MANY + 500:
        pytest.skip(f"fewer than {MANY} files may be open")
    more = ("prlimit", f"--nofile={MANY + 1_000}:{MANY + 1_000}")
    with folder_world(tmp_path / "data", before=more) as world, siege("ten thousand", world) as work:
        work.goes_on(5)
        memory = world.node.memory
        with crowd(world.node, MANY, pause=0.1) as silent:
            assert silent.open == MANY
            work.goes_on()
            work.read_on()
            grown = [memory, world.node.memory]
            assert grown[1] < memory + ROOM, work.say(f"memory from {memory} to {grown[1]} kB")
        work.goes_on()
        told("lines, ten thousand", {**work.end(), "lines": MANY, "memory": grown})


@only_long
def test_when_all_places_are_taken_whoever_comes_has_one_when_the_silent_lose_theirs(tmp_path: Path):
    with folder_world(tmp_path / "data", before=USUAL) as world, siege("taken", world) as work:
        work.goes_on(5)
        with crowd(world.node, MOST + WAITING):
            began = time.monotonic()
            with Visitor(world.node.url, patience=PATIENCE + LATE) as late:
                answer = late.get("/aanmelden")
            waited = round(time.monotonic() - began, 1)
            assert answer.status == 200
        work.goes_on()
        told("lines, all taken", {**work.end(), "lines": MOST + WAITING, "waited": waited})


@only_long
@pytest.mark.parametrize(
    "begin",
    [
        b"GET /aanmelden HTTP/1.1\r\nHost: x\r\nX-",
        b"POST /aanmelden HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n",
    ],
    ids=["head", "body"],
)
def test_who_sends_a_letter_now_and_then_holds_no_place_for_ever(begin: bytes, tmp_path: Path):
    with folder_world(tmp_path / "data", before=USUAL) as world, siege("slow lines", world) as work:
        work.goes_on(5)
        with crowd(world.node, MOST - 100) as slow:
            slow.send(begin)
            began = time.monotonic()
            while (left := slow.open) > 0 and time.monotonic() - began < 2 * PATIENCE + LATE:
                slow.send(b"a")
                time.sleep(1)
                work.goes_on(1)
            took = round(time.monotonic() - began, 1)
            assert left == 0, work.say(f"{left} are still open after {took} s")
        told("lines, slow", {**work.end(), "closed within": took})


@only_long
def test_bodies_that_are_far_too_large_are_refused_and_cost_no_memory(tmp_path: Path):
    with folder_world(tmp_path / "data", before=USUAL) as world, siege("large", world) as work:
        work.goes_on(5)
        memory = world.node.memory
        word = dict(work.visitor.form("/account", "/taal").sent())["_csrf"]
        dice = chance("large")
        statuses = []
        for path, kind, token in [
            ("/aanmelden", "application/x-www-form-urlencoded", None),
            ("/leerlingen/nieuw", "application/x-www-form-urlencoded", None),
            ("/leerlingen/nieuw", f"multipart/form-data; boundary={BOUNDARY}", None),
            ("/v1/dossiers", "application/json", work.load.token),
        ]:
            for told_size in (True, False):
                statuses.append(flood(work, path, kind, token, word, told_size, dice.choice([60, 120])))
        statuses.append(packed(work))
        assert all(status in (0, 303, 400, 401, 403, 413, 415) for status in statuses), work.say(str(statuses))
        work.goes_on()
        assert world.node.memory < memory + ROOM, work.say(f"memory from {memory} to {world.node.memory} kB")
        told("lines, large", {**work.end(), "statuses": statuses})


def packed(work: Siege) -> int:
    """Sends a small body that is a large one when it is unpacked."""
    body = gzip.compress(b'{"voornaam": "' + b"a" * 100_000_000 + b'"}')
    with Visitor(work.world.node.url, patience=60) as visitor:
        headers = work.bearer | {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        return visitor.ask("POST", "/v1/dossiers", body, headers).status


def flood(work: Siege, path: str, kind: str, token: str | None, word: str, told_size: bool, megabytes: int) -> int:
    """Sends a body of so many megabytes; the status of the answer, 0 when the program hung up."""
    piece = b"a" * 1_000_000
    with Visitor(work.world.node.url, patience=60) as visitor:
        visitor.cookies = dict(work.visitor.cookies)
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
        if told_size:
            headers["Content-Length"] = str(megabytes * len(piece))

        def body() -> Iterator[bytes]:
            yield b"_csrf=" + word.encode() + b"&x="
            for _ in range(megabytes):
                yield piece

        try:
            return visitor.ask("POST", path, body(), headers).status
        except Broken:
            return 0
