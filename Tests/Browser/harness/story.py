"""One child's way through the program, from opening the dossier to the decision; each method is one person's turn.

Everybody acts through a `Route`, which types and clicks as a person does and counts it. A method leaves its person on
the page that the program answered with. The words are those of SPOW's plan, in Dutch, as people read them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from .burden import Route
from .program import OUT, SIGN_IN, Person

WRITTEN = {
    "Algemeen": {"Waarom maken we dit groeidocument?": "Lezen en rekenen kosten {given} steeds meer moeite."},
    "Waarnemen": {
        "Wat helpt dit kind vooruit?": "Korte opdrachten, een vaste plek en bewegen tussendoor.",
        "Wat houdt dit kind tegen?": "Veel prikkels en lange instructies in een grote groep.",
        "Welke hulp is er al gegeven?": "Een half jaar lang drie keer per week lezen in een klein groepje.",
        "Wat was het effect daarvan?": "Meer plezier in lezen; de achterstand bleef even groot.",
        "Wat is de hulpvraag van de school?": "Waar kan {given} leren in een tempo dat past?",
    },
    "Begrijpen": {
        "Wat heeft dit kind nodig op school?": "Een kleine groep en een leerkracht die stap voor stap voordoet.",
        "Waarom verwachten we dat?": "De groei van de laatste twee jaar, en wat {given} laat zien met zijn handen.",
    },
    "Strategie": {
        "Welke doelen stellen we?": "{given} leest aan het eind van het jaar een kort verhaal zonder hulp.",
        "Hoe gaan we dat doen?": "Elke dag een kwartier lezen met voordoen en samen doen.",
        "Welke extra hulp, hoeveel en hoe lang?": "Drie keer per week een half uur, tot de kerstvakantie.",
        "Wanneer kijken we of het werkt?": "2027-01-29",
        "Wat vind je van dit plan?": "Ik vind het fijn dat ik in een klein groepje mag.",
    },
    "Uitvoeren": {"Hoe verloopt het?": "{given} werkt harder dan ooit, en komt moe thuis."},
}
"""What school writes in each part; the child's words are written down with the teacher."""

CHOSEN = {
    "Begrijpen": {"Waar werkt dit kind naartoe?": "Praktijkonderwijs"},
    "Strategie": {"Hoe is aan het kind gevraagd wat het van dit plan vindt?": "In een gesprek"},
}

FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


@dataclass
class Story:
    """A dossier on its way, with the addresses that came up."""

    given: str
    family: str
    """A child of its own for each test on one server: who opens a dossier is warned of a child that looks the same."""
    born: str = "2018-03-14"
    group: str = "Groep 5"
    scripts: bool = True
    """Whether the browsers run scripts; without them one presses a button to keep what was typed."""
    look: Callable[[Page, str], None] = lambda page, name: None
    """Called with each page on the way."""
    dossier: str = ""
    routes: dict[str, str] = field(default_factory=dict)
    """Address of each procedure, by its key."""

    # ---------- The dossier and the family ----------

    def open_dossier(self, ib: Route, guardian: str, email: str, teacher: str) -> None:
        ib.open("/leerlingen")
        ib.click("Dossier openen")
        self.look(ib.page, "dossier-nieuw")
        ib.fill("Voornaam", self.given)
        ib.fill("Achternaam", self.family)
        ib.fill("Geboortedatum", self.born)
        ib.select("Groep", self.group)
        ib.select("Leerkracht", teacher)
        ib.fill("Naam", guardian)
        ib.select("Wat is deze persoon van het kind?", "Moeder")
        if email:
            ib.fill("E-mailadres", email)
        ib.click("Dossier openen")
        expect(ib.page.get_by_role("status")).to_contain_text("Het dossier is geopend")
        self.dossier = path(ib.page)
        self.look(ib.page, "dossier")

    def give_account(self, ib: Route) -> tuple[str, str]:
        """The address and first password of the guardian's account, which is shown once."""
        ib.open(self.dossier + "/gezin")
        self.look(ib.page, "gezin")
        ib.click(ib.page.get_by_role("link", name="Eigen account geven"))
        self.look(ib.page, "gezin-account")
        ib.click("Account geven")
        self.look(ib.page, "gezin-account-gegeven")
        password = ib.page.locator("#first-password").inner_text()
        email = ib.page.locator("main dd").first.inner_text()
        ib.click("Terug naar het gezin")
        assert password not in ib.page.locator("main").inner_text()
        return email, password

    def agree(self, guardian: Route, purpose: str, word: str = "Ja, akkoord") -> None:
        """A guardian answers for themselves, from their own page of work."""
        guardian.open(self.dossier)
        self.look(guardian.page, "ouder-dossier")
        guardian.click("Lees en antwoord")
        self.look(guardian.page, "ouder-toestemming")
        article = guardian.page.locator("article").filter(has=guardian.page.get_by_role("heading", name=purpose))
        if not article.get_by_role("button").count():
            guardian.click(article.locator("summary"))
        guardian.check(article.get_by_label(word))
        guardian.click(article.get_by_role("button", name="Dit is mijn antwoord"))
        expect(guardian.page.get_by_role("status")).to_contain_text("Het antwoord is vastgelegd")

    def record_agreement(self, ib: Route, guardian: str, purpose: str) -> None:
        """The coordinator records what a guardian said on paper."""
        ib.open(self.dossier + "/gezin")
        article = ib.page.locator("article").filter(has=ib.page.get_by_role("heading", name=purpose))
        item = article.locator("li").filter(has_text=guardian)
        ib.click(item.locator("summary"))
        ib.check(item.get_by_label("Ja, akkoord"))
        ib.check(item.get_by_label("op papier"))
        ib.click(item.get_by_role("button", name="Vastleggen"))
        expect(ib.page.get_by_role("status")).to_contain_text("Het antwoord is vastgelegd")

    # ---------- The groeidocument ----------

    def write(self, who: Route, part: str, answers: dict[str, str], chosen: dict[str, str] | None = None) -> None:
        """Writes in a part; the page keeps it by itself."""
        who.open(self.dossier + "/groeidocument")
        self.look(who.page, "groeidocument")
        who.click(who.page.locator("main").get_by_role("link", name=part, exact=True))
        for question, option in (chosen or {}).items():
            self.pick(who, question, option)
        for question, answer in answers.items():
            who.fill(question, answer.format(given=self.given))
        if self.scripts:
            expect(who.page.locator("form .saving")).to_contain_text("Bewaard om")
            self.look(who.page, f"groeidocument-{part.lower()}")
        else:
            who.click("Bewaren")
            expect(who.page.get_by_role("status").first).to_contain_text("Bewaard")

    def pick(self, who: Route, question: str, option: str) -> None:
        """Takes an option, from a list or from a row of buttons."""
        box = who._find(question)
        if box.count():
            who.select(box, option)
        else:
            who.choose(question, option)

    def write_as_school(self, ib: Route, teacher: Route) -> None:
        for part, answers in WRITTEN.items():
            self.write(ib, part, answers, CHOSEN.get(part))
        own = {"Wat gaat goed en wat vind je leuk op school?": "Gym en tekenen. En buiten spelen met Sem."}
        self.write(teacher, "Waarnemen", own)
        self.write(
            teacher, "Begrijpen", {"Wat heeft de leerkracht nodig om dat te geven?": "Tijd, en iemand die meekijkt."}
        )

    def lock(self, ib: Route) -> None:
        ib.open(self.dossier + "/groeidocument")
        ib.click("Vastzetten")
        self.look(ib.page, "groeidocument-vastzetten")
        ib.click("Vastzetten")
        expect(ib.page.get_by_role("status")).to_contain_text("vastgezet")
        self.look(ib.page, "groeidocument-vast")

    def compare(self, who: Route, older: str, newer: str, added: str) -> None:
        who.open(self.dossier + "/groeidocument")
        who.select("Van", older)
        who.select("Naar", newer)
        who.click("Vergelijken")
        self.look(who.page, "groeidocument-vergelijk")
        expect(who.page.locator("ins").filter(has_text=added)).to_have_count(1)

    def sign(self, guardian: Route) -> None:
        guardian.open(self.dossier)
        guardian.click("Ondertekenen")
        self.look(guardian.page, "ouder-ondertekenen")
        guardian.click("Ik onderteken")
        expect(guardian.page.get_by_role("status")).to_contain_text("De handtekening is vastgelegd")

    def record_signature(self, ib: Route, guardian: str) -> None:
        """The coordinator records a signature on paper under the last version."""
        ib.open(self.dossier + "/groeidocument")
        ib.click(ib.page.locator(".version").first.get_by_role("link").first)
        ib.click("Handtekening vastleggen")
        self.look(ib.page, "groeidocument-handtekening")
        ib.choose("Wie tekende?", f"{guardian}, Moeder")
        ib.click("Vastleggen")
        expect(ib.page.get_by_role("status")).to_contain_text("De handtekening is vastgelegd")

    def add_document(self, ib: Route, kind: str) -> None:
        file = OUT / "interventietraject.pdf"
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = file.with_suffix(f".{os.getpid()}")
        whole.write_bytes(FILE)
        whole.replace(file)
        ib.open(self.dossier + "/documenten")
        ib.attach("Bestand", file)
        ib.check(kind)
        ib.click("Toevoegen")
        expect(ib.page.get_by_role("status")).to_contain_text("Het document is toegevoegd")
        self.look(ib.page, "documenten")

    # ---------- Procedures ----------

    def show_start(self, who: Route, title: str) -> None:
        who.open(self.dossier)
        link = who.page.locator("main").get_by_role("link", name=title, exact=True)
        # What is rarely begun is folded away.
        hidden = who.page.get_by_role("link", name=title, exact=True, include_hidden=True)
        folded = who.page.locator("main details:not([open])").filter(has=hidden)
        if folded.count():
            who.click(folded.locator("summary").first)
        who.click(link.first)

    def started(self, who: Route, key: str) -> None:
        who.click("Aanmelden")
        expect(who.page.get_by_role("status")).to_contain_text("De aanvraag is gedaan")
        self.routes[key] = path(who.page)
        self.look(who.page, f"{key}-aangemeld")

    def register_sot(self, ib: Route, moment: str = "2026-11-12T15:30") -> None:
        self.show_start(ib, "Schoolondersteuningsteam (SOT)")
        self.look(ib.page, "sot-aanmelden")
        ib.fill("Dag en tijd van het overleg", moment)
        ib.fill("Plaats", "De koffiekamer")
        self.started(ib, "sot")

    def step(self, who: Route, key: str, step: str) -> None:
        """Goes to a step that waits, as one does: by the page of work."""
        who.open("/")
        self.look(who.page, f"werk-{key}-{step}")
        link = who.page.locator("main").locator(f"a[href='{self.routes[key]}/stappen/{step}']")
        expect(link, f"{who.who} has no work on {step}").to_have_count(1)
        who.click(link)
        self.look(who.page, f"{key}-{step}")

    def take(self, who: Route, outcome: str | None, answers: dict[str, str]) -> None:
        """Fills in the step that stands open, and sends it."""
        if outcome:
            who.choose("Wat is de uitkomst?", outcome)
        for question, answer in answers.items():
            field = who._find(question)
            if field.count() == 0:
                who.choose(question, answer)
            elif field.first.evaluate("element => element.localName") == "select":
                option = field.locator("option").filter(has_text=answer).first.inner_text().strip()
                who.select(field, option)
            else:
                who.fill(field, answer)
        who.click("Vastleggen")

    def done(self, who: Route, key: str) -> None:
        expect(who.page.get_by_role("status")).to_contain_text("Vastgelegd")
        assert path(who.page) == self.routes[key]

    def hold_sot(self, ib: Route, outcome: str) -> None:
        self.step(ib, "sot", "meet")
        self.take(
            ib,
            outcome,
            {"Wat hebben we besproken en afgesproken?": "De school komt er zelf niet uit. Wij kijken breder."},
        )
        self.done(ib, "sot")

    def start_hia(self, ib: Route, moment: str = "2026-11-20T14:00") -> None:
        self.show_start(ib, "HIA (handelingsgericht integraal arrangeren)")
        self.look(ib.page, "hia-aanmelden")
        ib.fill("Waarom is een HIA nodig?", "Extra hulp in de klas is niet meer genoeg.")
        ib.fill("Dag en tijd van het overleg", moment)
        ib.fill("Plaats", "De koffiekamer")
        self.started(ib, "hia")

    def hold_hia(self, adviser: Route, outcome: str, more: dict[str, str]) -> None:
        self.step(adviser, "hia", "meet")
        told = {
            "Overzicht: wat weten we al?": "De hulp van het afgelopen jaar was goed en niet genoeg.",
            "Inzicht: hoe kunnen we dat verklaren?": "Het tempo en de grootte van de groep passen niet.",
            "Uitzicht: wat is er nodig?": "Een kleine groep, en rust.",
        }
        self.take(adviser, outcome, told | more)
        self.done(adviser, "hia")

    def request_tlv(self, ib: Route, begin: str = "2027-01-11") -> None:
        self.show_start(ib, "Toelaatbaarheidsverklaring (TLV)")
        self.look(ib.page, "tlv-aanvragen")
        ib.fill("Vanaf wanneer?", begin)
        self.started(ib, "tlv")


def path(page: Page) -> str:
    """Where one is, without the site and without what was asked of the address."""
    return "/" + page.url.split("/", 3)[3].split("?")[0].split("#")[0]


def choose_password(route: Route, password: str = "vier oude bruggen bij het veer") -> None:
    """Chooses a password of one's own, which a handed-out one asks for before anything else."""
    expect(route.page).to_have_url(re.compile("/account/eigen-wachtwoord$"))
    route.fill(route.page.locator("input[type=password]"), password)
    route.click("Wachtwoord bewaren")


def set_up_code(route: Route, moment: float) -> None:
    """Sets up the code that the plan asks of whoever works with dossiers, with the secret that the page shows."""
    expect(route.page).to_have_url(re.compile("/account/tweede-stap$"))
    expect(route.page.locator("svg.qr path").last).to_have_attribute("d", re.compile("^M"))
    app = Person("", "", "", "", route.page.locator("#secret").inner_text())
    route.fill("Code van 6 cijfers", app.code(moment))
    route.click("Dit is mijn code")
    expect(route.page.locator("#recovery-codes li")).to_have_count(10)
    route.click("Ik heb ze bewaard")


def sign_in_as(route: Route, email: str, password: str) -> None:
    """Signs in through the form, as somebody who is not among the people of the demo."""
    route.open(SIGN_IN)
    route.fill(route.page.locator("input[autocomplete~=username]"), email)
    route.fill(route.page.locator("input[type=password]"), password)
    route.click(route.page.locator("form:has(input[type=password]) button").first)
