"""The other way it can go: late, by one person twice, with others looking in, and refused.

The coordinator does on paper what the mother does not do with an account, and nobody's browser runs scripts.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from harness import pdf
from harness.burden import Route
from harness.program import fresh_demo, serving
from harness.story import Story, choose_password, sign_in_as

LATER = "2026-11-24T09:00"
PARTNERSHIP = "Stichting Samenwerkingsverband Primair Onderwijs Westland"


def employ(administrator: Route, name: str, email: str, function: str, place: str, discipline: str = "") -> str:
    """Gives somebody a function; who is not known yet gets an account, and the answer is their first password."""
    administrator.open("/beheer/mensen")
    administrator.fill("Naam of e-mailadres", name.split()[-1])
    administrator.click(administrator.page.locator("main").get_by_role("button", name="Zoeken"))
    known = administrator.page.locator("main li").filter(has_text=email).get_by_role("link")
    password = ""
    if known.count():
        administrator.click(known)
    else:
        administrator.fill("Naam", name)
        administrator.fill("E-mailadres", email)
        administrator.click(administrator.page.locator("aside").get_by_role("button", name="Toevoegen"))
        said = administrator.page.get_by_role("status").inner_text()
        password = re.search(r"wachtwoord is: (\S+)\. ", said)[1]
    administrator.select("Functie", function)
    administrator.select("Waar", place)
    if discipline:
        administrator.select("Vakgebied", discipline)
    administrator.click("Functie geven")
    expect(administrator.page.get_by_role("status")).to_contain_text("Bewaard")
    return password


def places(story: Story) -> list[str]:
    """Addresses of the dossier and of everything in it."""
    within = ("", "/gezin", "/groeidocument", "/groeidocument/waarnemen", "/groeidocument/versies/1", "/documenten")
    procedures = [place + more for place in story.routes.values() for more in ("", "/uitnodiging", "/besluit")]
    ended = {story.routes["tlv"] + more for more in ("/uitnodiging", "/besluit")}
    undecided = {story.routes[key] + "/besluit" for key in ("sot", "hia")}
    return [story.dossier + more for more in within] + [place for place in procedures if place not in ended | undecided]


@pytest.fixture
def story(picture) -> Story:
    return Story("Bram", "Zonneveld", "2019-08-20", "Groep 4", scripts=False, look=picture)


def test_a_late_answer_one_person_twice_another_school_and_a_refusal(tmp_path, walkers_of, story, picture):
    people = fresh_demo(tmp_path)
    names = {person.role: person.name for person in people}

    with serving(tmp_path, people) as server, walkers_of(server, java_script_enabled=False) as walker:
        ib, teacher, adviser, secretary = (walker(who) for who in ("ib", "teacher", "adviser", "secretary"))
        story.open_dossier(ib, "Loes Zonneveld", "", names["teacher"])
        story.write_as_school(ib, teacher)
        story.write(ib, "Waarnemen", {"Wat ziet u bij uw kind?": "Thuis is hij vrolijk, zegt zijn moeder."})

        # Nearer than a week is refused with its reason, and what was typed stands there still.
        story.record_agreement(ib, "Loes Zonneveld", "Bespreken in het SOT")
        story.show_start(ib, "Schoolondersteuningsteam (SOT)")
        ib.fill("Dag en tijd van het overleg", "2026-11-05T15:30")
        ib.fill("Plaats", "De koffiekamer")
        ib.click("Aanmelden")
        expect(ib.page.get_by_role("alert")).to_contain_text("eerder dan het plan vraagt")
        assert ib.page.get_by_label("Plaats").input_value() == "De koffiekamer"
        picture(ib.page, "sot-te-vroeg")
        ib.fill("Waarom eerder dan het plan vraagt?", "De moeder bevalt volgende week; zij vroeg er zelf om.")
        story.started(ib, "sot")
        story.hold_sot(ib, "Een HIA")
        story.record_agreement(ib, "Loes Zonneveld", "Bespreken in een HIA")
        story.start_hia(ib)
        sbo = {"Naar welk soort school?": "Speciaal basisonderwijs (sbo)"}
        story.hold_hia(adviser, "Een TLV aanvragen, voor sbo of so", sbo)
        story.add_document(ib, "Verslag van het intensieve interventietraject")
        story.record_signature(ib, "Loes Zonneveld")
        story.request_tlv(ib)
        story.step(secretary, "tlv", "check")
        story.take(secretary, "Er ontbreekt iets", {"Wat ontbreekt er nog?": "Welke hulp kreeg Bram in groep 3?"})
        story.done(secretary, "tlv")

    # Three weeks later: the two weeks in which the school should have answered are over.
    with serving(tmp_path, people, LATER) as server, walkers_of(server, java_script_enabled=False) as walker:
        ib, adviser, secretary = (walker(who) for who in ("ib", "adviser", "secretary"))
        expert, decider = walker("expert"), walker("decision-maker")
        ib.open("/")
        late = ib.page.locator("section.work.now li").filter(has_text="Bram Zonneveld")
        expect(late).to_contain_text("8 dagen te laat")
        picture(ib.page, "werk-te-laat")
        story.step(ib, "tlv", "ask")
        story.take(ib, "Aangevuld", {"Wat hebt u aangevuld?": "De hulp in groep 3 staat er nu bij."})
        story.done(ib, "tlv")
        # The clock of the law stood still until the two weeks for an answer had passed unused: 14 days are added.
        clock = ib.page.locator(".clock").filter(has_text="acht weken")
        expect(clock).to_contain_text("van 3 november 2026 tot 17 november 2026")
        expect(clock).to_contain_text("11 januari 2027")
        picture(ib.page, "tlv-laat-aangevuld")

        # The adviser is registered as an expert too, and is chosen: whoever advised first cannot be the second.
        administrator = walker("administrator")
        person = server.person("adviser")
        employ(administrator, person.name, person.email, "Tweede deskundige", PARTNERSHIP, "Pedagoog")
        picture(administrator.page, "beheer-mens")
        story.step(secretary, "tlv", "check")
        story.take(secretary, "Compleet", {"Wie is de tweede deskundige?": names["adviser"]})
        expect(secretary.page.get_by_role("alert")).to_contain_text("verbonden aan de school van het kind")
        picture(secretary.page, "tlv-verbonden-deskundige")
        story.take(secretary, "Compleet", {"Wie is de tweede deskundige?": names["expert"]})
        story.done(secretary, "tlv")

        # The expert advises, becomes the adviser of this school, and may all the same not be the first expert too.
        opinion = "Is uw advies om de TLV te geven?"
        story.step(expert, "tlv", "advise-second")
        story.take(expert, None, {opinion: "Nee", "Hoe komt u tot dat advies?": "De hulp op school is pas begonnen."})
        story.done(expert, "tlv")
        person = server.person("expert")
        employ(administrator, person.name, person.email, "Ondersteuningsadviseur", "De Kassenbouwer", "Psycholoog")
        expert.open(story.routes["tlv"] + "/stappen/advise-first")
        expect(expert.page.locator("main")).to_contain_text("U deed ook ‘Advies van de tweede deskundige’")
        expect(expert.page.get_by_role("button", name="Vastleggen")).to_have_count(0)
        picture(expert.page, "tlv-zelfde-mens")
        story.step(adviser, "tlv", "advise-first")
        expect(adviser.page.locator("main")).not_to_contain_text("pas begonnen")
        story.take(adviser, None, {opinion: "Nee", "Hoe komt u tot dat advies?": "De school kan meer dan zij nu doet."})
        story.done(adviser, "tlv")
        expect(adviser.page.locator("main")).to_contain_text("pas begonnen")

        # Another school finds nothing, whatever it asks for.
        password = employ(administrator, "Otto Andersom", "otto@elders.example", "Intern begeleider", "De Bloesemtak")
        stranger = walker("ib", signed_in=False)
        sign_in_as(stranger, "otto@elders.example", password)
        choose_password(stranger)
        stranger.open("/leerlingen")
        stranger.page.locator("main input[type=search]").fill("Zonneveld")
        stranger.click(stranger.page.locator("main").get_by_role("button", name="Zoeken"))
        expect(stranger.page.locator("main")).not_to_contain_text("Bram")
        for place in places(story):
            assert stranger.page.context.request.get(place).status == 404, place
        for place in places(story):
            assert ib.page.context.request.get(place).status == 200, place

        # No is said with reasons: without them the form comes back with what was typed.
        story.step(decider, "tlv", "decide")
        picture(decider.page, "tlv-besluiten")
        heard = "De moeder en de school zijn gebeld op 23 november; zij kunnen het volgen."
        story.take(decider, "Afwijzen", {"Hoe zijn ouders en school gehoord over de afwijzing?": heard})
        expect(decider.page.get_by_role("alert")).to_contain_text("Waarom is dit het besluit? Vul dit in.")
        assert decider._find("Hoe zijn ouders en school gehoord over de afwijzing?").input_value() == heard
        picture(decider.page, "tlv-zonder-reden")
        story.take(
            decider, "Afwijzen", {"Waarom is dit het besluit?": "De extra hulp is pas begonnen; zij krijgt een kans."}
        )
        story.done(decider, "tlv")
        picture(decider.page, "tlv-afgewezen")

        ib.open(story.routes["tlv"])
        ib.click(ib.page.locator("main .row-link"))
        picture(ib.page, "besluit-afgewezen")
        main = ib.page.locator("main")
        expect(main.locator("#number")).to_have_text(re.compile(r"^PO2803-2026-2027-A\d{4}\s*$"))
        expect(main).to_contain_text("zij krijgt een kans")
        expect(main).to_contain_text("Bezwaar kan tot en met dinsdag 5 januari 2027")
        ib.click(main.get_by_role("link", name="HIA (handelingsgericht integraal arrangeren)"))
        expect(ib.page.get_by_role("button", name="Aanmelden")).to_be_visible()
        assert pdf.faults(ib.page.context.request.get(story.routes["tlv"] + "/besluit.pdf").body()) == []
