"""A mother asks a copy of everything, the privacy officer leaves something out, and she fetches it in both forms."""

from __future__ import annotations

import io
import json
import re

import pikepdf
from playwright.sync_api import expect

from harness import pdf
from harness.program import Server
from harness.story import path


def test_a_mother_asks_a_copy_and_gets_it_without_what_is_about_others(walker, server: Server, look):
    mother, officer = walker("guardian"), walker("privacy-officer")
    mother.open("/leerlingen")
    mother.click(mother.page.locator("main a[href^='/leerlingen/']").first)
    dossier = path(mother.page)
    mother.click("Vraag iets over deze gegevens")
    look(mother.page, "rechten")
    mother.click("Versturen")
    expect(mother.page.get_by_role("alert")).to_be_visible()
    mother.choose("Wat wilt u?", "Een kopie krijgen")
    mother.fill("Vertel het in uw eigen woorden", "Ik wil graag alles thuis nalezen.")
    view = mother.page.get_by_label(re.compile("^Wat vindt "))
    if view.count():
        view.fill("Prima.")
    mother.click("Versturen")
    expect(mother.page.get_by_role("status")).to_contain_text("Uw verzoek is binnen")
    expect(mother.page.locator("main")).to_contain_text("U hoort het uiterlijk op")
    request = path(mother.page)
    look(mother.page, "verzoek")

    # Before anything was asked the dossier is closed to her, and stays out of every list.
    officer.open("/")
    officer.click(officer.page.locator("main a[href^='/verzoeken/']").first)
    look(officer.page, "verzoek-behandelen")
    officer.click("De kopie bekijken")
    look(officer.page, "afschrift-vooraf")
    section = officer.page.locator("section").filter(
        has=officer.page.get_by_role("heading", name="Wat er over het kind is opgeschreven")
    )
    passage = section.locator("article").first
    text = passage.locator("p").first.inner_text()
    word = max(re.findall(r"\w+", text), key=len)
    officer.click(passage.locator("summary"))
    officer.fill(passage.get_by_label(re.compile("^Welke woorden")), word)
    officer.fill(passage.get_by_label(re.compile("^Waarom")), "Dit gaat over een ander kind.")
    officer.click(passage.get_by_role("button", name="Weglaten"))
    expect(officer.page.get_by_role("status")).to_contain_text("Bijgewerkt")
    expect(officer.page.locator("main article")).not_to_contain_text([word])
    officer.click(officer.page.locator("main .head a").first)
    officer.choose("Wat is het antwoord?", "Ja")
    officer.click("Antwoord geven")
    expect(officer.page.get_by_role("status")).to_contain_text("Beantwoord")
    assert officer.page.goto(dossier).status in (200, 404)

    mother.open(request)
    expect(mother.page.locator("main")).to_contain_text("Ophalen kan tot en met")
    look(mother.page, "verzoek-beantwoord")
    paper = mother.page.context.request.get(request + "/afschrift.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert pdf.faults(paper.body()) == []
    with pikepdf.open(io.BytesIO(paper.body())) as opened:
        assert len(opened.pages) > 1
    file = mother.page.context.request.get(request + "/afschrift.json")
    told = json.loads(file.body())
    whole = json.dumps(told, ensure_ascii=False)
    assert word.lower() not in whole.lower()
    assert "[hier is iets weggelaten]" in whole
    assert "Ik wil graag alles thuis nalezen." in whole
    assert {"growth", "reads", "why"} <= {section["sleutel"] for section in told["onderdelen"]}
