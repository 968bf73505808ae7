"""What was measured, as docs/reference/performance.md: ratios in front, figures after."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.program import ROOT

from .load import Measured

PAGE = ROOT / "docs" / "reference" / "performance.md"

WHAT = {
    "bare": "bare page: one question to the database, one template",
    "work": "worklist of an ib",
    "work-secretary": "worklist of the office",
    "dossier": "dossier page, the pupils of one school",
    "dossier-many": "dossier page, the pupils of 10 schools",
    "growth": "groeidocument, all of it",
    "list": "list of pupils of an ib",
    "list-secretary": "list of pupils of the office",
    "search": "search by name, an ib",
    "search-secretary": "search by name, the office",
    "typing-secretary": "search by the first two letters, the office",
    "save": "save an answer in the groeidocument",
    "mixed": "what a region does at once: one in ten saves",
    "open": "open a dossier, API",
    "job": "main job, from signal to decision, API",
}
# Operations a second with 4 clients on 2 cores at about 11,000 cases, notifications and logs off, as an administrator.
PEERS = {
    "open": ("create a case", 28, 78),
    "dossier": ("all that one case screen shows", 14, 59),
    "list-secretary": ("a page of a list", 8.3, 29),
}
BARE, GROWTH, SAVE, SHARED, MEMORY, START, BETTER = 3, 1.3, 0.3, 3, 250, 1, 10


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows]) + "\n"


@dataclass
class Result:
    sizes: tuple[int, ...]
    clients: int
    # How many ask at once in the mixed run, and the share of it that is a save.
    crowd: int
    saved: float
    raw: dict[str, dict]
    measured: dict[str, list[Measured]]
    start: list[float]
    quiet: list[tuple[float, float]]
    memory: list[tuple[float, float]]
    disk: list[float]
    # Requests of one main job.
    steps: int
    # How often each of what is read asks for memory, in the smallest.
    allocations: dict[str, float]
    # What the machine does at its best with a disk that makes one wait.
    slow: dict[str, dict]

    def _slower(self, key: str, place: int) -> float:
        """How many bare pages could have been given instead."""
        return self.measured["bare"][place].rate / self.measured[key][place].rate

    def _growth(self, key: str) -> float:
        runs = self.measured[key]
        return runs[0].rate / runs[-1].rate

    def _aims(self) -> Iterator[tuple[str, str, str, bool]]:
        """What, aim, found, whether it is reached."""
        if "dossier" in self.measured:
            for place, size in enumerate(self.sizes):
                found = self._slower("dossier", place)
                yield (
                    f"dossier page against the bare page, {size:,} dossiers",
                    f"≤ {BARE}×",
                    f"{found:.1f}×",
                    found <= BARE,
                )
        for key in self.measured:
            if key != "bare":
                found = self._growth(key)
                what = f"{self.sizes[-1]:,} against {self.sizes[0]:,}: {WHAT[key]}"
                yield what, f"≤ {GROWTH}×", f"{found:.2f}×", found <= GROWTH
        if "save" in self.measured:
            for place, size in enumerate(self.sizes):
                found = self.measured["save"][place].rate / self.raw["commit"]["perSecond"]
                what = f"durable save against bare SQLite commits, {size:,} dossiers"
                yield what, f"≥ {SAVE:.0%}", f"{found:.0%}", found >= SAVE
        for raw, what in ((self.raw, "this disk"), (self.slow, "a disk that takes 2 ms more")):
            if raw:
                found = raw["append-64"]["perSecond"] / raw["append-1"]["perSecond"]
                what = f"64 writers against one, in the journal, {what}"
                yield what, f"≥ {SHARED}×", f"{found:.1f}×", found >= SHARED
        for place, size in enumerate(self.sizes):
            now, highest = self.memory[place]
            found = f"{now:.0f} MB, {highest:.0f} at the highest"
            yield f"memory after all this, {size:,} dossiers", f"≤ {MEMORY} MB", found, highest <= MEMORY
            yield (
                f"from start to first answer, {size:,} dossiers",
                f"≤ {START} s",
                f"{self.start[place]:.2f} s",
                (self.start[place] <= START),
            )
        for key, (what, peer, _) in PEERS.items():
            if key in self.measured:
                found = self.measured[key][-1].rate / peer
                yield f"against Open Zaak: {what}", f"≥ {BETTER}×", f"{found:.0f}×", found >= BETTER

    def _aims_table(self) -> str:
        rows = [[what, aim, found, "yes" if good else "**no**"] for what, aim, found, good in self._aims()]
        return table(["", "Aim", "Found", "Reached"], rows)

    def _peers_table(self) -> str:
        rows = []
        for key, (what, zaak, health) in PEERS.items():
            if key in self.measured:
                ours = self.measured[key][-1].rate
                rows.append(
                    [what, number(ours), number(zaak), f"{ours / zaak:.0f}×", number(health), f"{ours / health:.0f}×"]
                )
        head = ["Times a second", f"SENtrum, {self.sizes[-1]:,}", "Open Zaak, 11,000", "", "GNU Health, 11,000", ""]
        return table(head, rows)

    def _figures_table(self, place: int) -> str:
        rows = []
        for key, runs in self.measured.items():
            run = runs[place]
            size = f"{run.bytes / run.done / 1024:.1f}" if key not in ("job", "save") else ""
            figures = (run.rate, run.p50, run.p99, run.p999, run.longest, run.cost)
            rows.append([WHAT[key], *map(number, figures), size])
        return table(["", "a second", "p50 ms", "p99 ms", "p99.9 ms", "longest ms", "processor ms", "kB"], rows)

    def figures(self) -> str:
        """The largest first."""
        return "\n".join(
            f"## Figures at {size:,} dossiers\n\n{self._figures_table(place)}"
            for place, size in reversed(list(enumerate(self.sizes)))
        )

    def _allocations_table(self) -> str:
        return table(["", "allocations"], [[WHAT[key], f"{found:,.0f}"] for key, found in self.allocations.items()])

    def _raw_table(self, raw: dict[str, dict]) -> str:
        rows = [
            [rate["title"], number(rate["perSecond"]), f"{rate['p50']:.3f}", f"{rate['p99']:.3f}"]
            for rate in raw.values()
        ]
        return table(["", "a second", "p50 ms", "p99 ms"], rows)

    def state_table(self) -> str:
        rows = [
            [
                f"{size:,} dossiers",
                f"{self.start[place]:.2f}",
                *(f"{value:.0f}" for value in (self.quiet[place][0], *self.memory[place], self.disk[place])),
            ]
            for place, size in enumerate(self.sizes)
        ]
        head = ["", "start, s", "memory at rest, MB", "after, MB", "highest, MB", "on disk, MB"]
        return table(head, rows)

    def _not_good(self) -> str:
        missed = [f"- {what}: {found}, and the aim is {aim}." for what, aim, found, good in self._aims() if not good]
        return "\n".join([*missed, LIMITS.strip()])

    def page(self) -> str:
        return PAGE_TEXT.format(
            date=datetime.date.today().isoformat(),
            machine=machine(),
            clients=self.clients,
            crowd=self.crowd,
            saved=f"{self.saved:.0%}",
            sizes=" and ".join(f"{size:,}" for size in self.sizes).replace(" and ", ", ", len(self.sizes) - 2),
            steps=self.steps,
            sync=f"{self.raw['sync']['p50']:.2f}",
            aims=self._aims_table(),
            peers=self._peers_table(),
            figures=self.figures(),
            allocations=self._allocations_table(),
            raw=self._raw_table(self.raw),
            slow=self._raw_table(self.slow),
            state=self.state_table(),
            bad=self._not_good(),
        )


def machine() -> str:
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    release = re.search(r'PRETTY_NAME="(.+)"', Path("/etc/os-release").read_text())
    return (
        f"{os.cpu_count()} cores ({model[1].strip() if model else platform.machine()}), {memory:.0f} GiB, "
        f"{release[1] if release else platform.system()}"
    )


LIMITS = """
- All demonstrations have a hundred pupils at a school, so that what one school sees is alike: here a region grows by
  schools. The office of the larger one has more to do; its worklist shows the 25 things that are due first and 15 that
  others have to do, which the smaller one does not fill (see kB).
- A search by name is for the whole name of a child that one or two have, so that the answer is as long at each size;
  by the first letters the larger demonstrations fill a page of 50 and the smallest not always (see kB).
- The share of bare SQLite commits depends on the disk. Where it hardly makes one wait (the figure on top), a bare
  commit costs almost nothing, and the share only says how much else a save does.
- The load comes from the same two cores: what the generator uses is missing for the server. Ratios suffer least.
- A client sends its next request when it has its answer. Where many wait at once, real waiting is longer than p99 says.
- The data fit in the memory of the machine; nothing is measured on a disk that has to be read.
- One machine, one run of each size. Two figures of different runs are no comparison; the ratios within one run are.
- The other systems were measured on the same kind of machine with a client in Python, and in their own favour: as an
  administrator, with logs and notifications off. Here an ordinary user asks, and every reading is logged.
"""

PAGE_TEXT = """# Performance

Written by `make bench` on {date}. Release build, loopback, {clients} clients at once, {machine}. Waiting for the disk
takes {sync} ms. Everything is asked by ordinary users who are signed in, with the read log on and every save on the
disk before it is acknowledged. {sizes} dossiers were measured in turns; of several rounds the middle one counts.

## Ratios

{aims}
The bare page goes through the same layers, signed in, and asks the database one question. "Against" compares how many a
second are answered.

## Beside other systems

{peers}
About 11,000 cases each, 4 clients, 2 cores, durable writes.

{figures}
`processor ms` is the server's own processor time for each. The main job is {steps} requests by five people: a dossier
is opened, the family agrees, the groeidocument is written, discussed twice and signed, a place in special education is
requested, two experts advise, and a numbered decision is taken. What a region does at once are {crowd} clients that
read the two worklists, dossiers, groeidocumenten and lists, and search; {saved} of what they send is a save.

## Memory asked for

How often one request asks for memory, at the smallest size, as jemalloc counts it:

{allocations}

## Memory, start and disk

{state}
## The machine at its best

{raw}
Where each fsync takes two milliseconds more, as on an ordinary disk (`strace` delays it), which shows what sharing an
fsync is worth:

{slow}
`sentrum bench FOLDER` measures these where the data is and leaves the data alone.

## How to run

```
make bench                          # all sizes; makes the demonstrations the first time
BENCH_SMALL=1 make bench            # 200 to 2,000 dossiers, to see that it works
BENCH_ONLY=dossier make bench       # some of it, and no page is written
```

`BENCH_SECONDS`, `BENCH_ROUNDS` and `BENCH_CLIENTS` change how long and how many; `BENCH_FRESH=1` makes the
demonstrations anew, which otherwise happens when the version of the program changes.

## What is not good

{bad}
"""
