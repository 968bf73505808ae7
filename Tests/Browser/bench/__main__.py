"""Measures installations of several sizes in one run and says how they compare: `make bench`.

BENCH_SMALL=1    200, 600 and 2,000 dossiers instead of 1,000, 10,000 and 100,000, and shorter: to see that it works
BENCH_SIZES      other sizes, parted by commas, smallest first
BENCH_SECONDS    seconds of each run of load (4)
BENCH_ROUNDS     how often each is measured, small and large ones in turns; the middle one counts (3)
BENCH_CLIENTS    how many ask at once (4); BENCH_CROWD of them in the mixed run (64)
BENCH_FRESH=1    makes the demonstrations anew
BENCH_ONLY       only the measurements whose key holds one of these words, parted by commas; writes no page
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import urllib.parse
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from harness.program import BINARY, OUT, Person

from . import load, report
from .installation import KEPT, Served, copied, made, served
from .job import MainJob
from .load import Measured, Request
from .visitor import Visitor, writable

SMALL = os.environ.get("BENCH_SMALL") == "1"
SIZES = tuple(
    int(size) for size in os.environ.get("BENCH_SIZES", "200,600,2000" if SMALL else "1000,10000,100000").split(",")
)
SECONDS = float(os.environ.get("BENCH_SECONDS", "2" if SMALL else "4"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "1" if SMALL else "3"))
CLIENTS = int(os.environ.get("BENCH_CLIENTS", "4"))
CROWD = int(os.environ.get("BENCH_CROWD", "64"))
SAVED = 0.1
"""The share of what a crowd asks that is a save."""
COUNTED = 1_000
"""How many of one request are asked to count what each allocates."""
ONLY = os.environ.get("BENCH_ONLY", "").split(",")
WRITTEN = 8
"""Dossiers that are opened or saved in have at least so many events: one that was only begun shows little."""
TYPED = ["ma", "sa", "no", "li", "da", "em"]
"""First letters as somebody types them: in all sizes a full page is found, or many."""
SCHOOLS = 10
"""How many schools the dossiers are of that are saved in and read across the installation: at both sizes as many."""


@dataclass
class Site:
    """One of the installations, with the people who are signed in to it and what they ask."""

    server: Served
    runs: dict[str, Callable[[], Measured]] = field(default_factory=dict)
    asked: dict[str, list[Request]] = field(default_factory=dict)
    """What is only read, by what it is called."""

    @classmethod
    def prepared(cls, server: Served) -> Site:
        site = cls(server)
        random.seed(20261102)
        ib, secretary = (Visitor.signed_in(server, server.person(role)) for role in ("ib", "secretary"))
        own = site._dossiers(server.person("ib").email, WRITTEN)
        schools = site._schools()
        site._pick("bare", ib, ["/gezond/kaal"])
        site._pick("work", ib, ["/"])
        site._pick("work-secretary", secretary, ["/"])
        site._pick("dossier", ib, [f"/leerlingen/{dossier}" for dossier in own])
        site._several("dossier-many", [(visitor, f"/leerlingen/{dossier}") for visitor, dossier in schools])
        site._pick("growth", ib, [f"/leerlingen/{dossier}/groeidocument" for dossier in own])
        site._pick("list", ib, ["/leerlingen"])
        site._pick("list-secretary", secretary, ["/leerlingen"])
        site._search("search", ib, site._searches(server.person("ib").email))
        site._search("search-secretary", secretary, site._searches(server.person("secretary").email))
        site._search("typing-secretary", secretary, TYPED)
        site._saves(schools)
        site._mixed(schools)
        job = MainJob(server)
        site.runs["open"] = lambda: load.play(server, [job.opening()], CLIENTS, SECONDS)
        site.runs["job"] = lambda: load.play(server, job.build(), CLIENTS, SECONDS)
        return site

    def _pick(self, key: str, visitor: Visitor, paths: list[str]) -> None:
        self._several(key, [(visitor, path) for path in paths])

    def _search(self, key: str, visitor: Visitor, words: list[str]) -> None:
        """Searches by name, which are posted so that a name stands in no address."""
        secret = urllib.parse.quote(visitor.csrf(visitor.page("/leerlingen")))
        requests = [
            Request("/leerlingen/_zoek", visitor.cookie, "POST", f"zoek={word}&_csrf={secret}") for word in words
        ]
        self._read(key, requests)

    def _read(self, key: str, requests: list[Request]) -> None:
        self.asked[key] = requests
        self.runs[key] = lambda: load.pick(self.server, requests, CLIENTS, SECONDS)

    def _several(self, key: str, asked: list[tuple[Visitor, str]]) -> None:
        for visitor, path in asked[:3]:
            visitor.page(path)
        self._read(key, [Request(path, visitor.cookie) for visitor, path in asked])

    def _dossiers(self, email: str, version: int = 0) -> list[str]:
        """The dossiers of the school of somebody who works at one, in which so much happened."""
        return [
            dossier
            for (dossier,) in self.server.ask(
                """
                SELECT dossier FROM openings JOIN functions ON principal = function || '@' || organisation
                JOIN people ON people.id = functions.person JOIN dossiers ON dossiers.id = dossier
                WHERE email = ? AND version >= ? ORDER BY dossier
                """,
                email,
                version,
            )
        ]

    def _searches(self, email: str) -> list[str]:
        """Searches for children whom somebody may see, by a whole name that one or two have, at either size."""
        dossiers = random.sample(own := self._dossiers(email), len(own))
        names: list[str] = []
        for dossier in dossiers:
            ((name, key),) = self.server.ask(
                "SELECT given_name || ' ' || family_name, name_key FROM dossiers WHERE id = ?", dossier
            )
            ((alike,),) = self.server.ask(
                "SELECT count(*) FROM (SELECT 1 FROM dossiers WHERE name_key = ? LIMIT 3)", key
            )
            if alike < 3:
                names.append(urllib.parse.quote(name))
            if len(names) == 400:
                break
        return names

    def _schools(self) -> list[tuple[Visitor, str]]:
        """The dossiers of several schools, each with the one who looks after them there."""
        password = self.server.person("ib").password
        emails = self.server.ask(
            """
            SELECT email FROM functions JOIN people ON people.id = functions.person
            WHERE function = 'ib' AND EXISTS (SELECT 1 FROM openings WHERE principal = function || '@' || organisation)
            ORDER BY functions.id LIMIT ?
            """,
            SCHOOLS,
        )
        found: list[tuple[Visitor, str]] = []
        for (email,) in emails:
            visitor = Visitor.signed_in(self.server, Person("ib", email, password, ""))
            found += [(visitor, dossier) for dossier in self._dossiers(email, WRITTEN)]
        return found

    def _saves(self, schools: list[tuple[Visitor, str]]) -> None:
        """Saves one answer in the groeidocument: another dossier and another text each time."""
        self.runs["save"] = lambda: load.save(self.server, self._writing(schools), CLIENTS, SECONDS)

    def _mixed(self, schools: list[tuple[Visitor, str]]) -> None:
        """What a region does at once: many who read, and one time in ten somebody saves."""
        keys = ("work", "work-secretary", "dossier-many", "growth", "list", "list-secretary", "search")

        def run() -> Measured:
            # As often of each kind, though of some there are four hundred and of others one.
            reads = [random.choice(self.asked[key]) for key in keys for _ in range(60)]
            return load.mixed(self.server, reads + self._writing(schools), CROWD, SECONDS, SAVED)

        self.runs["mixed"] = run

    def _writing(self, schools: list[tuple[Visitor, str]]) -> list[Request]:
        text = "Met een vaste plek en korte opdrachten lukt het vaker om op tijd te beginnen. " * 4
        requests = []
        for visitor, dossier in random.sample(schools, min(400, len(schools))):
            path = f"/leerlingen/{dossier}/groeidocument/waarnemen"
            page = visitor.page(path)
            fields = writable(page)
            if not fields:
                continue
            name, revision = fields[0]
            body = urllib.parse.urlencode({"_csrf": visitor.csrf(page), name: text})
            body += f"{{n}}&{urllib.parse.quote(name)}.revision={{r}}"
            ((version,),) = self.server.ask("SELECT version FROM dossiers WHERE id = ?", dossier)
            requests.append(Request(path, visitor.cookie, "POST", body, revision, version))
        return requests


def middle(runs: list[Measured]) -> Measured:
    return sorted(runs, key=lambda run: run.rate)[len(runs) // 2]


def allocations(site: Site, folder: Path) -> dict[str, float]:
    """How often each of what is only read asks for memory, as jemalloc counts it, without starting and stopping."""
    library = subprocess.run(
        ["sh", "-c", "ldconfig -p | grep -om1 '/.*libjemalloc.so.2'"], capture_output=True, text=True
    )
    counting = {
        "LD_PRELOAD": library.stdout.strip(),
        "MALLOC_CONF": "stats_print:true,stats_print_opts:Jablxe,tcache:false",
    }

    def counted(requests: list[Request], times: int) -> int:
        with served(folder, counting) as server:
            address = server.url.removeprefix("http://")
            line = http.client.HTTPConnection(address, timeout=60)
            for number in range(times):
                asked = requests[number % len(requests)]
                headers = {"Cookie": asked.cookie}
                if asked.body:
                    headers["Content-Type"] = "application/x-www-form-urlencoded"
                line.request(asked.method, asked.path, asked.body or None, headers)
                answer = line.getresponse()
                answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{asked.path}: {answer.status}")
            line.close()
        told = server.log.read_text("utf8", "replace")
        arenas = json.loads(told[told.index('{"jemalloc"') :])["jemalloc"]["stats.arenas"]["merged"]
        return sum(arenas[size]["nmalloc"] for size in ("small", "large"))

    found = {}
    for key, requests in site.asked.items():
        few, many = (counted(requests, times) for times in (COUNTED // 10, COUNTED))
        found[key] = (many - few) / (COUNTED - COUNTED // 10)
        print(f"{key:18} {found[key]:8.0f} allocations", flush=True)
    return found


def slow_disk(folder: Path) -> dict[str, dict]:
    """What SQLite and journal do where each fsync makes one wait two milliseconds more, as an ordinary disk does."""
    slowly = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"]
    slowly += ["-e", "inject=fsync,fdatasync:delay_exit=2000"]
    command = [*slowly, str(BINARY), "bench", str(folder), "--json", "--seconds", "0.5" if SMALL else "3"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {rate["code"]: rate for rate in told}


def bare_machine(folder: Path) -> list[dict]:
    """What disk, SQLite and journal do at their best."""
    command = [str(BINARY), "bench", str(folder), "--json", "--seconds", "0.5" if SMALL else "2"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def measure(sizes: tuple[int, ...], only: list[str], whole: int = 1) -> report.Result:
    """What comes of all measurements, or of those whose key holds one of the words."""
    is_all = only == [""]
    folders = [made(pupils, os.environ.get("BENCH_FRESH") == "1", whole) for pupils in sizes]
    with ExitStack() as stack:
        copies = [stack.enter_context(copied(folder)) for folder in folders]
        raw: list[dict] = []
        sites = [Site.prepared(stack.enter_context(served(copy))) for copy in copies]
        quiet = [site.server.memory() for site in sites]
        measured: dict[str, list[Measured]] = {}
        for key in sites[0].runs:
            if key != "bare" and not any(word in key for word in only):
                continue
            if key == "save":
                # Just before: how long the disk makes one wait changes from hour to hour.
                raw = bare_machine(copies[0])
            # In turns, so that whatever else the machine does falls on both.
            found: list[list[Measured]] = [[] for _ in sites]
            for _ in range(ROUNDS):
                for site, runs in zip(sites, found, strict=True):
                    runs.append(site.runs[key]())
            measured[key] = [middle(runs) for runs in found]
            each = "   ".join(
                f"{run.rate:8.0f}/s {run.p50:7.2f} {run.p99:7.2f} ms {run.cost:6.2f} ms cpu" for run in measured[key]
            )
            print(f"{key:18} {each}   {measured[key][0].rate / measured[key][-1].rate:5.2f}x", flush=True)
        return report.Result(
            sizes=sizes,
            clients=CLIENTS,
            crowd=CROWD,
            saved=SAVED,
            raw={rate["code"]: rate for rate in raw or bare_machine(copies[0])},
            measured=measured,
            start=[site.server.start for site in sites],
            quiet=quiet,
            memory=[site.server.memory() for site in sites],
            disk=[site.server.size() for site in sites],
            steps=len(MainJob(sites[0].server).build()),
            allocations=allocations(sites[0], copies[0]) if is_all else {},
            slow=slow_disk(copies[0]) if is_all else {},
        )


def main() -> None:
    page = measure(SIZES, ONLY).page()
    print("\n" + page)
    if ONLY == [""]:
        target = OUT.parent / "bench" / "performance.md" if SMALL else report.PAGE
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, "utf8")
        print(f"written to {target}", file=sys.stderr)


if __name__ == "__main__":
    KEPT.mkdir(parents=True, exist_ok=True)
    main()
