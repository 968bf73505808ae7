"""A change of the plan, from the first value in a draft until it is in force, walked by everybody whose turn it is."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from harness.burden import Route
from harness.program import MOMENT, running
from harness.story import FILE, Story, choose_password, path, sign_in_as

VERSIONS = "/plan/versies"
KEY = "spow/sneller"
PROPOSAL = f"{VERSIONS}/{KEY}"
DRAFT = f"/plan/concepten/{KEY}"
TITLE = "Sneller besluiten over een TLV"
TODAY = MOMENT[:10]
MUNICIPALITIES = {
    "municipality-westland": "Gemeente Westland",
    "municipality-midden-delfland": "Gemeente Midden-Delfland",
    "municipality-rotterdam": "Gemeente Rotterdam",
}


def form(who: Route, scope: str):
    """The form on the page that does one thing."""
    return who.page.locator(f"form[action='{PROPOSAL}/{scope}']")


def press(who: Route, within) -> None:
    """Presses the button of a form."""
    who.click(within.locator("button"))


def said(who: Route, sentence: str) -> None:
    expect(who.page.get_by_role("status")).to_contain_text(sentence)


def stage(who: Route, title: str):
    """A stage of the way of a version, as it stands beside the page."""
    return who.page.locator(".route li").filter(has_text=title)


def old_request(secretary: Route) -> str:
    """The address of a request that runs already."""
    secretary.open("/?toon=alles")
    link = secretary.page.locator("main a[href*='/stappen/check']").first
    return link.get_attribute("href").split("/stappen/")[0]


def up_to_the_request(story: Story, ib: Route, teacher: Route, adviser: Route, mother: Route, server) -> None:
    """A child's way until the TLV can be asked for."""
    story.open_dossier(ib, "Femke van Duinen", "femke.van.duinen@ouders.example", server.person("teacher").name)
    email, password = story.give_account(ib)
    sign_in_as(mother, email, password)
    choose_password(mother)
    story.write_as_school(ib, teacher)
    story.write(mother, "Waarnemen", {"Wat ziet u bij uw kind?": "Juno bouwt thuis urenlang, en is 's avonds moe."})
    story.agree(mother, "Bespreken in het SOT")
    story.register_sot(ib)
    story.hold_sot(ib, "Een HIA")
    story.agree(mother, "Bespreken in een HIA")
    story.start_hia(ib)
    story.hold_hia(
        adviser,
        "Een TLV aanvragen, voor sbo of so",
        {
            "Naar welk soort school?": "Speciaal onderwijs (so)",
            "Welke categorie?": "Categorie 1 (laag)",
            "Gaat het om een kind met een ernstige meervoudige beperking?": "Nee",
        },
    )
    # Nothing to lock stands there while nothing was written since the HIA.
    story.write(ib, "Uitvoeren", {"Wat is onderweg veranderd?": "Wij lezen nu in de ochtend, en de juf leest voor."})
    story.lock(ib)
    story.sign(mother)
    story.add_document(ib, "Verslag van het intensieve interventietraject")


def verdict(director: Route):
    """What the page of a draft says of the whole of it."""
    return director.page.locator("p.notice").filter(has_text=re.compile("voorbeeld"))


def begin_the_draft(director: Route) -> None:
    """From the term on the page of the route to the same term in a draft that is begun for it."""
    director.open("/plan/tlv")
    director.click(director.page.locator("a[href*='deel=procedures.tlv.clocks.decide']").first)
    director.fill("Titel van de nieuwe versie, in het Nederlands", TITLE)
    director.fill("Titel van de nieuwe versie, in het Engels", "Deciding on a TLV sooner")
    director.fill("Korte naam van de versie", KEY.split("/")[1])
    director.click("Begin het concept")
    said(director, "Het concept is begonnen")
    expect(verdict(director)).to_contain_text("voorbeelden komen uit zoals het hoort")


def shorten_the_term(director: Route, look) -> None:
    """Six weeks become five: what is no term is refused; examples turn red, and green when it is put back."""
    term = director.page.get_by_label("Termijn", exact=True)
    term.fill("een poosje")
    director.click("Bewaren")
    expect(director.page.get_by_role("alert")).to_contain_text("Schrijf een getal")
    expect(term).to_have_value("een poosje")
    for typed, outcome in (
        ("vijf weken", "voorbeelden komen anders uit"),
        ("zes weken", "voorbeelden komen uit zoals het hoort"),
        ("vijf weken", "voorbeelden komen anders uit"),
    ):
        term.fill(typed)
        director.click("Bewaren")
        said(director, "Bewaard")
        expect(verdict(director)).to_contain_text(outcome)
    look(director.page, "concept-onderdeel")
    director.fill("Titel, in het Nederlands", "Besluit binnen vijf weken")
    director.fill("Titel, in het Engels", "Decision within five weeks")
    director.click("Bewaren")
    said(director, "Bewaard")


def answer_for_the_examples(director: Route, look) -> None:
    """It does not go to the council before somebody looked at each example that comes out otherwise."""
    director.open(DRAFT)
    look(director.page, "concept")
    director.click("Voorleggen, intrekken, en hoe het verder gaat")
    press(director, form(director, "voorleggen"))
    expect(director.page.get_by_role("alert")).to_contain_text("Het plan klopt nog niet")
    look(director.page, "voorleggen-geweigerd")
    director.click("Verder schrijven aan het concept")
    red = director.page.locator("section").filter(has=director.page.get_by_role("heading", name="anders uitkomen"))
    links = red.get_by_role("link", name="Bekijk dit voorbeeld")
    waiting = links.count()
    assert waiting > 1
    look_at_the_first = True
    while waiting:
        director.click(links.first)
        if look_at_the_first:
            look(director.page, "concept-voorbeeld")
            look_at_the_first = False
        for language in ("Nederlands", "Engels"):
            why = director.page.get_by_label(f"Wat het voorbeeld laat zien, in het {language}")
            why.fill(why.input_value() + " (5)")
        director.click("Deze uitkomst is bedoeld")
        said(director, "Vastgelegd wat er van het voorbeeld moet uitkomen")
        waiting -= 1
        expect(links).to_have_count(waiting)
    expect(verdict(director)).to_contain_text("voorbeelden komen uit zoals het hoort")
    look(director.page, "concept-klopt")


def ask_and_answer(director: Route, chair: Route, member: Route, look) -> None:
    """The council asks, cannot consent while a question waits, and the director answers."""
    chair.open("/")
    chair.click(chair.page.locator(f"a[href='{PROPOSAL}']").first)
    look(chair.page, "voorstel-raad")
    for who, chapter, words in (
        (member, "inrichting", "Wat merkt een kind hiervan?"),
        (chair, "organisatie", "Is er genoeg geld voor de extra uren?"),
    ):
        who.open(PROPOSAL)
        question = form(who, "vraag")
        question.get_by_label("Over welk hoofdstuk?").select_option(chapter)
        question.get_by_label(re.compile("^Werkgroep")).select_option(label="Werkgroep ouders")
        question.get_by_label("Uw vraag of opmerking").fill(words)
        press(who, question)
        said(who, "Uw vraag is gesteld")
    form(chair, "instemmen").get_by_label(re.compile("^Toelichting")).fill("Na een goed gesprek.")
    press(chair, form(chair, "instemmen"))
    expect(chair.page.get_by_role("alert")).to_contain_text("vragen zonder antwoord")
    expect(form(chair, "instemmen").get_by_label(re.compile("^Toelichting"))).to_have_value("Na een goed gesprek.")
    director.open(PROPOSAL)
    look(director.page, "voorstel-directeur")
    for _ in range(2):
        waiting = director.page.locator(".rows > li").filter(has_text="nog geen antwoord").first
        waiting.get_by_label("Antwoord", exact=True).fill("Dat staat nu in de toelichting bij dit hoofdstuk.")
        director.click(waiting.get_by_role("button", name="Bewaar het antwoord"))
        said(director, "Het antwoord is bewaard")


def test_a_change_becomes_the_plan(walkers_of, tmp_path: Path, look):
    with running(tmp_path / "data") as server, walkers_of(server) as walker:
        director, chair, member = walker("swv-director"), walker("opr-chair"), walker("opr-member")
        guest, ib, secretary = walker("guest", signed_in=False), walker("ib"), walker("secretary")
        running_request = old_request(secretary)

        # 1. The director changes a term in a draft, sees what that does, and answers for it.
        begin_the_draft(director)
        shorten_the_term(director, look)
        answer_for_the_examples(director, look)

        # 2. A draft is for those with a part in the plan; to others it is not there.
        for outsider in (guest, ib):
            outsider.open(VERSIONS)
            expect(outsider.page.get_by_role("heading", level=1)).to_have_text("Versies van het plan")
            expect(outsider.page.locator("main")).not_to_contain_text(TITLE)
            assert outsider.page.goto(PROPOSAL).status == 404
        look(guest.page, "versies-gast")
        guest.open(f"{VERSIONS}/spow/2020-2024")
        expect(stage(guest, "Vastgesteld door het bestuur")).to_contain_text("31 maart 2020")
        look(guest.page, "versie-openbaar")

        # 3. It goes to the council, and its text stays as it is from then on.
        director.click("Voorleggen, intrekken, en hoe het verder gaat")
        press(director, form(director, "voorleggen"))
        said(director, "De versie ligt voor")
        assert director.page.goto(DRAFT).status == 404
        ask_and_answer(director, chair, member, look)

        # 4. Consent, with the minutes; agreement of each municipality by its own officer; the boards vote.
        minutes = tmp_path / "verslag.pdf"
        minutes.write_bytes(FILE)
        chair.open(PROPOSAL)
        press(chair, form(chair, "instemmen"))
        expect(chair.page.get_by_role("alert")).to_contain_text("hieruit blijkt dat deze stap is gezet")
        form(chair, "instemmen").get_by_label("Brief van de raad dat zij instemt").set_input_files(minutes)
        press(chair, form(chair, "instemmen"))
        said(chair, "De instemming is vastgelegd")
        expect(stage(chair, "De raad stemt in").get_by_role("link", name=re.compile("verslag.pdf"))).to_be_visible()
        for role, title in MUNICIPALITIES.items():
            officer = walker(role)
            officer.open(PROPOSAL)
            expect(officer.page.get_by_role("heading", name=re.compile("^Overeenstemming: "))).to_have_text(
                [f"Overeenstemming: {title}"]
            )
            officer.page.get_by_label("Verslag van het overleg (OOGO)").set_input_files(minutes)
            officer.click("De gemeente is het eens")
            said(officer, "De overeenstemming is vastgelegd")
        board = walker("general-board-member")
        board.open(PROPOSAL)
        look(board.page, "voorstel-bestuur")
        votes = form(board, "vaststellen")
        boxes = votes.get_by_role("group", name=re.compile("^Wie is voor")).get_by_role("checkbox")
        for box in boxes.all()[:-1]:
            box.check()
        votes.get_by_label("Verslag met het besluit").set_input_files(minutes)
        press(board, votes)
        expect(board.page.get_by_role("alert")).to_contain_text("11 van de 12 besturen")
        look(board.page, "niet-unaniem")
        expect(boxes.first).to_be_checked()
        # A browser does not keep the file that was sent; the page says so.
        expect(votes).to_contain_text("Kies dit stuk nog een keer")
        votes.get_by_label("Verslag met het besluit").set_input_files(minutes)
        boxes.last.check()
        press(board, votes)
        said(board, "Het plan is vastgesteld")

        # 5. A child comes to the point where a TLV is asked for, while the old plan still holds.
        story, mother = Story("Juno", "van Duinen"), walker("guardian", signed_in=False)
        up_to_the_request(story, ib, walker("teacher"), walker("adviser"), mother, server)

        # 6. It cannot be in force yesterday; from today on it is, without the program being started anew.
        director.open(PROPOSAL)
        force = form(director, "ingaan")
        force.get_by_label("Geldt vanaf").fill("2026-11-01")
        press(director, force)
        expect(director.page.get_by_role("alert")).to_be_visible()
        force.get_by_label("Geldt vanaf").fill(TODAY)
        press(director, force)
        said(director, "Vastgelegd vanaf wanneer de versie geldt")
        expect(director.page.locator(".part-head")).to_contain_text("geldt nu")
        form(director, "inspectie").get_by_label("Wat aan de inspectie is gestuurd").set_input_files(minutes)
        press(director, form(director, "inspectie"))
        said(director, "Vastgelegd dat de inspectie het plan heeft")
        look(director.page, "in-werking")
        guest.open(PROPOSAL)
        expect(stage(guest, "In werking")).to_contain_text("2 november 2026")
        expect(guest.page.locator("main")).not_to_contain_text("verslag.pdf")
        look(guest.page, "in-werking-openbaar")

        # 7. What ran stays on the plan it began under; what begins now begins under the new one.
        secretary.open(running_request)
        expect(secretary.page.locator("main")).to_contain_text("Deze procedure loopt onder")
        expect(secretary.page.locator(".clock").filter(has_text="Besluit binnen zes weken")).to_be_visible()
        expect(secretary.page.locator(".clock").filter(has_text="Besluit binnen vijf weken")).to_have_count(0)
        story.request_tlv(ib)
        secretary.open(story.routes["tlv"])
        expect(secretary.page.locator("main")).not_to_contain_text("Deze procedure loopt onder")
        expect(secretary.page.locator(".clock").filter(has_text="Besluit binnen vijf weken")).to_be_visible()
        expect(secretary.page.locator(".clock").filter(has_text="Besluit binnen zes weken")).to_have_count(0)
        assert path(secretary.page) == story.routes["tlv"]

        # 8. It follows the new one only when somebody moves it, who saw what changes and says why.
        secretary.open(running_request)
        secretary.click("Een andere versie van het plan volgen")
        expect(secretary.page.locator("main table").first).to_be_visible()
        look(secretary.page, "andere-versie")
        secretary.fill("Waarom een andere versie?", "De ouders vragen om het kortere besluit.")
        secretary.click("Deze versie volgen")
        expect(secretary.page.get_by_role("status")).to_be_visible()
        assert path(secretary.page) == running_request
        expect(secretary.page.locator(".clock").filter(has_text="Besluit binnen vijf weken")).to_be_visible()
        expect(secretary.page.locator("main")).to_contain_text("De ouders vragen om het kortere besluit.")
