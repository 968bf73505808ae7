"""The clock of the machine goes back and jumps ahead under people at work.

No act is lost, events keep their order, sessions and keys go on, pages with terms answer, and the journal is signed on.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from torture.settings import ROUNDS, SHORT, chance, only_long
from torture.trouble import Siege, siege
from torture.world import FolderWorld, folder_world, told

HOUR = 3_600
DAY = 24 * HOUR
# In seconds beside the true time. A session ends after an hour of silence, so no jump ahead of that is among these.
STEPS = [-HOUR, -DAY, -10, 0, 600, 1_800, -2 * DAY]


class Clock:
    """The time that a program is told, beside the true one; what is measured inside it goes on as it does."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.seconds = 0
        self.set(0)

    def set(self, seconds: int) -> None:
        self.seconds = seconds
        # Whole or not there: the program reads it at every question.
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+d}")
        new.rename(self._file)

    def rules(self, world: FolderWorld) -> None:
        """The program of this world is told this time."""
        libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not libraries:
            pytest.skip("faketime is not installed")
        world.node.moment = None
        # A program that loads the library itself ends at once; one that takes the place of another does not.
        world.node.before = ["env"]
        world.node.environment = {
            "LD_PRELOAD": str(libraries[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


@pytest.fixture(autouse=True)
def tidied() -> Iterator[None]:
    """Takes away what the library leaves of each program in the memory that is shared."""
    shared = Path("/dev/shm")
    before = set(shared.glob("*faketime_*"))
    yield
    for left in set(shared.glob("*faketime_*")) - before:
        left.unlink(missing_ok=True)


def test_a_clock_that_goes_back_or_ahead_loses_nothing(tmp_path: Path):
    clock = Clock(tmp_path)
    with folder_world(tmp_path / "data") as world:
        clock.rules(world)
        with siege("clock", world) as work:
            for turn in range(1, ROUNDS + 1):
                dice = chance("clock", turn)
                steps = dice.sample(STEPS, 3)
                for seconds in steps if SHORT else [*steps, 0]:
                    # Ahead by little at once, or sessions end, which is another test's.
                    clock.set(min(seconds, clock.seconds + 1_800) if seconds > clock.seconds else seconds)
                    work.goes_on(dice.randrange(3, 8))
                    work.read_on()
                work.settle()
                if dice.random() < 0.3:
                    world.node.kill()
                    world.node.start()
            figures = work.end()
        told("clock", {**figures, "rounds": ROUNDS, "backwards": back_steps(world)})
        assert work.codes.total() == 0
        assert back_steps(world) > 0, "the clock did not go back for anybody"


def back_steps(world: FolderWorld) -> int:
    """How often an event is of an earlier time than the one before it, in the order of the journal."""
    with closing(sqlite3.connect(world.folder / "journal.sqlite")) as database:
        times = [at for (at,) in database.execute("SELECT at FROM events ORDER BY sequence")]
    return sum(later < earlier for earlier, later in itertools.pairwise(times))


@only_long
def test_who_is_signed_in_when_the_clock_jumps_ahead_signs_in_again(tmp_path: Path):
    clock = Clock(tmp_path)
    with folder_world(tmp_path / "data") as world:
        clock.rules(world)
        with siege("ahead", world, workers=1) as work:
            work.goes_on(3)
            work.load.pause()
            clock.set(2 * DAY)
            ended_clearly(work)
            work.visitor.sign_in(work.person)
            work.read_on()
            # And back: who signed in in what is now the future is still who they are.
            clock.set(0)
            work.read_on()
            work.settle(whole=True)
            work.load.pause()
            assert world.node.end() == 0
            assert world.faults() == []


def ended_clearly(work: Siege) -> None:
    answer = work.visitor.get("/leerlingen")
    assert answer.status == 303, work.say(f"answers {answer.status}")
    assert answer.location.startswith("/aanmelden"), work.say(answer.location)
