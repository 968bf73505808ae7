"""A browser that forgives nothing: whatever goes wrong behind a page is written down and fails the test."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)

from .program import LANGUAGE_COOKIE, OUT, SIGN_IN, SIGN_OUT, Person, Server

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
WIDE, NARROW, NARROWEST = 1280, 360, 320

PATIENCE = float(os.environ.get("SENTRUM_PATIENCE", "10"))
"""Seconds that a page may take; more for a debug build on a machine that does other work too."""

expect.set_options(timeout=PATIENCE * 500)


def _until_whole(act: Callable[..., None]) -> Callable[..., None]:
    """An act that ends when the page that it leads to is whole.

    By itself it ends when that page has begun: what is counted or read at once is then not always there.
    """

    @functools.wraps(act)
    def acted(self: Locator, *arguments, **options) -> None:
        act(self, *arguments, **options)
        self.page.wait_for_load_state()

    return acted


Locator.click, Locator.press = _until_whole(Locator.click), _until_whole(Locator.press)

_TELL_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', event => console.error(
    `content security policy: ${event.violatedDirective} refuses ${event.blockedURI} ${event.sample}`))
"""


def chromium() -> str:
    found = os.environ.get("SENTRUM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise FileNotFoundError("no Chromium: run `make deps`, or name one in SENTRUM_CHROMIUM")
    return found


def launch(playwright: Playwright) -> Browser:
    # Inside containers and as root Chromium's own sandbox cannot work; it only meets our own pages here.
    return playwright.chromium.launch(
        executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"]
    )


class Watch:
    """Writes down what goes wrong in one browser context: script errors, policy violations, foreign requests."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        context.add_init_script(_TELL_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._fault(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def take(self) -> list[str]:
        """The faults so far; they are forgotten by asking."""
        taken, self.faults = list(dict.fromkeys(self.faults)), []
        return taken

    def _fault(self, text: str, address: str = "") -> None:
        self.faults.append(f"{urlsplit(address).path}: {text}" if address else text)

    def _console(self, message: ConsoleMessage) -> None:
        # The status of answers is judged in _response, which knows a refused form (422) from a missing picture.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._fault(f"console: {message.text}", message.page.url if message.page else "")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self._fault(f"asks something of another place: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that one leaves stops its own requests, and a download is no page: neither is a fault.
        if request.failure not in ("net::ERR_ABORTED", None) and request.url.startswith(self.origin):
            self._fault(f"request failed: {request.failure}", request.url)

    def _response(self, response: Response) -> None:
        # What is asked of another place is a fault of its own; what it answers is its own affair.
        if not response.url.startswith(self.origin):
            return
        document = response.request.resource_type == "document"
        if response.status >= (500 if document else 400):
            self._fault(f"answers {response.status}", response.url)


class Visitors:
    """Opens pages as anybody of the demo. Signing in happens once for each role."""

    def __init__(self, browser: Browser, server: Server, keep: Callable[[Page, Watch], None] | None = None) -> None:
        self.browser = browser
        self.server = server
        self._keep = keep or (lambda page, watch: None)
        self._signed_in: dict[str, dict] = {}

    def page(self, role: str | None, locale: str = "nl", width: int = WIDE, **options) -> Page:
        """A page for a role (None: signed out), that has not gone anywhere yet."""
        state = self._state(role) if role else None
        page, watch = self._open(locale, width, state, options)
        self._keep(page, watch)
        return page

    def _open(self, locale: str, width: int, state: dict | None, options: dict) -> tuple[Page, Watch]:
        context = self.browser.new_context(
            base_url=self.server.url,
            viewport={"width": width, "height": 800},
            locale=LOCALES[locale],
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            storage_state=state,
            **options,
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": locale, "url": self.server.url}])
        watch = Watch(context, self.server.url)
        return context.new_page(), watch

    def _state(self, role: str) -> dict:
        if role not in self._signed_in:
            page, watch = self._open("nl", WIDE, None, {})
            sign_in(page, self.server.person(role), self.server)
            faults = watch.take()
            assert not faults, "\n".join(faults)
            self._signed_in[role] = page.context.storage_state()
            page.context.close()
        return self._signed_in[role]


def sign_in(page: Page, person: Person, server: Server) -> None:
    """Signs in through the form, as a person does; with the second factor when it is asked."""
    page.goto(SIGN_IN)
    form = page.locator("form:has(input[type=password])")
    form.locator("input[autocomplete~=username]").fill(person.email)
    form.locator("input[type=password]").fill(person.password)
    submit(form)
    code = page.locator("input[autocomplete=one-time-code]")
    if code.count():
        code.fill(server.code(person))
        submit(page.locator("form:has(input[autocomplete=one-time-code])"))
    assert is_signed_in(page), f"{person.role} could not sign in: {page.locator('body').inner_text()[:400]}"


def is_signed_in(page: Page) -> bool:
    """Every page of who is signed in has the form to sign out."""
    return page.locator(f"form[action^='{SIGN_OUT}']").count() > 0


def sign_out(page: Page) -> None:
    """Presses the button to sign out, wherever the page keeps it."""
    form = page.locator(f"form[action^='{SIGN_OUT}']").first
    menu = page.locator("details:not([open])", has=form)
    if menu.count():
        menu.locator("summary").first.click()
    submit(form)


def submit(form) -> None:
    form.locator("button[type=submit], button:not([type]), input[type=submit]").first.click()


def screenshot(page: Page, name: str, folder: str = "screenshots") -> Path:
    """Pictures the whole page into .build/browser, which git ignores."""
    file = OUT / folder / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True, animations="disabled")
    return file
