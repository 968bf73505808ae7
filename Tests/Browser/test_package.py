"""The Debian package: what is in it works by itself, with what it brings and what Debian has."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from harness.program import BINARY, ROOT, Server, await_answer, free_port


@pytest.fixture(scope="module")
def package() -> Path:
    """Of the program under test; not pressed together, because nobody sends it anywhere."""
    made = subprocess.run(
        ["scripts/package", str(BINARY)],
        cwd=ROOT,
        env=os.environ | {"SENTRUM_COMPRESSION": "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return ROOT / made.stdout.strip()


@pytest.fixture(scope="module")
def tree(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("package")
    subprocess.run(["dpkg-deb", "-x", str(package), str(tree)], check=True)
    return tree


def field(package: Path, name: str) -> str:
    return subprocess.run(
        ["dpkg-deb", "-f", str(package), name], capture_output=True, text=True, check=True
    ).stdout.strip()


def environment(tree: Path) -> dict[str, str]:
    # As on a machine without Swift: what the package brings comes before what is here.
    return {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(tree / "usr/lib/sentrum"), "LC_ALL": "C.UTF-8"}


def test_it_says_what_it_is_and_needs(package: Path) -> None:
    told = subprocess.run([str(BINARY), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    assert field(package, "Version") == told
    needs = field(package, "Depends")
    for name in ["libc6", "libpq5", "libsqlite3-0", "adduser"]:
        assert re.search(rf"\b{name}\b", needs), needs
    names = subprocess.run(["dpkg-deb", "-c", str(package)], capture_output=True, text=True, check=True).stdout
    for path in [
        "usr/bin/sentrum",
        "usr/lib/systemd/system/sentrum.service",
        "etc/sentrum/serve.yaml",
        "usr/share/sentrum/plans/law",
    ]:
        assert f"./{path}" in names, path
    owners = {line.split()[1] for line in names.splitlines()}
    assert owners == {"root/root"}


def test_every_library_is_its_own_or_of_debian(tree: Path) -> None:
    home = tree / "usr/lib/sentrum"
    listed = subprocess.run(
        ["ldd", str(home / "sentrum")], env=environment(tree), capture_output=True, text=True, check=True
    ).stdout
    assert "not found" not in listed
    paths = [Path(path) for path in re.findall(r"=> (\S+) ", listed)]
    elsewhere = [path for path in paths if home not in path.parents and path.parts[1] not in ("lib", "lib64", "usr")]
    assert elsewhere == []


def test_its_program_makes_an_installation_checks_the_settings_and_serves(tree: Path, tmp_path: Path) -> None:
    program = str(tree / "usr/bin/sentrum")
    settings = tree / "etc/sentrum/serve.yaml"
    port = free_port()
    settings.write_text(settings.read_text() + f"port: {port}\nlog: json\n")
    data = str(tmp_path / "data")

    def run(*words: str) -> str:
        done = subprocess.run(
            [program, *words], env=environment(tree), cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    plan = str(tree / "usr/share/sentrum/plans/spow")
    run("init", data, "--plan", plan, "--admin-name", "An Beheer", "--admin-email", "an@example.org")
    assert f"{port}  (file)" in run("config", "check", data, "--settings", str(settings))
    log = tmp_path / "log"
    with log.open("wb") as sink:
        served = subprocess.Popen(
            [program, "serve", data, "--settings", str(settings)],
            env=environment(tree),
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=sink,
        )
    try:
        await_answer(Server(f"http://127.0.0.1:{port}", [], log, time.time(), None), served)
    finally:
        served.terminate()
        ended = served.wait(timeout=30)
    assert ended == 0
    # What it has to say is one object a line, as the settings ask.
    assert [line for line in log.read_text("utf8").splitlines() if json.loads(line)["level"] == "error"] == []
