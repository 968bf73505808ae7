"""The server of the database ends and starts again under people at work at two nodes.

In between they hear that nothing was saved, or that it is not known; both nodes go on by themselves, and nothing is
lost or there twice.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from harness.nodes import programs
from torture.settings import ROUNDS, SHORT, chance, only_long
from torture.trouble import siege
from torture.world import database_world, told

REQUIRED = os.environ.get("SENTRUM_REQUIRE_POSTGRES") == "1"
# What may be told meanwhile.
TOLD = {"store.away", "store.busy", "store.uncertain"}


@pytest.fixture(autouse=True)
def installed() -> None:
    if programs() is None:
        if REQUIRED:
            pytest.fail("PostgreSQL is not installed, and the run asks for it")
        pytest.skip("PostgreSQL is not installed")


def test_a_database_that_is_started_again_loses_nothing(tmp_path: Path):
    with database_world(tmp_path / "data") as world, siege("database", world) as work:
        longest = 0.0
        for turn in range(1, ROUNDS + 1):
            dice = chance("database", turn)
            work.goes_on(dice.randrange(4, 12))
            time.sleep(dice.random())
            world.database.stop(dice.choice(["immediate", "immediate", "fast"]))
            # Shorter than what a node waits by itself, and longer.
            time.sleep(3 if SHORT else dice.choice([0, 0.5, 3, 12, 25]))
            world.database.start()
            began = time.monotonic()
            work.goes_on(12)
            longest = max(longest, time.monotonic() - began)
            assert all(node.is_up for node in world.nodes), work.say("a node ended with the database")
            work.settle()
        told("database", {**work.end(), "rounds": ROUNDS, "longest until twelve acts": round(longest, 1)})
        assert set(work.codes) <= TOLD, work.say(str(work.codes))


@only_long
def test_while_the_database_is_away_a_form_is_given_back_even_of_who_is_not_known(tmp_path: Path):
    with database_world(tmp_path / "data") as world, siege("away", world, workers=1) as work:
        work.goes_on(3)
        work.load.hold()
        word = dict(work.visitor.form("/account", "/taal").sent())["_csrf"]
        world.database.stop("immediate")
        typed = "zeven kinderen lezen samen " * 100
        answer = work.visitor.post("/leerlingen/nieuw/concept", [("_csrf", word), ("given-name", typed)])
        assert answer.status == 503, work.say(f"answers {answer.status}")
        assert typed in answer.text, work.say("what was typed is not given back")
        assert "store.away" in answer.text, work.say(answer.text[:500])
        assert work.visitor.get("/").status == 503
        world.database.start()
        work.load.go()
        work.goes_on(6)
        assert work.visitor.post("/leerlingen/nieuw/concept", [("_csrf", word), ("given-name", typed)]).status == 303
        work.end()
