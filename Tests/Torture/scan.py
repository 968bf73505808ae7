"""Lets wapiti, a scanner that knows nothing of the program, look for holes as several people: `make scan`.

ROLES=ib,guardian   who; `guest` is nobody
SECONDS_EACH=60     seconds for each kind of attack
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.visitor import Visitor
from harness.program import OUT, ROOT, SIGN_OUT, Server, fresh_demo, serving

ROLES = os.environ.get("ROLES", "guest,ib,guardian,secretary,privacy-officer,administrator").split(",")
SECONDS = int(os.environ.get("SECONDS_EACH", "60"))
ATTACKS = (
    "sql,timesql,xss,permanentxss,exec,file,crlf,redirect,csrf,ssrf,xxe,upload,backup,ldap,cookieflags,http_headers,csp,"
    "methods"
)
PUPILS = 20

KNOWN = {
    ("Secure Flag cookie", "/"): "the scan is over plain HTTP; over TLS cookies have it",
    # Whoever has no session is judged by where the request comes from, not by the word of a form.
    (
        "Cross Site Request Forgery",
        "/aanmelden",
    ): "signing in takes no word of a form; another site is refused by its origin",
    ("Cross Site Request Forgery", "/taal"): "the language is no secret; another site is refused by its origin",
    ("Cross Site Request Forgery", "/oefenen"): "only in a demo",
    # No directory is asked. It takes two answers to a wrong password for one that was let through.
    ("LDAP Injection", "/account/sleutels"): "after some wrong passwords the answer is how long to wait",
    ("LDAP Injection", "/account/wachtwoord"): "after some wrong passwords the answer is how long to wait",
    ("LDAP Injection", "/account/tweede-stap"): "after some wrong passwords the answer is how long to wait",
    ("LDAP Injection", "/account/bevestigen"): "after some wrong passwords the answer is how long to wait",
    ("LDAP Injection", "/aanmelden"): "after some wrong passwords the answer is how long to wait",
}
"""What it finds that is as it should be, with why."""


def scanned(server: Server, role: str, folder: Path) -> tuple[int, list[tuple[str, str, str]]]:
    """How many pages were seen, and what was found: kind, path, what it says."""
    told = folder / f"{role}.json"
    command = [str(ROOT / ".venv-scan/bin/wapiti"), "-u", server.url + "/", "-x", server.url + SIGN_OUT]
    command += ["-m", ATTACKS, "--max-scan-time", str(SECONDS * 4), "--max-attack-time", str(SECONDS)]
    command += ["-f", "json", "-o", str(told), "--flush-session", "--no-bugreport", "-v", "0"]
    visitor = None
    if role != "guest":
        visitor = Visitor.signed_in(server, server.person(role))
        # Whoever renews their own password is signed out, and from then on every answer is the same.
        own = re.findall(r"account=(\w+) .*signed-in$", server.log.read_text("utf8", "replace"), re.M)[-1]
        command += ["-H", f"Cookie: {visitor.cookie}", "-x", f"{server.url}/beheer/mensen/{own}*"]
        command += ["-x", f"{server.url}/account/wachtwoord", "-x", f"{server.url}/account/sessies/*"]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS * 30, env=environment)
    if visitor is not None and visitor.send("GET", "/account")[0] != 200:
        raise RuntimeError(f"{role} was signed out in the middle: what was found says nothing")
    report = json.loads(told.read_text("utf8"))
    found = [
        (kind, one["path"], one["info"])
        for group in ("vulnerabilities", "anomalies")
        for kind, ones in report[group].items()
        for one in ones
    ]
    return report["infos"]["crawled_pages_nbr"], found


def main() -> int:
    wrong = 0
    OUT.mkdir(parents=True, exist_ok=True)
    for role in ROLES:
        # Its own demonstration each: what one changes is not in the way of the next.
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            people = fresh_demo(folder / "data", PUPILS)
            with serving(folder / "data", people) as server:
                pages, found = scanned(server, role, folder)
                faults = [line for line in server.log.read_text("utf8", "replace").splitlines() if " error " in line]
        new = [one for one in found if one[:2] not in KNOWN]
        wrong += len(new) + len(faults)
        print(
            f"{role}: {pages} pages, {len(found) - len(new)} known findings, {len(new)} new, {len(faults)} faults",
            flush=True,
        )
        for line in [*(" ".join(one) for one in new), *faults]:
            print(f"  {line}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
