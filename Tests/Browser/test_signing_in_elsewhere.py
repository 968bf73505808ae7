"""Signing in with the account of one's school: at a real OpenID provider on this machine, in a real browser."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from harness import openid_provider
from harness.burden import Route
from harness.openid import Provider, provided
from harness.program import BINARY, ROOT, SIGN_IN, Person, Server, free_port, serving
from harness.story import set_up_code, sign_in_as
from harness.visitor import sign_out

SCHOOLS = """\
BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;\
POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES;VAKANTIEREGIO
99999;99AA;99AA00;De Lindeboom;Lindelaan;2;\
2671 AB;LINDEVELD;9999;LINDEVELD;Openbaar;0100000000;www.lindeboom.example;Midden
"""
SETTINGS = """
providers:
  school:
    name: {{ nl: Schoolaccount, en: School account }}
    issuer: {issuer}
    client: sentrum
    secret-file: school.secret
    scopes: [openid, groups]
    organisation: {{ claim: groups, map: {{ school-99aa: 99AA00 }} }}
    second-factor: {{ amr: [mfa] }}
"""
BUTTON = "Aanmelden met Schoolaccount"
ILSE = "ilse@lindeboom.example"


@dataclass
class Place:
    server: Server
    provider: Provider
    mails: Path
    first: str
    """The password that Ilse was given at first."""

    def link(self) -> str:
        """The path in the newest mail."""
        deadline = time.time() + 10
        while time.time() < deadline:
            found = re.findall(r"(/wachtwoord/[\w-]+)", self.mails.read_text("utf8") if self.mails.exists() else "")
            if found:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError("no mail came")


def sentrum(*words: object) -> dict:
    run = subprocess.run([str(BINARY), *map(str, words)], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, f"{words}: {run.stdout}{run.stderr}"
    return json.loads(run.stdout) if "--json" in words else {}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A school that signs in elsewhere: an installation with one person, and a provider that knows three."""
    folder = tmp_path_factory.mktemp("elsewhere")
    data = folder / "data"
    sentrum("init", data, "--plan", "plans/spow", "--admin-name", "An Beheer", "--admin-email", "an@lindeveld.example")
    (folder / "schools.csv").write_text(SCHOOLS, "utf8")
    sentrum("import", "schools", data, folder / "schools.csv")
    held = ["--name", "Ilse Bakker", "--email", ILSE, "--function", "ib", "--organisation", "99AA00"]
    first = sentrum("account", "add", data, *held, "--json")["password"]

    mails = folder / "mails"
    sendmail = folder / "sendmail"
    sendmail.write_text(f"#!/bin/sh\ncat >> {mails}\n")
    sendmail.chmod(0o755)
    port, address = free_port(), f"http://127.0.0.1:{free_port()}"
    (data / "sign-in.yaml").write_text(SETTINGS.format(issuer=f"http://localhost:{port}"), "utf8")
    secret = data / "school.secret"
    secret.touch(0o600)
    secret.write_text(openid_provider.SECRET)
    sentrum("sign-in", "check", data)
    with provided(port, f"{address}/aanmelden/via/school/terug") as provider:
        sentrum("sign-in", "check", data, "--ask")
        options = ["--address", address, "--sendmail", str(sendmail)]
        people = [Person("ib", ILSE, first, "Ilse Bakker")]
        with serving(data, people, None, options, int(address.rsplit(":", 1)[1])) as server:
            yield Place(server, provider, mails, first)


@pytest.fixture
def walker(place: Place, walkers_of, expect_fault):
    """People at the school's own site, who may be sent to its provider and nowhere else."""
    expect_fault(re.escape(f"asks something of another place: {place.provider.url}/"))
    with walkers_of(place.server) as walker:
        yield walker


def is_in(page: Page) -> None:
    expect(page.locator("form[action='/afmelden']")).to_have_count(1)


def test_an_invitation_is_taken_up_with_the_account_of_the_school(place: Place, walker, check_accessible):
    ilse: Route = walker("ib", signed_in=False)
    ilse.open("/wachtwoord-vergeten")
    ilse.fill("E-mailadres", ILSE)
    ilse.click("Stuur mij een mail")
    ilse.open(place.link())
    check_accessible(ilse.page)
    ilse.click(BUTTON)
    place.provider.sign_in(ilse.page, "ilse")
    # The provider proved more than a password, which the settings let count: nothing more is asked.
    expect(ilse.page).to_have_url(place.server.url + "/")
    is_in(ilse.page)
    ilse.open("/leerlingen")
    ilse.click("Dossier openen")
    for label, text in {"Voornaam": "Juno", "Achternaam": "van Duinen", "Geboortedatum": "2020-03-14"}.items():
        ilse.fill(label, text)
    ilse.select("Groep", "Groep 2")
    ilse.fill("Naam", "Mila van Duinen")
    ilse.select("Wat is deze persoon van het kind?", "Moeder")
    ilse.click("Dossier openen")
    expect(ilse.page.get_by_role("status")).to_contain_text("Het dossier is geopend")

    ilse.open("/account")
    expect(ilse.page.locator("main")).to_contain_text("school-99aa, gekoppeld op")
    check_accessible(ilse.page)
    # Nobody can sign in with the password that was handed out any more.
    sign_out(ilse.page)
    sign_in_as(ilse, ILSE, place.first)
    expect(ilse.page.get_by_role("alert")).to_contain_text("horen niet bij elkaar")


def test_whoever_is_known_comes_in_and_goes_on_where_they_wanted_to_be(place: Place, walker, check_accessible):
    ilse: Route = walker("ib", signed_in=False)
    ilse.open("/leerlingen")
    check_accessible(ilse.page)
    ilse.click(BUTTON)
    place.provider.sign_in(ilse.page, "ilse")
    expect(ilse.page).to_have_url(place.server.url + "/leerlingen")
    expect(ilse.page.locator("main")).to_contain_text("Juno")
    # Before what matters most the provider asks anew, although somebody is signed in there.
    ilse.page.goto("/account/bevestigen/school?naar=%2Faccount")
    expect(ilse.page.locator("input[name=password]")).to_be_visible()
    place.provider.sign_in(ilse.page, "ilse")
    expect(ilse.page).to_have_url(place.server.url + "/account")
    sign_out(ilse.page)
    expect(ilse.page.get_by_role("link", name="Ook afmelden bij Schoolaccount")).to_be_visible()
    # Still signed in there, one press is enough.
    ilse.click(BUTTON)
    is_in(ilse.page)
    assert not re.search(r"code=|state=", ilse.page.url)


@pytest.mark.parametrize(
    ("name", "told"), [("stranger", "nog geen functie gegeven"), ("student", "geen functie bij deze school")]
)
def test_whoever_is_not_known_or_of_no_school_does_not_come_in(place: Place, walker, check_accessible, name, told):
    who: Route = walker(name, signed_in=False)
    who.open(SIGN_IN)
    who.click(BUTTON)
    place.provider.sign_in(who.page, name)
    expect(who.page.get_by_role("heading", level=1)).to_contain_text(told)
    assert not re.search(r"code=|state=", who.page.url)
    expect(who.page.locator("form[action='/afmelden']")).to_have_count(0)
    check_accessible(who.page)
    who.open("/leerlingen")
    expect(who.page).to_have_url(re.compile("/aanmelden"))


def test_with_a_password_alone_there_our_own_second_factor_is_asked(place: Place, walker):
    place.provider.tell("factors password")
    try:
        ilse: Route = walker("ib", signed_in=False)
        ilse.open(SIGN_IN)
        ilse.click(BUTTON)
        place.provider.sign_in(ilse.page, "ilse", asks_code=False)
        set_up_code(ilse, place.server.moment)
        expect(ilse.page.get_by_role("heading", level=1)).to_be_visible()
        ilse.open("/leerlingen")
        expect(ilse.page.locator("main")).to_contain_text("Juno")
        sign_out(ilse.page)
        ilse.click(BUTTON)
        expect(ilse.page).to_have_url(re.compile("/aanmelden/code$"))
    finally:
        place.provider.tell("factors password otp")


def test_new_keys_of_the_provider_are_found_and_the_old_ones_forgotten(place: Place, walker):
    place.provider.tell("rotate")
    ilse: Route = walker("ib", signed_in=False)
    # Its keys are asked for anew at most every ten seconds.
    deadline = time.time() + 20
    while time.time() < deadline:
        ilse.open(SIGN_IN)
        ilse.click(BUTTON)
        if ilse.page.locator("input[name=login]").count():
            place.provider.sign_in(ilse.page, "ilse")
        if ilse.page.locator("form[action='/afmelden']").count():
            break
        time.sleep(1)
    is_in(ilse.page)


def test_when_the_provider_is_down_that_is_told_and_a_password_still_works(place: Place, walkers_of, expect_fault):
    place.provider.stop()
    expect_fault("answers 503")
    with walkers_of(place.server) as walker:
        an: Route = walker("an", signed_in=False)
        an.open(SIGN_IN)
        # What it says of itself is still known, so its own page is where one notices; the check asks it anew.
        run = subprocess.run(
            [str(BINARY), "sign-in", "check", str(place.mails.parent / "data"), "--ask"], capture_output=True, text=True
        )
        assert run.returncode == 2
        assert "trouble: unreachable" in run.stdout
        an.open("/aanmelden/via/school/terug?fout=unreachable")
        expect(an.page.get_by_role("heading", level=1)).to_contain_text("Schoolaccount geeft geen antwoord")
        an.open(SIGN_IN)
        expect(an.page.locator("input[type=password]")).to_be_visible()
