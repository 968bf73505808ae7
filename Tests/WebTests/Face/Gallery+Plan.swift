@testable import Web

extension Gallery {
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
            fan: Fan(forms.map { Fan.Tier($0.0, $0.1.map { Fan.Form($0) }) }, child: nil, texts: texts),
            tiers: forms.map { tier in
                .init(
                    title: tier.0,
                    forms: tier.1.map {
                        .init(
                            title: $0, href: "/plan/x",
                            about: say("Wat de school zelf kan bieden.", "What the school itself can offer."), source: "1.7.1")
                    })
            },
            procedures: [
                .init(
                    title: say("Schoolondersteuningsteam (SOT)", "School support team (SOT)"), href: "/plan/sot",
                    about: say(
                        "School, ouders en kernteam brengen samen in kaart wat nodig is.",
                        "School, parents and core team map together what is needed."),
                    terms: [say("aanmelden 1 week vooraf", "register 1 week ahead")],
                    starts: say("de school begint, met toestemming van ouders", "the school starts, with the parents' consent")),
                .init(
                    title: say("Toelaatbaarheidsverklaring (TLV)", "Declaration of admissibility (TLV)"), href: "/plan/tlv",
                    about: say("Toegang tot het speciaal (basis)onderwijs.", "Access to special (primary) education."),
                    terms: [say("besluit binnen 6 weken", "decision within 6 weeks")],
                    starts: say("de school vraagt aan, na een HIA", "the school applies, after a HIA")),
            ], sources: Link(say("Alle paragrafen van het plan", "All paragraphs of the plan"), .planSource),
            versions: [Link(say("2016–2020", "2016–2020"), "#")])
    }

    var planProcedure: PlanProcedurePage {
        PlanProcedurePage(
            title: say("Toelaatbaarheidsverklaring (TLV)", "Declaration of admissibility (TLV)"),
            about: [
                say(
                    "Een besluit waarmee een kind naar het speciaal basisonderwijs of het speciaal onderwijs kan.",
                    "A decision with which a child can go to special primary education or special education.")
            ],
            facts: [
                Fact(say("Wie begint", "Who starts"), say("intern begeleider of directeur", "coordinator or director")),
                Fact(say("Na", "After"), "HIA"),
            ],
            needs: [
                .init(
                    title: say("Groeidocument, alle delen behalve Evaluatie", "Groeidocument, all parts but Evaluation"),
                    text: nil, source: "1.7.6.2")
            ],
            asks: [
                .init(
                    title: say("Soort onderwijs", "School type"),
                    text: say("hiervan hangt af welke regels gelden", "the rules depend on it"), source: nil)
            ],
            steps: [
                .init(
                    title: say("Compleet?", "Complete?"), who: say("secretariaat", "office"),
                    text: [say("Kijkt of alles er is.", "Checks that all is there.")], terms: [],
                    then: [
                        say("compleet: naar de deskundigen", "complete: to the experts"),
                        say("niet compleet: terug met een vraag", "not complete: back with a question"),
                    ], source: "1.7.4"),
                .init(
                    title: say("Twee adviezen", "Two advices"),
                    who: say("twee verschillende deskundigen", "two different experts"),
                    text: [
                        say(
                            "Een orthopedagoog of psycholoog, en een tweede die niet aan de school is verbonden.",
                            "A special needs educationalist or psychologist, and a second not bound to the school.")
                    ], terms: [say("binnen 2 weken", "within 2 weeks")], then: [],
                    source: say("deel 2, 1.7.4; WPO 18a.11", "part 2, 1.7.4; WPO 18a.11")),
                .init(
                    title: say("Besluiten", "Decide"), who: say("beslisser", "decision maker"), text: [],
                    terms: [say("6 weken na compleet", "6 weeks after complete")], then: [], source: "1.7.4"),
            ],
            terms: [
                .init(
                    title: say("Besluit binnen 6 weken", "Decision within 6 weeks"),
                    text: say(
                        "vanaf de dag dat alles er is; staat stil als er iets gevraagd is",
                        "from the day all is there; stands still while something is asked"),
                    source: say("deel 2, 1.7.4", "part 2, 1.7.4"))
            ],
            outcomes: [
                .init(
                    title: say("Toegekend", "Granted"),
                    text: say("brief met nummer; daarna plaatsing", "letter with number; then placement"), source: nil),
                .init(
                    title: say("Afgewezen", "Refused"), text: say("met redenen; bezwaar kan", "with reasons; objection possible"),
                    source: "5.4.1"),
            ],
            tables: [
                .init(
                    title: say("Hoe lang geldt een TLV?", "How long is a TLV valid?"),
                    policy: say("Precies één regel geldt.", "Exactly one row applies."),
                    columns: ["EMB", say("Groep", "Group"), say("Tot en met", "Until")],
                    rows: [
                        .init(
                            cells: ["A, B, C", "–", say("einde schooljaar van 14 jaar", "end of school year of age 14")],
                            source: "1.7.5"),
                        .init(
                            cells: [say("nee", "no"), "4 – 8", say("einde van groep 8", "end of group 8")], source: "addendum, 1"),
                    ], source: "addendum, 1")
            ],
            conflicts: [
                .init(
                    title: say("Einde van een TLV so die midden in een jaar begint", "End of an so TLV that begins mid-year"),
                    text: say(
                        "De wet rekent hele schooljaren, het addendum tot groep 8. De beslisser kiest, met redenen.",
                        "The law counts whole school years, the addendum until group 8. The decision maker chooses, with reasons."
                    ), source: "WEC 40.15")
            ],
            source: say("deel 2, 1.7.4", "part 2, 1.7.4"))
    }

    var planSource: PlanSourcePage {
        PlanSourcePage(
            title: say("De bronnen van het plan", "The sources of the plan"),
            lead: say("Elke paragraaf, en waar die in SENtrum terugkomt.", "Every paragraph, and where it returns in SENtrum."),
            paragraphs: [
                .init(
                    number: say("deel 2, 1.7.2", "part 2, 1.7.2"), title: say("Bespreken in het SOT", "Discussing in the SOT"),
                    uses: [Link("SOT", "/plan/sot")]),
                .init(
                    number: say("deel 2, 1.7.4", "part 2, 1.7.4"), title: say("Aanvragen TLV", "Applying for a TLV"),
                    uses: [Link("TLV", "/plan/tlv"), Link(say("termijn besluit", "decision term"), "/plan/tlv")]),
                .init(number: say("deel 1, 1.1", "part 1, 1.1"), title: say("Missie", "Mission"), uses: []),
            ])
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
            ], next: nil, first: nil,
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
                    period: say("sinds 1 augustus 2021", "since 1 August 2021"), chip: nil,
                    end: Form(
                        action: "#", button: say("Beëindigen", "End"), scope: "f1",
                        fields: [FormField(name: "dag", label: say("Laatste dag", "Last day"), kind: .date)])),
                .init(
                    title: say("Leerkracht", "Teacher"), place: "De Tuin", period: "2015 – 2021",
                    chip: Chip(say("beëindigd", "ended")), end: nil),
            ],
            grant: Form(
                action: "#", button: say("Geven", "Give"), scope: "nieuw",
                fields: [
                    FormField(
                        name: "functie", label: say("Functie", "Function"), kind: .select,
                        options: [FormOption("x", say("deskundige", "expert"))])
                ]),
            actions: [])
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
