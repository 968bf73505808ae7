"""Signing in, as each person of the demo, and what it asks of them."""

from __future__ import annotations

import pytest

from harness.program import SIGN_IN, Server
from harness.visitor import is_signed_in


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_page_to_sign_in_is_accessible_also_when_it_refuses(page_for, check_accessible, locale):
    page = page_for(None, locale, 360)
    page.goto(SIGN_IN)
    check_accessible(page)
    page.locator("input[autocomplete~=username]").fill("niemand@voorbeeld.example")
    page.locator("input[type=password]").fill("niet het wachtwoord")
    page.locator("input[type=password]").press("Enter")
    page.locator("[role=alert]").wait_for()
    assert page.locator("input[autocomplete~=username]").input_value() == "niemand@voorbeeld.example"
    check_accessible(page)


def test_everybody_can_sign_in(page_for, server: Server):
    for role in server.roles:
        page = page_for(role)
        page.goto("/")
        assert is_signed_in(page), f"{role} is not signed in"


@pytest.mark.burden
def test_burden_of_signing_in(route, server: Server):
    person = server.people[0]
    way = route("Aanmelden", person.role, signed_in=False)
    way.open(SIGN_IN)
    way.fill(way.page.locator("input[autocomplete~=username]"), person.email)
    way.fill(way.page.locator("input[type=password]"), person.password)
    way.click(way.page.locator("form:has(input[type=password]) button").first)
    code = way.page.locator("input[autocomplete=one-time-code]")
    if code.count():
        way.fill(code, server.code(person))
        way.click(way.page.locator("form:has(input[autocomplete=one-time-code]) button").first)
    assert is_signed_in(way.page)
