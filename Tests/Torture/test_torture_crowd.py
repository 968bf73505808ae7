"""Sixty-four people at once, of whom four save and the others read what goes through many rows as well.

Everybody is answered in time, and nothing that was acknowledged is lost. Once a crowd of readers larger than the
connections to read with stood still for ever; four people at work never met that.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from torture.load import Broken
from torture.settings import DEADLINE, SHORT, chance
from torture.trouble import siege
from torture.visitor import Visitor, links_of
from torture.world import World, told, world_in

READERS = 60
# How many answers each of them has before it is enough.
ANSWERS = 3 if SHORT else 40
WORDS = ["an", "van", "mul", "de", "proef"]


class Reader:
    """One of the crowd, who goes from page to page."""

    def __init__(self, number: int, address: str, cookies: dict[str, str], dossiers: list[str]) -> None:
        # Longer than anybody would wait: what stands still shows as a failure, not as somebody who went away.
        self.visitor = Visitor(address, patience=6 * DEADLINE)
        self.visitor.cookies = dict(cookies)
        self.word = dict(self.visitor.form("/account", "/taal").sent())["_csrf"]
        self.dice = chance("crowd", number)
        self.dossiers = dossiers
        self.slowest = 0.0
        self.answers = 0
        self.wrong: list[str] = []
        self.thread = threading.Thread(target=self._read, daemon=True)

    def _read(self) -> None:
        try:
            for _ in range(ANSWERS):
                dossier = self.dice.choice(self.dossiers)
                paths = [
                    "/",
                    "/leerlingen",
                    dossier,
                    f"{dossier}/groeidocument",
                    "/lijsten/tlv-herbeoordeling",
                ]
                path = self.dice.choice([*paths, "search"])
                if path == "search":
                    fields = [("_csrf", self.word), ("zoek", self.dice.choice(WORDS))]
                    answer = self.visitor.post("/leerlingen/_zoek", fields)
                else:
                    answer = self.visitor.get(path)
                self.slowest = max(self.slowest, answer.seconds)
                self.answers += 1
                # Not every dossier of the list has a groeidocument that the office reads.
                if answer.status not in (200, 404):
                    self.wrong.append(f"{path}: {answer.status}")
        except Broken as broken:
            self.wrong.append(f"no answer: {broken!r}")
        finally:
            self.visitor.leave()


@pytest.mark.parametrize("store", ["folder", "database"])
def test_a_crowd_is_answered_to_the_last_while_some_of_it_save(store: str, tmp_path: Path):
    with world_in(store, tmp_path / "data") as world, siege(f"crowd, {store}", world) as work:
        readers = crowd(world)
        for reader in readers:
            reader.thread.start()
        for reader in readers:
            reader.thread.join(20 * DEADLINE)
        wrong = [one for reader in readers for one in reader.wrong]
        assert not wrong, work.say(str(wrong[:5]))
        assert all(reader.answers == ANSWERS for reader in readers), work.say("somebody still waits")
        work.goes_on()
        answers = sum(reader.answers for reader in readers)
        slowest = round(max(reader.slowest for reader in readers), 2)
        told(f"crowd, {store}", {**work.end(), "readers": READERS, "answers": answers, "slowest page": slowest})


def crowd(world: World) -> list[Reader]:
    """So many readers, of a school and of the office in turn."""
    known = [signed_in(world, role) for role in ("ib", "secretary")]
    addresses = world.addresses()
    return [Reader(number, addresses[number % len(addresses)], *known[number % 2]) for number in range(READERS)]


def signed_in(world: World, role: str) -> tuple[dict[str, str], list[str]]:
    """The cookies of somebody who signed in, and the addresses of the dossiers in their list."""
    with Visitor(world.addresses()[0]) as visitor:
        visitor.sign_in(world.person(role))
        links = links_of(visitor.get("/leerlingen"), "/leerlingen")
        dossiers = sorted({link for link in links if re.fullmatch(r"/leerlingen/[^/?]{8,}", link)})
        assert dossiers, role
        return dict(visitor.cookies), dossiers
