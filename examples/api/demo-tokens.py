#!/usr/bin/env python3
"""Makes a key for a program for everybody of a demonstration, and writes them to a file.

    python3 examples/api/demo-tokens.py http://127.0.0.1:8080 .demo/demo-people.json tokens.json

In a real installation every person makes a key on their own account page and hands it to the program that acts for
them. This does the same for invented people: it signs in with their password and presses the button.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Browser:
    """As much of a browser as it takes to send a form: it keeps cookies, and the word that a page hides in forms."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.page = ""

    def open(self, path: str, fields: dict[str, str] | None = None) -> str:
        data = None
        if fields is not None:
            hidden = re.search(r'name="_csrf" value="([^"]*)"', self.page)
            sent = fields | ({"_csrf": html.unescape(hidden[1])} if hidden else {})
            data = urllib.parse.urlencode(sent).encode()
        with self.opener.open(self.server + path, data, timeout=30) as answer:
            self.page = answer.read().decode()
        return self.page


def token_for(server: str, email: str, password: str, name: str) -> str:
    browser = Browser(server)
    browser.open("/aanmelden")
    browser.open("/aanmelden", {"email": email, "password": password})
    browser.open("/account")
    page = browser.open("/account/sleutels", {"name": name, "current": password})
    made = re.search(r'id="made-key"[^>]*>(sen_[A-Za-z0-9_-]+)<', page)
    if not made:
        raise SystemExit(f"no key for {email}: is the password right?")
    return made[1]


def tokens_of(server: str, people: list[dict], name: str = "voorbeeld") -> dict[str, str]:
    """Keys by the function of who they act for."""
    return {person["role"]: token_for(server, person["email"], person["password"], name) for person in people}


def main() -> None:
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    server, people, out = sys.argv[1:]
    with open(people, encoding="utf8") as file:
        tokens = tokens_of(server.rstrip("/"), json.load(file))
    # A key opens what its person may see: the file is for its owner only.
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf8") as file:
        json.dump(tokens, file, indent=2)
    print(f"{len(tokens)} keys in {out}")


if __name__ == "__main__":
    main()
