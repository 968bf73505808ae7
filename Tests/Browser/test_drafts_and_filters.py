"""What is typed in a form that is sent in one go waits until it is sent, and a long list is narrowed down."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from harness.program import SIGN_IN, Server
from harness.visitor import NARROW, WIDE, sign_in, sign_out

NEW = "/leerlingen/nieuw"


def _begin_anew(page) -> None:
    page.goto(NEW)
    page.get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.get_by_label("Voornaam")).to_have_value("")
    expect(page.locator(".draft-note")).to_have_count(0)


def test_a_form_left_while_typing_stands_on_the_first_page_and_is_filled_in(page_for, check_accessible):
    page = page_for("school-director")
    page.goto(NEW)
    page.get_by_label("Voornaam").fill("Lotte")
    expect(page.locator("form .saving")).to_contain_text("Concept bewaard om")
    page.goto("/")
    begun = page.locator("section", has=page.get_by_role("heading", name="Nog niet verstuurd"))
    check_accessible(page)
    begun.get_by_role("link").click()
    expect(page.get_by_label("Voornaam")).to_have_value("Lotte")
    expect(page.locator(".draft-note")).to_contain_text("U was hier gebleven, vandaag")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        check_accessible(page)
    _begin_anew(page)
    page.goto("/")
    expect(page.get_by_role("heading", name="Nog niet verstuurd")).to_have_count(0)


def test_without_a_script_a_button_keeps_the_form_until_the_next_session(page_for, server: Server):
    page = page_for("school-director", java_script_enabled=False)
    page.goto(NEW)
    page.get_by_label("Voornaam").fill("Jelte")
    page.get_by_label("Voornaam").press("Tab")
    page.get_by_role("button", name="Bewaren en later verder").click()
    expect(page.get_by_role("status")).to_contain_text("Uw concept is bewaard")
    assert "Jelte" not in page.url
    page.context.clear_cookies()
    page.goto(NEW)
    assert page.url.startswith(server.url + SIGN_IN)
    other = page_for(None)
    sign_in(other, server.person("school-director"), server)
    other.goto(NEW)
    expect(other.get_by_label("Voornaam")).to_have_value("Jelte")
    _begin_anew(other)
    sign_out(other)


def test_enter_in_a_field_sends_the_form_and_adds_no_guardian(page_for):
    page = page_for("school-director", java_script_enabled=False)
    page.goto(NEW)
    page.get_by_label("Voornaam").fill("Roos")
    page.get_by_label("Voornaam").press("Enter")
    expect(page.locator("#problems")).to_be_visible()
    expect(page.locator("#guardians fieldset.block")).to_have_count(1)
    _begin_anew(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_narrowed_down_and_each_choice_taken_away(page_for, check_accessible, width, scripts):
    page = page_for("ib", width=width, java_script_enabled=scripts)
    page.goto("/leerlingen?wacht=yes")
    group = re.search(r"Groep \d", page.locator("tbody tr").first.inner_text())[0]
    page.goto("/leerlingen")
    all_of_them = page.locator("a.row-link").count()
    summary = page.get_by_text("Lijst beperken")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Groep").select_option(label=group)
    page.get_by_label("Wacht op mij").check()
    if scripts:
        check_accessible(page)
    page.get_by_role("button", name="Toon deze leerlingen").click()
    rows = page.locator("tbody tr")
    both = rows.count()
    assert 0 < both < all_of_them
    assert all(group in text for text in rows.all_inner_texts())
    if scripts:
        check_accessible(page)
    chosen = page.get_by_role("navigation", name="De lijst is beperkt tot")
    chosen.get_by_role("link", name="Wacht op mij").click()
    assert both <= rows.count() < all_of_them
    chosen.get_by_role("link", name=group).click()
    expect(chosen).to_have_count(0)
    assert page.locator("a.row-link").count() == all_of_them
    page.goto("/leerlingen?groep=1&telaat=yes&wacht=yes&loopt=tlv")
    expect(page.get_by_role("heading", name="Geen leerling gevonden")).to_be_visible()
