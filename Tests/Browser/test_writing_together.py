"""What is typed is not lost: by two people in one document, and when the connection goes away."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from harness.program import Server
from harness.story import Story

PART = "/groeidocument/waarnemen"
QUESTION = "Wat helpt dit kind vooruit?"


def test_two_people_in_one_part_see_each_other_and_choose_what_stays(walker, server: Server, look, expect_fault):
    expect_fault(f"{PART}: answers 409")
    story = Story("Silke", "Overduin", look=look)
    ib, teacher = walker("ib"), walker("teacher")
    story.open_dossier(ib, "Hanna Overduin", "", server.person("teacher").name)
    ib.open(story.dossier + PART)
    teacher.open(story.dossier + PART)
    expect(teacher.page.locator(".presence")).to_contain_text(server.person("ib").name)

    ib.fill(QUESTION, "Bewegen tussendoor.")
    expect(ib.page.locator("form .saving")).to_contain_text("Bewaard om")
    teacher.fill(QUESTION, "Een vaste plek vooraan.")
    expect(teacher.page.locator("form .saving")).to_contain_text("Iemand anders schreef hier ook")
    look(teacher.page, "schreef-ook")
    teacher.click("Bewaren")
    conflict = teacher.page.locator(".conflict")
    expect(conflict).to_contain_text("Bewegen tussendoor.")
    expect(conflict).to_contain_text("Een vaste plek vooraan.")
    look(teacher.page, "kiezen")
    teacher.check(conflict.get_by_label(re.compile("samen|beide", re.IGNORECASE)).first)
    conflict.locator("textarea").fill("Bewegen tussendoor, en een vaste plek vooraan.")
    teacher.click(teacher.page.get_by_role("button", name="Bewaren").first)
    expect(teacher.page.get_by_role("status").first).to_contain_text("Bewaard")
    ib.open(story.dossier + PART)
    expect(ib._find(QUESTION)).to_have_value("Bewegen tussendoor, en een vaste plek vooraan.")


def test_what_is_typed_without_a_connection_is_saved_when_it_is_back(walker, server: Server, expect_fault):
    # Whatever the page asks while the line is cut fails: saving, and maybe how long the session still lasts.
    expect_fault("request failed: net::ERR_INTERNET_DISCONNECTED")
    story = Story("Tijn", "Overduin")
    ib = walker("ib")
    story.open_dossier(ib, "Hanna Overduin", "", server.person("teacher").name)
    ib.open(story.dossier + PART)
    saving = ib.page.locator("form .saving")
    ib.page.context.set_offline(True)
    ib.fill(QUESTION, "Een maatje.")
    expect(saving).to_have_class(re.compile("failed"))
    assert ib._find(QUESTION).input_value() == "Een maatje."
    ib.page.context.set_offline(False)
    expect(saving).to_contain_text("Bewaard om", timeout=15_000)
    ib.open(story.dossier + PART)
    expect(ib._find(QUESTION)).to_have_value("Een maatje.")
