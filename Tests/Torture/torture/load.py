"""People at work without pause: they open dossiers, add documents and write, and press again when nothing came back."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable

from harness.api import example

from torture.ledger import Dossier, Ledger
from torture.settings import chance
from torture.visitor import Answer, Visitor

REPORT = example("main-job").REPORT
FAMILY = "Proef"
LARGE = 120_000
"""Bytes above which a document is kept in a file of its own."""

Broken = (OSError, http.client.HTTPException)


class Worker:
    """One person who works, in dossiers of their own."""

    def __init__(self, load: Load, number: int, first: Visitor) -> None:
        self.load = load
        self.number = number
        self.visitor = Visitor(load.address())
        self.visitor.cookies = dict(first.cookies)
        self.chance = chance(load.name, "worker", number)
        self.mine: list[Dossier] = []
        self.done = 0
        self.thread = threading.Thread(target=self._work, daemon=True)

    def _work(self) -> None:
        while not self.load.is_over:
            full = [dossier for dossier in self.mine if dossier.acknowledged]
            kind = self.chance.choices(["open", "document", "write"], [4, 2, 3])[0] if full else "open"
            self.done += 1
            if kind == "open":
                self._open()
            elif kind == "document":
                self._document(self.chance.choice(full[-5:]))
            else:
                self._write(self.chance.choice(full[-5:]))

    def _until_acknowledged(self, act: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        """Asks once; when nothing came back, now and then again with the same key until it does, as people do."""
        again = False
        while self.load.begin():
            try:
                if self._ask(act, done, again):
                    return
            finally:
                self.load.end()
            if not again and self.chance.random() < 0.4:
                break
            again = True
            time.sleep(0.02)
        self.load.ledger.count(uncertain=1)

    def _ask(self, act: Callable[[], Answer], done: Callable[[Answer], None], again: bool) -> bool:
        """Whether there was an answer that is no fault."""
        try:
            answer = act()
        except Broken:
            self.visitor.turn_to(self.load.address())
            return False
        if answer.status in (200, 201, 204, 303) and "/aanmelden" not in answer.location:
            done(answer)
            self.load.ledger.count(acts=1, repeated=int(again))
            return True
        if answer.status in (409, 500, 503):
            self.load.heard(answer)
            return False
        self.load.ledger.refused.append(f"{answer.status} {answer.location} {answer.text[:2000]}")
        return True

    def _open(self) -> None:
        dossier = Dossier(f"{FAMILY} {self.number}-{self.done}")
        with self.load.ledger.lock:
            self.load.ledger.dossiers.append(dossier)
        fields = self.load.form.filled(**{**self.load.child(dossier.name), "_key": self._key()})

        def done(answer: Answer) -> None:
            dossier.path = answer.location
            dossier.acknowledged = True
            self.mine.append(dossier)

        self._until_acknowledged(lambda: self.visitor.post("/leerlingen/nieuw", fields), done)

    def _document(self, dossier: Dossier) -> None:
        name = f"verslag-{self.number}-{self.done}.pdf"
        dossier.documents[name] = False
        padding = b"% " + b"x" * (LARGE if self.chance.random() < 0.3 else 100) + b"\n"
        files = [("file", name, REPORT.replace(b"%%EOF", padding + b"%%EOF"))]
        fields = [("_csrf", self.load.word), ("kind", self.load.document), ("_key", self._key())]
        path = f"/leerlingen/{dossier.id}/documenten"

        def done(_: Answer) -> None:
            dossier.documents[name] = True

        self._until_acknowledged(lambda: self.visitor.upload(path, fields, files), done)

    def _write(self, dossier: Dossier) -> None:
        text = f"geschreven {self.number}-{self.done}"
        dossier.written.append((text, False))
        path = f"/v1/dossiers/{dossier.id}/groeidocument/{self.load.part}"
        headers = {"Authorization": f"Bearer {self.load.token}", "Content-Type": "application/json"}

        def done(_: Answer) -> None:
            dossier.written[-1] = (text, True)

        def act() -> Answer:
            read = self.visitor.ask("GET", path, headers=headers)
            if read.status != 200:
                return read
            part = json.loads(read.body)
            # What was sent before and not acknowledged may have come through.
            if part["antwoorden"].get(self.load.question) == text:
                return read
            change = {"antwoorden": {self.load.question: text}, "revisies": part["revisies"]}
            return self.visitor.ask("PATCH", path, json.dumps(change).encode(), headers)

        self._until_acknowledged(act, done)

    def _key(self) -> str:
        return f"torture-{self.number}-{self.chance.getrandbits(64):016x}"


class Load:
    """Workers who all act as one person of a school; `pause` holds them back."""

    def __init__(
        self, name: str, addresses: Callable[[], list[str]], visitor: Visitor, token: str, workers: int = 4
    ) -> None:
        self.name = name
        self.addresses = addresses
        self.ledger = Ledger()
        self._gate = threading.Condition()
        self._is_open = False
        self._is_over = False
        self._busy = 0
        self.wrong: list[Answer] = []
        self.token = token
        self._turn = random.Random(0)
        self.form = visitor.form("/leerlingen/nieuw", "/leerlingen/nieuw")
        self.word = dict(self.form.sent())["_csrf"]
        plan = self.read(visitor, "/plan")
        self.part, self.question = next(
            (part["id"], question["id"])
            for part in plan["delen"]
            for question in part["vragen"]
            if question["soort"] in ("tekst", "alinea")
        )
        self.document = self._kind_of_document(visitor)
        self.workers = [Worker(self, number, visitor) for number in range(workers)]

    def __enter__(self) -> Load:
        self.go()
        for worker in self.workers:
            worker.thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        with self._gate:
            self._is_over = True
            self._gate.notify_all()
        for worker in self.workers:
            worker.thread.join(60)
            worker.visitor.leave()

    @property
    def is_over(self) -> bool:
        return self._is_over

    def begin(self) -> bool:
        """Waits until one may act; False when the run is over."""
        with self._gate:
            self._gate.wait_for(lambda: self._is_open or self._is_over)
            self._busy += not self._is_over
            return not self._is_over

    def end(self) -> None:
        with self._gate:
            self._busy -= 1
            self._gate.notify_all()

    def hold(self) -> None:
        """Nobody begins anything; what is under way goes on."""
        with self._gate:
            self._is_open = False

    def pause(self) -> None:
        """Nobody begins anything, and nothing is under way."""
        self.hold()
        with self._gate:
            if not self._gate.wait_for(lambda: self._busy == 0, timeout=90):
                raise AssertionError("an act is neither answered nor broken off")

    def go(self) -> None:
        with self._gate:
            self._is_open = True
            self._gate.notify_all()

    def address(self) -> str:
        return self._turn.choice(self.addresses())

    def heard(self, answer: Answer) -> None:
        """A fault that was told; kept, so that it can be seen how."""
        with self.ledger.lock:
            self.wrong.append(answer)

    def more(self, count: int, patience: float = 90) -> None:
        """Waits until so many more acts were acknowledged."""
        before, deadline = self.ledger.acts, time.monotonic() + patience
        while self.ledger.acts < before + count:
            if time.monotonic() > deadline:
                last = [f"{answer.status} {answer.text[:300]}" for answer in self.wrong[-2:]]
                raise AssertionError(f"nothing is acknowledged any more: {self.ledger.refused[-2:]} {last}")
            time.sleep(0.005)

    def read(self, visitor: Visitor, path: str) -> dict:
        answer = visitor.ask("GET", f"/v1{path}", headers={"Authorization": f"Bearer {self.token}"})
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status} {answer.text[:400]}")
        return json.loads(answer.body)

    def look(self, visitor: Visitor) -> Callable[[Dossier], tuple[list[str], str]]:
        """What the program tells of a dossier: the names of its documents, and the answer that is written."""

        def look(dossier: Dossier) -> tuple[list[str], str]:
            documents = self.read(visitor, f"/dossiers/{dossier.id}/documenten")["documenten"]
            part = self.read(visitor, f"/dossiers/{dossier.id}/groeidocument/{self.part}")
            return [one["naam"] for one in documents], part["antwoorden"].get(self.question, "")

        return look

    @staticmethod
    def child(name: str) -> dict[str, str]:
        """What is filled in to open the dossier of a child."""
        return {
            "given-name": "Pim",
            "family-name": name,
            "born": "2017-03-04",
            "group": "5",
            "guardian.1.name": f"Mies {name}",
            "guardian.1.relation": "parent",
            "guardian.1.authority": "yes",
        }

    def _kind_of_document(self, visitor: Visitor) -> str:
        found = self.read(visitor, "/dossiers")["dossiers"][0]["id"]
        form = visitor.form(f"/leerlingen/{found}/documenten", f"/leerlingen/{found}/documenten")
        return next(control for control in form.controls if control.name == "kind").options[0]
