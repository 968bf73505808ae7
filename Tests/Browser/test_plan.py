"""The plan as a public document, in a browser."""

from __future__ import annotations

import pytest

# The size of a letter on the screen, whatever the picture was scaled to.
LETTERS = """
() => [...document.querySelectorAll('.route-picture')].filter((picture) => picture.checkVisibility()).map((picture) => {
  const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
  const sizes = [...picture.querySelectorAll('text')].map((text) => Number(text.getAttribute('font-size')) * scale);
  return { wide: picture.classList.contains('wide'), least: Math.min(...sizes), count: sizes.length };
})
"""


@pytest.mark.parametrize(("width", "wide"), [(1280, True), (760, True), (360, False), (390, False)])
def test_a_route_is_drawn_for_the_page_that_shows_it(page_for, width, wide):
    page = page_for(None, width=width)
    page.goto("/plan/tlv")
    (picture,) = page.evaluate(LETTERS)
    assert picture["wide"] == wide
    assert picture["count"] > 20
    assert picture["least"] >= 12, f"letters of {picture['least']:.1f} pixels at {width}"


def test_a_source_leads_to_its_paragraph_and_back_to_all_that_was_made_of_it(page_for):
    page = page_for(None)
    page.goto("/plan/tlv")
    source = page.locator(".source a").first
    name = source.get_attribute("href").partition("#")[2]
    source.click()
    row = page.locator(f'[id="{name}"]')
    assert row.is_visible()
    back = row.locator('a[href="/plan/tlv"], a[href^="/plan/tlv#"]').first
    back.click()
    assert page.url.partition("#")[0].endswith("/plan/tlv")


def test_two_versions_stand_side_by_side_for_whom_one_asks(page_for):
    page = page_for(None)
    page.goto("/plan")
    page.locator('a[href^="/plan/vergelijken"]').first.click()
    everybody = page.get_by_role("status").inner_text()
    page.get_by_label("Voor wie").select_option("parents")
    page.get_by_role("button", name="Vergelijken").click()
    assert page.get_by_role("status").inner_text() != everybody
    assert page.locator(".sides").count() > 0
    assert page.locator("#dossiers").count() == 0
