"""The program is killed at random moments while people work, in a folder and in a database.

Whatever was acknowledged is there, nothing is there twice, the journal is whole and the registers equal a rebuild. Each
kill has a chance of its own: `SEED=1 KILLS=200 make torture` does the same again, as far as threads let it.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from torture.load import Load
from torture.settings import KILLS, SEED, chance
from torture.visitor import Visitor
from torture.world import World, told, world_in

# After so many kills the whole journal is verified and all registers are made anew.
EVERY = 10


@pytest.mark.parametrize("store", ["folder", "database"])
def test_what_was_acknowledged_outlives_every_kill(store: str, tmp_path: Path):
    with world_in(store, tmp_path / "data") as world:
        for node in world.nodes:
            node.start()
        with Visitor(world.nodes[0].url) as visitor:
            torture(store, world, visitor)


def torture(store: str, world: World, visitor: Visitor) -> None:
    person = world.person("ib")
    visitor.sign_in(person)
    token = visitor.key(person)
    began = time.monotonic()
    with Load(store, world.addresses, visitor, token) as load:
        looked = 0
        for kill in range(1, KILLS + 1):
            dice = chance(store, "kill", kill)
            load.more(dice.randrange(1, 12))
            time.sleep(dice.random() * 0.05)
            world.strike(dice)
            load.hold()
            is_whole = kill % EVERY == 0 or kill == KILLS
            if is_whole:
                for node in world.nodes:
                    if node.is_up:
                        node.kill()
                found = world.faults()
                assert not found, f"seed {SEED}, {store}, after kill {kill}: {found}"
            for node in world.nodes:
                if not node.is_up:
                    node.start()
            # Now the last acts; at the end all there ever were.
            faults = settled(load, world, visitor, looked)
            assert not faults, f"seed {SEED}, {store}, after kill {kill}: {faults}"
            looked = max(0, len(load.ledger.dossiers) - 30)
        load.more(20)
    faults = settled(load, world, visitor, 0)
    assert not faults, f"seed {SEED}, {store}, at the end: {faults}"
    ledger = load.ledger
    assert ledger.refused == []
    told(
        f"kills, {store}",
        {
            "seed": SEED,
            "kills": KILLS,
            "acknowledged": ledger.acts,
            "repeated": ledger.repeated,
            "uncertain": ledger.uncertain,
            "dossiers": len(ledger.dossiers),
            "minutes": round((time.monotonic() - began) / 60, 1),
        },
    )


def settled(load: Load, world: World, visitor: Visitor, since: int) -> list[str]:
    """What is lost or doubled. The others hold still meanwhile: what is under way is neither there nor not there."""
    load.pause()
    try:
        visitor.turn_to(world.addresses()[0])
        return load.ledger.faults(world.names(), load.look(visitor), since)
    finally:
        load.go()
