"""Somebody who is signed in, without a browser."""

from __future__ import annotations

import html
import http.client
import re
import urllib.parse
from dataclasses import dataclass

from harness.program import SIGN_IN, Person

CSRF = re.compile(r'name="_csrf"[^>]* value="([^"]*)"')
KEY = re.compile(r"sen_[A-Za-z0-9_-]{20,}")
TEXTAREA = re.compile(r'<textarea[^>]* name="([^"]+)"')


@dataclass
class Visitor:
    """One person with a session of their own."""

    address: str
    cookie: str = ""
    password: str = ""

    @classmethod
    def signed_in(cls, server, person: Person) -> Visitor:
        visitor = cls(server.url.removeprefix("http://"))
        status, headers, _ = visitor.send("POST", SIGN_IN, {"email": person.email, "password": person.password})
        cookie = headers.get("Set-Cookie", "").split(";")[0]
        if status != 303 or not cookie:
            raise RuntimeError(f"{person.role} could not sign in: {status}")
        visitor.cookie = cookie
        visitor.password = person.password
        return visitor

    def send(self, method: str, path: str, form: dict | None = None) -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection(self.address, timeout=60)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf8", "replace")
        connection.close()
        return answer.status, answer.headers, text

    def page(self, path: str) -> str:
        """The page, which must be there."""
        status, _, text = self.send("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status}")
        return text

    def csrf(self, text: str) -> str:
        return html.unescape(CSRF.search(text)[1])

    def key(self) -> str:
        """A new key for a program."""
        word = self.csrf(self.page("/account"))
        _, _, text = self.send("POST", "/account/sleutels", {"_csrf": word, "name": "bench", "current": self.password})
        found = KEY.search(text)
        if not found:
            raise RuntimeError("no key for a program was given")
        return found[0]


def writable(page: str) -> list[tuple[str, int]]:
    """The text fields of a page of the groeidocument that may be written in, each with its revision."""
    found = []
    for name in dict.fromkeys(TEXTAREA.findall(page)):
        field = re.escape(name)
        revision = re.search(rf'name="{field}\.revision"[^>]* value="(\d+)"', page)
        if revision:
            found.append((name, int(revision[1])))
    return found
