"""Many partnerships in one program: each under its own name, and nothing of one is another's."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.api import example
from harness.nodes import Database, programs
from harness.program import BINARY, LANGUAGE_COOKIE, MOMENT, OUT, ROOT, SIGN_IN, Person, free_port, fresh_demo

REQUIRED = os.environ.get("SENTRUM_REQUIRE_POSTGRES") == "1"

demo_tokens = example("demo-tokens")

# A browser takes whatever ends in localhost to this machine.
FIRST, SECOND, THIRD, LATER = "spow.localhost", "west.localhost", "heuvelrug.localhost", "later.localhost"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class House:
    """A running program with many partnerships."""

    folder: Path
    port: int
    people: list[Person]
    process: subprocess.Popen | None = None
    options: tuple[str, ...] = ()

    def start(self) -> None:
        OUT.mkdir(parents=True, exist_ok=True)
        command = [str(BINARY), "serve-many", str(self.folder), "--port", str(self.port), "--at", MOMENT, *self.options]
        with (OUT / f"house-{self.port}.log").open("ab") as sink:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=sink)
        deadline = time.time() + 30
        while time.time() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if self.ask("nobody.localhost", "/gezond").status == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError("the house did not answer")

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)

    @property
    def log(self) -> str:
        return (OUT / f"house-{self.port}.log").read_text("utf8", "replace")

    def ask(self, name: str, path: str, headers: dict[str, str] | None = None) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("GET", path, headers={"Host": f"{name}:{self.port}", **(headers or {})})
            answer = line.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode("utf8"))
        finally:
            line.close()

    def url(self, name: str) -> str:
        return f"http://{name}:{self.port}"

    def person(self, role: str) -> Person:
        return next(person for person in self.people if person.role == role)

    def session(self, name: str, person: Person) -> str:
        """Signs somebody in and gives the cookie."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("GET", SIGN_IN, headers={"Host": name})
            line.getresponse().read()
            body = urllib.parse.urlencode({"email": person.email, "password": person.password})
            headers = {"Host": name, "Content-Type": "application/x-www-form-urlencoded"}
            line.request("POST", SIGN_IN, body, headers)
            answer = line.getresponse()
            answer.read()
            assert answer.status == 303, answer.status
            return answer.getheader("Set-Cookie").split(";")[0]
        finally:
            line.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    folder = tmp_path / "house"
    folder.mkdir()
    people = fresh_demo(folder / FIRST, 20)
    # The same people with the same keys: whatever leaked from one to the other would be taken for its own.
    fresh_demo(folder / SECOND, 20)
    made = [str(BINARY), "init", str(folder / THIRD), "--plan", "plans/heuvelrug"]
    made += ["--admin-name", "A. Beheer", "--admin-email", "beheer@heuvelrug.example"]
    subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
    house = House(folder, free_port(), people)
    house.start()
    yield house
    if house.process.poll() is None:
        house.stop(signal.SIGKILL)


def test_each_name_has_its_own_people_and_nobody_elses(house: House, browser, check_accessible):
    ib = house.person("ib")
    cookie = house.session(FIRST, ib)
    mine = house.ask(FIRST, "/leerlingen", {"Cookie": cookie})
    assert mine.status == 200
    dossier = re.search(r'href="(/leerlingen/[A-Za-z0-9-]{8,})"', mine.text)[1]
    assert house.ask(FIRST, dossier, {"Cookie": cookie}).status == 200
    # The same dossier is there as well; whoever signed in elsewhere is a stranger.
    for path in ("/leerlingen", dossier, f"{dossier}/leeslog"):
        answer = house.ask(SECOND, path, {"Cookie": cookie})
        assert (answer.status, answer.headers["Location"].startswith(SIGN_IN)) == (303, True), path
    assert house.ask(THIRD, "/leerlingen", {"Cookie": cookie}).status == 303
    assert "Westland" not in house.ask(THIRD, "/privacy").text
    assert "Westland" in house.ask(FIRST, "/privacy").text

    with contextlib.closing(browser.new_context(locale="nl-NL")) as context:
        page = context.new_page()
        page.goto(house.url(FIRST) + SIGN_IN)
        page.get_by_label("E-mailadres").fill(ib.email)
        page.get_by_label("Wachtwoord", exact=True).fill(ib.password)
        page.get_by_role("button", name="Aanmelden", exact=True).click()
        page.wait_for_url(house.url(FIRST) + "/")
        page.goto(house.url(SECOND) + "/leerlingen")
        assert SIGN_IN in page.url
        # And signing in there does not end the session here.
        page.goto(house.url(FIRST) + "/leerlingen")
        assert SIGN_IN not in page.url
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(house.url("nergens.localhost") + "/leerlingen")
            assert answer.status == 421
            check_accessible(page)
            assert page.get_by_role("heading", level=1).inner_text() == "Op dit adres is geen samenwerkingsverband"
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": house.url("nergens.localhost")}])
        page.reload()
        assert page.get_by_role("heading", level=1).inner_text() == "There is no partnership at this address"
    # Names of people, and of dossiers, are in no log.
    assert not [person.name for person in house.people if person.name in house.log or person.email in house.log]
    assert dossier.split("/")[-1] not in house.log


def test_the_key_of_a_program_opens_one_partnership(house: House):
    class Named(urllib.request.BaseHandler):
        """Asks the partnership by its name, which only browsers find on this machine."""

        handler_order = 100

        def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
            request.add_unredirected_header("Host", f"{FIRST}:{house.port}")
            return request

    person = house.person("ib")
    browser = demo_tokens.Browser(f"http://127.0.0.1:{house.port}")
    browser.opener.add_handler(Named())
    browser.open(SIGN_IN)
    browser.open(SIGN_IN, {"email": person.email, "password": person.password})
    browser.open("/account")
    made = browser.open("/account/sleutels", {"name": "many", "current": person.password})
    key = {"Authorization": "Bearer " + re.search(r'id="made-key"[^>]*>(sen_[A-Za-z0-9_-]+)<', made)[1]}
    assert house.ask(FIRST, "/v1/dossiers", key).status == 200
    assert house.ask(SECOND, "/v1/dossiers", key).status == 401
    assert house.ask("nergens.localhost", "/v1/dossiers", key).status == 404


def test_what_is_wrong_with_one_is_no_matter_to_another(house: House):
    # A partnership that comes while the program runs is there at once; this one brings a journal that is none.
    arriving = house.folder / ".arriving"
    fresh_demo(arriving, 20)
    whole = (arriving / "journal.sqlite").read_bytes()
    (arriving / "journal.sqlite").write_bytes(b"this is no journal" * 5_000)
    assert house.ask(LATER, SIGN_IN).status == 421
    arriving.rename(house.folder / LATER)
    answer = house.ask(LATER, SIGN_IN)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert "is nu niet te bereiken" in answer.text
    assert house.ask(LATER, "/v1/dossiers").status == 503
    assert house.ask(FIRST, SIGN_IN).status == 200
    assert "a partnership cannot be opened" in house.log
    (house.folder / LATER / "journal.sqlite").write_bytes(whole)
    deadline = time.time() + 30
    while house.ask(LATER, SIGN_IN).status != 200:
        assert time.time() < deadline
        time.sleep(1)
    # A plan that cannot be read, and a file of settings that says what holds for all.
    broken = house.folder / "stuk.localhost"
    shutil.copytree(house.folder / THIRD, broken, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    (broken / "serve.yaml").write_text("port: 81\n")
    assert house.ask("stuk.localhost", SIGN_IN).status == 503
    assert house.ask(THIRD, SIGN_IN).status == 200


def test_whoever_is_signed_in_stays_so_when_the_program_is_killed(house: House):
    cookies = {name: house.session(name, house.person("ib")) for name in (FIRST, SECOND)}
    house.stop(signal.SIGKILL)
    house.start()
    for name, cookie in cookies.items():
        assert house.ask(name, "/leerlingen", {"Cookie": cookie}).status == 200
    assert house.ask(FIRST, "/leerlingen", {"Cookie": cookies[SECOND]}).status == 303
    assert house.stop() == 0
    for name in (FIRST, SECOND, THIRD):
        run = subprocess.run([BINARY, "journal", "verify", house.folder / name], cwd=ROOT, capture_output=True)
        assert run.returncode == 0, run.stderr


def test_a_crowd_at_one_does_not_keep_others_out(house: House):
    crowd, other = house.session(FIRST, house.person("ib")), house.session(SECOND, house.person("ib"))
    stop = threading.Event()
    answered: list[int] = []

    def press() -> None:
        while not stop.is_set():
            answered.append(house.ask(FIRST, "/leerlingen", {"Cookie": crowd}).status)

    threads = [threading.Thread(target=press) for _ in range(64)]
    for thread in threads:
        thread.start()
    times = []
    try:
        time.sleep(1)
        for _ in range(20):
            began = time.time()
            assert house.ask(SECOND, "/leerlingen", {"Cookie": other}).status == 200
            times.append(time.time() - began)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert set(answered) == {200}
    assert sorted(times)[10] < 1, times


@pytest.mark.skipif(not REQUIRED and programs() is None, reason="PostgreSQL is not installed")
def test_in_one_database_each_has_schemas_of_its_own(tmp_path: Path):
    database = Database()
    folder = tmp_path / "house"
    try:
        for name, schema in ((FIRST, "sentrum_spow_localhost"), (SECOND, "sentrum_west_localhost")):
            people = fresh_demo(tmp_path / name, 20)
            copy = [BINARY, "copy", tmp_path / name, database.address, "--schema", schema]
            subprocess.run(copy, cwd=ROOT, check=True, capture_output=True)
            # What a node needs of the folder: the plan, the keys, and that it is a demo.
            for kept in ("plans", "keys", "demo.json", "demo-people.json"):
                copier = shutil.copytree if (tmp_path / name / kept).is_dir() else shutil.copy
                (folder / name).mkdir(parents=True, exist_ok=True)
                copier(tmp_path / name / kept, folder / name / kept)
        house = House(folder, free_port(), people, options=("--database", database.address))
        house.start()
        try:
            cookie = house.session(FIRST, house.person("ib"))
            assert house.ask(FIRST, "/leerlingen", {"Cookie": cookie}).status == 200
            assert house.ask(SECOND, "/leerlingen", {"Cookie": cookie}).status == 303
            named = database.ask("select nspname from pg_namespace where nspname like 'sentrum%' order by 1").split()
            assert named == [
                "sentrum_spow_localhost",
                "sentrum_spow_localhost_keys",
                "sentrum_west_localhost",
                "sentrum_west_localhost_keys",
            ]
        finally:
            assert house.stop() == 0
    finally:
        database.close()


def test_settings_of_a_house_are_tried_before_they_serve(house: House):
    def check(*options: str) -> subprocess.CompletedProcess:
        command = [BINARY, "config", "check-many", house.folder, *options]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert check().returncode == 0
    told = check("--address", "https://spow.example")
    assert told.returncode == 2
    assert "address (command line) is of one partnership" in told.stderr
    (house.folder / THIRD / "serve.yaml").write_text("address: https://elders.example\n")
    told = check()
    assert told.returncode == 2
    assert f"{THIRD}: address begins with https:// and neither behind-proxy nor certificate is said" in told.stderr
    alone = subprocess.run(
        [BINARY, "serve-many", house.folder / FIRST], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert alone.returncode == 2
    assert "is the data folder of one partnership" in alone.stderr
