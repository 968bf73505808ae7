"""What can be set for a run, by the environment; `make torture` and `make fuzz` pass it on."""

from __future__ import annotations

import os
import random

import pytest

SHORT = os.environ.get("SHORT", "") not in ("", "0")
"""A run for who waits for it: each of the two commands takes about a minute and a half."""

only_long = pytest.mark.skipif(SHORT, reason="it takes too long for a short run")
"""Marks a test that is for who waits."""

SEED = int(os.environ.get("SEED", "1"))
"""All that is chosen by chance follows from it; how threads take turns does not."""

KILLS = int(os.environ.get("KILLS", "3" if SHORT else "1000"))
"""How often the program is killed, for each store."""

ROUNDS = int(os.environ.get("ROUNDS", "1" if SHORT else "20"))
"""How often each kind of trouble comes over the program."""

SECONDS = float(os.environ.get("SECONDS_EACH", "12" if SHORT else "600"))
"""How long each kind of hostile input goes on."""

DEADLINE = float(os.environ.get("DEADLINE", "20"))
"""Seconds within which an answer must be there. A debug build beside a compiler is slow; what hangs is slower."""


def chance(*names: object) -> random.Random:
    """Chance of its own for everything that has a name, so that one thing can be repeated without all before it."""
    return random.Random("/".join(str(name) for name in (SEED, *names)))
