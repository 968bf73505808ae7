"""A child that goes to another school with its dossier, and the yearly list of what ends, as people walk them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from harness.program import Server
from harness.story import Story

LIST = "/lijsten/tlv-herbeoordeling"


def test_the_yearly_list_begins_a_reassessment(walker, server: Server, look):
    ib = walker("ib")
    ib.open("/")
    link = ib.page.locator(f"main a[href='{LIST}']")
    expect(link).to_be_visible()
    ib.click(link)
    expect(ib.page.get_by_role("heading", level=1)).to_be_visible()
    look(ib.page, "jaarlijkse-lijst")
    begin = ib.page.locator(f"main form[action='{LIST}'] button")
    if begin.count():
        before = begin.count()
        ib.click(begin.first)
        expect(ib.page.get_by_role("status")).to_be_visible()
        ib.open(LIST)
        expect(begin).to_have_count(before - 1)
        expect(ib.page.locator("main")).to_contain_text("Begonnen op")
    # Who sees no child gets numbers, and none that tells of a few.
    director = walker("swv-director")
    director.open(LIST)
    look(director.page, "jaarlijkse-lijst-cijfers")
    numbers = director.page.locator("main dl dd").all_inner_texts()
    assert numbers, "figures for who works at the partnership"
    assert all(not re.fullmatch(r"[1-9]", number.strip()) for number in numbers)


def test_a_dossier_goes_with_the_child(walker, server: Server, look):
    story, ib = Story("Pelle", "Tuinder"), walker("ib")
    story.open_dossier(ib, "Lotte Tuinder", "lotte.tuinder@ouders.example", server.person("teacher").name)
    story.show_start(ib, "Aanmelding en zorgplicht")
    ib.fill("Op welke dag hebben de ouders hun kind schriftelijk aangemeld?", "2026-10-05")
    ib.fill("Vanaf wanneer moet het kind naar school?", "2027-01-04")
    story.started(ib, "zorgplicht")
    story.step(ib, "zorgplicht", "talk")
    story.take(ib, "Wij weten genoeg", {"Wat heeft het kind nodig?": "Rust, en hulp bij het lezen."})
    story.done(ib, "zorgplicht")
    story.step(ib, "zorgplicht", "examine")
    story.take(
        ib,
        "Wij kunnen het niet bieden: zelf een andere school zoeken",
        {"Wat kan de school bieden, en wat niet?": "De school heeft geen plek met een lift."},
    )
    story.done(ib, "zorgplicht")
    story.step(ib, "zorgplicht", "search")
    ib.choose("Wat is de uitkomst?", "Het kind is op een andere school ingeschreven")
    enrolled = ib.page.get_by_role("group", name="Alleen bij Het kind is op een andere school")
    school = enrolled.get_by_label(re.compile("^Welke school biedt een plek"))
    options = [text.strip() for text in school.locator("option").all_inner_texts() if text.strip()]
    other = options[-1]
    ib.select(school, other)
    look(ib.page, "andere-school")
    ib.click("Vastleggen")
    # The dossier is the other school's now; the school that it left reads on for a while and begins nothing more.
    assert ib.page.goto(story.dossier).status == 200
    expect(ib.page.locator("main")).to_contain_text(other.split(",")[0])
    look(ib.page, "verhuisd-dossier")
    expect(ib.page.locator("main").get_by_role("link", name="Aanmelding en zorgplicht", exact=True)).to_have_count(0)
