"""Walks every link that each person of the demo can follow, and looks hard at each kind of page on the way."""

from __future__ import annotations

import os
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import Error, Page

from . import accessibility, pdf
from .visitor import WIDE, Visitors, Watch

# Of each kind of page this many are opened, and of all together this many for each role.
PER_SHAPE = int(os.environ.get("SENTRUM_CRAWL_PER_SHAPE", "2"))
# Of a kind that was opened this often by all roles before, one more role opens one, in Dutch only: links and access
# may differ for each role, and the build of the page was looked at.
KNOWN_SHAPE = 3 * PER_SHAPE
PER_ROLE = int(os.environ.get("SENTRUM_CRAWL_PAGES", "150"))

# Where files lie that people added: in a dossier, and with the steps of a version of the plan.
GIVEN = ("/documenten/", "/stukken/")
_LINKS = """() => [
    ...[...document.querySelectorAll('a[href]:not([hreflang])')].map(link => link.href),
    ...[...document.querySelectorAll('form')].filter(form => form.method === 'get').map(form => form.action),
]"""
# The plan's routes each have a page; they are drawn by one template, and there are as many as the plan has.
_ROUTE_OF_THE_PLAN = re.compile(r"^/plan/(?!(?:bronnen|vergelijken|versies|concepten)(?:/|$))[^/]+$")
_IDENTIFIER = re.compile(r"^(?=.*\d)[\w~.-]+$|^[\w-]{20,}$")


def shape(address: str) -> str:
    """The address with identifiers left out: /leerlingen/8f3c… and /leerlingen/9b1d… are one kind of page."""
    parts = urlsplit(address)
    named = _ROUTE_OF_THE_PLAN.sub("/plan/…", parts.path)
    path = "/".join("…" if _IDENTIFIER.match(segment) else segment for segment in named.split("/"))
    keys = sorted({key for key, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return path + ("?" + "&".join(keys) if keys else "")


@dataclass
class Visit:
    """One page (or file) that somebody opened, and what was wrong with it, by subject."""

    role: str
    path: str
    status: int
    kind: str
    faults: dict[str, list[str]] = field(default_factory=dict)

    def blame(self, subject: str, found: list[str]) -> None:
        if found:
            self.faults.setdefault(subject, []).extend(found)


class Crawl:
    """The visits of everybody. SIGNED_OUT is the role of who has not signed in."""

    SIGNED_OUT = "signed out"

    def __init__(self, visitors: Visitors, eye: accessibility.Eye | None = None) -> None:
        self.visitors = visitors
        self.visits: list[Visit] = []
        self._known: Counter[str] = Counter()
        self._eye = eye or accessibility.Eye()

    def faults(self, subject: str) -> list[str]:
        return [
            f"{visit.role} at {visit.path}: {fault}" for visit in self.visits for fault in visit.faults.get(subject, [])
        ]

    def paths(self, role: str | None = None) -> list[str]:
        """The pages that were opened well, each once; only those of a role when one is named."""
        return list(
            dict.fromkeys(visit.path for visit in self.visits if visit.status == 200 and role in (None, visit.role))
        )

    def examples(self) -> list[str]:
        """Of each kind of page some that were opened well, by whoever did."""
        kinds: dict[str, list[str]] = {}
        for path in self.paths():
            kinds.setdefault(shape(path), []).append(path)
        return [path for paths in kinds.values() for path in paths[:PER_SHAPE]]

    def walk(self, role: str | None) -> None:
        """Follows links, nearest first, until every kind of page was seen."""
        watched: list[Watch] = []
        visitors = Visitors(self.visitors.browser, self.visitors.server, lambda page, watch: watched.append(watch))
        visitors._signed_in = self.visitors._signed_in
        pages = {locale: visitors.page(role, locale, WIDE) for locale in ("nl", "en")}
        origin = self.visitors.server.url
        waiting, met, shapes = deque([origin + "/"]), {origin + "/"}, Counter()
        opened = 0
        while waiting and opened < PER_ROLE:
            address = waiting.popleft()
            kind = shape(address)
            is_known = self._known[kind] - shapes[kind] >= KNOWN_SHAPE
            if shapes[kind] >= (1 if is_known else PER_SHAPE):
                continue
            shapes[kind] += 1
            self._known[kind] += 1
            opened += 1
            for locale, page in pages.items():
                # The second language is looked at once for each kind of page.
                if locale != "nl" and (is_known or shapes[kind] > 1):
                    continue
                visit = self._open(page, role or self.SIGNED_OUT, address, locale)
                visit.blame("console", [fault for watch in watched for fault in watch.take()])
                self.visits.append(visit)
                if visit.kind != "text/html":
                    break
                for link in page.evaluate(_LINKS) if visit.status == 200 else []:
                    link = urljoin(address, link).split("#")[0]
                    if link.startswith(origin + "/") and link not in met:
                        met.add(link)
                        waiting.append(link)
        for page in pages.values():
            page.context.close()

    def _open(self, page: Page, role: str, address: str, locale: str) -> Visit:
        path = address.removeprefix(self.visitors.server.url)
        page.set_viewport_size({"width": WIDE, "height": 800})
        try:
            response = page.goto(address)
        except Error as error:
            if "Download is starting" not in error.message and "ERR_ABORTED" not in error.message:
                raise
            return self._file(page, role, address, path)
        status = response.status if response else 0
        kind = (response.headers.get("content-type", "") if response else "").split(";")[0]
        # Where one ends up counts: who is sent to the page to sign in did not see the page that was asked.
        visit = Visit(role, page.url.removeprefix(self.visitors.server.url), status, kind)
        if kind == "text/html":
            for subject, found in self._eye.faults(page, locale).items():
                visit.blame(subject, found)
        elif kind == "application/pdf":
            return self._file(page, role, address, path)
        return visit

    def _file(self, page: Page, role: str, address: str, path: str) -> Visit:
        answer = page.context.request.get(address)
        kind = answer.headers.get("content-type", "").split(";")[0]
        visit = Visit(role, path, answer.status, kind)
        # What people added is theirs; only what the program makes itself is held to the rules.
        if kind == "application/pdf" and answer.ok and not any(place in path for place in GIVEN):
            visit.blame("pdf", pdf.faults(answer.body()))
        return visit
