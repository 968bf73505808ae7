"""What somebody who means no good sends to the running program, and what he gets."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser

from harness import pdf
from harness.program import SIGN_IN, Server, running
from harness.visitor import Visitors

HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>{{title}}{{{body}}}"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A program of our own, because these tests leave things behind."""
    with running(tmp_path_factory.mktemp("target")) as server:
        yield server


class Program:
    """Somebody's program, with a key made on the page of the account."""

    def __init__(self, server: Server, visitors: Visitors, role: str) -> None:
        self.server = server
        page = visitors.page(role)
        page.goto("/account")
        password = server.person(role).password
        word = page.locator("form[action='/account/sleutels'] input[name=_csrf]").get_attribute("value")
        sent = {"name": "proef", "current": password, "_csrf": word}
        made = page.context.request.post("/account/sleutels", form=sent)
        self.key = re.search(r"sen_[\w-]{40,}", made.text()).group(0)
        page.context.close()

    def ask(self, method: str, path: str, body: dict | None = None) -> tuple[int, dict | bytes]:
        request = urllib.request.Request(self.server.url + "/v1" + path, method=method)
        request.add_header("Authorization", f"Bearer {self.key}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, data, kind = answer.status, answer.read(), answer.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            status, data, kind = error.code, error.read(), error.headers.get("Content-Type", "")
        return status, json.loads(data) if "json" in kind else data


@pytest.fixture(scope="module")
def visitors(browser: Browser, target: Server) -> Visitors:
    return Visitors(browser, target)


def raw(server: Server, data: bytes, patience: float = 5) -> bytes:
    """What comes back on a bare connection until it is closed or silent."""
    parts = urllib.parse.urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=patience) as connection:
        said = b""
        try:
            connection.sendall(data)
            while block := connection.recv(65536):
                said += block
        except (TimeoutError, ConnectionError):
            pass
        return said


def at_once(acts: list[Callable]) -> list:
    """All acts begun at the same moment, each on a thread of its own."""
    gate = threading.Barrier(len(acts))

    def begin(act: Callable):
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


# What a browser does with an address


@pytest.mark.parametrize("path", ["/\t/evil.example", "//evil.example", "/\\evil.example", "https://evil.example"])
def test_signing_in_leads_nowhere_else(browser: Browser, target: Server, path: str):
    page = Visitors(browser, target).page(None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{SIGN_IN}?naar={urllib.parse.quote(path, safe='')}")
    # As if an older page, or another program, had put it in the form.
    page.evaluate(
        """path => { const field = document.createElement('input'); field.type = 'hidden'; field.name = 'naar';
           field.value = path; document.querySelector('main form').append(field); }""",
        path,
    )
    sign_in_here(page, target)
    assert page.url.startswith(target.url)
    assert all(address.startswith(target.url) for address in asked)
    page.context.close()


def sign_in_here(page, server: Server) -> None:
    person = server.people[0]
    page.locator("input[autocomplete~=username]").fill(person.email)
    page.locator("input[type=password]").fill(person.password)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url(lambda address: SIGN_IN not in address)


# What a connection may send


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /aanmelden HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /aanmelden HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
        b"POST /aanmelden HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        b"GET /gezond HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /gezond HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
        b"GET /gezond\r\n\r\n",
        b"GET /gezond HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET /gezond HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: a\r\n" % n for n in range(200)) + b"\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["negative", "two lengths", "length, chunks", "folded", "0.9", "long header", "many headers", "long address"],
)
def test_what_is_no_plain_http_is_refused_and_hung_up_on(target: Server, request_: bytes):
    said = raw(target, request_)
    assert said.startswith(b"HTTP/1.1 400")
    assert said.count(b"HTTP/1.1") == 1, "a second request was read out of the first"


def test_a_body_without_a_length_is_too_large_at_some_moment(target: Server):
    head = (
        b"POST /aanmelden HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    said = raw(target, head + (b"10000\r\n" + b"a" * 65536 + b"\r\n") * 20 + b"0\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 413")
    assert b"Content-Security-Policy" in said


def test_whoever_is_silent_is_hung_up_on(target: Server):
    openings = [
        b"",
        b"GET /gezond HTTP/1.1\r\nHost: x\r\nX-a",
        b"POST /aanmelden HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na=",
        b"GET /gezond HTTP/1.1\r\nHost: x\r\n\r\n",
    ]
    begun = time.monotonic()
    at_once([lambda data=data: raw(target, data, patience=50) for data in openings])
    assert time.monotonic() - begun < 45


# What somebody types


def test_what_is_typed_stays_text_on_every_page(browser: Browser, visitors: Visitors, target: Server):
    opened: list = []
    watched = Visitors(browser, target, lambda page, watch: opened.append(watch))
    page = watched.page("ib")
    page.on("dialog", lambda dialog: opened.append(dialog))
    page.goto("/leerlingen")
    dossier = page.locator("main a[href^='/leerlingen/']:not([href$=nieuw])").first.get_attribute("href")
    page.goto(f"{dossier}/gegevens")
    page.locator("input[name=given-name]").fill(HOSTILE)
    page.locator("input[name=family-name]").fill(f"Regel \x1b[31m {HOSTILE}")
    page.locator("main form .actions button").first.click()
    page.wait_for_url(lambda address: "gedaan=" in address)
    pages = [link.get_attribute("href") for link in page.locator(f"a[href^='{dossier}']").all()]
    for path in list(dict.fromkeys([*pages, "/", "/leerlingen"])):
        if re.search(r"/documenten/.", path):
            continue
        page.goto(path)
        assert page.locator("img[src=x], script:not([src])").count() == 0, path
        assert "\x1b" not in page.content(), path
    faults = [fault for watch in opened for fault in (watch.take() if hasattr(watch, "take") else [watch])]
    assert faults == []
    page.context.close()


# What several do at once


@pytest.fixture(scope="module")
def waiting(visitors: Visitors, target: Server) -> tuple[Program, list[dict]]:
    """Somebody who decides, and what waits for a decision."""
    program = Program(target, visitors, "decision-maker")
    tasks = [task for task in program.ask("GET", "/taken")[1]["wachtOpMij"] if task["stap"] == "decide"]
    assert len(tasks) >= 2, "the demo has too little to decide"
    return program, tasks


def step(task: dict) -> str:
    return f"/dossiers/{task['dossier']}/procedures/{task['instantie']}/stappen/{task['stap']}"


def filled(form: dict, choice: str) -> dict:
    chosen = next(one for one in form["keuzes"] if one["id"] == choice)
    answers = {}
    for question in form["vragen"] + chosen["vragen"]:
        if question.get("bekend") or not question["verplicht"]:
            continue
        kind = question["soort"]
        answers[question["id"]] = (
            question["opties"][0]["id"]
            if kind == "keuze"
            else {"dag": "2026-12-01", "janee": True, "keuzes": []}.get(kind, f"</p>{HOSTILE}")
        )
    return {"keuze": choice, "antwoorden": answers}


def test_two_decisions_at_once_are_one(waiting):
    program, tasks = waiting
    task = tasks[0]
    form = program.ask("GET", step(task))[1]
    granted, refused = filled(form, "granted"), filled(form, "refused")
    answers = at_once([lambda body=body: program.ask("POST", step(task), body)[0] for body in (granted, refused) * 6])
    assert set(answers) <= {200, 409, 422}, Counter(answers)
    decisions = program.ask("GET", f"/dossiers/{task['dossier']}/besluiten")[1]["besluiten"]
    assert len([one for one in decisions if one["instantie"] == task["instantie"]]) == 1


def test_a_route_is_started_once_however_often_one_presses(visitors: Visitors, target: Server):
    program = Program(target, visitors, "ib")
    for dossier in [one["id"] for one in program.ask("GET", "/dossiers?aantal=50")[1]["dossiers"]]:
        status, form = program.ask("GET", f"/dossiers/{dossier}/procedure-formulieren/sot")
        lacking = [need for need in form["nodig"] if not need["aanwezig"]] if status == 200 else [{}]
        if all(need.get("soort") == "toestemming" for need in lacking):
            break
    else:
        pytest.fail("no dossier in which a meeting can be planned")
    for need in lacking:
        for guardian in need["ontbreekt"]["verzorgers"]:
            agreement = {"verzorger": guardian, "doel": need["doel"], "woord": "given", "wijze": "paper"}
            assert program.ask("POST", f"/dossiers/{dossier}/toestemmingen", agreement)[0] == 201
    body = {"procedure": "sot", "antwoorden": {"meeting-moment": "2026-12-10T10:00", "meeting-place": "School"}}
    answers = at_once([lambda: program.ask("POST", f"/dossiers/{dossier}/procedures", body)[0]] * 8)
    assert answers.count(201) == 1, Counter(answers)
    assert set(answers) <= {201, 409}
    procedures = program.ask("GET", f"/dossiers/{dossier}/procedures")[1]["procedures"]
    running_ = [one for one in procedures if one["procedure"] == "sot" and not one.get("uitkomst")]
    assert len(running_) == 1


# What comes on paper


def test_a_letter_takes_nothing_in_from_outside(waiting):
    program, tasks = waiting
    task = tasks[1]
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        port = trap.getsockname()[1]
        body = filled(program.ask("GET", step(task))[1], "granted")
        for key, value in body["antwoorden"].items():
            if isinstance(value, str) and value.startswith("</p>"):
                body["antwoorden"][key] = (
                    f"</p><img src='http://127.0.0.1:{port}/a.png'><link rel=attachment href='file:///etc/passwd'>"
                    f"<style>@import url(http://127.0.0.1:{port}/b.css)</style>{HOSTILE}"
                )
        status, _ = program.ask("POST", step(task), body)
        assert status == 200
        status, letter = program.ask("GET", f"/dossiers/{task['dossier']}/besluiten/{task['instantie']}/brief")
        try:
            while True:
                asked.append(trap.accept()[0].recv(200))
        except TimeoutError:
            pass
    assert asked == []
    if status == 503:
        pytest.skip("no WeasyPrint here, so no letter on paper")
    assert status == 200
    assert letter.startswith(b"%PDF-")
    assert b"/EmbeddedFile" not in letter
    assert pdf.headings(letter)[:1] == ["H1"], "the letter is whole"


# What is left in the log


def test_the_log_names_nobody(browser: Browser, visitors: Visitors, target: Server):
    """The last test of this file: after all that came before."""
    if target.log is None:
        pytest.skip("the log of a server that somebody else started is not here")
    page = visitors.page("ib")
    page.goto("/leerlingen")
    names = page.locator("main a[href^='/leerlingen/']").all_inner_texts()
    page.context.close()
    program = Program(target, visitors, "administrator")
    log = target.log.read_text("utf8", "replace")
    words = {word for name in names for word in re.findall(r"[\w-]{4,}", name)}
    words |= {word for person in target.people for word in re.findall(r"[\w-]{4,}", person.name)}
    words |= {person.email for person in target.people} | {person.password for person in target.people} | {program.key}
    assert [word for word in words if re.search(rf"\b{re.escape(word)}\b", log)] == []
    assert "fault" not in log, log[-2000:]
