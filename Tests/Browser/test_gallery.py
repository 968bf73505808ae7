"""The pages of the gallery: drawn by the Swift tests with invented contents, so also in states that a demo seldom has.

`make gallery` draws and looks; `make test` does so too, because the Swift tests come first.
"""

from __future__ import annotations

import functools
import json
import os
import re
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness import accessibility
from harness.program import ROOT, Server
from harness.visitor import NARROW, WIDE, Visitors, Watch, screenshot

PAGES = Path(os.environ.get("SENTRUM_PAGES", ROOT / ".build" / "pages"))
DRAWN = sorted(file.relative_to(PAGES).as_posix() for file in PAGES.glob("*/*.html"))


class Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            "form-action 'self'",
        )
        super().end_headers()

    def do_GET(self) -> None:
        """A page asks whether the session of its reader goes on, and hears that it does."""
        if self.path != "/sessie":
            super().do_GET()
            return
        page = PAGES / urllib.parse.urlsplit(self.headers["Referer"]).path.lstrip("/")
        person = re.search(r'data-person="([^"]*)"', page.read_text("utf8"))[1]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"person": person, "seconds": 3600}).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def gallery(browser) -> Iterator[tuple[Visitors, list[Watch]]]:
    listener = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=PAGES))
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    watched: list[Watch] = []
    site = Server(f"http://127.0.0.1:{listener.server_port}", [], None, time.time())
    yield Visitors(browser, site, lambda _, watch: watched.append(watch)), watched
    listener.shutdown()
    listener.server_close()


@pytest.mark.parametrize("path", DRAWN)
def test_a_page_of_the_gallery(gallery, path):
    visitors, watched = gallery
    locale = path.split("/")[0]
    page = visitors.page(None, locale)
    page.goto("/" + path)
    found = accessibility.structure(page, locale) + accessibility.overflow(page) + accessibility.keyboard(page)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {fault}" for fault in accessibility.violations(page)]
        screenshot(page, f"{path.removesuffix('.html')}-{width}", "gallery")
    page.context.close()
    # The links of a drawn page lead nowhere; only what it needs itself can fail here.
    found += [fault for watch in watched for fault in watch.take()]
    assert not found, f"{len(found)} faults:\n  " + "\n  ".join(found)
