"""Every form as each person of the demo sees it, every address and every upload, filled in as nobody does in earnest.

Whatever is sent: no fault, no hang, no end of the program, no growing memory, nothing of the machine room in an answer,
and no word of anybody in the log. `SEED` and `SECONDS_EACH` choose the run; what went wrong stands in
.build/browser/torture/faults.jsonl.
"""

from __future__ import annotations

import io
import random
import struct
import time
import urllib.parse
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from harness.crawl import shape
from torture import hostile
from torture.oracle import Oracle
from torture.settings import SECONDS, SHORT, chance
from torture.visitor import Form, Visitor, forms_of, links_of, multipart
from torture.world import FolderWorld, folder_world, told

# Pages of one kind that a person opens to find forms, and pages in all.
PER_SHAPE = 1 if SHORT else 2
PAGES = 60 if SHORT else 300
# Forms that end the session they are sent in.
LAST = ("/afmelden",)


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderWorld]:
    """A program for each kind of attack: what one closed or spent, such as attempts to sign in, stops no other."""
    with folder_world(tmp_path_factory.mktemp("target") / "data") as world:
        world.node.start()
        # What is made once, at the first look, takes long in a debug build.
        with Visitor(world.node.url, patience=180) as first:
            first.get("/plan")
        yield world


class Guest:
    """A person of the demo, signed in, who found out what there is to send."""

    def __init__(self, world: FolderWorld, role: str | None) -> None:
        self.world = world
        self.role = role
        self.visitor = Visitor(world.node.url)
        self.pages: list[str] = []
        self.forms: dict[tuple[str, tuple[str, ...]], Form] = {}
        try:
            if role:
                self.visitor.sign_in(world.person(role))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.visitor.leave()

    def look_around(self, until: float) -> None:
        """Follows links, nearest first, and keeps one form of each kind."""
        waiting, met, kinds = deque(["/"]), {"/"}, Counter()
        while waiting and len(self.pages) < PAGES and time.monotonic() < until:
            path = waiting.popleft()
            kinds[shape(path)] += 1
            if kinds[shape(path)] > PER_SHAPE:
                continue
            answer = self.visitor.get(path)
            if answer.kind != "text/html":
                continue
            self.pages.append(path)
            for form in forms_of(answer, path):
                names = tuple(sorted({control.name for control in form.controls}))
                self.forms.setdefault((shape(form.action), names), form)
            for link in links_of(answer, path):
                if link not in met:
                    met.add(link)
                    waiting.append(link)

    def renewed(self, form: Form) -> Form | None:
        """The form as its page shows it now; who was signed out by what was sent signs in again."""
        answer = self.visitor.get(form.page)
        if "/aanmelden" in answer.location and self.role:
            self.visitor.cookies.clear()
            self.visitor.sign_in(self.world.person(self.role))
            answer = self.visitor.get(form.page)
        return next((one for one in forms_of(answer, form.page) if shape(one.action) == shape(form.action)), None)


def guests(world: FolderWorld, is_over: Callable[[], bool]) -> Iterator[Guest]:
    """Everybody of the demo in an order of chance, again and again until it is over."""
    turn = 0
    while not is_over():
        roles: list[str | None] = [None, *dict.fromkeys(person.role for person in world.people)]
        chance("roles", turn).shuffle(roles)
        for role in roles:
            if is_over():
                return
            try:
                guest = Guest(world, role)
            except LookupError:
                # What was sent before may have closed the account or spent the attempts; that is right.
                continue
            with closing(guest):
                yield guest
        turn += 1


def names_of(world: FolderWorld) -> list[str]:
    """What tells who somebody is, and stands in no log."""
    return [word for person in world.people for word in (person.email, person.name, person.password)]


def test_no_form_brings_the_program_down(world: FolderWorld):
    oracle = Oracle(world.node, "forms")
    is_over = oracle.is_over_after(SECONDS)
    kinds: set[tuple[str, str]] = set()
    share = SECONDS / (3 if SHORT else 20)
    for number, guest in enumerate(guests(world, is_over)):
        ends = time.monotonic() + share
        dice = chance("forms", guest.role, number)
        guest.look_around(time.monotonic() + share / 3)
        forms = list(guest.forms.values())
        while time.monotonic() < ends and forms and not is_over():
            form = dice.choice(forms)
            if form.action.startswith(LAST) and dice.random() < 0.95:
                continue
            send(guest, form, oracle, dice)
            kinds.add((str(guest.role), shape(form.action)))
    told("forms", {**oracle.figures(), "kinds of forms": len(kinds)})
    assert not oracle.verdict(names_of(world))


def send(guest: Guest, form: Form, oracle: Oracle, dice: random.Random) -> None:
    try:
        now = guest.renewed(form) or form
    except LookupError:
        return
    fields = hostile.filled(now, dice)
    if dice.random() > 0.05:
        fields = [(name, value) for name, value in fields if name != "_csrf"] + [
            (name, value) for name, value in now.sent() if name == "_csrf"
        ][:1]
    kind = f"{guest.role}: {now.method.upper()} {shape(now.action)}"
    detail = {"role": guest.role, "page": now.page, "action": now.action, "fields": fields}
    if now.method == "get":
        path = now.action.split("?")[0] + "?" + urllib.parse.urlencode(fields, errors="surrogatepass")[:60_000]
        oracle.judge(kind, lambda: guest.visitor.get(path), detail)
    elif now.multipart or dice.random() < 0.05:
        files = [(one.name, *upload(dice)) for one in now.controls if one.kind == "file"]
        oracle.judge(kind, lambda: guest.visitor.upload(now.action, fields, files), detail)
    else:
        oracle.judge(kind, lambda: guest.visitor.post(now.action, fields), detail)


# Addresses, what stands behind a question mark, and headers


def test_no_address_and_no_header_brings_the_program_down(world: FolderWorld):
    oracle = Oracle(world.node, "addresses")
    is_over = oracle.is_over_after(SECONDS)
    share = SECONDS / (3 if SHORT else 20)
    for number, guest in enumerate(guests(world, is_over)):
        ends = time.monotonic() + share
        dice = chance("addresses", guest.role, number)
        guest.look_around(time.monotonic() + share / 3)
        pages = guest.pages
        while time.monotonic() < ends and pages and not is_over():
            path = strange(dice.choice(pages), dice)
            headers = strange_headers(dice)
            kind = f"{guest.role}: GET {shape(path)[:120]}"
            method = dice.choices(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "X"], [20] + [1] * 7)[0]

            def ask(guest=guest, method=method, path=path, headers=headers):
                try:
                    return guest.visitor.ask(method, path, headers=headers)
                finally:
                    guest.visitor.leave()

            oracle.judge(kind, ask, {"method": method, "path": path, "headers": headers})
    told("addresses", oracle.figures())
    assert not oracle.verdict(names_of(world))


def strange(path: str, dice: random.Random) -> str:
    """An address beside one that exists."""
    parts = urllib.parse.urlsplit(path)
    segments = parts.path.split("/")
    query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
    for _ in range(dice.choice([1, 1, 2])):
        match dice.randrange(6):
            case 0 if len(segments) > 1:
                segments[dice.randrange(1, len(segments))] = escaped(hostile.segment(dice))
            case 1:
                segments.append(escaped(hostile.segment(dice)))
            case 2 if query:
                place = dice.randrange(len(query))
                query[place] = (query[place][0], hostile.text(dice)[:8_000])
            case 3:
                query += [(dice.choice(hostile.QUERY), hostile.text(dice)[:4_000])] * dice.choice([1, 1, 2, 100])
            case 4:
                query.append((hostile.text(dice)[:500], hostile.text(dice)[:500]))
            case 5 if query:
                query += query
    asked = urllib.parse.urlencode(query, errors="surrogatepass")
    if dice.random() < 0.1:
        asked += dice.choice(["&&&", "=", "&=&", "%", "%zz", "%c3%28", "#", ";"])
    return ("/".join(segments) + ("?" + asked if asked else ""))[:15_000]


def escaped(segment: str) -> str:
    return urllib.parse.quote(segment, safe="%.", errors="surrogatepass")


def strange_headers(dice: random.Random) -> dict[str, str]:
    """Headers as no browser sends them; what would break the request itself is another test's."""
    if dice.random() < 0.6:
        return {}
    name = dice.choice(
        [
            "Accept-Language",
            "Accept",
            "Accept-Encoding",
            "Referer",
            "Origin",
            "Range",
            "If-None-Match",
            "If-Modified-Since",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "Sec-Fetch-Site",
            "Authorization",
            "Content-Type",
            "User-Agent",
            "Forwarded",
            "Expect",
        ]
    )
    value = hostile.text(dice).encode("utf8", "ignore").decode("latin1")
    return {name: "".join(letter for letter in value if letter >= " " and letter != "\x7f")[:9_000]}


# Files


def bomb(size: int = 300_000_000) -> bytes:
    """A small archive of something very large."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as file:
            for _ in range(size // 1_000_000):
                file.write(b" " * 1_000_000)
    return out.getvalue()


BOMB = bomb(30_000_000 if SHORT else 300_000_000)


def office(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")
    )


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(97, 106))
    + b"]><w>&j;</w>"
)
GOOD = {
    "pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "png": png(2, 2),
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9",
    "docx": office({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
    "odt": office({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}),
}


def upload(dice: random.Random) -> tuple[str, bytes]:
    """The name and the contents of a file that is not what it says."""
    kind, data = dice.choice(list(GOOD.items()))
    match dice.randrange(12):
        case 0:
            data = data[: dice.randrange(len(data) + 1)]
        case 1 | 2 | 3:
            changed = bytearray(data)
            for _ in range(dice.choice([1, 4, 40])):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            data = bytes(changed)
        case 4:
            kind, data = "docx", BOMB
        case 5:
            kind, data = "docx", office({"[Content_Types].xml": LAUGHS, "word/document.xml": LAUGHS})
        case 6:
            kind, data = "png", png(2**31 - 1, 2**31 - 1)
        case 7:
            kind, data = "zip", office({"../../x": b"x", "/etc/x": b"x", "a\x00b": b"x", "b.docx": GOOD["docx"]})
        case 8:
            kind, data = "docx", GOOD["docx"] * dice.choice([2, 100])
        case 9:
            data = dice.randbytes(dice.choice([0, 1, 3, 4, 30, 4_000]))
        case 10:
            # The end of an archive that counts more than there is.
            end = (0x06054B50, 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 65535)
            data = GOOD["docx"][:-22] + struct.pack("<IHHHHIIH", *end)
        case 11:
            data = b"%PDF-1.7\n" + b"<<" * 50_000 + b"\n%%EOF"
    name = dice.choice([f"verslag.{kind}", f"{hostile.text(dice)[:3_000]}.{kind}", hostile.text(dice)[:3_000], ""])
    return name, data


def bent_body(body: bytes, dice: random.Random) -> bytes:
    """A form with files as no program writes it."""
    match dice.randrange(8):
        case 0:
            return body[: dice.randrange(len(body) + 1)]
        case 1:
            return body.replace(b"\r\n", b"\n")
        case 2:
            return body.replace(b'name="', b'name=;"', 1)
        case 3:
            return body.replace(b"Content-Disposition", b"Content-Position", dice.choice([1, -1]))
        case 4:
            return b"--x\r\n" * 20_000 + body
        case 5:
            return body.replace(b"form-data", b"form-data; " + b"a=b; " * 5_000, 1)
        case 6:
            return body.replace(b'filename="', b"filename*=UTF-8''%ff; filename=\"", 1)
        case _:
            changed = bytearray(body)
            for _ in range(dice.choice([1, 10])):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            return bytes(changed)


def test_no_file_brings_the_program_down(world: FolderWorld):
    oracle = Oracle(world.node, "files")
    with closing(Guest(world, "ib")) as guest:
        files(guest, oracle, oracle.is_over_after(SECONDS))
    told("files", oracle.figures())
    assert not oracle.verdict(names_of(world))


def files(guest: Guest, oracle: Oracle, is_over: Callable[[], bool]) -> None:
    found = next(path for path in links_of(guest.visitor.get("/leerlingen"), "/leerlingen") if len(path) > 24)
    page = f"{found}/documenten"
    form = guest.visitor.form(page, page)
    kinds = next(control for control in form.controls if control.name == "kind").options
    dice = chance("files")
    number = 0
    while not is_over():
        number += 1
        name, data = upload(dice)
        fields = [("_csrf", dict(form.sent())["_csrf"]), ("kind", dice.choice(kinds)), ("_key", f"fuzz-{number:020}")]
        body = multipart(fields, [("file", name, data)])
        if dice.random() < 0.3:
            body = bent_body(body, dice)
        kind = {"Content-Type": "multipart/form-data; boundary=sentrum-torture-7c1f"}
        if dice.random() < 0.05:
            kind = {"Content-Type": "multipart/form-data; boundary=" + hostile.TEXTS[20] * dice.choice([1, 90])}
        answer = oracle.judge(
            "upload",
            lambda body=body, kind=kind: guest.visitor.ask("POST", page, body, kind),
            {"name": name, "size": len(data), "begin": data[:200], "number": number},
        )
        if answer is not None and answer.status == 303 and dice.random() < 0.3:
            # What was taken can be had again.
            kept = [one for one in links_of(guest.visitor.get(page), page) if one.startswith(f"{page}/")]
            if kept:
                oracle.judge("download", lambda kept=kept: guest.visitor.get(dice.choice(kept)), kept[-1])


def test_afterwards_the_journal_is_whole_and_the_registers_equal_a_rebuild(world: FolderWorld):
    world.node.end()
    assert world.faults() == []
