"""What those who keep the machine are told, on an address of its own, and what visitors are not."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path

from harness.program import free_port, fresh_demo, serving


def ask(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode("utf8")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf8")


def test_keepers_hear_whether_all_is_well_and_visitors_do_not(tmp_path: Path, walkers_of):
    people = fresh_demo(tmp_path / "data", 20)
    port = free_port()
    keepers = f"http://127.0.0.1:{port}"
    options = ["--operations", f"127.0.0.1:{port}"]
    with serving(tmp_path / "data", people, options=options) as server, walkers_of(server) as walker:
        assert ask(f"{keepers}/gezond") == (200, "ok\n")
        status, told = ask(f"{keepers}/klaar")
        assert status == 200
        assert told.startswith("ready\njournal well\n"), told
        ib = walker("ib")
        ib.open("/leerlingen")
        dossier = ib.page.locator("main table a").first.get_attribute("href")
        ib.open(dossier)
        status, figures = ask(f"{keepers}/metrics")
        assert status == 200
        assert re.search(r'^hb_requests_total\{http_route="/leerlingen/\{dossier\}".*200"\} 1$', figures, re.M), figures
        assert "sentrum_journal_rows " in figures
        # No key of a dossier, and nobody.
        assert dossier.split("/")[-1] not in figures
        assert not [person.email for person in people if person.email in figures or person.name in figures]
        for path in ("/klaar", "/metrics"):
            assert ask(server.url + path)[0] == 404
        assert ask(f"{keepers}/leerlingen")[0] == 404
