"""The programs that bring mail away and make PDFs hang, end badly, or leave something behind that never ends.

People's acts go on, what cannot be made is said in time, nothing is left over, and the server ends in good order.
"""

from __future__ import annotations

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from torture.disk import until
from torture.settings import chance, only_long
from torture.trouble import Siege, siege
from torture.visitor import Visitor
from torture.world import folder_world, told

# A PDF may take half a minute; a little more for a busy machine.
LONGEST = 45
WITNESS = "getuige@voorbeeld.example"
# How a program can be of no use: it never ends, it leaves a child that never ends, or it ends by a signal.
KINDS = {
    "hangs": "exec sleep 100000",
    "leaves a child": "sleep 100000 &\ncat > /dev/null\nsleep 100000",
    "does not read": "trap '' TERM PIPE\nwhile true; do sleep 1000; done",
    "dies": "kill -9 $$",
}


class Program:
    """A program of a script that can be exchanged while the server runs."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.does("exit 1")

    def does(self, lines: str) -> None:
        # In the place of the old one at once: what runs goes on with what it read.
        new = self.place.with_suffix(".new")
        new.write_text(f"#!/bin/sh\n{lines}\n")
        new.chmod(0o755)
        new.rename(self.place)

    @property
    def running(self) -> list[int]:
        """The processes that began as this program and are not over; a process that is over has no command any more."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                # The shell and the script; the server has its name among its words as well.
                if (process / "cmdline").read_bytes().split(b"\0")[1:2] == [str(self.place).encode()]:
                    found.append(int(process.name))
            except OSError:
                continue
        return found


@only_long
@pytest.mark.parametrize("kind", list(KINDS))
def test_mail_and_paper_that_do_not_come_keep_nobody_from_work(kind: str, tmp_path: Path):
    mail, paper, mails = Program(tmp_path / "sendmail"), Program(tmp_path / "weasyprint"), tmp_path / "mails"
    with folder_world(tmp_path / "data") as world:
        world.node.options = [
            *("--sendmail", str(mail.place), "--weasyprint", str(paper.place)),
            *("--address", world.node.url, "--witness", WITNESS),
        ]
        mail.does(KINDS[kind])
        paper.does(KINDS[kind])
        with siege(kind, world, workers=1) as work:
            work.goes_on(chance("programs", kind).randrange(3, 8))
            dossier, decision = somebody_decided(work)
            slowest = say_that_there_is_no_pdf(work, dossier, decision)
            ask_for_a_link(work)
            work.goes_on()
            # Nothing of it stays behind once its time is over.
            until("all programs are over", lambda: not mail.running and not paper.running, LONGEST)
            # A program that works again gets what is asked from then on.
            mail.does(f'cat >> "{mails}"')
            paper.does("cat > /dev/null; echo %PDF-1.7")
            ask_for_a_link(work)
            until("a mail left", lambda: mails.exists() and "/wachtwoord/" in mails.read_text("utf8", "replace"))
            work.visitor.leave()
            assert work.visitor.get(letter(dossier, decision)).kind == "application/pdf"
            work.settle()
            # A server that is ended while they hang ends all the same.
            mail.does(KINDS[kind])
            paper.does(KINDS[kind])
            work.load.pause()
            leave_in_the_middle(work, letter(dossier, decision))
            began = time.monotonic()
            assert world.node.end() == 0, work.say("did not end in good order")
            ending = round(time.monotonic() - began, 1)
            world.node.start()
            work.load.go()
            figures = work.end()
            until("all programs are over", lambda: not mail.running and not paper.running, LONGEST)
        # What a witness was not told is told later.
        assert WITNESS not in mails.read_text("utf8", "replace")
        mail.does(f'cat >> "{mails}"')
        world.node.start()
        until("the witness was told", lambda: WITNESS in mails.read_text("utf8", "replace"))
        assert world.node.end() == 0
        told(f"programs, {kind}", {**figures, "slowest letter": slowest, "ended in": ending})


def letter(dossier: str, decision: str) -> str:
    return f"/leerlingen/{dossier}/procedures/{decision}/besluit.pdf"


def somebody_decided(work: Siege) -> tuple[str, str]:
    """A dossier with a decision, and the procedure that it was taken in."""
    for dossier in work.load.read(work.visitor, "/dossiers")["dossiers"]:
        decisions = work.load.read(work.visitor, f"/dossiers/{dossier['id']}/besluiten")["besluiten"]
        if decisions:
            return dossier["id"], decisions[0]["instantie"]
    raise LookupError("nothing was decided in this demo")


def say_that_there_is_no_pdf(work: Siege, dossier: str, decision: str) -> float:
    """A letter comes as a page that says so, and to programs as a problem; the seconds that it took."""
    # Two are made at once, so the third waits for its turn first.
    visitors = [Visitor(work.world.node.url, patience=3 * LONGEST) for _ in range(3)]
    for visitor in visitors:
        visitor.cookies = dict(work.visitor.cookies)
    with ThreadPoolExecutor(len(visitors)) as pool:
        answers = list(pool.map(lambda visitor: visitor.get(letter(dossier, decision)), visitors))
    for visitor in visitors:
        visitor.leave()
    for answer in answers:
        assert answer.status == 200, work.say(f"a letter answers {answer.status}")
        assert answer.kind == "text/html", work.say(answer.kind)
        assert 'class="no-pdf"' in answer.text, work.say("it does not say that no PDF could be made")
        assert answer.seconds < 2 * LONGEST, work.say(f"a letter took {answer.seconds} s")
    # Its connection was silent meanwhile for longer than it may be.
    work.visitor.leave()
    problem = work.visitor.ask(
        "GET", f"/v1/dossiers/{dossier}/besluiten/{decision}/brief", headers=work.bearer | {"Accept": "application/pdf"}
    )
    assert problem.status == 503, work.say(f"answers {problem.status}")
    assert "retry-after" in problem.headers, work.say("a 503 without Retry-After")
    assert json.loads(problem.body)["type"].endswith(":no-paper")
    return round(max(answer.seconds for answer in [*answers, problem]), 1)


def ask_for_a_link(work: Siege) -> None:
    """Somebody forgot their password; the answer does not wait for the mail."""
    with Visitor(work.world.node.url) as guest:
        form = guest.form("/wachtwoord-vergeten", "/wachtwoord-vergeten")
        answer = guest.post(form.action, form.filled(email=work.person.email))
        assert answer.status in (200, 303), work.say(f"answers {answer.status}")
        assert answer.seconds < 5, work.say(f"took {answer.seconds} s")


def leave_in_the_middle(work: Siege, path: str) -> None:
    """Somebody asks for a letter and does not wait for it."""
    with Visitor(work.world.node.url, patience=0.5) as impatient, contextlib.suppress(TimeoutError):
        impatient.cookies = dict(work.visitor.cookies)
        impatient.get(path)
