#!/usr/bin/env python3
"""Walks the main job of SENtrum by its interface for programs: from a new dossier to a numbered decision.

    python3 examples/api/demo-tokens.py http://127.0.0.1:8080 .demo/demo-people.json tokens.json
    python3 examples/api/main-job.py http://127.0.0.1:8080 tokens.json

It needs nothing but Python and a running demonstration (`make run`). It knows no plan: every form tells what it asks,
what it needs and what of that is missing. Which way is gone, and what is answered where anything readable will not do,
is in `way.json` beside this file; it is written for the plan of the demonstration.
"""

from __future__ import annotations

import base64
import datetime
import json
import random
import sys
import urllib.error
import urllib.request
from pathlib import Path

# The smallest file that is recognised as a report.
REPORT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Refused(Exception):
    """The interface said no; `problem` is what it said (RFC 9457)."""

    def __init__(self, status: int, problem: dict) -> None:
        errors = "; ".join(f"{error['code']} {error.get('location', {})}" for error in problem.get("errors", []))
        super().__init__(f"{status} {problem.get('title')}: {errors or problem.get('detail')}")
        self.status = status
        self.problem = problem

    @property
    def codes(self) -> list[str]:
        return [error["code"] for error in self.problem.get("errors", [])]

    @property
    def answers(self) -> list[str]:
        """The questions whose answers are wrong or missing."""
        pointers = [error.get("location", {}).get("pointer", "") for error in self.problem.get("errors", [])]
        return [pointer.removeprefix("/antwoorden/") for pointer in pointers if pointer.startswith("/antwoorden/")]


class Program:
    """Asks the interface for things with the key of one person."""

    def __init__(self, server: str, token: str) -> None:
        self.server = server.rstrip("/")
        self.token = token

    def ask(self, method: str, path: str, body: dict | None = None) -> tuple[int, dict[str, str], bytes]:
        path = path if path.startswith("/v1") else f"/v1{path}"
        request = urllib.request.Request(self.server + path, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Accept-Language", "nl")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as answer:
            raise Refused(answer.code, json.loads(answer.read() or b"{}")) from None

    def _json(self, method: str, path: str, body: dict | None = None) -> dict:
        _, _, answer = self.ask(method, path, body)
        return json.loads(answer) if answer else {}

    def get(self, path: str) -> dict:
        return self._json("GET", path)

    def post(self, path: str, body: dict | None = None) -> dict:
        return self._json("POST", path, body)

    def patch(self, path: str, body: dict) -> dict:
        return self._json("PATCH", path, body)


class Job:
    """One dossier on its way, and the people whose programs work on it."""

    def __init__(self, programs: dict[str, Program], way: dict) -> None:
        self.programs = programs
        self.way = way
        self.school = programs[way["worker"]]
        self.plan = self.school.get("/plan")
        self.people = {program.get("/account")["persoon"] for program in programs.values()}
        self.path = ""

    # 1. Open a dossier.

    def open(self, given: str, family: str, born: str, group: str) -> str:
        place = self.school.get("/openingsplaatsen")["openingsplaatsen"][0]
        relation = next(relation["id"] for relation in self.plan["relaties"] if relation["gezag"])
        named = [
            {"functie": function, "persoon": self._candidate(people)}
            for function, people in place["kandidaten"].items()
            if people
        ]
        guardian = {"naam": f"Mies {family}", "relatie": relation, "gezag": True}
        guardian["email"] = f"mies.{random.randrange(10**9)}@voorbeeld.example"
        opened = self.school.post(
            "/dossiers",
            {
                "kind": {"voornaam": given, "achternaam": family, "geboortedatum": born, "groep": group},
                "school": place["school"],
                "verzorgers": [guardian, {"naam": f"Piet {family}", "relatie": relation, "gezag": True}],
                "betrokkenen": named,
            },
        )
        self.path = f"/dossiers/{opened['id']}"
        return opened["id"]

    # 2 to 5. A route: what it needs, its start, its steps.

    def walk(self, procedure: str) -> dict:
        """Starts a route and takes its steps until it ends; gives how it stands then."""
        form = self._settled(lambda: self.school.get(f"{self.path}/procedure-formulieren/{procedure}"))
        started = self._send(
            self.school,
            f"{self.path}/procedures",
            form,
            lambda answers: {"procedure": procedure, "antwoorden": answers},
        )
        address = f"{self.path}/procedures/{started['id']}"
        print(f"  begonnen: {form['titel']['nl']}")
        while True:
            stands = self.school.get(address)
            if "uitkomst" in stands:
                print(f"  klaar: {stands['uitkomst']}")
                return stands
            for step in stands["openStappen"]:
                self._take(procedure, step["stap"], started["id"])

    def _take(self, procedure: str, step: str, instance: str) -> None:
        role, program = self._whoever_has(step, instance)
        address = f"{self.path}/procedures/{instance}/stappen/{step}"
        wanted = self.way["choices"].get(f"{procedure}.{step}")
        chosen: dict = {}

        def form() -> dict:
            asked = program.get(address)
            choice = next(choice for choice in asked["keuzes"] if wanted in (None, choice["id"]))
            chosen.update(choice)
            return {**choice, "vragen": asked["vragen"] + choice["vragen"]}

        self._send(
            program, address, self._settled(form), lambda answers: {"keuze": chosen["id"], "antwoorden": answers}
        )
        print(f"    {role}: {chosen['titel']['nl']}")

    def _whoever_has(self, step: str, instance: str) -> tuple[str, Program]:
        """Whoever finds the step in the list of work."""
        for role, program in self.programs.items():
            waiting = program.get("/taken")["wachtOpMij"]
            if any(task["instantie"] == instance and task["stap"] == step for task in waiting):
                return role, program
        raise SystemExit(f"nobody whose key is known has the step {step}")

    # Answering what is asked.

    def _send(self, program: Program, address: str, form: dict, body) -> dict:
        """Sends a form; what proves to be required on second thoughts is filled in and sent again."""
        questions = {
            question["id"]: question
            for question in form["vragen"] + form.get("overleg", {}).get("vragen", [])
            if not question.get("bekend")
        }
        answers = {}
        for name, question in questions.items():
            if name in self.way["answers"]:
                answers[name] = self.way["answers"][name]
            elif question["verplicht"] and not question["voorwaardelijk"]:
                answers[name] = self._answer(question)
        try:
            return program.post(address, body(answers))
        except Refused as refused:
            if set(refused.codes) != {"required"}:
                raise
            answers |= {name: self._answer(questions[name]) for name in refused.answers}
            return program.post(address, body(answers))

    def _answer(self, question: dict):
        """Anything that can be read as an answer."""
        match question["soort"]:
            case "dag":
                return self._in_days(30)
            case "moment":
                return f"{self._in_days(21)}T15:30"
            case "keuze":
                return question["opties"][0]["id"]
            case "keuzes":
                return []
            case "janee":
                return True
            case "persoon":
                return self._candidate(question["kandidaten"])
            case _:
                return "Ingevuld door een voorbeeldprogramma."

    def _in_days(self, days: int) -> str:
        # The server tells what day it is there: a demonstration may stand on another day than this machine.
        return (datetime.date.fromisoformat(self.plan["vandaag"]) + datetime.timedelta(days)).isoformat()

    def _candidate(self, people: list[dict]) -> str:
        """Somebody who can be chosen: one whose key we have when there is one."""
        known = [person["persoon"] for person in people if person["persoon"] in self.people]
        return (known or [person["persoon"] for person in people])[0]

    # Seeing to what is needed.

    def _settled(self, form) -> dict:
        """A form of which everything that it needs is there."""
        for _ in range(8):
            now = form()
            lacking = [need for need in now["nodig"] if not need["aanwezig"] and self._applies(need)]
            if not lacking:
                return now
            self._see_to(lacking[0])
        raise SystemExit("the needs of a form are never met")

    def _applies(self, need: dict) -> bool:
        """Whether a need that depends on answers on the same form comes to apply with ours."""
        for clause in need.get("wanneer", []):
            answer = self.way["answers"].get(clause["feit"])
            if not (clause.get("leeg") if answer is None else answer in clause.get("waarden", [])):
                return False
        return True

    def _see_to(self, need: dict) -> None:
        lack = need["ontbreekt"]
        print(f"  nodig: {lack['wat']}")
        match lack["wat"]:
            case "toestemmingen":
                for guardian in lack["verzorgers"]:
                    agreed = {"verzorger": guardian, "doel": need["doel"], "woord": "given", "wijze": "paper"}
                    self.school.post(f"{self.path}/toestemmingen", agreed)
            case "antwoorden":
                self._write(lack["vragen"])
            case "vastgezette-versie":
                self.school.post(f"{self.path}/groeidocument-versies")
            case "handtekeningen":
                versions = self.school.get(f"{self.path}/groeidocument-versies")["versies"]
                address = f"{self.path}/groeidocument-versies/{versions[-1]['nummer']}/handtekeningen"
                for guardian in lack["verzorgers"]:
                    self.school.post(address, {"verzorger": guardian, "wijze": "paper"})
            case "document":
                document = {"naam": "verslag.pdf", "soort": lack["documentsoort"]}
                document["inhoud"] = base64.b64encode(REPORT).decode()
                self.school.post(f"{self.path}/documenten", document)
            case other:
                raise SystemExit(f"nothing is known about {other}")

    def _write(self, wanted: list[str]) -> None:
        for part in self.plan["delen"]:
            answers = {
                question["id"]: self.way["answers"].get(question["id"], self._answer(question))
                for question in part["vragen"]
                if question["id"] in wanted
            }
            if answers:
                self.school.patch(f"{self.path}/groeidocument/{part['id']}", {"antwoorden": answers})

    # 6 and 7. The decision and its letter.

    def decision(self) -> dict:
        decisions = self.school.get(f"{self.path}/besluiten")["besluiten"]
        return self.school.get(f"{self.path}/besluiten/{decisions[-1]['instantie']}")

    def letter(self, decision: dict) -> bytes:
        return self.school.ask("GET", f"{self.path}/besluiten/{decision['instantie']}/brief")[2]


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    server, tokens = sys.argv[1:]
    way = json.loads(Path(__file__).with_name("way.json").read_text("utf8"))
    keys = json.loads(Path(tokens).read_text("utf8"))
    job = Job({role: Program(server, token) for role, token in keys.items()}, way)
    given, family = f"Pim{random.randrange(10**6)}", "van den Berg"
    print(f"dossier {job.open(given, family, way['born'], way['group'])}")
    for procedure in way["routes"]:
        print(procedure)
        job.walk(procedure)
    decision = job.decision()
    print(f"besluit {decision['nummer']}: van {decision.get('begin')} tot en met {decision.get('einde')}")
    for line in decision.get("uitleg", []):
        print(f"  {line['nl']}")
    try:
        print(f"brief: {len(job.letter(decision))} bytes")
    except Refused as refused:
        print(f"brief: {refused}")


if __name__ == "__main__":
    main()
