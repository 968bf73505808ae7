"""Measures list, search and open with a million dossiers, as docs/reference/very-many-dossiers.md: `make bench-large`.

LARGE_SIZES=1000,62000,1000000   how many dossiers, smallest first

One in ten dossiers has a whole story, the others are opened and no more: a million is made in an hour.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from datetime import date

from harness.program import ROOT

from . import report
from .__main__ import CLIENTS, measure
from .installation import KEPT, made

SIZES = tuple(int(size) for size in os.environ.get("LARGE_SIZES", "1000,62000,1000000").split(","))
KEYS = ["list", "search", "typing", "dossier", "open", "work"]
WHOLE = 10
PAGE = ROOT / "docs" / "reference" / "very-many-dossiers.md"

TEXT = """# Very many dossiers

Written by `make bench-large` on {date}. Release build, loopback, {clients} clients at once, {machine}. One partnership
with {sizes} dossiers, a hundred at a school: far more than any has, so that what grows shows.
One in ten has a whole story, the others are opened and no more; the dossiers that are opened here are of the first
kind. Everything is asked by ordinary users who are signed in, with the read log on.

Where users of another open system reported 2 to 9 seconds for a list of 62,000 cases (Open Zaak, issue 1574, 2024),
here it takes:

{short}
## How it grows

{growth}
{figures}
## Memory, start and disk

{state}
`make bench` measures everything else, at sizes that partnerships have: see [performance](performance.md).
"""


def counted(pupils: int) -> int:
    """How many dossiers a demonstration really has."""
    with sqlite3.connect(f"file:{made(pupils, whole=WHOLE) / 'journal.sqlite'}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM dossiers").fetchone()[0]


def main() -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    result = measure(SIZES, KEYS, WHOLE)
    result.sizes = tuple(counted(size) for size in SIZES)
    names = [f"{size:,}" for size in result.sizes]
    short = [
        [f"{report.WHAT[key]}, {size:,} dossiers", report.number(runs[place].p50), report.number(runs[place].p99)]
        for key, runs in result.measured.items()
        if key != "bare"
        for place, size in list(enumerate(result.sizes))[1:]
    ]
    growth = [
        [report.WHAT[key], *(f"{runs[0].rate / run.rate:.2f}×" for run in runs[1:])]
        for key, runs in result.measured.items()
    ]
    page = TEXT.format(
        date=date.today().isoformat(),
        clients=CLIENTS,
        machine=report.machine(),
        sizes=", ".join(names[:-1]) + " and " + names[-1],
        short=report.table(["", "p50 ms", "p99 ms"], short),
        growth=report.table([f"times slower than with {names[0]}", *names[1:]], growth),
        figures=result.figures(),
        state=result.state_table(),
    )
    print(page)
    PAGE.write_text(page, "utf8")
    print(f"written to {PAGE}", file=sys.stderr)


if __name__ == "__main__":
    main()
