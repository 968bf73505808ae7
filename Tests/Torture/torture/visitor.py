"""Somebody at the site without a browser: cookies, forms, and answers with the time they took."""

from __future__ import annotations

import http.client
import time
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser

from harness.program import LANGUAGE_COOKIE, SIGN_IN, Person

from torture.settings import DEADLINE

BOUNDARY = "sentrum-torture-7c1f"


@dataclass
class Answer:
    """What came back for a request."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf8", "replace")

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Control:
    """One field of a form, or a button with a name."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    required: bool = False


@dataclass
class Form:
    """A form as a page shows it, with what it would send unchanged."""

    page: str
    action: str
    method: str
    multipart: bool
    controls: list[Control] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.action}"

    def sent(self) -> list[tuple[str, str]]:
        """The fields that a browser sends when nothing is filled in."""
        return [
            (control.name, value)
            for control in self.controls
            if control.kind not in ("file", "submit")
            for value in control.values
        ]

    def filled(self, **given: str) -> list[tuple[str, str]]:
        """The same with some fields filled in."""
        kept = [(name, value) for name, value in self.sent() if name not in given]
        return kept + list(given.items())


class _Page(HTMLParser):
    """Reads the forms and the links of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._select: Control | None = None
        self._area: Control | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "hreflang" not in given:
            self._link(given.get("href", ""))
        elif tag == "form":
            action = urllib.parse.urljoin(self.address, given.get("action", ""))
            multipart = given.get("enctype", "") == "multipart/form-data"
            self._form = Form(self.address, action, given.get("method", "get").lower(), multipart)
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, given)

    def _link(self, target: str) -> None:
        if target and not target.startswith(("#", "mailto:", "tel:")):
            self.links.append(urllib.parse.urljoin(self.address, target).split("#")[0])

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        required = "required" in given
        if tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.values = [*self._select.values, given.get("value", "")]
        elif not name:
            return
        elif tag == "input" and given.get("type", "text") in ("checkbox", "radio"):
            known = next((one for one in self._form.controls if one.name == name), None)
            if known is None:
                known = Control(name, given["type"], required=required)
                self._form.controls.append(known)
            known.options.append(given.get("value", "on"))
            if "checked" in given:
                known.values.append(given.get("value", "on"))
        elif tag == "input":
            self._form.controls.append(
                Control(name, given.get("type", "text"), [given.get("value", "")], required=required)
            )
        elif tag == "button":
            self._form.controls.append(Control(name, "submit", [given.get("value", "")]))
        elif tag == "textarea":
            self._area = Control(name, "textarea", [""], required=required)
            self._form.controls.append(self._area)
        elif tag == "select":
            self._select = Control(name, "select", required=required)
            self._form.controls.append(self._select)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.values = [self._area.values[0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select" and self._select is not None:
            if not self._select.values and self._select.options:
                self._select.values = self._select.options[:1]
            self._select = None
        elif tag == "form":
            self._form = None


def forms_of(answer: Answer, address: str) -> list[Form]:
    page = _Page(address)
    page.feed(answer.text)
    return page.forms


def links_of(answer: Answer, address: str) -> list[str]:
    page = _Page(address)
    page.feed(answer.text)
    return [link for link in page.links if link.startswith("/") and not link.startswith("//")]


def url_encoded(fields: list[tuple[str, str]]) -> bytes:
    # Half of a pair of UTF-16 is no text; it is sent as the three bytes that careless programs make of it.
    return urllib.parse.urlencode(fields, encoding="utf8", errors="surrogatepass").encode()


def multipart(fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]) -> bytes:
    parts = []
    for name, value in fields:
        head = f'Content-Disposition: form-data; name="{name}"'.encode("utf8", "surrogatepass")
        parts.append(head + b"\r\n\r\n" + value.encode("utf8", "surrogatepass"))
    for name, file, contents in files:
        named = file.replace('"', "%22").replace("\r", "").replace("\n", "")
        head = f'Content-Disposition: form-data; name="{name}"; filename="{named}"'.encode("utf8", "surrogatepass")
        parts.append(head + b"\r\nContent-Type: application/octet-stream\r\n\r\n" + contents)
    mark = b"--" + BOUNDARY.encode()
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


class Visitor:
    """One person at one server, one request at a time."""

    def __init__(self, address: str, patience: float = DEADLINE, language: str = "nl") -> None:
        parts = urllib.parse.urlsplit(address)
        self.host, self.port = parts.hostname, parts.port
        self.patience = patience
        self.cookies = {LANGUAGE_COOKIE: language}
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *failure: object) -> None:
        self.leave()

    def turn_to(self, address: str) -> None:
        """Goes on at another server, as the same person."""
        self.leave()
        self.port = urllib.parse.urlsplit(address).port

    def leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """One request and its answer. Throws what the connection throws when there is none."""
        given = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | (headers or {})
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, self.port, timeout=self.patience)
        began = time.monotonic()
        try:
            self._connection.request(method, path, body, given)
            answer = self._connection.getresponse()
            told = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read(), 0)
        except (OSError, http.client.HTTPException):
            self.leave()
            raise
        told.seconds = time.monotonic() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, content = value.split(";")[0].split("=", 1)
                self.cookies[cookie.strip()] = content
        return told

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        return self.ask("POST", path, url_encoded(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]) -> Answer:
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.ask("POST", path, multipart(fields, files), {"Content-Type": kind})

    def form(self, path: str, action: str) -> Form:
        """The form of a page that is sent to an address."""
        answer = self.get(path)
        for form in forms_of(answer, path):
            if form.action.split("?")[0] == action:
                return form
        raise LookupError(f"{path} ({answer.status}) has no form for {action}")

    def sign_in(self, person: Person) -> Visitor:
        form = self.form(SIGN_IN, SIGN_IN)
        answer = self.post(form.action, form.filled(email=person.email, password=person.password))
        if answer.status != 303:
            raise LookupError(f"{person.role} could not sign in: {answer.status}")
        return self

    def key(self, person: Person, name: str = "proef") -> str:
        """A key for a program that acts for this person."""
        form = self.form("/account", "/account/sleutels")
        page = self.post("/account/sleutels", form.filled(name=name, current=person.password)).text
        if 'id="made-key"' not in page:
            raise LookupError(f"{person.role} has no key")
        return page.split('id="made-key"')[1].split(">", 1)[1].split("<")[0]
