"""The interface for programs of a real server: the main job by the example program, answers as they are described."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from harness.api import EXAMPLES, Contract, example
from harness.program import Server, running

SEED = 20261102
ROUNDS = 40

tokens_of = example("demo-tokens").tokens_of
main_job = example("main-job")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: programs write what no page test should meet."""
    with running(tmp_path_factory.mktemp("api"), 20) as server:
        yield server


@pytest.fixture(scope="module")
def tokens(api: Server) -> dict[str, str]:
    people = [{"role": one.role, "email": one.email, "password": one.password} for one in api.people]
    return tokens_of(api.url, people)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract()


class Watched(main_job.Program):
    """A program of which every answer is held to the description."""

    def __init__(self, server: str, token: str, contract: Contract) -> None:
        super().__init__(server, token)
        self.contract = contract

    def ask(self, method: str, path: str, body: dict | None = None):
        try:
            status, headers, answer = super().ask(method, path, body)
        except main_job.Refused as refused:
            self.contract.check_problem(f"{method} {path}: {refused.status}", refused.problem)
            raise
        self.contract.check(method, path, status, headers, answer)
        return status, headers, answer


@pytest.fixture(scope="module")
def job(api: Server, tokens: dict[str, str], contract: Contract):
    """The main job, walked by the programs of the demonstration's people."""
    programs = {role: Watched(api.url, token, contract) for role, token in tokens.items()}
    way = json.loads((EXAMPLES / "way.json").read_text("utf8"))
    job = main_job.Job(programs, way)
    job.open("Pim", "van den Berg", way["born"], way["group"])
    for route in way["routes"]:
        job.walk(route)
    return job


def test_the_main_job_ends_with_a_numbered_decision_and_its_letter(job):
    decision = job.decision()
    assert "-so-laag" in decision["nummer"]
    assert decision["begin"] < decision["einde"]
    advisers = {advice["door"]["persoon"] for advice in decision["adviezen"]}
    assert len(advisers) == 2
    assert decision["door"]["persoon"] not in advisers
    assert all(line["nl"] and line["en"] for line in decision["uitleg"])
    assert job.letter(decision).startswith(b"%PDF-")


def test_a_meeting_sooner_than_the_plan_asks_takes_a_reason(job):
    job = main_job.Job(job.programs, job.way)
    job.open("Puk", "van den Berg", job.way["born"], job.way["group"])
    form = job._settled(lambda: job.school.get(f"{job.path}/procedure-formulieren/sot"))
    assert form["overleg"]["eerstZonderReden"] == job._in_days(7)
    answers = {"meeting-moment": f"{job._in_days(6)}T15:30", "meeting-place": "School"}
    with pytest.raises(main_job.Refused) as refused:
        job.school.post(f"{job.path}/procedures", {"procedure": "sot", "antwoorden": answers})
    assert (refused.value.status, refused.value.codes) == (422, ["tooSoon"])
    assert refused.value.answers == ["meeting-reason"]
    answers["meeting-reason"] = "Iedereen kan alleen dan."
    assert job.school.post(f"{job.path}/procedures", {"procedure": "sot", "antwoorden": answers})["id"]


def test_the_examples_run_as_the_tutorial_says(api: Server, tmp_path):
    people = tmp_path / "people.json"
    people.write_text(
        json.dumps([{"role": one.role, "email": one.email, "password": one.password} for one in api.people]), "utf8"
    )
    keys = tmp_path / "tokens.json"
    for command in (["demo-tokens.py", api.url, str(people), str(keys)], ["main-job.py", api.url, str(keys)]):
        run = subprocess.run(
            [sys.executable, str(EXAMPLES / command[0]), *command[1:]], capture_output=True, text=True, timeout=120
        )
        assert run.returncode == 0, run.stdout + run.stderr
    assert keys.stat().st_mode & 0o077 == 0
    assert "besluit " in run.stdout
    assert run.stdout.splitlines()[-1].startswith("brief: ")


def test_every_reading_route_answers_as_described(job, contract):
    """What the main job did not come past."""
    stands = job.school.get(f"{job.path}/procedures")["procedures"]
    guardian = job.school.get(f"{job.path}/verzorgers")["verzorgers"][0]["id"]
    draft = {
        "versie": "nieuw",
        "titel": {"nl": "Nieuw plan", "en": "New plan"},
        "wijzigt": "spow/2020-2024-addendum",
        "vanaf": "2027-08-01",
    }
    assert job.programs["swv-director"].post("/planversies", draft)["sleutel"] == "spow/nieuw"
    values = {
        "dossier": job.path.split("/")[-1],
        "verzorger": guardian,
        "deel": job.plan["delen"][0]["id"],
        "nummer": "1",
        "document": job.school.get(f"{job.path}/documenten")["documenten"][0]["id"],
        "procedure": "sot",
        "instantie": stands[-1]["id"],
        "stap": "meet",
        "samenwerkingsverband": "spow",
        "versie": "nieuw",
    }
    for method, path, _ in contract.operations:
        for program in job.programs.values() if method == "get" else ():
            with contextlib.suppress(main_job.Refused):
                yearly = {"procedure": "tlv-herbeoordeling"} if path.startswith("/lijsten/") else {}
                program.ask("GET", path.format(**values | yearly))
    read = {path for method, path, status in contract.seen if method == "GET" and status == 200}
    # An ended procedure has no form and nobody to choose any more, and nothing that could follow another version.
    unread = {path for method, path, _ in contract.operations if method == "get"} - read
    procedure = "/dossiers/{dossier}/procedures/{instantie}"
    step = f"{procedure}/stappen/{{stap}}"
    assert unread <= {step, f"{step}/persoon", f"{procedure}/versie"}


def raw(api: Server, method: str, path: str, headers: dict[str, str], body: bytes | None = None):
    """One request as it is written, without anything that a client library adds."""
    place = urlsplit(api.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    try:
        connection.request(method, f"/v1{path}", body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_a_body_that_says_it_is_too_large_is_not_read(api: Server, tokens):
    headers = {"Authorization": f"Bearer {tokens['ib']}", "Content-Type": "application/json"}
    status, answer, body = raw(api, "POST", "/dossiers/_zoek", headers | {"Content-Length": "99999999"}, b"{}")
    assert (status, answer["Content-Type"]) == (413, "application/problem+json")
    assert json.loads(body)["type"].endswith("too-large")


def test_a_body_in_chunks_that_proves_too_large_is_refused(api: Server, tokens):
    headers = {"Authorization": f"Bearer {tokens['ib']}", "Content-Type": "application/json"}
    chunks = iter([b'{"zoek":"', *[b"a" * 100_000] * 25, b'"}'])
    try:
        status, _, _ = raw(api, "POST", "/dossiers/_zoek", headers, chunks)
    except (BrokenPipeError, ConnectionResetError):
        return  # The server may hang up on who goes on sending.
    assert status == 413


def test_head_is_get_without_its_body(api: Server, tokens):
    headers = {"Authorization": f"Bearer {tokens['ib']}"}
    got = raw(api, "GET", "/plan", headers)
    head = raw(api, "HEAD", "/plan", headers)
    assert head[0] == got[0] == 200
    assert head[1]["Content-Length"] == got[1]["Content-Length"]
    assert head[2] == b""


# --- anything at all ---


class Anything:
    """Bodies and addresses at random: by the description, nearly so, or not at all."""

    def __init__(self, contract: Contract, seed: int, known: dict[str, list]) -> None:
        self.contract = contract
        self.random = random.Random(seed)
        self.known = known

    TEXTS = (
        "",
        " ",
        "a",
        "é\u0301",
        "\u0000",
        "🦊",
        "a" * 600,
        "2026-02-30",
        "2026-11-20",
        "'; --",
        "{{x}}",
        "../..",
        "yes",
    )

    def value(self, schema: dict, name: str = "", depth: int = 0):
        """Something that a schema may mean."""
        schema = self.contract.resolved(schema)
        if self.random.random() < 0.08 or depth > 6:
            return self.random.choice([None, True, 0, -1, 1.5, 10**30, "x", [], {}, [[]], {"a": {}}])
        if name in self.known and self.random.random() < 0.7:
            return self.random.choice(self.known[name])
        if "oneOf" in schema:
            return self.value(self.random.choice(schema["oneOf"]), name, depth + 1)
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        match schema.get("type"):
            case "object":
                members = {
                    key: self.value(each, key, depth + 1)
                    for key, each in schema.get("properties", {}).items()
                    if key in schema.get("required", []) or self.random.random() < 0.6
                }
                extra = schema.get("additionalProperties")
                if isinstance(extra, dict):
                    keys = self.random.sample(self.known["vraag"], self.random.randint(0, 5))
                    members |= {key: self.value(extra, "antwoord", depth + 1) for key in keys}
                if self.random.random() < 0.05:
                    members["onbekend"] = 1
                if members and self.random.random() < 0.1:
                    members.pop(self.random.choice(list(members)))
                return members
            case "array":
                return [self.value(schema["items"], name, depth + 1) for _ in range(self.random.randint(0, 3))]
            case "boolean":
                return self.random.random() < 0.5
            case "integer":
                return self.random.choice([0, 1, 2, 50, -1, 10**9])
            case _:
                return self.random.choice(self.TEXTS)

    def body(self, operation: dict) -> bytes | None:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return None
        if self.random.random() < 0.05:
            return self.random.choice([b"", b"{", b"[]", b"null", b"1", b"\xff\xfe", b"{" * 3000, b'{"a":1}garbage'])
        return json.dumps(self.value(content["schema"])).encode()

    def address(self, path: str, operation: dict) -> str:
        def part(name: str) -> str:
            if self.random.random() < 0.85 and name in self.known:
                return str(self.random.choice(self.known[name]))
            return self.random.choice(["x", "0", "-", "a" * 81, "a%20b", "%00", "%F0%9F%A6%8A", "..", "1e3"])

        names = [piece[1:-1] if piece.startswith("{") else None for piece in path.split("/")]
        address = "/".join(part(name) if name else piece for name, piece in zip(names, path.split("/"), strict=True))
        query = [self.contract.resolved(each) for each in operation.get("parameters", [])]
        asked = [
            f"{each['name']}={self.random.choice(['', '1', '200', '-5', 'x', '%F0', 'a+b', '999999999999999999999'])}"
            for each in query
            if self.random.random() < 0.5
        ]
        return address + ("?" + "&".join(asked) if asked else "")


def test_nothing_that_is_sent_makes_the_server_fail(api: Server, job, tokens, contract):
    """Seeded, so a failure can be had again: SEED and the number of the round say which."""
    school = job.school
    fields = [question["id"] for part in job.plan["delen"] for question in part["vragen"]]
    known = {
        "dossier": [job.path.split("/")[-1], *(row["id"] for row in school.get("/dossiers")["dossiers"][:6])],
        "verzorger": [one["id"] for one in school.get(f"{job.path}/verzorgers")["verzorgers"]],
        "deel": [part["id"] for part in job.plan["delen"]],
        "nummer": [1, 2],
        "procedure": [route["id"] for route in job.plan["procedures"]],
        "instantie": [one["id"] for one in school.get(f"{job.path}/procedures")["procedures"]],
        "stap": [step["id"] for route in job.plan["procedures"] for step in route["stappen"]],
        "keuze": [
            choice["id"] for route in job.plan["procedures"] for step in route["stappen"] for choice in step["keuzes"]
        ],
        "functie": [function["id"] for function in job.plan["functies"]],
        "persoon": sorted(job.people),
        "school": [school.get("/openingsplaatsen")["openingsplaatsen"][0]["school"]],
        "doel": [purpose["id"] for purpose in job.plan["doelen"]],
        "soort": [kind["id"] for kind in job.plan["documentsoorten"]],
        "relatie": [relation["id"] for relation in job.plan["relaties"]],
        "groep": [group["id"] for group in job.plan["groepen"]],
        "geboortedatum": ["2017-05-05", "2015-02-28"],
        "inhoud": ["JVBERi0xLjQKJSVFT0YK", "TVqQAA==", "UEsDBBQ=", "x"],
        "vraag": [
            *fields,
            "meeting-moment",
            "meeting-place",
            "meeting-also",
            "school-type",
            "tlv-begin",
            "group",
            "age",
        ],
        "antwoord": ["yes", "2026-12-01T10:00", "2026-12-01", "so", [], ["a"], True, 5, None, "Een antwoord."],
    }
    anything = Anything(contract, SEED, known)
    sent = 0
    for number in range(ROUNDS):
        for method, path, operation in contract.operations:
            body = anything.body(operation)
            address = anything.address(path, operation)
            token = anything.random.choice(list(tokens.values()))
            headers = {"Authorization": f"Bearer {token}"} | (
                {"Content-Type": "application/json"} if body is not None else {}
            )
            request = urllib.request.Request(
                f"{api.url}/v1{address}", data=body, method=method.upper(), headers=headers
            )
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    status, told, content = answer.status, dict(answer.headers), answer.read()
            except urllib.error.HTTPError as answer:
                status, told, content = answer.code, dict(answer.headers), answer.read()
            what = f"round {number}: {method} {address} {(body or b'')[:300]!r}"
            assert status < 500, f"{what}: {status} {content[:300]!r}"
            sent += 1
            if status in (404, 405) and contract.operation(method, address) is None:
                continue  # A dot segment or an empty part made it another address.
            contract.check(method, address, status, told, content)
    assert sent == ROUNDS * len(contract.operations)
