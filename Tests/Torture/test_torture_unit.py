"""The unit for systemd lets the program ask of the system what it asks: what its filter leaves out would be refused."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from functools import cache
from pathlib import Path

import pytest
from harness.program import MOMENT, ROOT, Server, await_answer, free_port, fresh_demo, serve_command
from torture.visitor import Visitor

UNIT = ROOT / "examples/operation/sentrum.service"
CALL = re.compile(r"^\d+ +(?:<\.\.\. )?(\w+)(?:\(| resumed)", re.M)


@cache
def calls(name: str) -> frozenset[str]:
    """The calls of a set of systemd, with those of the sets in it; a single call is itself."""
    if not name.startswith("@"):
        return frozenset({name})
    told = subprocess.run(
        ["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True
    ).stdout
    lines = [line.strip() for line in told.splitlines()[1:]]
    return frozenset().union(*(calls(line) for line in lines if line and not line.startswith("#")))


def allowed() -> set[str]:
    found: set[str] = set()
    for line in re.findall(r"^SystemCallFilter=(.+)$", UNIT.read_text("utf8"), re.M):
        names = set().union(*(calls(name) for name in line.lstrip("~").split()))
        found = found - names if line.startswith("~") else found | names
    return found


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or shutil.which("strace") is None, reason="systemd or strace is not here"
)
def test_the_unit_leaves_out_nothing_that_the_program_asks_of_the_system(tmp_path: Path):
    people = fresh_demo(tmp_path / "data", 20)
    port, asked = free_port(), tmp_path / "calls"
    command = ["strace", "-f", "-qq", "-o", str(asked), *serve_command(tmp_path / "data", port, MOMENT)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=log)
    try:
        server = Server(f"http://127.0.0.1:{port}", people, tmp_path / "log", time.time())
        await_answer(server, process, 120)
        with Visitor(server.url, patience=60) as visitor:
            ib = server.person("ib")
            visitor.sign_in(ib)
            form = visitor.form("/leerlingen/nieuw", "/leerlingen/nieuw")
            assert visitor.post("/leerlingen/nieuw/concept", form.filled(**{"given-name": "Pim"})).status == 303
            assert visitor.key(ib)
    finally:
        # strace itself heeds no signal while what it looks at goes on.
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGTERM)
        process.wait(60)
    found = set(CALL.findall(asked.read_text("utf8", "replace")))
    assert {"fsync", "accept4"} & found, "nothing was seen"
    assert found - allowed() == set()
