"""What the server tells browsers about trust, with every answer."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest

from harness.program import SIGN_IN, SIGN_OUT, Server
from harness.visitor import sign_in, sign_out


def policy(headers: dict[str, str]) -> dict[str, list[str]]:
    parts = (part.split() for part in headers.get("content-security-policy", "").split(";") if part.strip())
    return {name: values for name, *values in parts}


@pytest.fixture(params=["signed out", "signed in", "not found", "API"])
def answer(request, page_for, server: Server):
    role = None if request.param == "signed out" else server.roles[0]
    path = {"signed out": SIGN_IN, "signed in": "/", "not found": "/bestaat-niet", "API": "/api/bestaat-niet"}[
        request.param
    ]
    return page_for(role).context.request.get(path)


def test_the_policy_allows_nothing_but_our_own(answer):
    allowed = policy(answer.headers)
    assert allowed.get("default-src") == ["'none'"]
    assert allowed.get("frame-ancestors") == ["'none'"]
    assert allowed.get("base-uri") in (["'none'"], ["'self'"])
    assert allowed.get("form-action") in (["'none'"], ["'self'"])
    strangers = [value for values in allowed.values() for value in values if value not in ("'none'", "'self'", "data:")]
    assert strangers == []
    assert "data:" not in allowed.get("script-src", [])


def test_nothing_is_guessed_leaked_or_kept(answer):
    headers = answer.headers
    assert headers.get("x-content-type-options") == "nosniff"
    assert headers.get("referrer-policy") in ("no-referrer", "same-origin", "strict-origin")
    assert headers.get("cross-origin-opener-policy") == "same-origin"
    assert "no-store" in headers.get("cache-control", "")
    assert not any(character.isdigit() for character in headers.get("server", ""))
    assert "x-powered-by" not in headers


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(page_for, server: Server):
    page = page_for(None)
    sign_in(page, server.person(server.roles[0]), server)
    session = [cookie for cookie in page.context.cookies() if cookie["httpOnly"]]
    assert session, "no cookie is HttpOnly"
    for cookie in page.context.cookies():
        assert cookie["sameSite"] in ("Lax", "Strict"), cookie["name"]
        assert cookie["path"] == "/", cookie["name"]
    assert all(len(cookie["value"]) >= 22 for cookie in session), "shorter than 128 bits"


def test_a_session_gets_another_name_when_signing_in_and_ends_on_the_server(page_for, server: Server):
    page = page_for(None)
    page.goto(SIGN_IN)
    before = {cookie["value"] for cookie in page.context.cookies() if cookie["httpOnly"]}
    sign_in(page, server.person(server.roles[0]), server)
    kept = [cookie for cookie in page.context.cookies() if cookie["httpOnly"]]
    assert not before & {cookie["value"] for cookie in kept}
    sign_out(page)
    page.context.clear_cookies()
    page.context.add_cookies(kept)
    assert page.context.request.get("/", max_redirects=0).status in (302, 303, 401)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elders.example"},
        {"Origin": "null", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(page_for, server: Server, headers):
    ask = page_for(server.roles[0]).context.request
    assert ask.post(SIGN_OUT, headers=headers, max_redirects=0).status == 403
    assert ask.get("/", max_redirects=0).status == 200, "signed out all the same"


def test_a_refused_password_tells_nothing(page_for, server: Server):
    said = []
    for email in (server.people[0].email, "niemand@voorbeeld.example"):
        page = page_for(None)
        page.goto(SIGN_IN)
        page.locator("input[autocomplete~=username]").fill(email)
        page.locator("input[type=password]").fill("niet het wachtwoord")
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.locator("input[type=password]").press("Enter")
        said.append((answer.value.status, page.locator("main [role=alert]").inner_text()))
    assert said[0] == said[1]
    assert said[0][0] in (401, 422)


def test_set_cookie_says_so_too(page_for, server: Server):
    """Browsers fill in what a server leaves out; this reads what the server wrote."""
    page = page_for(None)
    written: list[str] = []
    page.on("response", lambda answer: written.extend(answer.headers_array() and _cookies(answer)))
    sign_in(page, server.person(server.roles[0]), server)
    assert written, "no cookie was set"
    for line in written:
        for morsel in SimpleCookie(line).values():
            assert morsel["samesite"].lower() in ("lax", "strict"), f"{morsel.key}: no SameSite"
            assert not morsel["domain"], f"{morsel.key}: given to other hosts"


def _cookies(answer) -> list[str]:
    return [header["value"] for header in answer.headers_array() if header["name"].lower() == "set-cookie"]
