"""The site as it stands behind a proxy with TLS, judged as the HTTP Observatory judges, at a hundred or more.

The program speaks no TLS itself: it is asked over plain HTTP as the proxy asks it, with `--behind-proxy`, and what it
answers is what a browser gets over TLS. That the proxy leads on whoever comes without TLS is taken for granted.
"""

from __future__ import annotations

import http.client
import re
import urllib.parse
from collections.abc import Iterator

import pytest

from harness import observatory
from harness.program import SIGN_IN, SIGN_OUT, Server, fresh_demo, serving


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("proxied")
    people = fresh_demo(folder)
    with serving(folder, people, options=["--behind-proxy"]) as server:
        yield server


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = [value for name, value in response.getheaders() if name.lower() == "set-cookie"]
        self.text = response.read().decode("utf8", "replace")

    @property
    def jar(self) -> str:
        return "; ".join(line.split(";")[0] for line in self.cookies)


def ask(server: Server, path: str, form: dict | None = None, cookies: str = "", method: str | None = None) -> Answer:
    """As the proxy asks: over HTTP, with the name of the site as host."""
    parts = urllib.parse.urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    headers = {"Host": "sentrum.example", "X-Forwarded-For": "192.0.2.1"} | ({"Cookie": cookies} if cookies else {})
    body = None
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Origin"] = "https://sentrum.example"
        body = urllib.parse.urlencode(form)
    connection.request(method or ("GET" if form is None else "POST"), path, body=body, headers=headers)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


@pytest.fixture(scope="module")
def signed_in(proxied: Server) -> Answer:
    person = proxied.people[0]
    answer = ask(proxied, SIGN_IN, {"email": person.email, "password": person.password})
    assert answer.status == 303
    return answer


def test_a_guest_sees_a_site_of_a_hundred_or_more(proxied: Server):
    page = ask(proxied, SIGN_IN)
    assert page.status == 200
    points = observatory.results(page.headers, page.cookies, page.text)
    assert observatory.score(points) >= 100, points
    assert [name for name, value in points.items() if value < 0] == []


def test_so_does_somebody_who_signs_in(proxied: Server, signed_in: Answer):
    page = ask(proxied, "/", cookies=signed_in.jar)
    assert page.status == 200
    points = observatory.results(page.headers, signed_in.cookies, page.text)
    assert observatory.score(points) >= 100, points
    assert "cookies-all-good" in points


@pytest.mark.parametrize(
    "path", ["/", "/account", "/plan", "/bestaat-niet", "/v1/account", "/v1/openapi.json", "/gezond"]
)
def test_no_other_page_scores_less(proxied: Server, signed_in: Answer, path: str):
    page = ask(proxied, path, cookies=signed_in.jar)
    points = observatory.results(page.headers, page.cookies, page.text)
    assert observatory.score(points) >= 100, points


def test_the_rules_tell_bad_from_good():
    """A yardstick that finds everything good measures nothing."""
    bare = observatory.results({}, ["sess=1"], '<script src="http://elders.example/a.js"></script>')
    assert observatory.score(bare) == 0
    assert set(bare) >= {"csp-missing", "cookies-session-not-secure", "hsts-missing", "sri-insecure-scripts"}
    loose = {"content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-inline'"}
    assert "csp-unsafe-inline" in observatory.results(loose, [], "")
    assert "csp-unsafe-inline" in observatory.results({"content-security-policy": "img-src 'self'"}, [], "")
    opened = {"access-control-allow-origin": "*", "access-control-allow-credentials": "true"}
    assert observatory.results(opened, [], "")["cors-universal"] == -50
    # Extras make nothing good of what lost more than ten.
    assert observatory.score({"csp-none": 10, "corp-own": 10, "frames-missing": -20}) == 80
    assert observatory.score({"csp-none": 10, "corp-own": 10, "referrer-unsafe": -5}) == 115


def test_over_tls_browsers_are_told_to_stay_there(proxied: Server, signed_in: Answer):
    for path in (SIGN_IN, "/", "/bestaat-niet", "/v1/account", "/static/face.css"):
        told = ask(proxied, path, cookies=signed_in.jar).headers["strict-transport-security"]
        assert int(re.search(r"max-age=(\d+)", told)[1]) >= 31_536_000
        assert "includeSubDomains" in told


def test_every_cookie_is_bound_to_this_host(proxied: Server, signed_in: Answer):
    language = ask(proxied, "/taal", {"lang": "en", "terug": "/plan"})
    written = signed_in.cookies + language.cookies
    assert len(written) == 2
    for line in written:
        assert line.startswith("__Host-"), line
        attributes = [part.strip().lower() for part in line.split(";")[1:]]
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= set(attributes), line
        assert not any(part.startswith("domain") for part in attributes), line
        assert len(line.split(";")[0]) <= 4096
    english = ask(proxied, SIGN_IN, cookies=language.jar)
    assert english.headers["content-language"] == "en"


def test_signing_out_empties_what_the_browser_keeps(proxied: Server):
    person = proxied.people[1]
    cookies = ask(proxied, SIGN_IN, {"email": person.email, "password": person.password}).jar
    word = re.search(r'name="_csrf" value="([^"]+)"', ask(proxied, "/account", cookies=cookies).text)[1]
    answer = ask(proxied, SIGN_OUT, {"_csrf": word}, cookies=cookies)
    assert answer.status == 303
    assert {'"cache"', '"storage"'} <= {word.strip() for word in answer.headers["clear-site-data"].split(",")}


def test_no_answer_is_opened_to_another_origin(proxied: Server, signed_in: Answer):
    for path in (SIGN_IN, "/", "/account", "/v1/account", "/static/face.js", "/bestaat-niet"):
        answer = ask(proxied, path, cookies=signed_in.jar)
        assert not [name for name in answer.headers if name.startswith("access-control-")], path
    described = ask(proxied, "/v1/openapi.json", cookies=signed_in.jar)
    assert described.headers.get("access-control-allow-origin") in (None, "*")
    assert "access-control-allow-credentials" not in described.headers


def test_every_answer_says_what_it_is(proxied: Server, signed_in: Answer):
    """A body has a type, and text its letters; what has none is not guessed at."""
    paths = [
        SIGN_IN, "/", "/account", "/leerlingen", "/plan", "/bestaat-niet", "/gezond", "/robots.txt", "/controlepunt",
        "/.well-known/security.txt", "/v1/account", "/v1/bestaat-niet", "/v1/openapi.json", "/v1/openapi.yaml",
        "/static/face.css", "/static/face.js", "/static/mark.svg",
    ]  # fmt: skip
    for path in paths:
        answer = ask(proxied, path, cookies=signed_in.jar)
        kind = answer.headers.get("content-type", "")
        if answer.text:
            assert kind, path
        if kind.startswith("text/") or "xml" in kind:
            assert "charset=utf-8" in kind.lower().replace('"', ""), f"{path}: {kind}"
