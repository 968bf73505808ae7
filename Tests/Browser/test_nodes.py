"""Two nodes against one database: no request needs the same node again, and a node that goes takes nothing along.

`SENTRUM_TORTURE=50` kills so many times, `SENTRUM_SIMULATE_SEED=17` has one history again.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import threading
import time
import urllib.error
from collections.abc import Iterator

import pytest

from harness.api import EXAMPLES, example
from harness.nodes import Database, Node, nodes, programs
from harness.program import BINARY, ROOT

REQUIRED = os.environ.get("SENTRUM_REQUIRE_POSTGRES") == "1"
KILLS = int(os.environ.get("SENTRUM_TORTURE", "2"))
SEED = int(os.environ.get("SENTRUM_SIMULATE_SEED", "1"))

pytestmark = pytest.mark.skipif(not REQUIRED and programs() is None, reason="PostgreSQL is not installed")

demo_tokens = example("demo-tokens")
main_job = example("main-job")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, list[Node]]]:
    with nodes(tmp_path_factory.mktemp("nodes")) as both:
        yield both


class Turning(demo_tokens.Browser):
    """A browser whose every request goes to another node than the one before."""

    def __init__(self, both: list[Node]) -> None:
        super().__init__(both[0].url)
        self.turns = itertools.cycle(both)

    def open(self, path: str, fields: dict[str, str] | None = None) -> str:
        self.server = next(self.turns).url
        return super().open(path, fields)


class TurningProgram(main_job.Program):
    """A program of which every request goes to another node than the one before."""

    def __init__(self, both: list[Node], token: str) -> None:
        super().__init__(both[0].url, token)
        self.turns = itertools.cycle(both)

    def ask(self, method: str, path: str, body: dict | None = None):
        self.server = next(self.turns).url
        return super().ask(method, path, body)


@pytest.fixture(scope="module")
def tokens(two) -> dict[str, str]:
    """Keys for programs, made on pages: signing in at one node, opening the account at the other, and so on."""
    _, both = two
    made = {}
    for one in both[0].people:
        browser = Turning(both)
        browser.open("/aanmelden")
        browser.open("/aanmelden", {"email": one.email, "password": one.password})
        browser.open("/account")
        page = browser.open("/account/sleutels", {"name": "knopen", "current": one.password})
        assert "sen_" in page, f"{one.role} has no key"
        made[one.role] = page.split('id="made-key"')[1].split(">", 1)[1].split("<")[0]
    return made


def test_the_main_job_is_walked_over_both_nodes_in_turn(two, tokens):
    _, both = two
    programs = {role: TurningProgram(both, token) for role, token in tokens.items()}
    way = json.loads((EXAMPLES / "way.json").read_text("utf8"))
    job = main_job.Job(programs, way)
    job.open("Pim", "van den Berg", way["born"], way["group"])
    for route in way["routes"]:
        job.walk(route)
    decision = job.decision()
    assert "-so-laag" in decision["nummer"]
    assert job.letter(decision).startswith(b"%PDF-")


def test_wrong_passwords_count_together(two):
    _, both = two
    one = both[0].people[1]
    browser = Turning(both)
    answers = []
    for number in range(7):
        browser.open("/aanmelden")
        # A form that was refused is a page as well, with another status.
        try:
            browser.open("/aanmelden", {"email": one.email, "password": f"geen van beide {number}"})
            answers.append(200)
        except urllib.error.HTTPError as refused:
            answers.append(refused.code)
    assert answers[:5] == [422] * 5
    assert 429 in answers[5:]


def test_a_copy_back_into_a_folder_is_equal(two, tmp_path):
    database, both = two
    folder = tmp_path / "back"
    subprocess.run(["cp", "-r", str(both[0].folder), str(folder)], check=True)
    for name in ("journal.sqlite", "keys.sqlite"):
        for end in ("", "-wal", "-shm"):
            (folder / f"{name}{end}").unlink(missing_ok=True)
    copy = subprocess.run(
        [str(BINARY), "copy", database.address, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert copy.returncode == 0, copy.stdout + copy.stderr
    assert "equal" in copy.stdout
    again = subprocess.run(
        [str(BINARY), "copy", database.address, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert again.returncode == 2, again.stdout + again.stderr


class Load:
    """Programs that open dossiers without pause, at whichever node is said to be there, as a proxy would send them."""

    def __init__(self, both: list[Node], token: str) -> None:
        self.there = list(both)
        self.token = token
        self.lock = threading.Lock()
        self.busy = {id(node): 0 for node in both}
        self.opened: list[str] = []
        self.asked: list[str] = []
        self.failed: list[str] = []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(number,)) for number in range(6)]
        self.choose = random.Random(SEED)
        probe = main_job.Program(both[0].url, token)
        self.place = probe.get("/openingsplaatsen")["openingsplaatsen"][0]
        self.relation = next(one["id"] for one in probe.get("/plan")["relaties"] if one["gezag"])
        self.group = json.loads((EXAMPLES / "way.json").read_text("utf8"))["group"]
        self.people = {probe.get("/account")["persoon"]}

    def __enter__(self) -> Load:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def work(self, number: int) -> None:
        for count in itertools.count():
            if self.over.is_set():
                return
            with self.lock:
                node = self.choose.choice(self.there)
                self.busy[id(node)] += 1
            name = f"Proef{number}x{count}x{time.monotonic_ns()}"
            try:
                with self.lock:
                    self.asked.append(name)
                self.open(node, name)
                with self.lock:
                    self.opened.append(name)
            except (OSError, main_job.Refused) as failure:
                with self.lock:
                    self.failed.append(f"{node.port}: {failure!r}")
            finally:
                with self.lock:
                    self.busy[id(node)] -= 1

    def open(self, node: Node, name: str) -> None:
        guardian = {"naam": f"Mies {name}", "relatie": self.relation, "gezag": True}
        named = [
            {"functie": function, "persoon": people[0]["persoon"]}
            for function, people in self.place["kandidaten"].items()
            if people
        ]
        main_job.Program(node.url, self.token).post(
            "/dossiers",
            {
                "kind": {"voornaam": "Pim", "achternaam": name, "geboortedatum": "2017-03-04", "groep": self.group},
                "school": self.place["school"],
                "verzorgers": [guardian],
                "betrokkenen": named,
            },
        )

    def take_out(self, node: Node) -> None:
        """As a proxy does: nothing new goes there, and what is under way comes back."""
        with self.lock:
            self.there.remove(node)
        while True:
            with self.lock:
                if self.busy[id(node)] == 0:
                    return
            time.sleep(0.01)

    def put_back(self, node: Node) -> None:
        with self.lock:
            self.there.append(node)

    def more(self, count: int = 10, patience: float = 60) -> None:
        """Waits until so many more were opened."""
        before, deadline = len(self.opened), time.time() + patience
        while len(self.opened) < before + count:
            assert time.time() < deadline, f"nothing is opened any more: {self.failed[-3:]}"
            time.sleep(0.02)


@pytest.fixture
def worker(tokens) -> str:
    return tokens[json.loads((EXAMPLES / "way.json").read_text("utf8"))["worker"]]


def found(database: Database) -> list[str]:
    return database.ask("SELECT family_name FROM sentrum.dossiers WHERE family_name LIKE 'Proef%'").split()


def held(load: Load, database: Database) -> None:
    """Nothing that was acknowledged is lost, nothing is there twice, and nothing that nobody asked for."""
    names = found(database)
    assert len(names) == len(set(names)), "doubled"
    assert set(load.opened) <= set(names), "lost"
    gaps = database.ask("SELECT count(*) FROM sentrum.events HAVING count(*) <> max(sequence)")
    assert gaps == "", "the sequence has gaps"


def test_nodes_are_renewed_one_after_the_other_without_a_failed_request(two, worker):
    database, both = two
    with Load(both, worker) as load:
        for node in both:
            load.more()
            load.take_out(node)
            node.end()
            node.start()
            load.put_back(node)
        load.more()
    assert load.failed == []
    held(load, database)


def test_a_node_that_is_killed_under_load_loses_and_doubles_nothing(two, worker):
    database, both = two
    choose = random.Random(SEED)
    with Load(both, worker) as load:
        for _ in range(KILLS):
            load.more(choose.randrange(5, 20))
            time.sleep(choose.random() / 20)
            node = choose.choice(both)
            node.kill()
            with load.lock:
                load.there.remove(node)
            # The other goes on, whatever the killed one held.
            load.more(5)
            node.start()
            load.put_back(node)
        load.more()
    held(load, database)


def test_a_database_that_is_started_again_under_load_is_waited_for(two, worker):
    database, both = two
    with Load(both, worker) as load:
        for how in ("fast", "immediate"):
            load.more()
            database.stop(how)
            time.sleep(0.5)
            database.start()
            load.more()
    held(load, database)
    clear = [failure for failure in load.failed if "503" not in failure and "500" not in failure]
    assert clear == [], "a failure that tells nothing"


def test_afterwards_the_journal_is_whole_and_the_registers_equal_a_rebuild(two):
    database, both = two
    for node in both:
        node.end()
    for command in (["journal", "verify"], ["journal", "rebuild", "--at", "2026-11-02T12:00"]):
        run = subprocess.run(
            [str(BINARY), *command, str(both[0].folder), "--database", database.address],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert run.returncode == 0, run.stdout + run.stderr
