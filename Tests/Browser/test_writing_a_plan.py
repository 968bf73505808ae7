"""The guide to a plan of one's own, followed to the letter: its files, its commands, and the route that runs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from harness.burden import Route
from harness.program import BINARY, ROOT, Person, serving
from harness.story import Story, choose_password, path, set_up_code, sign_in_as
from harness.visitor import Visitors

MONTHS = ["januari", "februari", "maart", "april", "mei", "juni"]
MONTHS += ["juli", "augustus", "september", "oktober", "november", "december"]
GUIDE = ROOT / "docs" / "how-to" / "write-your-own-plan.md"


def files(text: str) -> dict[str, str]:
    """What the guide says to write: a name alone on a line, and its contents after it."""
    return dict(re.findall(r"^`([\w./-]+)`\n\n```(?:yaml)?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def commands(text: str) -> list[list[str]]:
    """What the guide says to type."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder in which everything of the guide was done, and what each command printed."""
    place = tmp_path_factory.mktemp("guide")
    shutil.copytree(ROOT / "plans" / "law", place / "plans" / "law")
    text = GUIDE.read_text("utf8")
    for name, contents in files(text).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(contents, "utf8")
    printed = {}
    for program, *words in commands(text):
        assert program == "sentrum"
        run = subprocess.run([str(BINARY), *words], cwd=place, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, f"{words}: {run.stdout}{run.stderr}"
        printed[" ".join(words)] = run.stdout
    return place, printed


def test_the_plan_of_the_guide_has_nothing_wrong(followed):
    _, printed = followed
    assert "0 errors, 0 warnings, 2 of 2 examples as expected" in printed["plan check plans/lindeveld"]
    assert "Gesprek met de adviseur" in printed["plan render plans/lindeveld/2026"]


def test_the_route_of_the_guide_runs(followed, browser):
    place, printed = followed
    passwords = dict(re.findall(r"(\S+@\S+) can sign in with the password (\S+)", "\n".join(printed.values())))
    people = [Person(email, email, password, email) for email, password in passwords.items()]
    # The commands of the guide know no other day than today.
    now = datetime.now(ZoneInfo("Europe/Amsterdam"))
    with serving(place / "practice", people, now.strftime("%Y-%m-%dT%H:%M")) as server:
        visitors = Visitors(browser, server)

        def arrive(email: str) -> Route:
            way = Route("", email, visitors.page(None))
            sign_in_as(way, email, passwords[email])
            choose_password(way)
            set_up_code(way, server.moment)
            expect(way.page.get_by_role("heading", level=1)).to_be_visible()
            return way

        ilse, anna = arrive("ilse@lindeveld.example"), arrive("anna@lindeveld.example")
        story = Story("Juno", "van Duinen")
        ilse.open("/leerlingen")
        ilse.click("Dossier openen")
        for label, text in {
            "Voornaam": story.given,
            "Achternaam": story.family,
            "Geboortedatum": f"{now.year - 6}-03-14",
        }.items():
            ilse.fill(label, text)
        ilse.select("Groep", "Groep 2")
        ilse.fill("Naam", "Mila van Duinen")
        ilse.select("Wat is deze persoon van het kind?", "Ouder")
        ilse.click("Dossier openen")
        expect(ilse.page.get_by_role("status")).to_contain_text("Het dossier is geopend")
        story.dossier = path(ilse.page)
        anna.open(story.dossier)
        expect(anna.page.get_by_role("heading", level=1)).not_to_contain_text("Juno")

        story.show_start(ilse, "Gesprek met de adviseur")
        expect(ilse.page.locator("main")).to_contain_text("Zonder uw ja praten wij niet over uw kind.")
        story.record_agreement(ilse, "Mila van Duinen", "Samen bespreken")
        story.show_start(ilse, "Gesprek met de adviseur")
        ilse.fill("Wat is de vraag?", "Wat helpt bij het lezen?")
        story.started(ilse, "gesprek")
        due = now + timedelta(weeks=3)
        expect(ilse.page.locator("main")).to_contain_text(f"{due.day} {MONTHS[due.month - 1]} {due.year}")

        story.step(anna, "gesprek", "praten")
        story.take(anna, "De school kan verder", {"Wat is er afgesproken?": "Elke dag samen lezen."})
        story.done(anna, "gesprek")
        expect(anna.page.locator("main")).to_contain_text("De school kan verder")
