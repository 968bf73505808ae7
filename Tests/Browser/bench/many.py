"""Measures one program with many partnerships and writes docs/reference/many-partnerships.md: `make bench-many`.

MANY_HOUSES=150    how many partnerships
MANY_DOSSIERS=1667 dossiers in each: 250,000 in all
MANY_SECONDS=8     seconds of each run of load
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import threading
import time
import urllib.parse
from datetime import date
from pathlib import Path

from harness.program import BINARY, MOMENT, OUT, ROOT, SIGN_IN, Person, demo_command, free_port, people_of

COUNT = int(os.environ.get("MANY_HOUSES", "150"))
DOSSIERS = int(os.environ.get("MANY_DOSSIERS", "1667"))
SECONDS = int(os.environ.get("MANY_SECONDS", "8"))
KEPT = OUT / "many"
PAGE = ROOT / "docs" / "reference" / "many-partnerships.md"
CROWD = 64


class House:
    """The program with all of them, and what the system tells of it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        command = [str(BINARY), "serve-many", str(folder), "--port", str(self.port), "--at", MOMENT]
        began = time.monotonic()
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                self.ask("nobody.localhost", "/gezond")
                break
            except OSError:
                time.sleep(0.005)
        self.start = time.monotonic() - began

    def ask(self, name: str, path: str, cookie: str = "") -> tuple[int, float]:
        """The status, and the seconds that it took."""
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", path, headers={"Host": name, "Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, time.monotonic() - began

    def session(self, name: str, person: Person) -> str:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = urllib.parse.urlencode({"email": person.email, "password": person.password})
        line.request("POST", SIGN_IN, body, {"Host": name, "Content-Type": "application/x-www-form-urlencoded"})
        cookie = line.getresponse().getheader("Set-Cookie").split(";")[0]
        line.close()
        return cookie

    @property
    def memory(self) -> float:
        """Megabytes in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    @property
    def files(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


def made() -> tuple[Path, list[Person]]:
    """One demonstration, copied under as many names."""
    kept, mark = KEPT / "house", KEPT / ".made-by"
    by = f"{BINARY.stat().st_mtime_ns} {COUNT} {DOSSIERS}"
    if not mark.exists() or mark.read_text() != by:
        shutil.rmtree(KEPT, ignore_errors=True)
        one = KEPT / "one"
        kept.mkdir(parents=True)
        subprocess.run(demo_command(one, DOSSIERS), cwd=ROOT, check=True, capture_output=True)
        for number in range(COUNT):
            shutil.copytree(one, kept / f"swv-{number + 1}.localhost")
        mark.write_text(by)
    return kept, people_of(kept / "swv-1.localhost")


def quantile(times: list[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


def calm(house: House, name: str, cookie: str) -> list[float]:
    """One person who opens a list again and again, with a breath between."""
    times = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        status, seconds = house.ask(name, "/leerlingen", cookie)
        assert status == 200, status
        times.append(seconds)
        time.sleep(0.02)
    return times


def press(house: House, name: str, cookie: str) -> float:
    """Sixty-four at once at another partnership; how many were answered in a second."""
    command = ["wrk", "-t2", f"-c{CROWD}", f"-d{SECONDS + 2}s", "-H", f"Host: {name}", "-H", f"Cookie: {cookie}"]
    run = subprocess.run([*command, f"http://127.0.0.1:{house.port}/leerlingen"], capture_output=True, text=True)
    return float(next(line for line in run.stdout.splitlines() if "Requests/sec" in line).split()[-1])


def main() -> None:
    folder, people = made()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**30
    person = next(person for person in people if person.role == "ib")
    names = [f"swv-{number + 1}.localhost" for number in range(COUNT)]
    house = House(folder)
    try:
        rows = [("none", house.memory, house.files)]
        opening: list[float] = []
        for number, name in enumerate(names):
            opening.append(house.ask(name, SIGN_IN)[1])
            if number + 1 in (1, 10, 50, COUNT):
                rows.append((str(number + 1), house.memory, house.files))
        again = [house.ask(name, SIGN_IN)[1] for name in names]
        first, second = (house.session(name, person) for name in names[:2])
        quiet = calm(house, names[1], second)
        told: list[float] = []
        crowd = threading.Thread(target=lambda: told.append(press(house, names[0], first)))
        crowd.start()
        time.sleep(1)
        pressed = calm(house, names[1], second)
        crowd.join()
        alone = press(house, names[0], first)
    finally:
        house.stop()

    def three(times: list[float]) -> str:
        return " | ".join(f"{quantile(times, share):.1f}" for share in (0.5, 0.99, 1))

    opened = chr(10).join(f"| {count} | {memory:.0f} | {files} |" for count, memory, files in rows)
    build = "" if BINARY.parent.name == "release" else " A build without optimising: times are several times too long."
    middle, slowest = quantile(opening, 0.5), quantile(opening, 0.99)
    PAGE.write_text(
        f"""# Many partnerships in one program

Written by `make bench-many` on {date.today()}: one program, {COUNT} partnerships of {DOSSIERS:,} dossiers each
({COUNT * DOSSIERS:,} in all, {size:.1f} GB on disk), {os.cpu_count()} cores. They are copies of one demonstration under
other names.{build}

From start to the first answer: {house.start:.2f} s, with none of them open.

| Partnerships open | Memory, MB | Files open |
| ---: | ---: | ---: |
{opened}

The first answer of one that was closed, its opening included: {middle:.0f} ms in the middle, {slowest:.0f} ms for the
slowest of a hundred. One that is open: {quantile(again, 0.5):.1f} ms.

## A crowd at one, and somebody at another

An intern begeleider opens the list of pupils, again and again, in one partnership; {CROWD} at once do the same in
another.

| | p50 ms | p99 ms | longest ms |
| --- | ---: | ---: | ---: |
| nobody else | {three(quiet)} |
| a crowd at another partnership | {three(pressed)} |

The crowd got {told[0]:.0f} answers a second meanwhile, and {alone:.0f} when alone: {told[0] / alone:.0%}. The load
comes from the same cores as the answers. `p99` of the first row is of {len(quiet)} requests, of the second of
{len(pressed)}.

What is not here: pupils without a dossier, writing, a disk that turns, and partnerships that differ in their plans.
"""
    )
    print(PAGE.read_text())


if __name__ == "__main__":
    main()
