"""What must hold while something around the program fails, and afterwards: one place for all kinds of trouble."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from harness.program import Person

from torture.load import Load
from torture.settings import SEED
from torture.visitor import Answer, Form, Visitor, forms_of
from torture.world import World

# Pages that need no writing, and so are there whatever happens to the disk.
READ = ("/", "/plan", "/account", "/privacy")


class Siege:
    """People at work in a world in which something fails now and then."""

    def __init__(self, name: str, world: World, load: Load, visitor: Visitor, person: Person) -> None:
        self.name = name
        self.world = world
        self.load = load
        self.visitor = visitor
        self.person = person
        self.began = time.monotonic()
        self.looked = 0
        self.codes: Counter[str] = Counter()
        self.slowest_read = 0.0

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.load.token}"}

    def say(self, what: str) -> str:
        return f"seed {SEED}, {self.name}: {what}"

    def read_on(self) -> None:
        """Who only reads is not in the way of what fails."""
        for path in READ:
            answer = self.visitor.get(path)
            self.slowest_read = max(self.slowest_read, answer.seconds)
            assert answer.status == 200, self.say(f"{path} answers {answer.status}: {answer.text[:500]}")

    def judge(self) -> None:
        """Whatever was answered meanwhile is an acknowledgement, or says clearly that nothing was saved."""
        with self.load.ledger.lock:
            wrong, self.load.wrong = self.load.wrong, []
        for answer in wrong:
            assert answer.status != 500, self.say(f"answers 500: {answer.text[:1000]}")
            if answer.status == 503:
                assert "retry-after" in answer.headers, self.say("a 503 without Retry-After")
                self.codes[code_of(answer)] += 1
        assert self.load.ledger.refused == [], self.say(str(self.load.ledger.refused[:2]))

    def goes_on(self, acts: int = 6) -> None:
        """By itself, without anybody who starts anything."""
        self.load.more(acts)
        self.judge()

    def settle(self, whole: bool = False) -> None:
        """Everything acknowledged is there, once; with `whole`, of all the time, else of what is new."""
        self.load.pause()
        try:
            self.visitor.turn_to(self.world.addresses()[0])
            since = 0 if whole else self.looked
            faults = self.load.ledger.faults(self.world.names(), self.load.look(self.visitor), since)
            assert not faults, self.say(str(faults))
            self.looked = max(0, len(self.load.ledger.dossiers) - 20)
        finally:
            self.load.go()

    def form_is_given_back(self, *codes: str, patience: float = 120) -> Form:
        """Somebody who writes now hears that it was not saved; the form that the page has, with what they typed."""
        word = dict(self.visitor.form("/account", "/taal").sent())["_csrf"]
        typed = " ".join(["zeven kinderen lezen samen"] * 4_000)
        fields = [("_csrf", word), ("given-name", typed)]
        deadline = time.monotonic() + patience
        while True:
            answer = self.visitor.post("/leerlingen/nieuw/concept", fields)
            # Where there is a little room left, it is taken first.
            if answer.status == 503 or time.monotonic() > deadline:
                break
        assert answer.status == 503, self.say(f"a form is answered by {answer.status}")
        assert code_of(answer) in codes, self.say(f"not {codes}: {code_of(answer)}")
        assert typed in answer.text, self.say("what was typed is not given back")
        assert "retry-after" in answer.headers, self.say("a 503 without Retry-After")
        return next(form for form in forms_of(answer, "/") if form.action.endswith("/concept"))

    def is_sent_again(self, form: Form) -> None:
        """The button of that page does what was asked at first."""
        # The others are the same person, and a dossier that they open takes the place of what was kept.
        self.load.pause()
        answer = self.visitor.post(form.action, form.sent())
        assert answer.status == 303, self.say(f"sent again it answers {answer.status}")
        kept = self.visitor.get("/leerlingen/nieuw").text
        self.load.go()
        assert dict(form.sent())["given-name"] in kept, self.say("what was typed is not there")

    def figures(self) -> dict:
        ledger = self.load.ledger
        return {
            "seed": SEED,
            "acknowledged": ledger.acts,
            "repeated": ledger.repeated,
            "uncertain": ledger.uncertain,
            "codes": dict(self.codes),
            "slowest read": round(self.slowest_read, 2),
            "minutes": round((time.monotonic() - self.began) / 60, 1),
        }

    def end(self) -> dict:
        """All that was acknowledged is there, the chain verifies, and the registers equal a rebuild."""
        self.settle(whole=True)
        self.load.pause()
        for node in self.world.nodes:
            if node.is_up:
                assert node.end() == 0, self.say("did not end in good order")
        assert self.world.faults() == [], self.say("")
        return self.figures()


def code_of(answer: Answer) -> str:
    """The code of what is wrong, as a page or a problem tells it."""
    found = re.search(r"\b(?:disk|store)\.[a-z-]+", answer.text)
    return found.group() if found else answer.text[:200]


@contextmanager
def siege(name: str, world: World, workers: int = 4) -> Iterator[Siege]:
    """Starts all nodes, and has people work at them."""
    for node in world.nodes:
        node.start()
    person = world.person("ib")
    with Visitor(world.nodes[0].url, patience=60) as visitor:
        visitor.sign_in(person)
        token = visitor.key(person)
        with Load(name, world.addresses, visitor, token, workers) as load:
            made = Siege(name, world, load, visitor, person)
            # What is made once, at the first look, takes long in a debug build.
            made.read_on()
            made.slowest_read = 0
            yield made
