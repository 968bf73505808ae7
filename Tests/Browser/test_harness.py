"""The harness itself: it finds faults that were put there on purpose, and only those."""

from __future__ import annotations

import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from harness import accessibility, burden, pdf
from harness.crawl import Crawl, shape
from harness.program import ROOT, Person, Server
from harness.visitor import Visitors

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-ancestors 'none'"
STYLE = "body { margin: 0; font: 1rem/1.5 sans-serif } a, button, input { min-height: 24px; display: inline-block }"


def page(body: str, head: str = "", lang: str = "nl") -> str:
    return (
        f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'><title>Proef · SENtrum</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'><link rel='icon' href='data:,'>"
        f"<link rel='stylesheet' href='/style.css'>{head}</head>"
        f"<body><header><a href='#inhoud'>Naar de inhoud</a></header><main id='inhoud'>{body}</main></body></html>"
    )


PAGES = {
    "/": page("<h1>Begin</h1><p><a href='/goed'>Goed</a> <a href='/leerlingen/1'>Noor</a></p>"),
    "/goed": page(
        "<h1>Goed</h1><form method='post'><label>Naam <input name='name'></label> <button>Verder</button></form>"
    ),
    "/leerlingen/1": page("<h1>Noor</h1><p><a href='/'>Terug</a></p><table><tr><th>Groep</th></tr></table>"),
    "/zonder-label": page("<h1>Zonder label</h1><input name='name'>"),
    "/breed": page("<h1>Breed</h1><p class='wide'>Te breed voor een telefoon</p>"),
    "/stil": page("<h1>Stil</h1><p><button class='still'>Zonder rand</button></p>"),
    "/stijl": page("<h1>Stijl</h1><p style='color: red'>Rood</p>"),
    "/script": page("<h1>Script</h1>", head="<script src='/fout.js'></script>"),
    "/elders": page("<h1>Elders</h1>", head="<script src='http://127.0.0.2:9/x.js'></script>"),
    "/kwijt": page("<h1>Kwijt</h1><p><img src='/weg.png' alt='Kaart'></p>"),
    "/engels": page("<h1>English</h1>", lang="en"),
    "/traag": page("<h1>Traag</h1>" + "<p>Een regel.</p>" * 2000 + "<p id='einde'>Het einde</p>"),
    "/naar-traag": page("<h1>Naar traag</h1><p><a href='/traag'>Traag</a></p>"),
    "/geweigerd": page("<h1>Geweigerd</h1><p>De datum ligt in het verleden.</p>"),
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/style.css":
            self.answer(STYLE + " .wide { width: 800px } .still:focus { outline: none }", "text/css")
        elif self.path == "/fout.js":
            self.answer("throw new Error('stuk')", "text/javascript")
        elif self.path in PAGES:
            self.answer(PAGES[self.path], "text/html; charset=utf-8", 422 if self.path == "/geweigerd" else 200)
        else:
            self.answer("weg", "text/plain", 404)

    do_POST = do_GET

    def answer(self, text: str, kind: str, status: int = 200) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        if self.path == "/traag":
            # The page has begun, and of its text nothing is there yet.
            self.wfile.write(data[:15])
            self.wfile.flush()
            time.sleep(0.5)
            data = data[15:]
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Says nothing: these answers are nobody's business."""


@pytest.fixture(scope="module")
def site():
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    yield Server(f"http://127.0.0.1:{listener.server_port}", [], None, time.time())
    listener.shutdown()
    listener.server_close()


@pytest.fixture
def visit(browser, site):
    opened = []

    def visit(path: str, **options):
        made = []
        page = Visitors(browser, site, lambda _, watch: made.append(watch)).page(None, **options)
        opened.append(page)
        page.goto(path)
        return page, made[0]

    yield visit
    for page in opened:
        page.context.close()


def test_a_good_page_has_no_faults(visit):
    page, watch = visit("/goed")
    assert accessibility.violations(page) == []
    assert accessibility.structure(page, "nl") == []
    assert accessibility.overflow(page) == []
    assert accessibility.keyboard(page) == []
    assert watch.take() == []


def test_a_field_without_a_label_is_found(visit):
    page, _ = visit("/zonder-label")
    with pytest.raises(AssertionError, match=r"label \(critical\)"):
        accessibility.check_accessible(page)


def test_a_page_too_wide_for_a_telephone_is_found_with_its_cause(visit):
    page, _ = visit("/breed")
    assert "Te breed" in accessibility.overflow(page)[0]


def test_focus_that_does_not_show_is_found(visit):
    page, _ = visit("/stil")
    assert [fault.split(":")[0] for fault in accessibility.keyboard(page)] == ["focus does not show"]


def test_another_language_than_asked_is_found(visit):
    page, _ = visit("/engels")
    assert accessibility.structure(page, "nl") == ["html lang is 'en', and 'nl' was asked"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/stijl", "content security policy: style-src-attr"),
        ("/script", "script error: stuk"),
        ("/elders", "asks something of another place"),
        ("/kwijt", "/weg.png: answers 404"),
    ],
)
def test_what_goes_wrong_behind_a_page_is_found(visit, path, said):
    page, watch = visit(path)
    page.wait_for_load_state("networkidle")
    assert any(said in fault for fault in watch.take())


def test_a_refused_form_is_no_fault(visit):
    page, watch = visit("/geweigerd")
    page.wait_for_load_state("networkidle")
    assert watch.take() == []


def test_a_click_ends_when_the_page_that_it_leads_to_is_whole(visit):
    page, _ = visit("/naar-traag")
    page.get_by_role("link", name="Traag").click()
    assert page.locator("#einde").count() == 1
    assert accessibility.structure(page, "nl") == []


def test_the_crawler_reaches_every_link_and_says_where_a_fault_is(browser, site):
    crawl = Crawl(Visitors(browser, site))
    crawl.walk(None)
    assert set(crawl.paths()) == {"/", "/goed", "/leerlingen/1"}
    assert any(
        fault.startswith("signed out at /leerlingen/1: table without a caption") for fault in crawl.faults("structure")
    )
    assert any("'en' was asked" in fault for fault in crawl.faults("structure"))


def test_the_crawler_looks_once_at_what_many_have_seen_and_still_at_every_kind(browser, site):
    crawl = Crawl(Visitors(browser, site))
    walks = []
    for _ in range(8):
        before = len(crawl.visits)
        crawl.walk(None)
        walks.append(crawl.visits[before:])
    assert len(walks[-1]) < len(walks[0])
    for walk in walks:
        assert {visit.path for visit in walk} == {"/", "/goed", "/leerlingen/1"}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/leerlingen/8f3c2a", "/leerlingen/…"),
        ("/leerlingen/8f3c2a/wie-las-mee", "/leerlingen/…/wie-las-mee"),
        ("/leerlingen?na=8f3c&filter=open", "/leerlingen?filter&na"),
        ("/plan/sot", "/plan/…"),
        ("/plan/tlv-herbeoordeling?versie=spow%2F2020-2024", "/plan/…?versie"),
        ("/plan/bronnen?paragraaf=1", "/plan/bronnen?paragraaf"),
        ("/plan/versies/spow/2020-2024", "/plan/versies/spow/…"),
        ("/netwerk", "/netwerk"),
    ],
)
def test_addresses_of_one_kind_have_one_shape(address, kind):
    assert shape("http://127.0.0.1:1" + address) == kind


def test_a_route_counts_what_a_person_does(visit):
    page, _ = visit("/")
    route = burden.Route("Proef", "ouder", page)
    route.click("Goed")
    route.fill("Naam", "Noor")
    route.fill("Naam", "Noor")
    route.click("Verder")
    page.wait_for_load_state()
    assert dict(zip(burden.COUNTS, route.counts, strict=True)) == {
        "fields": 1,
        "choices": 0,
        "files": 0,
        "clicks": 2,
        "pages": 2,
    }


def test_the_table_of_burden_is_read_back_as_written_and_a_heavier_route_is_told(tmp_path, visit):
    table = tmp_path / "burden.md"
    counts = {("TLV aanvragen", "school"): (4, 2, 1, 6, 3), ("Instemmen", "ouder"): (0, 1, 0, 2, 2)}
    burden.write(counts, table)
    assert burden.read(table) == counts
    route = burden.Route("Instemmen", "ouder", visit("/")[0], fields=1, choices=1, clicks=2, pages=1)
    assert burden.heavier(route, counts) == ["Instemmen (ouder): 1 fields, and the table says 0"]


def test_a_second_factor_is_computed_as_the_standard_says():
    # RFC 6238, appendix B, the last six digits of its eight.
    person = Person("school", "", "", "", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert [person.code(moment) for moment in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


LETTER = (
    "<html lang='nl'><head><title>Toelaatbaarheidsverklaring</title></head><body><h1>Besluit</h1><h2>Grond</h2>"
    "<p>Beste ouders</p><svg role='img' width='20' height='20'><title>Merk</title><path d='M0 0h20v20z'/></svg>"
    "</body></html>"
)


def letter(*options: str) -> bytes:
    weasyprint = ROOT / ".venv" / "bin" / "weasyprint"
    return subprocess.run(
        [weasyprint, *options, "-", "-"], input=LETTER.encode(), capture_output=True, check=True
    ).stdout


def test_a_letter_of_weasyprint_is_pdf_ua():
    made = letter("--pdf-variant", "pdf/ua-1")
    assert pdf.faults(made) == []
    assert pdf.headings(made) == ["H1", "H2"]


def test_a_pdf_without_tags_is_found():
    assert {"no tags", "does not say that it is PDF/UA"} <= set(pdf.faults(letter()))
