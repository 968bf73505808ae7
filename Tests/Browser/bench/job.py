"""The main job, from the first signal to the decision, as a program does it through the API.

One child: the dossier is opened, the family agrees, the groeidocument is written, discussed twice and signed, a place
in special education is requested, two experts advise, and the decision is taken. Five people, each with their own key.
"""

from __future__ import annotations

import base64
import json
import random
import string
from datetime import date, timedelta

from harness.program import MOMENT

from .load import Step
from .visitor import Visitor

TODAY = date.fromisoformat(MOMENT[:10])
TEXT = (
    "We zien dat rekenen in kleine stappen goed gaat en dat de middag te lang duurt. "
    "Met een vaste plek, korte opdrachten en een rustige start lukt het vaker. Poging {n}. "
) * 2
# What is answered, wherever it is asked; every other question is answered with the text above.
ANSWERS = {
    "outflow": "too-early",
    "child-heard": "talked",
    "evaluate-on": str(TODAY + timedelta(days=90)),
    "school-type": "sbo",
    "tlv-begin": str(date(TODAY.year + 1, 1, 4)),
    "first-judgement": "yes",
    "second-judgement": "yes",
    "duration-choice": "temporary",
    "meeting-moment": f"{TODAY + timedelta(days=14)}T15:30",
    "meeting-place": "Kamer 2",
}
PARTS = {
    "algemeen": ["reason"],
    "waarnemen": [
        "child-good",
        "parents-see",
        "supporting-factors",
        "hindering-factors",
        "support-given",
        "support-effect",
        "school-question",
    ],
    "begrijpen": ["education-needs", "teacher-needs", "outflow"],
    "strategie": ["goals", "approach", "support-extent", "evaluate-on", "child-heard", "child-opinion"],
    "uitvoeren": ["execution"],
}
ID = '"id":"(%w+)"'


def paper() -> bytes:
    """A plain PDF of about 10 kB."""
    text = b"BT /F1 11 Tf 50 780 Td (Interventietraject) Tj ET\n" + b"% " + b"x" * 10_000 + b"\n"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(text) + text + b"endstream",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer


class MainJob:
    """The steps of the job for the people of one demonstration."""

    def __init__(self, server) -> None:
        self.server = server
        roles = ("ib", "adviser", "secretary", "expert", "decision-maker")
        self.keys = {role: Visitor.signed_in(server, server.person(role)).key() for role in roles}
        self.steps: list[Step] = []

    def opening(self) -> Step:
        """Only the first request: a dossier is opened."""
        return self.build()[0]

    def build(self) -> list[Step]:
        self.steps = []
        self._open()
        self._agree("sot", "hia")
        self._write("algemeen", "waarnemen", "begrijpen")
        self._start("sot", "sot", "ib", ["meeting-moment", "meeting-place"])
        self._take("sot", "meet", "hia", "ib", ["sot-report"])
        self._start("hia", "hia", "ib", ["hia-reason", "meeting-moment", "meeting-place"])
        self._take("hia", "meet", "tlv", "adviser", ["hia-overview", "hia-insight", "hia-outlook", "school-type"])
        self._write("strategie", "uitvoeren")
        self._add_paper()
        self._sign()
        self._start("tlv", "tlv", "ib", ["tlv-begin"])
        self._take("tlv", "check", "complete", "secretary", ["second-expert"])
        self._take("tlv", "advise-first", "given", "adviser", ["first-judgement", "first-advice", "duration-choice"])
        self._take("tlv", "advise-second", "given", "expert", ["second-judgement", "second-advice"])
        self._take("tlv", "decide", "granted", "decision-maker", ["tlv-reasons"])
        self._add("GET", "/v1/dossiers/{dossier}/besluiten", "ib", name="number", pattern='"nummer":"([^"]+)"')
        return self.steps

    def _add(
        self, method: str, path: str, role: str, body: dict | None = None, name: str = "", pattern: str = ""
    ) -> None:
        text = json.dumps(body, ensure_ascii=False) if body is not None else ""
        self.steps.append(Step(method, path, self.keys[role], text, name, pattern))

    def _answers(self, fields: list[str]) -> dict:
        expert = self.server.person("expert").email
        known = {"second-expert": self.server.ask("SELECT id FROM people WHERE email = ?", expert)[0][0]}
        return {field: ANSWERS.get(field) or known.get(field) or TEXT for field in fields}

    def _open(self) -> None:
        ib = self.server.person("ib").email
        ((school, *_), *_) = self.server.ask(
            "SELECT organisation FROM functions JOIN people ON people.id = person WHERE email = ?", ib
        )
        # Nobody else of this name yet, in this run of load or in an earlier one.
        word = "".join(random.choices(string.ascii_lowercase, k=8))
        child = {"voornaam": "Sterre", "achternaam": f"Proef {word}{{n}}", "geboortedatum": "2018-05-17", "groep": "4"}
        guardian = {"naam": "Marit Proef", "relatie": "mother", "gezag": True, "email": None}
        body = {"kind": child, "school": school, "verzorgers": [guardian]}
        self._add("POST", "/v1/dossiers", "ib", body, "dossier", ID + ',"kind"')
        self._add("GET", "/v1/dossiers/{dossier}", "ib", name="guardian", pattern='"verzorgers":%[{.-' + ID)

    def _agree(self, *purposes: str) -> None:
        for purpose in purposes:
            body = {"verzorger": "{guardian}", "doel": purpose, "woord": "given", "wijze": "spoken"}
            self._add("POST", "/v1/dossiers/{dossier}/toestemmingen", "ib", body)

    def _write(self, *parts: str) -> None:
        for part in parts:
            body = {"antwoorden": self._answers(PARTS[part])}
            self._add("PATCH", f"/v1/dossiers/{{dossier}}/groeidocument/{part}", "ib", body)

    def _start(self, procedure: str, name: str, role: str, fields: list[str]) -> None:
        body = {"procedure": procedure, "antwoorden": self._answers(fields)}
        self._add("POST", "/v1/dossiers/{dossier}/procedures", role, body, name, ID)

    def _take(self, name: str, step: str, choice: str, role: str, fields: list[str]) -> None:
        body = {"keuze": choice, "antwoorden": self._answers(fields)}
        self._add("POST", f"/v1/dossiers/{{dossier}}/procedures/{{{name}}}/stappen/{step}", role, body)

    def _add_paper(self) -> None:
        body = {"naam": "interventietraject.pdf", "soort": "interventietraject"}
        body["inhoud"] = base64.b64encode(paper()).decode()
        self._add("POST", "/v1/dossiers/{dossier}/documenten", "ib", body)

    def _sign(self) -> None:
        versions = "/v1/dossiers/{dossier}/groeidocument-versies"
        # The versions locked for both meetings come before this one.
        self._add("POST", versions, "ib", {}, "version", '.*"nummer":(%d+)')
        body = {"verzorger": "{guardian}", "wijze": "paper"}
        self._add("POST", versions + "/{version}/handtekeningen", "ib", body)
