"""Counts what a route through the program asks of people, and keeps the count from growing.

The counts of all routes are the table in docs/reference/burden.md. A route that asks more than the table says fails its
test; `make burden` writes the table anew, and whoever commits that answers for the difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Frame, Locator, Page

from .program import ROOT

TABLE = ROOT / "docs" / "reference" / "burden.md"
COUNTS = ("fields", "choices", "files", "clicks", "pages")

_HEAD = """# What each route asks of people

Counted in a real browser by `make burden`, on routes that people walk from beginning to end; the tests fail when a
route asks more than is written here. *Fields*: typed by hand; what was known already and stands filled in does not
count. *Choices*: options, boxes and lists. *Files*: added. *Clicks*: links and buttons. *Pages*: seen on the way.

| Route | Who | Fields | Choices | Files | Clicks | Pages |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
"""


@dataclass
class Route:
    """One person's way through the program. Act through it, and it counts; ask the page itself whatever you like."""

    name: str
    who: str
    page: Page
    fields: int = 0
    choices: int = 0
    files: int = 0
    clicks: int = 0
    pages: int = 0
    _address: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", self._navigated)

    def _navigated(self, frame: Frame) -> None:
        if frame == self.page.main_frame and frame.url != "about:blank":
            self.pages += 1

    def end(self) -> None:
        """Counts no more pages: whoever goes on on this page goes another way."""
        self.page.remove_listener("framenavigated", self._navigated)

    def _find(self, label: str | Locator) -> Locator:
        if isinstance(label, Locator):
            return label
        # Behind a label may stand, in brackets, that one need not answer. What is folded away cannot be meant.
        words = re.compile(rf"^\s*{re.escape(label)}(\s*\([^()]*\))?\s*$")
        return self.page.get_by_label(words).filter(visible=True)

    def open(self, path: str) -> None:
        """Goes to an address, as from a mail; counts as a page and no click."""
        self.page.goto(path)

    def fill(self, label: str | Locator, text: str) -> None:
        """Types into the field with this label; nothing is counted when it holds the text already."""
        box = self._find(label)
        if box.input_value() != text:
            box.fill(text)
            self.fields += 1

    def check(self, label: str | Locator) -> None:
        """Ticks a box or takes an option."""
        box = self._find(label)
        if not box.is_checked():
            box.check()
            self.choices += 1

    def choose(self, question: str, option: str) -> None:
        """Takes an option, or ticks a box, under a question that has several."""
        group = self.page.get_by_role("group", name=re.compile(rf"^\s*{re.escape(question)}")).filter(visible=True)
        self.check(group.get_by_label(option, exact=True).first)

    def select(self, label: str | Locator, option: str) -> None:
        """Takes an option, by its words, from a list."""
        box = self._find(label)
        if box.locator("option:checked").inner_text().strip() != option:
            box.select_option(label=option)
            self.choices += 1

    def attach(self, label: str | Locator, file: Path) -> None:
        self._find(label).set_input_files(file)
        self.files += 1

    def click(self, name: str | Locator) -> None:
        """Presses the button or follows the link of this name."""
        target = name
        if isinstance(name, str):
            button = self.page.get_by_role("button", name=name, exact=True)
            target = button if button.count() else self.page.get_by_role("link", name=name, exact=True)
        target.click()
        self.clicks += 1

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(getattr(self, count) for count in COUNTS)


Counts = dict[tuple[str, str], tuple[int, ...]]


def read(table: Path = TABLE) -> Counts:
    """The counts that were written before; none when there is no table yet."""
    counts: Counts = {}
    for line in table.read_text("utf8").splitlines() if table.exists() else []:
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if len(cells) == 2 + len(COUNTS) and all(cell.isdigit() for cell in cells[2:]):
            counts[cells[0], cells[1]] = tuple(map(int, cells[2:]))
    return counts


def write(counts: Counts, table: Path = TABLE) -> None:
    table.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        f"| {name} | {who} | {' | '.join(map(str, numbers))} |\n" for (name, who), numbers in sorted(counts.items())
    ]
    table.write_text(_HEAD + "".join(rows), "utf8")


def heavier(route: Route, before: Counts) -> list[str]:
    """What the route asks more of than the table allows."""
    allowed = before.get((route.name, route.who))
    if allowed is None:
        return []
    return [
        f"{route.name} ({route.who}): {now} {count}, and the table says {then}"
        for count, now, then in zip(COUNTS, route.counts, allowed, strict=True)
        if now > then
    ]
