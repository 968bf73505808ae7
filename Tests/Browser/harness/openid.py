"""Starts the real OpenID provider of the tests, and signs people in on its own pages."""

from __future__ import annotations

import base64
import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from . import openid_provider
from .program import OUT, Person

SECRET = base64.b32encode(openid_provider.TOTP.encode()).decode()
"""What is in the app of everybody who has an account there."""


@dataclass
class Provider:
    """A provider that runs, and can be told to change."""

    url: str
    process: subprocess.Popen

    def tell(self, command: str) -> None:
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline().strip() == "done"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(15)

    def sign_in(self, page: Page, name: str, *, asks_code: bool = True) -> None:
        """Types what the provider asks, on the provider's pages, as somebody does who has an account there."""
        login, password = page.locator("input[name=login]"), page.locator("input[name=password]")
        # Which of the two it asks first is known once its page is there.
        expect(login.or_(password).first).to_be_visible()
        if login.count():
            login.fill(name)
            self._send(page, page.locator("form:has(input[name=login]) button[type=submit]").first)
        password.fill(openid_provider.PASSWORD)
        self._send(page, page.locator("form:has(input[name=password]) button[type=submit]").last)
        # Once more when the half minute of a code ended while it was typed.
        for _ in range(2 if asks_code else 0):
            code = page.locator("input[name=otp]")
            if code.count():
                code.fill(Person("", "", "", "", SECRET).code(time.time()))
                self._send(page, page.locator("form:has(input[name=otp]) button[type=submit]").last)

    @staticmethod
    def _send(page: Page, button: Locator) -> None:
        """Presses a button, and waits for the page that comes of it."""
        with page.expect_navigation():
            button.click()


@contextlib.contextmanager
def provided(port: int, redirect: str) -> Iterator[Provider]:
    """Runs a provider of its own until the block ends; `redirect` is where it may send a browser back to."""
    script = Path(openid_provider.__file__)
    OUT.mkdir(parents=True, exist_ok=True)
    file = OUT / f"provider-{port}.log"
    with file.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, str(script), str(port), redirect],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=OUT,
        )
        try:
            said = process.stdout.readline().strip()
            assert said == "ready", f"the provider did not start: {said} {file.read_text()[-2000:]}"
            yield Provider(f"http://localhost:{port}", process)
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                stream.close()
