"""A server that answers over TLS itself: what it shows to whom, and what it refuses."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from harness.program import BINARY, MOMENT, OUT, ROOT, SIGN_IN, Person, free_port, fresh_demo
from harness.visitor import submit

FIRST, SECOND, WITHOUT = "spow.localhost", "west.localhost", "oost.localhost"


def certificate(folder: Path, name: str, days: int = 30) -> list[str]:
    """Makes one of its own signing, and gives the options that name its files."""
    folder.mkdir(parents=True, exist_ok=True)
    chain, key = folder / "fullchain.pem", folder / "privkey.pem"
    making = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    making += ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", str(days)]
    subprocess.run([*making, "-keyout", str(key), "-out", str(chain)], check=True, capture_output=True)
    return ["--certificate", str(chain), "--certificate-key", str(key)]


def shown(port: int, name: str, at_most: ssl.TLSVersion | None = None) -> tuple[str, str]:
    """The certificate that is shown to who asks for a name, and the version that is spoken."""
    asking = ssl.create_default_context()
    asking.check_hostname, asking.verify_mode = False, ssl.CERT_NONE
    if at_most:
        asking.set_ciphers("DEFAULT:@SECLEVEL=0")
        with warnings.catch_warnings():
            # Python warns of what it asks here on purpose.
            warnings.simplefilter("ignore", DeprecationWarning)
            asking.minimum_version, asking.maximum_version = ssl.TLSVersion.TLSv1, at_most
    with (
        socket.create_connection(("127.0.0.1", port), 10) as line,
        asking.wrap_socket(line, server_hostname=name) as secure,
    ):
        return ssl.DER_cert_to_PEM_cert(secure.getpeercert(binary_form=True)), secure.version()


@contextlib.contextmanager
def listening(command: list[str], port: int) -> Iterator[subprocess.Popen]:
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / f"tls-{port}.log").open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=sink)
        try:
            deadline = time.time() + 30
            while time.time() < deadline and process.poll() is None:
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[int, list[Person], Path]]:
    people = fresh_demo(tmp_path / "data", 20)
    port = free_port()
    options = certificate(tmp_path / "tls", FIRST)
    command = [str(BINARY), "serve", str(tmp_path / "data"), "--port", str(port), "--at", MOMENT, *options]
    with listening(command, port):
        yield port, people, tmp_path / "tls" / "fullchain.pem"


def test_people_sign_in_and_their_cookie_is_for_tls_alone(browser: Browser, site: tuple[int, list[Person], Path]):
    port, people, chain = site
    ib = next(person for person in people if person.role == "ib")
    context = browser.new_context(ignore_https_errors=True, locale="nl-NL")
    page = context.new_page()
    answer = page.goto(f"https://{FIRST}:{port}{SIGN_IN}")
    assert "max-age" in answer.headers["strict-transport-security"]
    form = page.locator("form:has(input[type=password])")
    form.locator("input[autocomplete~=username]").fill(ib.email)
    form.locator("input[type=password]").fill(ib.password)
    submit(form)
    page.wait_for_url(f"https://{FIRST}:{port}/")
    session = next(cookie for cookie in context.cookies() if cookie["name"] == "__Host-sessie")
    assert session["secure"]
    page.goto(f"https://{FIRST}:{port}/leerlingen")
    assert page.locator("main table a").count() > 0
    context.close()
    assert shown(port, FIRST) == (chain.read_text(), "TLSv1.3")


def test_what_is_older_than_tls_1_2_and_what_is_no_tls_is_refused(site: tuple[int, list[Person], Path]):
    port = site[0]
    assert shown(port, FIRST, ssl.TLSVersion.TLSv1_2)[1] == "TLSv1.2"
    with pytest.raises((ssl.SSLError, ConnectionError)):
        shown(port, FIRST, ssl.TLSVersion.TLSv1_1)
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: spow.localhost\r\n\r\n")
        line.settimeout(10)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while received := line.recv(4096):
                answer += received
        assert b"HTTP" not in answer


def test_of_tls_1_2_only_what_keeps_old_conversations_closed_is_spoken(site: tuple[int, list[Person], Path]):
    def spoken(cipher: str) -> str:
        asking = ssl.create_default_context()
        asking.check_hostname, asking.verify_mode = False, ssl.CERT_NONE
        asking.maximum_version = ssl.TLSVersion.TLSv1_2
        asking.set_ciphers(f"{cipher}:@SECLEVEL=0")
        with (
            socket.create_connection(("127.0.0.1", site[0]), 10) as line,
            asking.wrap_socket(line, server_hostname=FIRST) as secure,
        ):
            return secure.cipher()[0]

    assert spoken("ECDHE-ECDSA-AES128-GCM-SHA256") == "ECDHE-ECDSA-AES128-GCM-SHA256"
    for old in ("ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "AES128-GCM-SHA256", "AES256-SHA"):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            spoken(old)


def test_each_partnership_shows_its_own_certificate_and_no_other_name_has_one(tmp_path: Path):
    house, live = tmp_path / "house", tmp_path / "live"
    house.mkdir()
    for name in (FIRST, SECOND, WITHOUT):
        fresh_demo(house / name, 20)
    for name in (FIRST, SECOND, "nobody.localhost"):
        certificate(live / name, name)
    port = free_port()
    command = [str(BINARY), "serve-many", str(house), "--port", str(port), "--at", MOMENT]
    command += ["--certificate", f"{live}/{{name}}/fullchain.pem", "--certificate-key", f"{live}/{{name}}/privkey.pem"]
    with listening(command, port):
        for name in (FIRST, SECOND):
            assert shown(port, name)[0] == (live / name / "fullchain.pem").read_text()
        for name in (WITHOUT, "nobody.localhost"):
            with pytest.raises((ssl.SSLError, ConnectionError)):
                shown(port, name)
        # One that is made later is there at once; who had none is looked for again after a minute.
        assert shown(port, SECOND)[1] == "TLSv1.3"
    checked = subprocess.run(
        [str(BINARY), "config", "check-many", str(house), *command[7:]], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 2
    assert f"{WITHOUT}: {live}/{WITHOUT}/fullchain.pem cannot be read" in checked.stdout + checked.stderr
    assert SECOND not in checked.stderr


def test_a_server_without_a_certificate_that_can_be_used_does_not_begin(tmp_path: Path):
    fresh_demo(tmp_path / "data", 20)
    options = certificate(tmp_path / "tls", FIRST)
    certificate(tmp_path / "other", FIRST)
    key = tmp_path / "other" / "privkey.pem"
    command = [str(BINARY), "serve", str(tmp_path / "data"), "--port", str(free_port()), "--at", MOMENT]
    run = subprocess.run([*command, *options[:3], str(key)], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert run.returncode == 2
    assert f"{key} is not the key of this certificate" in run.stderr
    alone = subprocess.run([*command, *options[:2]], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert alone.returncode == 2
    assert "certificate and certificate-key are said together" in alone.stderr


def test_a_key_that_others_can_read_is_told_before_it_is_served_with(tmp_path: Path):
    fresh_demo(tmp_path / "data", 20)
    options = certificate(tmp_path / "tls", FIRST)
    told = f"others can read the key at {options[3]}: chmod 640 it"
    for rights, is_told in ((0o600, False), (0o640, False), (0o644, True)):
        Path(options[3]).chmod(rights)
        run = subprocess.run(
            [str(BINARY), "config", "check", str(tmp_path / "data"), *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (told in run.stdout + run.stderr) == is_told, run.stdout + run.stderr
