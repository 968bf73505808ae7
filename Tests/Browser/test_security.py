"""What somebody who means no good sends to the running program, and what he gets."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import APIRequestContext, Browser

from harness import pdf
from harness.program import SIGN_IN, Server, fresh_demo, running, serving
from harness.visitor import Visitors, is_signed_in, sign_in, sign_out

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


# What is sent twice, or by another way


@pytest.fixture(scope="module")
def school(visitors: Visitors) -> Iterator[APIRequestContext]:
    """Somebody of a school, without a page."""
    page = visitors.page("ib")
    yield page.context.request
    page.context.close()


def word_of(ask: APIRequestContext) -> str:
    """The word of a session, as its forms carry it."""
    return re.search(r'name="_csrf" value="([^"]+)"', ask.get("/account").text())[1]


def dossiers_of(ask: APIRequestContext) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="(/leerlingen/[a-z0-9]{26})"', ask.get("/leerlingen").text())))


def test_a_field_sent_twice_is_no_way_round(school: APIRequestContext):
    word = word_of(school)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body, status in (
        (f"_csrf={word}&zoek=a", 200),
        (f"_csrf=verzonnen&_csrf={word}&zoek=a", 403),
        (f"_csrf[]={word}&zoek=a", 403),
        (f"_CSRF={word}&zoek=a", 403),
    ):
        assert school.post("/leerlingen/_zoek", headers=form, data=body).status == status, body.replace(word, "…")
    assert school.post(f"/leerlingen/_zoek?_csrf={word}", headers=form, data="zoek=a").status == 403
    as_json = {"Content-Type": "application/json"}
    assert school.post("/leerlingen/_zoek", headers=as_json, data=json.dumps({"_csrf": word})).status == 403


def test_a_word_of_another_session_is_worth_nothing(visitors: Visitors, school: APIRequestContext):
    page = visitors.page("administrator")
    word = word_of(page.context.request)
    page.context.close()
    assert school.post("/leerlingen/_zoek", form={"_csrf": word, "zoek": "a"}).status == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://evil.example//{host}", "http://{host}.evil.example", "http://evil{host}"]
)
def test_an_origin_that_resembles_ours_is_another(school: APIRequestContext, target: Server, origin: str):
    headers = {"Origin": origin.replace("{host}", urllib.parse.urlsplit(target.url).netloc)}
    form = {"_csrf": word_of(school), "zoek": "a"}
    assert school.post("/leerlingen/_zoek", headers=headers, form=form).status == 403


# What an address may say


@pytest.mark.parametrize("field", ["naar", "gedaan", "terug", "na"])
def test_an_address_writes_no_header(target: Server, field: str):
    for ending in ("%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D"):
        for path in (SIGN_IN, "/", "/leerlingen"):
            request = f"GET {path}?{field}={ending}X-Evil:%20ja{ending}{ending}<script> HTTP/1.1\r\nHost: x\r\n"
            said = raw(target, request.encode() + b"Connection: close\r\n\r\n")
            head = said.partition(b"\r\n\r\n")[0]
            assert not re.search(rb"(?im)^x-evil", head.replace(b"\r", b"\n")), said[:400]


@pytest.mark.parametrize(
    "header",
    [
        "Host: evil.example",
        "Host: x\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example",
        "Host: evil.example:80",
    ],
)
def test_the_name_that_a_visitor_gives_us_stands_in_no_link(target: Server, header: str):
    for path in ("/leerlingen", SIGN_IN, "/plan", "/.well-known/security.txt", "/bestaat-niet", "/v1/account"):
        said = raw(target, f"GET {path} HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n".encode(), patience=30)
        assert said.startswith(b"HTTP/1.1 "), path
        assert b"evil" not in said, path
        location = re.search(rb"(?im)^location: (.*)\r$", said)
        assert location is None or location[1].startswith(b"/"), location[1]


@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD", "/.git/", "/.env", "/static/", "/static/../../Package.swift", "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fjournal.sqlite", "/static/face.css%00.js", "/journal.sqlite", "/keys/master.key", "/keys/",
        "/demo-people.json", "/.well-known/", "/Templates/layout.mustache", "/Texts/nl.json", "/plan/../keys/",
    ],
)  # fmt: skip
def test_no_file_of_the_machine_is_served(target: Server, path: str):
    said = raw(target, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert said.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400")), said[:100]
    assert b"no-store" in said or said.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "method", ["TRACE", "TRACK", "CONNECT", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "DEBUG"]
)
def test_methods_that_nobody_needs_are_refused(target: Server, method: str):
    for path in ("/", SIGN_IN, "/plan", "/static/face.css", "/gezond"):
        request = f"{method} {path} HTTP/1.1\r\nHost: x\r\nCookie: sessie=geheim\r\nConnection: close\r\n\r\n"
        said = raw(target, request.encode())
        assert re.match(rb"HTTP/1\.1 4\d\d ", said), (method, path, said[:100])
        assert b"geheim" not in said


def test_a_page_under_another_name_is_not_found(school: APIRequestContext):
    """A cache in front that keeps whatever ends in .css must not get a page to keep."""
    dossier = dossiers_of(school)[0]
    assert school.get(dossier).status == 200
    for ending in ("/x.css", ";x.css", "%2fx.css", ".css", "%00.css", "%0a.css", "%3fx.css"):
        for path in (dossier, "/account", "/leerlingen"):
            answer = school.get(path + ending)
            assert answer.status in (400, 404), path + ending
    assert "no-store" in school.get(f"{dossier}?x.css").headers["cache-control"]


# What is not theirs


def test_a_borrowed_address_opens_nothing(visitors: Visitors, school: APIRequestContext):
    """Whoever gets an address of somebody who may see it gets what is behind no address at all."""
    pages = []
    for dossier in dossiers_of(school)[:6]:
        pages.append(dossier)
        found = re.findall(rf'href="({dossier}/[^"#?]+)"', school.get(dossier).text())
        pages += list(dict.fromkeys(found))
        for inner in (f"{dossier}/documenten", f"{dossier}/gezin"):
            answer = school.get(inner)
            pages += re.findall(rf'href="({dossier}/(?:documenten|gezin)/[^"#?]+)"', answer.text())
    assert len(pages) > 20
    for role in ("administrator", "guardian", "teacher", "opr-member"):
        page = visitors.page(role)
        ask = page.context.request
        own = set(dossiers_of(ask))
        nothing = ask.get("/leerlingen/00000000000000000000000000")
        assert nothing.status == 404
        for path in pages:
            if path[: len("/leerlingen/") + 26] in own:
                continue
            answer = ask.get(path)
            assert answer.status == 404, (role, path)
            assert main_of(answer.text()) == main_of(nothing.text()), (role, path)
        page.context.close()


def main_of(page: str) -> str:
    return re.search(r"<main.*?</main>", page, re.DOTALL)[0]


def test_a_key_of_one_dossier_opens_nothing_in_another(visitors: Visitors, school: APIRequestContext):
    page = visitors.page("guardian")
    ask = page.context.request
    own = dossiers_of(ask)[0]
    tried = 0
    for other in [one for one in dossiers_of(school) if one != own]:
        inner = re.findall(
            rf'href="{other}(/(?:procedures|besluiten|documenten)/[a-z0-9]{{26}}[^"]*)"', school.get(other).text()
        )
        for path in inner:
            assert ask.get(own + path).status == 404, path
            tried += 1
    assert tried > 5, "nothing was there to try"
    page.context.close()


# What a search may do


@pytest.mark.parametrize(
    "words",
    [
        "' OR '1'='1",
        '" OR 1=1 --',
        "zzzz OR a",
        "zzzz* OR a*",
        "NEAR(a b)",
        "zz) UNION SELECT name FROM people --",
        "*)(uid=*",
    ],
)
def test_words_of_a_query_language_are_only_words(visitors: Visitors, school: APIRequestContext, words: str):
    link = r'href="/(?:leerlingen|beheer/mensen)/[a-z0-9]{26}"'
    found = school.post("/leerlingen/_zoek", form={"_csrf": word_of(school), "zoek": words})
    assert (found.status, re.findall(link, found.text())) == (200, [])
    page = visitors.page("administrator")
    ask = page.context.request
    found = ask.post("/beheer/mensen/_zoek", form={"_csrf": word_of(ask), "zoek": words})
    assert (found.status, re.findall(link, found.text())) == (200, [])
    page.context.close()


def test_marks_of_templates_are_only_text(visitors: Visitors):
    marks = "{{title}} {{{title}}} {{#chrome}}ja{{/chrome}} {naam} ${7*7} #{7*7} <%= 7*7 %> {{7*7}} %s%n"
    page = visitors.page("ib")
    page.goto("/leerlingen")
    dossier = page.locator("main a[href^='/leerlingen/']:not([href$=nieuw])").nth(1).get_attribute("href")
    page.goto(f"{dossier}/gegevens")
    page.locator("input[name=given-name]").fill(marks)
    page.locator("main form .actions button").first.click()
    page.wait_for_url(lambda address: "gedaan=" in address)
    for path in (dossier, f"{dossier}/gegevens", "/leerlingen"):
        page.goto(path)
        shown = page.locator("body").inner_text() + "".join(
            field.input_value() for field in page.locator("main input[type=text]").all()
        )
        assert marks in shown, path
    page.context.close()


# Files made to hurt


def packed(size: int) -> bytes:
    """A Word document that says that its text is so large, in a few thousand bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as document:
        document.writestr("[Content_Types].xml", "<Types/>")
        with document.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(bytes(1_000_000))
    return file.getvalue()


def climbing() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as document:
        document.writestr("[Content_Types].xml", "<Types/>")
        document.writestr("word/document.xml", "<document/>")
        document.writestr("../../../../etc/cron.d/evil", "* * * * * root true")
    return file.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def upload(ask: APIRequestContext, dossier: str, name: str, contents: bytes):
    boundary = "grens"
    kind = re.search(r'name="kind"[^>]*value="([^"]+)"', ask.get(f"{dossier}/documenten").text())[1]
    parts = {"_csrf": word_of(ask), "kind": kind}
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in parts.items()
    )
    body += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'.encode()
    body += b"Content-Type: text/html\r\n\r\n" + contents + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return ask.post(f"{dossier}/documenten", headers=headers, data=body, max_redirects=0)


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("bom.docx", packed(600_000_000)),
        ("klim.docx", climbing()),
        ("blad.html", b"<html><script>alert(1)</script></html>"),
        ("plaatje.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("verslag.pdf", b"<html><script>alert(1)</script></html>"),
        ("verslag.pdf", b"MZ\x90\x00 this program cannot be run"),
        ("verslag.pdf.exe", PDF),
        ("foto.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x06\x00\x00\x00"),
        ("leeg.txt", b""),
    ],
    ids=["bomb", "climbs out", "page", "drawing", "page as pdf", "program as pdf", "pdf as program", "pixels", "empty"],
)
def test_a_file_made_to_hurt_is_refused(school: APIRequestContext, name: str, contents: bytes):
    dossier = dossiers_of(school)[0]
    before = school.get(f"{dossier}/documenten").text().count("/intrekken")
    begun = time.monotonic()
    answer = upload(school, dossier, name, contents)
    assert answer.status == 422, (name, answer.status)
    assert time.monotonic() - begun < 20
    assert school.get(f"{dossier}/documenten").text().count("/intrekken") == before


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd.pdf", "..\\\\..\\\\windows.pdf", "/etc/shadow.pdf", "CON.pdf", "regel%0d%0aX-Evil: ja.pdf",
     "aanhaling%22; filename=x.html; a=%22.pdf", "om\u202efdp.pdf", "<img src=x onerror=alert(1)>.pdf"],
)  # fmt: skip
def test_a_name_of_a_file_leads_nowhere(school: APIRequestContext, name: str):
    dossier = dossiers_of(school)[0]
    # What is PDF to us may be a page to somebody who guesses: it is never shown as one.
    contents = PDF + b"<html><script>alert(1)</script></html>"
    known = set(re.findall(rf'href="({dossier}/documenten/[a-z0-9]+)"', school.get(f"{dossier}/documenten").text()))
    answer = upload(school, dossier, name, contents + name.encode())
    assert answer.status == 303, (name, answer.text()[:300])
    listed = set(re.findall(rf'href="({dossier}/documenten/[a-z0-9]+)"', school.get(f"{dossier}/documenten").text()))
    [added] = listed - known
    file = school.get(added)
    assert file.body() == contents + name.encode()
    assert file.headers["content-type"] == "application/pdf"
    assert "no-store" in file.headers["cache-control"]
    assert "sandbox" in file.headers["content-security-policy"]
    assert "x-evil" not in file.headers
    disposition = file.headers["content-disposition"]
    plain = re.fullmatch(r'attachment; filename="([^"]*\.pdf)"; filename\*=UTF-8\'\'([\w.~%-]+)', disposition)
    assert plain, disposition
    stored = urllib.parse.unquote(plain[2])
    assert not re.search(r'[/\\<>:"|?*\r\n\u202e]', stored), stored


# What stays in a browser that others use after you


def test_signing_out_is_on_every_page(visitors: Visitors):
    page = visitors.page("ib")
    dossier = dossiers_of(page.context.request)[0]
    for path in ("/", "/leerlingen", "/account", "/plan", dossier, f"{dossier}/documenten"):
        page.goto(path)
        assert is_signed_in(page), path
    page.context.close()


def test_nothing_stays_behind_after_signing_out(browser: Browser, target: Server):
    page = Visitors(browser, target).page(None)
    sign_in(page, target.person("ib"), target)
    page.goto("/leerlingen")
    link = page.locator("main a[href^='/leerlingen/']:not([href$=nieuw])").last
    name = link.inner_text()
    page.goto(link.get_attribute("href"))
    assert name in page.locator("body").inner_text()
    kept = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    assert page.evaluate(kept) == [0, 0, 0]
    sign_out(page)
    for _ in range(3):
        # Asked of the page itself: when the browser puts another in its place, a command to it would be lost.
        page.evaluate("() => { setTimeout(() => history.back()) }")
        page.wait_for_timeout(500)
        page.wait_for_load_state()
        assert name not in page.content()
    assert page.evaluate(kept) == [0, 0, 0]
    page.context.close()


def test_a_page_left_open_goes_when_its_session_ends(browser: Browser, target: Server):
    """Off the screen and out of the document, with what was typed: that comes back to its owner, and to nobody else."""
    page = Visitors(browser, target).page(None)
    person = target.person("ib")
    sign_in(page, person, target)
    page.goto("/leerlingen")
    link = page.locator("main a[href^='/leerlingen/']:not([href$=nieuw])").last
    name = link.inner_text()
    page.goto(link.get_attribute("href"))
    assert name in page.locator("body").inner_text()

    # Another tab of the same browser signs out; this one is looked at again.
    other = page.context.new_page()
    other.goto("/")
    sign_out(other)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.get_by_role("heading", name="U bent afgemeld").wait_for()
    assert name not in page.content()
    assert page.locator("main a").get_attribute("href").startswith("/aanmelden?naar=%2Fleerlingen%2F")

    # What was typed in a form that is kept nowhere waits for its owner.
    sign_in(other, person, target)
    page.goto("/account")
    page.evaluate("() => { for (const more of document.querySelectorAll('details')) more.open = true; }")
    page.locator("input[name=name]").first.fill("Rapportage")
    sign_out(other)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.get_by_text("wacht hier").wait_for()
    assert "Rapportage" not in page.content()
    assert page.locator("input").count() == 0
    sign_in(other, person, target)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.locator("input[name=name]").first.wait_for(state="attached")
    assert page.locator("input[name=name]").first.input_value() == "Rapportage"

    # Somebody else who signs in there meets a page of their own.
    sign_out(other)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.get_by_text("wacht hier").wait_for()
    sign_in(other, target.person("teacher"), target)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.locator("input[name=name]").first.wait_for(state="attached")
    assert page.locator("input[name=name]").first.input_value() == ""
    page.context.close()


def test_asking_how_long_a_session_lasts_makes_it_last_no_longer(browser: Browser, target: Server):
    """By the clock of the page it goes as well, when the server cannot be reached any more."""
    page = Visitors(browser, target).page(None)
    page.clock.install()
    sign_in(page, target.person("ib"), target)
    page.goto("/leerlingen")
    left = page.evaluate("() => fetch('/sessie').then((answer) => answer.json())")
    assert 0 < left["seconds"] <= 3600
    page.wait_for_timeout(1100)
    again = page.evaluate("() => fetch('/sessie').then((answer) => answer.json())")
    assert again["seconds"] < left["seconds"]
    page.context.set_offline(True)
    page.clock.fast_forward(3_700_000)
    page.get_by_role("heading", name="U bent afgemeld").wait_for()
    page.context.set_offline(False)
    page.context.close()


# Guessing


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A program behind a proxy, so that each test comes from an address of its own."""
    folder = tmp_path_factory.mktemp("proxied")
    people = fresh_demo(folder)
    with serving(folder, people, options=["--behind-proxy"]) as server:
        yield server


def guess(server: Server, email: str, source: str, password: str = "niet het goede") -> tuple[int, dict[str, str]]:
    """Tries a password as a visitor from an address, of which the proxy tells."""
    body = urllib.parse.urlencode({"email": email, "password": password}).encode()
    request = urllib.request.Request(server.url + SIGN_IN, data=body, headers={"X-Forwarded-For": source})
    try:
        with urllib.request.build_opener(NoRedirects).open(request, timeout=60) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def test_guessing_is_slowed_and_says_so(proxied: Server):
    """After five wrong passwords an account waits, from wherever one tries; after twenty an address does."""
    for number in range(5):
        assert guess(proxied, "een@voorbeeld.example", f"192.0.2.{number}")[0] == 422
    status, headers = guess(proxied, "een@voorbeeld.example", "192.0.2.99")
    assert status == 429
    assert int(headers["Retry-After"]) >= 1
    answers = [guess(proxied, f"iemand{number}@voorbeeld.example", "198.51.100.1")[0] for number in range(24)]
    assert answers[:20] == [422] * 20
    assert 429 in answers[20:]


def test_a_visitor_does_not_choose_the_address_that_is_counted(proxied: Server):
    """What stands before the last address was sent by the visitor."""
    said = [guess(proxied, f"p{number}@voorbeeld.example", f"10.0.0.{number}, 203.0.113.7")[0] for number in range(24)]
    assert 429 in said, "an address that was made up was believed"
    person = proxied.person("secretary")
    assert guess(proxied, person.email, "203.0.113.7, 203.0.113.8", person.password)[0] == 303, "another one waits too"


def test_somebody_else_cannot_lock_the_owner_out(proxied: Server):
    """Where the owner signed in before, what others try elsewhere does not count; at a new place it makes them wait."""
    person = proxied.person("adviser")
    assert guess(proxied, person.email, "192.0.2.200", person.password)[0] == 303
    for number in range(8):
        guess(proxied, person.email, f"192.0.2.{100 + number}")
    assert guess(proxied, person.email, "192.0.2.200", person.password)[0] == 303
    status, headers = guess(proxied, person.email, "192.0.2.201", person.password)
    assert status == 429, "whoever guesses has to wait"
    assert 1 <= int(headers["Retry-After"]) <= 300


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
