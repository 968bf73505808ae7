import Domain
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

extension Gallery {
    /// A source that names one paragraph, as every page of the plan shows it.
    func source(_ text: String) -> SourceNote? {
        SourceNote([SourceNote.Piece(text: text, href: "/plan/bronnen#\(PlanPlace.source(text))")])
    }

    var plan: PlanPage {
        let forms: [(String, [String])] = [
            (
                say("licht", "light"),
                [say("Basisondersteuning", "Basic support"), say("Extra ondersteuning", "Extra support"), "SOT", "PAG"]
            ),
            (
                say("arrangement", "arrangement"),
                ["BOSK gedrag", "BOSK autisme", "BOSK leren en welbevinden", "BOSK zml", "BOSK medisch", "BOSK hoogbegaafdheid"]
            ), (say("zwaar", "heavy"), ["HIA", say("Zware ondersteuning", "Intensive support")]),
            ("TLV", ["TLV sbo", "TLV so", "TLV emb"]),
        ]
        return PlanPage(
            title: say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024"),
            lead: say(
                "Geldt van 1 augustus 2020 tot en met 31 juli 2024, met het addendum van 2021.",
                "In force from 1 August 2020 until 31 July 2024, with the addendum of 2021."),
            version: nil,
            contents: [
                Link(texts("plan.fan"), "#waaier"), Link(texts("plan.procedures"), "#wegen"),
                Link(texts("planPage.terms"), "#termijnen"),
            ],
            fan: Fan(forms.map { Fan.Tier($0.0, $0.1.map { Fan.Form($0) }) }, child: nil, texts: texts),
            tiers: forms.map { tier in
                .init(
                    title: tier.0,
                    forms: tier.1.map {
                        .init(
                            anchor: PlanPlace.form(PlanPlace.source($0)), title: $0, href: "/plan/x",
                            about: say("Wat de school zelf kan bieden.", "What the school itself can offer."),
                            source: source("1.7.1"))
                    })
            },
            procedures: [
                .init(
                    title: texts("planPage.onFan"),
                    routes: [
                        .init(
                            title: say("Schoolondersteuningsteam (SOT)", "School support team (SOT)"), href: "/plan/sot",
                            about: say(
                                "School, ouders en kernteam brengen samen in kaart wat nodig is.",
                                "School, parents and core team map together what is needed."),
                            terms: [say("aanmelden 1 week vooraf", "register 1 week ahead")],
                            starts: say(
                                "de school begint, met toestemming van ouders", "the school starts, with the parents' consent")),
                        .init(
                            title: say("Toelaatbaarheidsverklaring (TLV)", "Declaration of admissibility (TLV)"),
                            href: "/plan/tlv",
                            about: say("Toegang tot het speciaal (basis)onderwijs.", "Access to special (primary) education."),
                            terms: [say("besluit binnen 6 weken", "decision within 6 weeks")],
                            starts: say("de school vraagt aan, na een HIA", "the school applies, after a HIA")),
                    ]),
                .init(
                    title: texts("planPage.besideFan"),
                    routes: [
                        .init(
                            title: say("Bezwaar tegen een besluit", "Objection to a decision"), href: "/plan/bezwaar",
                            about: say("U bent het niet eens met een besluit.", "You do not agree with a decision."),
                            terms: [], starts: nil)
                    ]),
            ],
            people: [
                .init(
                    title: texts("planPage.place.school"),
                    people: [
                        .init(
                            anchor: PlanPlace.function("ib"), title: say("Intern begeleider", "Support coordinator"),
                            about: say("Regelt de hulp op school.", "Arranges the help at school."),
                            facts: [
                                Fact(texts("planPage.sees"), texts("comparing.sees.always")),
                                Fact(texts("planPage.reads"), texts("planPage.readsAll")),
                            ], source: source(say("deel 2, 1.3.1", "part 2, 1.3.1")))
                    ])
            ],
            purposes: [
                .init(
                    anchor: PlanPlace.purpose("sot"), title: say("Bespreken in het SOT", "Discussing in the SOT"),
                    about: say("Zonder u gaat het gesprek niet door.", "Without you the talk does not go on."),
                    asked: [Link("SOT", "/plan/sot")], source: source("1.7.2"))
            ],
            document: .init(
                title: "Groeidocument",
                parts: [
                    .init(
                        anchor: PlanPlace.part("waarnemen"), title: say("Waarnemen", "Observing"),
                        about: say("Wat zien wij?", "What do we see?"),
                        questions: [
                            .init(
                                title: say("Wat gaat er goed?", "What goes well?"), why: nil,
                                note: texts("planPage.optional"), options: [], source: nil)
                        ], source: source("1.7.6.2"))
                ], source: nil),
            terms: [
                .init(
                    title: say("Besluit binnen zes weken", "Decision within six weeks"), route: Link("TLV", "/plan/tlv"),
                    length: say("6 weken", "6 weeks"), from: texts("comparing.from.complete"),
                    ground: say("Belofte van het plan", "Promise of the plan"), source: source("1.7.4"))
            ], tables: [table],
            letters: [
                .init(
                    anchor: PlanPlace.letter("tlv"), title: say("Brief bij een TLV", "Letter with a TLV"),
                    text: [say("‹naam van het kind› krijgt een TLV.", "‹name of the child› gets a TLV.")])
            ],
            paper: [
                .init(
                    title: say("De begroting", "The budget"),
                    text: [say("Staat in deel 1.", "Is in part 1.")], source: source("WPO art. 18a"))
            ],
            chapters: [Link(say("Toewijzen", "Assigning"), "/plan/bronnen#hoofdstuk-toewijzen")],
            sources: Link(say("Alle paragrafen van het plan", "All paragraphs of the plan"), .planSource),
            versions: [Link(say("2016–2020", "2016–2020"), "/plan?versie=x/2016")],
            comparisons: [Link(say("Wat verandert er?", "What changes?"), "/plan/vergelijken")],
            examples: say("130 voorbeelden zijn nagerekend.", "130 examples were tried."), sightCards: cards("sight"),
            formCards: cards("form"), planCards: cards("plan"))
    }

    private var table: PlanTable {
        PlanTable(
            anchor: PlanPlace.table("tlv"), title: say("Hoe lang geldt een TLV?", "How long is a TLV valid?"),
            policy: say("Precies één regel geldt.", "Exactly one row applies."),
            columns: [say("Als", "If"), say("Tot en met", "Until")],
            rows: [
                .init(
                    cells: ["EMB: A, B, C", say("einde schooljaar van 14 jaar", "end of school year of age 14")], note: nil,
                    source: source("1.7.5")),
                .init(
                    cells: [say("groep 4 tot en met 8", "group 4 to 8"), say("einde van groep 8", "end of group 8")],
                    note: say("Het boekje zegt niets over een wisseling.", "The booklet is silent about a change."),
                    source: source("addendum, 1")),
            ], source: source("addendum, 1"))
    }

    /// A route with everything that a picture can show: a join, a loop, steps side by side, a meeting, clocks, ends.
    var routePicture: RoutePicture {
        let granted = RoutePicture.End(title: say("TLV toegekend", "TLV granted"), isDecision: true)
        let withdrawn = RoutePicture.End(title: say("Ingetrokken", "Withdrawn"), isDecision: false)
        return RoutePicture(
            title: texts("picture.title", ["route": "TLV"]), description: texts.count("picture.description", 5), id: "route-tlv",
            start: .init(
                title: texts("picture.start", ["who": say("intern begeleider", "support coordinator")]),
                notes: [.init(.begins, say("Besluit binnen 8 weken", "Decision within 8 weeks"))], opens: [0]),
            steps: [
                .init(
                    say("Kijken of alles er is", "Check that all is there"), who: say("secretariaat", "office"),
                    choices: [
                        .init(
                            say("Compleet", "Complete"), .steps([2, 3]),
                            notes: [.init(.begins, say("Besluit binnen 6 weken", "Decision within 6 weeks"))]),
                        .init(say("Er ontbreekt iets", "Something is missing"), .steps([1])),
                        .init(say("De school trekt in", "The school withdraws"), .end(withdrawn)),
                    ]),
                .init(
                    say("Aanvullen", "Complete the request"), who: say("intern begeleider", "support coordinator"),
                    notes: [
                        .init(.due, say("binnen 2 weken", "within 2 weeks")),
                        .init(.pauses, texts("picture.pauses", ["title": say("besluit", "decision")])),
                    ], choices: [.init(say("Aangevuld", "Completed"), .steps([0]))]),
                .init(
                    say("Advies van de eerste deskundige", "Advice of the first expert"), who: say("adviseur", "adviser"),
                    choices: [.init(say("Advies gegeven", "Advice given"), .steps([4]))]),
                .init(
                    say("Overleg met de tweede deskundige", "Meeting with the second expert"),
                    who: say("deskundige", "expert"), isMeeting: true,
                    choices: [.init(say("Advies gegeven", "Advice given"), .steps([4]))]),
                .init(
                    say("Besluiten", "Decide"), who: say("beslisser", "decision maker"),
                    notes: [.init(.joins, texts("picture.joins", ["steps": say("3 en 4", "3 and 4")]))],
                    choices: [.init(say("Toekennen", "Grant"), .end(granted)), .init(withdrawn.title, .end(withdrawn))],
                    waitsFor: 2),
            ])
    }

    var planProcedure: PlanProcedurePage {
        PlanProcedurePage(
            title: say("Toelaatbaarheidsverklaring (TLV)", "Declaration of admissibility (TLV)"),
            back: Link(texts("plan.back"), .plan),
            version: texts(
                "planPage.notNow",
                ["version": say("het plan van 2020", "the plan of 2020"), "now": say("het plan van 2024", "the plan of 2024")]),
            about: [
                say(
                    "Een besluit waarmee een kind naar het speciaal basisonderwijs of het speciaal onderwijs kan.",
                    "A decision with which a child can go to special primary education or special education.")
            ], picture: routePicture,
            facts: [
                Fact(say("Wie begint", "Who starts"), say("intern begeleider of directeur", "coordinator or director"))
            ], after: [Link("HIA", "/plan/hia")],
            needs: [
                .init(
                    title: say("Groeidocument, alle delen behalve Evaluatie", "Groeidocument, all parts but Evaluation"),
                    text: [say("Het is de aanvraag.", "It is the request.")], source: source("1.7.6.2"))
            ],
            asks: [
                .init(
                    title: say("Soort onderwijs", "School type"),
                    why: say("hiervan hangt af welke regels gelden", "the rules depend on it"), note: "",
                    options: ["sbo", "so"], source: nil)
            ],
            steps: [
                .init(
                    anchor: PlanPlace.step("check"), title: say("Compleet?", "Complete?"), who: say("secretariaat", "office"),
                    text: [say("Kijkt of alles er is.", "Checks that all is there.")],
                    terms: [say("binnen 2 weken", "within 2 weeks")], meeting: [], questions: [], asks: [],
                    choices: [
                        .init(
                            title: say("Compleet", "Complete"), about: [],
                            goals: [Link(say("Overleg", "Meeting"), "#" + PlanPlace.step("meet"))], isEnd: false,
                            notes: [texts("planPage.marksComplete")],
                            asks: [
                                .init(
                                    title: say("Tweede deskundige", "Second expert"), why: nil, note: "", options: [],
                                    source: source("1.7.4"))
                            ],
                            needs: [
                                .init(
                                    title: say("Handtekeningen", "Signatures"),
                                    text: [say("Van beide ouders.", "Of both parents.")], source: nil)
                            ])
                    ], source: source("1.7.4")),
                .init(
                    anchor: PlanPlace.step("meet"), title: say("Overleg", "Meeting"),
                    who: say("twee verschillende deskundigen", "two different experts"), text: [], terms: [],
                    meeting: [Fact(texts("planPage.chair"), say("adviseur", "adviser"))],
                    questions: [say("Wat gaat er goed?", "What goes well?")],
                    asks: [
                        .init(
                            title: say("Verslag", "Report"), why: say("om later terug te lezen", "to read again later"),
                            note: texts("planPage.optional"), options: [], source: nil)
                    ],
                    choices: [
                        .init(
                            title: say("Toekennen", "Grant"), about: [say("Schrijf de redenen op.", "Write down the reasons.")],
                            goals: [Link(say("Toegekend", "Granted"), "#" + PlanPlace.outcome("granted"))], isEnd: true,
                            notes: [], asks: [], needs: [])
                    ], source: source("WPO 18a.11")),
            ],
            terms: [
                .init(
                    anchor: PlanPlace.clock("decide"), title: say("Besluit binnen 6 weken", "Decision within 6 weeks"),
                    text: [
                        say(
                            "vanaf de dag dat alles er is; staat stil als er iets gevraagd is",
                            "from the day all is there; stands still while something is asked")
                    ], source: source("1.7.4"))
            ],
            outcomes: [
                .init(
                    anchor: PlanPlace.outcome("granted"), title: say("Toegekend", "Granted"),
                    text: [say("brief met nummer; daarna plaatsing", "letter with number; then placement")],
                    facts: [Fact(texts("planPage.grants"), "TLV sbo")],
                    links: [Link(say("Bezwaar", "Objection"), "/plan/bezwaar")], source: source("5.4.1"))
            ], tables: [table],
            conflicts: [
                .init(
                    title: say("Einde van een TLV so die midden in een jaar begint", "End of an so TLV that begins mid-year"),
                    text: [
                        say(
                            "De wet rekent hele schooljaren, het addendum tot groep 8. De beslisser kiest, met redenen.",
                            "The law counts whole school years, the addendum until group 8. The decision maker chooses, with reasons."
                        )
                    ], source: source("WEC 40.15"))
            ],
            examples: PlanExamplesPart(
                lead: say("Twee voorbeelden; beide komen zo uit.", "Two examples; both come out so."),
                groups: [
                    .init(
                        title: say("Hoe lang geldt het?", "How long is it valid?"),
                        examples: [
                            .init(
                                situation: [say("Groep 5, begin 1 januari 2022.", "Group 5, begins 1 January 2022.")],
                                outcome: say("Geldt tot en met 31 juli 2024.", "Valid until 31 July 2024."),
                                why: say("Tot het einde van groep 8.", "Until the end of group 8."),
                                source: source("addendum, 1"), chip: Chip(say("klopt", "holds"), .ok),
                                mark: texts("planPage.changed"))
                        ])
                ]), cards: cards("tasks"), source: source(say("deel 2, 1.7.4", "part 2, 1.7.4")))
    }

    var planSource: PlanSourcePage {
        PlanSourcePage(
            title: say("De bronnen van het plan", "The sources of the plan"), back: Link(texts("plan.back"), .plan),
            version: nil,
            lead: say("Elke paragraaf, en waar die in SENtrum terugkomt.", "Every paragraph, and where it returns in SENtrum."),
            contents: [Link(say("Toewijzen", "Assigning"), "#" + PlanPlace.chapter("toewijzen"))],
            chapters: [
                .init(
                    anchor: PlanPlace.chapter("toewijzen"), title: say("Toewijzen", "Assigning"),
                    paragraphs: [
                        .init(
                            anchor: PlanPlace.source("deel 2, 1.7.2"), number: say("deel 2, 1.7.2", "part 2, 1.7.2"),
                            title: say("Bespreken in het SOT", "Discussing in the SOT"), uses: [Link("SOT", "/plan/sot")]),
                        .init(
                            anchor: PlanPlace.source("deel 2, 1.7.4"), number: say("deel 2, 1.7.4", "part 2, 1.7.4"),
                            title: say("Aanvragen TLV", "Applying for a TLV"),
                            uses: [Link("TLV", "/plan/tlv"), Link(say("termijn besluit", "decision term"), "/plan/tlv")]),
                        .init(
                            anchor: PlanPlace.source("deel 1, 1.1"), number: say("deel 1, 1.1", "part 1, 1.1"),
                            title: say("Missie", "Mission"), uses: []),
                    ])
            ], cards: cards("paragraphs"))
    }

    var planCompare: PlanComparePage {
        let (old, new) = (say("Plan 2020", "Plan 2020"), say("Plan 2024", "Plan 2024"))
        func sides(_ before: String?, _ after: String?) -> [PlanComparePage.Side] {
            [
                .init(title: old, text: before, lacks: before == nil, source: before == nil ? nil : source("1.7.4")),
                .init(title: new, text: after, source: source("addendum, 1")),
            ]
        }
        return PlanComparePage(
            title: texts("planCompare.title"), back: Link(texts("plan.back"), .plan),
            before: [FormOption("x/2020", old, selected: true), FormOption("x/2024", new)],
            after: [FormOption("x/2020", old), FormOption("x/2024", new, selected: true)],
            audience: [
                FormOption("", texts("planCompare.anybody"), selected: true), FormOption("parents", texts("comparing.parents")),
            ],
            count: say("2 verschillen.", "2 differences."),
            groups: [
                .init(
                    title: "TLV",
                    differences: [
                        .init(
                            sentence: say("De termijn wordt 4 weken.", "The term becomes 4 weeks."),
                            concerns: [texts("comparing.parents")],
                            sides: sides(say("6 weken", "6 weeks"), say("4 weken", "4 weeks"))),
                        .init(
                            sentence: say("Nieuw: een gesprek vooraf.", "New: a talk beforehand."),
                            concerns: [texts("comparing.everyone")], sides: sides(nil, say("Een gesprek", "A talk"))),
                    ])
            ], examplesTitle: texts("comparing.examples.title"),
            examples: [
                .init(
                    title: say("Voorbeelden van het plan van 2020", "Examples of the plan of 2020"),
                    examples: [
                        .init(
                            situation: [say("Groep 5.", "Group 5.")], sides: sides("31 juli 2024", "31 juli 2025"),
                            why: say("Tot het einde van groep 8.", "Until the end of group 8."), source: source("1.7.5"))
                    ])
            ],
            dossiers: .init(
                title: say("De dossiers", "The dossiers"), ask: nil,
                figures: [say("Besluiten: 40; anders uitgekomen: minder dan 10.", "Decisions: 40; otherwise: fewer than 10.")],
                seen: [
                    .init(
                        name: Link("Noor van der Linden", .dossier("noor")), what: say("besluit 17", "decision 17"),
                        sides: sides(say("tot en met 2024", "until 2024"), say("tot en met 2025", "until 2025")))
                ], seenNote: nil))
    }

    var people: PeoplePage {
        PeoplePage(
            title: texts("people.title"), tabs: Tab.administration(.people, texts: texts), query: nil,
            summary: say("24 mensen met een functie", "24 people with a function"),
            rows: [
                .init(
                    name: "Iris Bakker", href: Address.person("iris").path, email: "iris@dekassenbouwer.example",
                    functions: [say("leerkracht, De Kassenbouwer", "teacher, De Kassenbouwer")], chip: nil),
                .init(
                    name: "Merel de Haan", href: Address.person("merel").path, email: "merel@dekassen.example",
                    functions: [
                        say("ondersteuningsadviseur", "support adviser"),
                        say("deskundige (orthopedagoog)", "expert (special needs educationalist)"),
                    ], chip: nil),
                .init(
                    name: "Peter Groen", href: Address.person("peter").path, email: "peter@detuin.example",
                    functions: [say("directeur, De Tuin", "director, De Tuin")], chip: Chip(say("uitgenodigd", "invited"), .wait)),
            ], next: nil, first: nil, lead: texts("people.enrolLead"),
            form: Form(
                action: Address.people.path, button: say("Uitnodigen", "Invite"),
                fields: [
                    FormField(name: "naam", label: say("Naam", "Name"), kind: .text),
                    FormField(name: "email", label: say("E-mailadres", "E-mail address"), kind: .email),
                    FormField(
                        name: "functie", label: say("Functie", "Function"), kind: .select,
                        options: [FormOption("ib", say("intern begeleider", "support coordinator"))]),
                    FormField(
                        name: "plek", label: say("School of organisatie", "School or organisation"), kind: .select,
                        options: [FormOption("kb", "De Kassenbouwer")]),
                ]))
    }

    var person: PersonPage {
        PersonPage(
            title: "Merel de Haan", tabs: Tab.administration(nil, texts: texts),
            facts: [
                Fact("E-mail", "merel@dekassen.example"),
                Fact(say("Laatst aangemeld", "Last signed in"), say("vandaag", "today")),
            ],
            holdings: [
                .init(
                    title: say("Ondersteuningsadviseur", "Support adviser"), place: "De Kassen",
                    period: say("sinds 1 augustus 2021", "since 1 August 2021"),
                    standing: [
                        texts(
                            "replacing.by",
                            ["name": "Jet Vos", "period": say("3 – 28 november 2026", "3 – 28 November 2026")])
                    ], chip: nil,
                    end: Form(
                        action: "#", button: say("Beëindigen", "End"), scope: "f1",
                        fields: [FormField(name: "dag", label: say("Laatste dag", "Last day"), kind: .date)])),
                .init(
                    title: say("Leerkracht", "Teacher"), place: "De Tuin", period: "2015 – 2021", standing: [],
                    chip: Chip(say("beëindigd", "ended")), end: nil),
            ],
            grant: Form(
                action: "#", button: say("Geven", "Give"), scope: "nieuw",
                fields: [
                    FormField(
                        name: "functie", label: say("Functie", "Function"), kind: .select,
                        options: [FormOption("x", say("deskundige", "expert"))])
                ]), notGiven: nil,
            replace: .init(
                lead: texts("replacing.lead", ["name": "Merel de Haan"]),
                form: Form(
                    action: "#", button: texts("replacing.button"), scope: "vervanging",
                    fields: [
                        FormField(name: "email", label: texts("replacing.email"), kind: .email),
                        FormField(name: "until", label: texts("person.until"), kind: .date),
                    ])),
            actions: [], notHandled: texts("person.notHandled", ["partnership": "De Kassen"]),
            acts: [
                .init(
                    what: texts("person.acts.granted", ["function": say("Leerkracht", "Teacher"), "place": "De Tuin"]),
                    who: texts(
                        "person.acts.by",
                        ["moment": say("2 november 2026, 9.00 uur", "2 November 2026, 9:00"), "name": "Jet Vos"])),
                .init(
                    what: texts("person.acts.registered"),
                    who: texts("person.acts.byProgram", ["moment": say("2 november 2026, 9.00 uur", "2 November 2026, 9:00")])),
            ])
    }

    /// All is well but for what was never done.
    var health: HealthPage {
        let now = Instant.of("2026-11-02", "09:00")
        return HealthPage(
            Health(findings: [
                .init(.journal, .well, number: 12_345), .init(.saving, .trouble, at: now, code: WriteOutage.diskFull.rawValue),
                .init(.checkpoint, .well, at: now, number: 12_300),
                .init(.upkeep, .well, at: now), .init(.plan, .well, number: 0), .init(.mail, .attention, at: now),
                .init(.disk, .trouble, number: 150_000_000), .init(.backup, .attention),
            ]), texts)
    }

    var schools: SchoolsPage {
        SchoolsPage(
            title: texts("schools.title"), tabs: Tab.administration(.schools, texts: texts),
            summary: say("46 locaties", "46 locations"),
            rows: [
                .init(
                    name: "De Kassenbouwer", href: nil, number: "12AB00", kind: say("basisschool", "primary school"),
                    board: "Stichting De Tuinderij", adviser: "Merel de Haan", chip: nil),
                .init(
                    name: "De Oever", href: nil, number: "34CD00", kind: "sbo", board: "Stichting De Tuinderij", adviser: nil,
                    chip: Chip(say("geen adviseur", "no adviser"), .wait)),
            ], form: nil)
    }
}
