"""Fixtures of the browser tests. `make test-browser` runs them; a name after TEST= runs some."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from harness import burden
from harness.accessibility import Eye
from harness.accessibility import check_accessible as _check_accessible
from harness.crawl import Crawl
from harness.program import OUT, Server, running
from harness.visitor import NARROW, WIDE, Visitors, Watch, launch
from harness.visitor import screenshot as _screenshot


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-burden", action="store_true", help="write the counts to docs/reference/burden.md")
    parser.addoption("--pictures", action="store_true", help="picture each page on the way of a story")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The walk of all pages takes as long as everything else together: with two processes one begins with it at once.
    items.sort(key=lambda item: item.path.name != "test_pages.py")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.when == "call" and report.failed:
        for number, (page, _) in enumerate(getattr(item, "opened", [])):
            if not page.is_closed() and page.url != "about:blank":
                name = re.sub(r"\W+", "-", f"{item.name}-{number}").strip("-")
                file = _screenshot(page, name, "failed")
                report.sections.append((f"page {number}", f"{page.url}\npicture: {file}"))
    return report


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The program, serving a fresh demo."""
    with running(tmp_path_factory.mktemp("demo")) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser, server: Server) -> Visitors:
    return Visitors(browser, server)


@contextlib.contextmanager
def _watched(visitors: Visitors, item: pytest.Item) -> Iterator[Callable[..., Page]]:
    opened: list[tuple[Page, Watch]] = []
    item.opened = opened
    mine = Visitors(visitors.browser, visitors.server, lambda page, watch: opened.append((page, watch)))
    mine._signed_in = visitors._signed_in

    def page_for(role: str | None, locale: str = "nl", width: int = WIDE, **options) -> Page:
        return mine.page(role, locale, width, **options)

    yield page_for
    faults = [fault for _, watch in opened for fault in watch.take()]
    for page, _ in opened:
        page.context.close()
    expected = getattr(item, "expected_faults", [])
    unexpected = [fault for fault in faults if not any(re.search(pattern, fault) for pattern in expected)]
    assert not unexpected, "behind the pages:\n  " + "\n  ".join(unexpected)
    missing = [pattern for pattern in expected if not any(re.search(pattern, fault) for fault in faults)]
    assert not missing, "expected behind the pages, and not seen:\n  " + "\n  ".join(missing)


@pytest.fixture
def page_for(visitors: Visitors, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`page_for(role, locale="nl", width=1280)`: a page of somebody with that role; None is signed out.

    What goes wrong behind a page, in scripts, policy or requests, fails the test when it ends.
    """
    with _watched(visitors, request.node) as page_for:
        yield page_for


@pytest.fixture
def expect_fault(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """`expect_fault(pattern)`: the test itself makes this go wrong behind a page; when it does not, the test fails."""
    request.node.expected_faults = []
    return request.node.expected_faults.append


@pytest.fixture
def walkers_of(browser: Browser, request: pytest.FixtureRequest):
    """`with walkers_of(server) as walker`: people who act on a server of the test's own, as `walker` does."""

    @contextlib.contextmanager
    def walkers(server: Server, **everywhere):
        with _watched(Visitors(browser, server), request.node) as page_for:
            yield _walker(page_for, everywhere)

    return walkers


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    return _check_accessible


@pytest.fixture
def screenshot() -> Callable[[Page, str], object]:
    return _screenshot


@pytest.fixture(scope="session")
def counted(request: pytest.FixtureRequest) -> Iterator[burden.Counts]:
    counts: burden.Counts = {}
    yield counts
    if request.config.getoption("--write-burden") and counts:
        burden.write(counts)


@pytest.fixture
def route(page_for, counted: burden.Counts, request: pytest.FixtureRequest) -> Iterator[Callable[..., burden.Route]]:
    """`route(name, role)`: counts what a person does on the way; more than the table allows fails the test.

    A `page` lets somebody go on who was at it already; what was done before does not count.
    """
    routes: list[burden.Route] = []

    def begin(name: str, who: str, *, signed_in: bool = True, page: Page | None = None, **options) -> burden.Route:
        page = page or page_for(who if signed_in else None, **options)
        routes.append(burden.Route(name, who, page))
        return routes[-1]

    yield begin
    for one in routes:
        counted[one.name, one.who] = one.counts
    if not request.config.getoption("--write-burden"):
        before = burden.read()
        more = [line for one in routes for line in burden.heavier(one, before)]
        assert not more, "asks more of people than before:\n  " + "\n  ".join(more)


@pytest.fixture
def walker(page_for) -> Callable[..., burden.Route]:
    """`walker(role)`: a person who acts as on a route, on ways that nobody counts."""

    return _walker(page_for, {})


def _walker(page_for: Callable[..., Page], everywhere: dict) -> Callable[..., burden.Route]:
    def begin(who: str, *, signed_in: bool = True, **options) -> burden.Route:
        return burden.Route("", who, page_for(who if signed_in else None, **everywhere, **options))

    return begin


@pytest.fixture(scope="session")
def eye() -> Eye:
    return Eye()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """`picture(page, name)`: keeps a picture of a page on the way, wide and narrow, when `--pictures` asks for them."""
    names: list[str] = []

    def picture(page: Page, name: str) -> None:
        names.append(name)
        size = page.viewport_size
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 800})
            _screenshot(page, f"{len(names):02}-{name}-{width}", f"way/{request.node.name}")
        page.set_viewport_size(size)

    return picture if request.config.getoption("--pictures") else lambda page, name: None


@pytest.fixture
def look(picture: Callable[[Page, str], None], eye: Eye) -> Iterator[Callable[[Page, str], None]]:
    """`look(page, name)`: looks hard at a page on the way; what is wrong with it fails the test when it ends.

    Where scripts do not run a page cannot be looked at so: there is `picture`.
    """
    faults: list[str] = []

    def look(page: Page, name: str) -> None:
        for subject, found in eye.faults(page, "nl").items():
            faults.extend(f"{name}, {subject}: {fault}" for fault in found)
        picture(page, name)

    yield look
    assert not faults, f"{len(faults)} faults on the way:\n  " + "\n  ".join(faults)


@pytest.fixture(scope="session")
def crawl(visitors: Visitors, eye: Eye) -> Crawl:
    """Everything that everybody can reach by links, looked at once; the tests judge it by subject."""
    crawl = Crawl(visitors, eye)
    for role in (None, *visitors.server.roles):
        crawl.walk(role)
    lines = [f"{visit.role}\t{visit.status}\t{visit.kind}\t{visit.path}" for visit in crawl.visits]
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "crawl.tsv").write_text("\n".join(lines) + "\n", "utf8")
    return crawl
