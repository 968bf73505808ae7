"""Judges answers to hostile input: the program answers in time, without a fault, and gives nothing away."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable

from harness.program import OUT, ROOT

from torture.load import Broken
from torture.settings import DEADLINE, SEED
from torture.visitor import Answer
from torture.world import Node

# Words of the machine room, which no answer shows; where the program lies is one of them.
INNARDS = re.compile(
    r"Fatal error|Stack dump|stack trace|Traceback|\.swift:\d|\bSQLITE_|SQLite error|GRDB|DecodingError|"
    r"EncodingError|NSCocoaError|Foundation\.|Optional\(|\bpq: |SQLSTATE|journal\.sqlite|/home/|/root/|"
    + re.escape(f"{ROOT}/")
)
# What texts carry, so that it is known again in a log where no word of anybody belongs.
MARK = "Zwxmerk"
# How often a run asks at least, and how many times longer than it was given it may go on for that on a busy machine.
LEAST = 20
PATIENCE = 20
# Memory that the program may have more of at the end than after the first part of a run, in kB.
ROOM = 120_000


class Oracle:
    """Asks one node, and keeps what was wrong."""

    def __init__(self, node: Node, name: str) -> None:
        self.node = node
        self.name = name
        self.faults: dict[tuple[str, str], str] = {}
        self.statuses: Counter[int] = Counter()
        self.asked = 0
        self.slowest = (0.0, "")
        self.memory: list[int] = []

    def is_over_after(self, seconds: float) -> Callable[[], bool]:
        """Whether the time is over and enough was asked; a run that is too slow for that ends as well."""
        began = time.monotonic()

        def is_over() -> bool:
            passed = time.monotonic() - began
            return passed >= seconds and (self.asked >= LEAST or passed >= seconds * PATIENCE)

        return is_over

    def judge(self, kind: str, act: Callable[[], Answer], detail: object = "") -> Answer | None:
        """Asks, and holds the answer to the rules. `kind` names what was asked without what is different each time."""
        self.asked += 1
        try:
            answer = act()
        except TimeoutError:
            self._fault(kind, f"no answer within {DEADLINE} s", detail)
            return None
        except UnicodeEncodeError:
            # Not even a careless program can send it.
            return None
        except Broken as broken:
            if not self.node.is_up:
                self._fault(kind, f"the program ended with {self.node.process.returncode}", detail)
                self.node.start()
            else:
                self.statuses[0] += 1
                self._hung_up(kind, broken, detail)
            return None
        self.statuses[answer.status] += 1
        if answer.seconds > self.slowest[0]:
            self.slowest = (round(answer.seconds, 2), kind)
        for fault in self.faults_of(answer):
            self._fault(kind, fault, detail)
        if self.asked % 50 == 0:
            self.memory.append(self.node.memory)
        return answer

    @staticmethod
    def faults_of(answer: Answer) -> list[str]:
        told = []
        is_patient = answer.status == 503 and "retry-after" in answer.headers
        if answer.status >= 500 and not is_patient and "no-paper" not in answer.text:
            told.append(f"answers {answer.status}")
        if answer.kind.startswith("text/") or "json" in answer.kind:
            told += [f"shows {found.group()!r}" for found in [INNARDS.search(answer.text)] if found]
        return told

    def _hung_up(self, kind: str, broken: Exception, detail: object) -> None:
        """Hanging up is an answer where what was sent is no HTTP; who judges that says so by not asking here."""
        self._fault(kind, f"hung up: {type(broken).__name__}", detail)

    def _fault(self, kind: str, fault: str, detail: object) -> None:
        if (kind, fault) in self.faults:
            return
        self.faults[kind, fault] = str(detail)[:2000]
        folder = OUT / "torture"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "faults.jsonl").open("a", encoding="utf8") as file:
            line = {"run": self.name, "seed": SEED, "request": self.asked, "kind": kind, "fault": fault}
            file.write(json.dumps(line | {"detail": repr(detail)[:20_000]}) + "\n")

    def verdict(self, secrets: list[str] = ()) -> list[str]:
        """All that was wrong, with the log and the memory; a run that hardly asked anything has shown nothing."""
        told = [
            f"seed {SEED}, {self.name}, {kind}: {fault}\n    {detail}" for (kind, fault), detail in self.faults.items()
        ]
        if self.asked < LEAST:
            told.append(f"seed {SEED}, {self.name}: asked {self.asked} times only; give it more time (SECONDS_EACH)")
        log = self.node.log.read_text("utf8", "replace")
        told += [f"the log names {secret!r}" for secret in [MARK, *secrets] if secret in log]
        if found := INNARDS.search(log):
            told.append(f"the log has {found.group()!r}")
        told += self._growth()
        return told

    def _growth(self) -> list[str]:
        third = len(self.memory) // 3
        if third < 3:
            return []
        before, after = max(self.memory[: third + 1]), min(self.memory[-third:])
        return [f"memory grew from {before} to {after} kB"] if after > before + ROOM else []

    def figures(self) -> dict:
        return {
            "seed": SEED,
            "requests": self.asked,
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "slowest": self.slowest,
            "memory": [self.memory[0], self.memory[-1]] if self.memory else [],
        }
