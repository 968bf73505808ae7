"""The main job, from a signal in the classroom to a letter that parents read, walked by everybody whose turn it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from harness import pdf
from harness.burden import Route
from harness.program import Server
from harness.story import Story, choose_password, sign_in_as

TEACHER = "Yvonne Kuipers"


def waits(page: Page, story: Story, key: str, step: str) -> bool:
    """Whether this step of the story is on somebody's page of work, as something to do."""
    page.goto("/")
    # What was begun and not sent stands there a second time.
    return page.locator(f"main a[href='{story.routes[key]}/stappen/{step}']").count() > 0


def refused(who: Route, look, name: str, outcome: str | None = None) -> None:
    """Sends a form with too little in it: the same form comes back, and says what is wrong."""
    if outcome:
        who.choose("Wat is de uitkomst?", outcome)
    who.click(who.page.locator("main form .actions button:not([formaction])").last)
    expect(who.page.get_by_role("alert")).to_be_visible()
    look(who.page, name)


@pytest.mark.burden
def test_from_a_signal_to_a_decision(route, walker, server: Server, look):
    story = Story("Juno", "van Duinen", look=look)
    ib, teacher, adviser = walker("ib"), walker("teacher"), walker("adviser")
    secretary, expert, decider = walker("secretary"), walker("expert"), walker("decision-maker")
    everybody = {"ib": ib, "adviser": adviser, "secretary": secretary, "expert": expert, "decision-maker": decider}

    def at_work(key: str, step: str) -> set[str]:
        return {who for who, person in everybody.items() if waits(person.page, story, key, step)}

    # 1. The coordinator opens a dossier, and gives the mother an account.
    opening = route("Dossier openen", "ib")
    story.open_dossier(opening, "Femke van Duinen", "femke.van.duinen@ouders.example", server.person("teacher").name)
    email, password = story.give_account(ib)
    mother = walker("guardian", signed_in=False)
    sign_in_as(mother, email, password)
    look(mother.page, "ouder-eigen-wachtwoord")
    choose_password(mother)
    look(mother.page, "ouder-eerste-keer")

    # 2. School, mother and child write; the mother in her own words.
    story.write_as_school(ib, teacher)
    words = route("Eigen deel schrijven", "guardian", page=mother.page)
    story.write(
        words, "Waarnemen", {"Wat ziet u bij uw kind?": "Juno bouwt thuis urenlang. Op zondagavond heeft hij buikpijn."}
    )
    words.end()

    # 3. What is missing is said; the mother agrees; the coordinator registers.
    story.show_start(ib, "Schoolondersteuningsteam (SOT)")
    expect(ib.page.locator(".needs li.open")).to_have_count(1)
    agreeing = route("Toestemming geven", "guardian", page=mother.page)
    story.agree(agreeing, "Bespreken in het SOT")
    agreeing.end()
    story.show_start(ib, "Schoolondersteuningsteam (SOT)")
    refused(ib, look, "sot-leeg")
    registering = route("SOT aanmelden op een bestaand dossier", "ib")
    story.register_sot(registering)
    assert registering.fields + registering.choices <= 6
    assert at_work("sot", "meet") == {"ib"}
    mother.open(story.routes["sot"])
    mother.click("Uitnodiging")
    look(mother.page, "ouder-uitnodiging")

    # 4. The SOT leads to an HIA, the HIA in two meetings to a TLV. What was locked for each can be compared.
    story.hold_sot(ib, "Een HIA")
    look(ib.page, "sot-klaar")
    story.agree(mother, "Bespreken in een HIA")
    story.write(ib, "Uitvoeren", {"Wat is onderweg veranderd?": "Wij lezen nu in de ochtend; dat lukt beter."})
    story.start_hia(ib)
    assert at_work("hia", "meet") == {"adviser"}
    story.compare(teacher, "Versie 1", "Versie 2", "Wij lezen nu in de ochtend")
    story.hold_hia(
        adviser,
        "Nog een keer bij elkaar komen",
        {"Dag en tijd van het overleg": "2026-12-04T14:00", "Plaats": "De koffiekamer"},
    )
    look(adviser.page, "hia-tweede-keer")
    assert at_work("hia", "meet") == {"adviser"}
    story.hold_hia(
        adviser,
        "Een TLV aanvragen, voor sbo of so",
        {
            "Naar welk soort school?": "Speciaal onderwijs (so)",
            "Welke categorie?": "Categorie 1 (laag)",
            "Gaat het om een kind met een ernstige meervoudige beperking?": "Nee",
        },
    )
    look(adviser.page, "hia-klaar")

    # 5. The groeidocument is locked and signed; the request is made of the dossier, and asks nothing that is known.
    story.write(ib, "Uitvoeren", {"Wat is onderweg veranderd?": "Wij lezen nu in de ochtend, en de juf leest voor."})
    story.lock(ib)
    story.sign(mother)
    story.show_start(ib, "Toelaatbaarheidsverklaring (TLV)")
    expect(ib.page.locator(".needs li.open")).to_have_count(1)
    story.add_document(ib, "Verslag van het intensieve interventietraject")
    requesting = route("TLV aanvragen na een HIA", "ib")
    story.request_tlv(requesting)
    assert requesting.fields + requesting.choices <= 4
    assert at_work("tlv", "check") == {"secretary"}

    # 6. The office asks something; the clock stands still; the school answers; two experts advise.
    story.step(secretary, "tlv", "check")
    story.take(secretary, "Er ontbreekt iets", {"Wat ontbreekt er nog?": "Het verslag noemt geen effect. Vul dat aan."})
    story.done(secretary, "tlv")
    look(secretary.page, "tlv-stil")
    clock = secretary.page.locator(".clock").filter(has_text="acht weken")
    expect(clock).to_contain_text("staat stil")
    assert at_work("tlv", "ask") == {"ib", "secretary"}
    story.step(ib, "tlv", "ask")
    expect(ib.page.locator("main")).to_contain_text("Het verslag noemt geen effect")
    story.take(ib, "Aangevuld", {"Wat hebt u aangevuld?": "Het effect staat nu in deel Waarnemen, en in het verslag."})
    story.done(ib, "tlv")
    assert at_work("tlv", "check") == {"secretary"}
    story.step(secretary, "tlv", "check")
    refused(secretary, look, "tlv-zonder-deskundige", "Compleet")
    story.take(secretary, "Compleet", {"Wie is de tweede deskundige?": server.person("expert").name})
    story.done(secretary, "tlv")
    look(secretary.page, "tlv-compleet")
    assert at_work("tlv", "advise-first") == {"adviser"}
    assert at_work("tlv", "advise-second") == {"expert"}
    assert at_work("tlv", "decide") == set()
    for who, step, words in ((adviser, "advise-first", "eerste"), (expert, "advise-second", "tweede")):
        story.step(who, "tlv", step)
        story.take(
            who,
            None,
            {
                "Is uw advies om de TLV te geven?": "Ja",
                "Hoe komt u tot dat advies?": f"Het {words} advies: een kleine groep.",
            },
        )
        story.done(who, "tlv")
    look(adviser.page, "tlv-advies")
    assert at_work("tlv", "decide") == {"decision-maker"}

    # 7. The decision: a number, an end that the table gives, a letter that can be read aloud, for the parents too.
    story.step(decider, "tlv", "decide")
    refused(decider, look, "tlv-zonder-uitkomst")
    story.take(decider, "Toekennen", {"Waarom is dit het besluit?": "Beide deskundigen vinden een kleine groep nodig."})
    story.done(decider, "tlv")
    assert not any(at_work("tlv", step) for step in ("check", "ask", "advise-first", "advise-second", "decide"))
    mother.open(story.dossier)
    look(mother.page, "ouder-besluit-dossier")
    mother.open(story.routes["tlv"] + "/besluit")
    look(mother.page, "ouder-besluit")
    expect(mother.page.locator("#number")).to_have_text(re.compile(r"^PO2803-2026-2027-\d{4}-so-laag\s*$"))
    main = mother.page.locator("main")
    expect(main).to_contain_text("maandag 11 januari 2027")
    expect(main).to_contain_text("31 juli 2030")
    letter = mother.page.context.request.get(story.routes["tlv"] + "/besluit.pdf")
    assert letter.headers["content-type"] == "application/pdf"
    assert pdf.faults(letter.body()) == []
    assert pdf.headings(letter.body())[0] == "H1"
    mother.open(story.dossier + "/leeslog")
    look(mother.page, "ouder-leeslog")
    for person in ("expert", "secretary", "decision-maker"):
        expect(main).to_contain_text(server.person(person).name)
