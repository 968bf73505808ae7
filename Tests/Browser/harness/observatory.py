"""What the HTTP Observatory would say of answers of this site: its scoring rules as data, and our own reading of them.

The rules are those of MDN's HTTP Observatory (https://github.com/mdn/mdn-http-observatory, src/grader/charts.js and
src/analyzer/tests, as they were in 2026): a hundred to begin with, less for each fault, and more for each extra once
no more than ten were lost. Left out are results that cannot come of one answer over TLS: certificates, preload lists,
and what the proxy in front does when somebody comes without TLS, which counts as a redirection to the same host, as
the guide for installing asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http.cookies import CookieError, SimpleCookie

POINTS = {
    "csp-none": 10,
    "csp-no-unsafe": 5,
    "csp-unsafe-style": 0,
    "csp-insecure-pictures": -10,
    "csp-unsafe-eval": -10,
    "csp-unsafe-inline": -20,
    "csp-insecure": -20,
    "csp-missing": -25,
    "cookies-all-good": 5,
    "cookies-no-samesite": 0,
    "cookies-none": 0,
    "cookies-not-secure": -20,
    "cookies-samesite-invalid": -20,
    "cookies-csrf-without-samesite": -20,
    "cookies-session-not-httponly": -30,
    "cookies-session-not-secure": -40,
    "cors-none": 0,
    "cors-public": 0,
    "cors-universal": -50,
    "redirection-to-https": 0,
    "redirection-missing": -20,
    "referrer-private": 5,
    "referrer-missing": 0,
    "referrer-unsafe": -5,
    "referrer-invalid": -5,
    "hsts-long": 0,
    "hsts-short": -10,
    "hsts-missing": -20,
    "hsts-invalid": -20,
    "sri-all": 5,
    "sri-no-scripts": 0,
    "sri-own-scripts": 0,
    "sri-foreign-scripts": -5,
    "sri-insecure-scripts": -50,
    "nosniff": 0,
    "nosniff-missing": -5,
    "frames-by-csp": 5,
    "frames-by-header": 0,
    "frames-missing": -20,
    "corp-own": 10,
    "corp-cross": 0,
    "corp-missing": 0,
    "corp-invalid": -5,
}
ENOUGH_FOR_EXTRAS = 90
SIX_MONTHS = 15_552_000

_BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
_INLINE = {"'unsafe-inline'", "data:"}


def policy(text: str) -> dict[str, list[str]]:
    parts = (part.split() for part in text.split(";") if part.strip())
    return {name.lower(): values for name, *values in parts}


def _csp(text: str) -> str:
    rules = policy(text)
    if not rules:
        return "csp-missing"
    otherwise = rules.get("default-src", ["*"])
    script, style = rules.get("script-src", otherwise), rules.get("style-src", otherwise)
    objects = rules.get("object-src", otherwise)
    passive = [*rules.get("img-src", otherwise), *rules.get("media-src", otherwise)]
    active = [value for name, values in rules.items() if name not in ("img-src", "media-src") for value in values]
    if set(script) & (_BROAD | _INLINE) or set(objects) & _BROAD:
        return "csp-unsafe-inline"
    if any(value.startswith(("http:", "ftp:")) for value in active):
        return "csp-insecure"
    if "'unsafe-eval'" in (*script, *style):
        return "csp-unsafe-eval"
    if any(value.startswith(("http:", "ftp:")) for value in passive):
        return "csp-insecure-pictures"
    if set(style) & (_BROAD | _INLINE):
        return "csp-unsafe-style"
    return "csp-none" if rules.get("default-src") == ["'none'"] else "csp-no-unsafe"


def _cookies(lines: Sequence[str]) -> str:
    results = []
    for line in lines:
        attributes = {part.strip().split("=")[0].lower(): part.strip() for part in line.split(";")[1:]}
        name = line.split("=")[0].lower()
        same_site = attributes.get("samesite", "").partition("=")[2].lower()
        is_session = "login" in name or "sess" in name
        if "samesite" in attributes and same_site not in ("lax", "strict", "none"):
            results.append("cookies-samesite-invalid")
        if same_site == "none" and "secure" not in attributes:
            results.append("cookies-samesite-invalid")
        if "secure" not in attributes:
            results.append("cookies-session-not-secure" if is_session else "cookies-not-secure")
        if "csrf" in name and not same_site:
            results.append("cookies-csrf-without-samesite")
        if is_session and "httponly" not in attributes:
            results.append("cookies-session-not-httponly")
        if not same_site:
            results.append("cookies-no-samesite")
        try:
            SimpleCookie(line)
        except CookieError:
            results.append("cookies-samesite-invalid")
    if not lines:
        return "cookies-none"
    return min(results, key=POINTS.__getitem__, default="cookies-all-good")


def _cors(headers: Mapping[str, str]) -> str:
    opened = headers.get("access-control-allow-origin")
    if opened is None:
        return "cors-none"
    has_cookies = headers.get("access-control-allow-credentials", "").lower() == "true"
    return "cors-universal" if has_cookies else "cors-public"


def _referrer(text: str | None) -> str:
    if text is None:
        return "referrer-missing"
    good = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
    bad = ("origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade")
    known = [word.strip().lower() for word in text.split(",") if word.strip().lower() in good + bad]
    if not known:
        return "referrer-invalid"
    return "referrer-private" if known[-1] in good else "referrer-unsafe"


def _hsts(text: str | None) -> str:
    if text is None:
        return "hsts-missing"
    age = re.search(r"(?:^|;)\s*max-age=(\d+)", text, re.I)
    if not age or "," in text:
        return "hsts-invalid"
    return "hsts-long" if int(age[1]) >= SIX_MONTHS else "hsts-short"


def _scripts(html: str) -> str:
    scripts = re.findall(r"<script\b[^>]*>", html)
    if not scripts:
        return "sri-no-scripts"
    results = []
    for tag in scripts:
        address = re.search(r'\bsrc="([^"]*)"', tag)
        foreign = bool(address) and re.match(r"(https?:)?//", address[1]) is not None
        if foreign and not address[1].startswith("https:"):
            results.append("sri-insecure-scripts")
        elif foreign and "integrity=" not in tag:
            results.append("sri-foreign-scripts")
        else:
            results.append("sri-all" if "integrity=" in tag else "sri-own-scripts")
    return min(results, key=POINTS.__getitem__)


def _frames(headers: Mapping[str, str]) -> str:
    if "frame-ancestors" in policy(headers.get("content-security-policy", "")):
        return "frames-by-csp"
    return (
        "frames-by-header" if headers.get("x-frame-options", "").lower() in ("deny", "sameorigin") else "frames-missing"
    )


def _corp(text: str | None) -> str:
    if text is None:
        return "corp-missing"
    return {"same-origin": "corp-own", "same-site": "corp-own", "cross-origin": "corp-cross"}.get(
        text.strip().lower(), "corp-invalid"
    )


def results(headers: Mapping[str, str], cookies: Sequence[str], html: str) -> dict[str, int]:
    """What each of the ten tests comes to, with its points.

    Header names are in lower case; `cookies` are the values of `Set-Cookie`, each as it was sent.
    """
    names = [
        _csp(headers.get("content-security-policy", "")),
        _cookies(cookies),
        _cors(headers),
        "redirection-to-https",
        _referrer(headers.get("referrer-policy")),
        _hsts(headers.get("strict-transport-security")),
        _scripts(html),
        "nosniff" if headers.get("x-content-type-options", "").lower() == "nosniff" else "nosniff-missing",
        _frames(headers),
        _corp(headers.get("cross-origin-resource-policy")),
    ]
    return {name: POINTS[name] for name in names}


def score(points: Mapping[str, int]) -> int:
    """The score: extras count once it is ninety without them."""
    without = 100 + sum(value for value in points.values() if value < 0)
    return max(0, 100 + sum(points.values()) if without >= ENOUGH_FOR_EXTRAS else without)
