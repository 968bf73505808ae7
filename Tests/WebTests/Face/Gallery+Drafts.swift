@testable import Web

extension Gallery {
    private static let draft = "/plan/concepten/kassen/2024-2028"

    private var term: String {
        "\(Self.draft)/deel?pad=procedures.tlv.clocks.decide"
    }

    private func turned(_ nl: String, _ en: String, _ was: (String, String), _ now: (String, String)) -> DraftPage.Line {
        DraftPage.Line(
            text: say(nl, en), note: texts("draftPlan.turnedLine", ["was": say(was.0, was.1), "now": say(now.0, now.1)]),
            place: Link(texts("draftPlan.toExample"), "\(Self.draft)/voorbeeld?naam=terms.promise"))
    }

    private var red: [DraftPage.Line] {
        [
            turned(
                "De beslissing komt binnen zes weken na een volledige aanvraag.",
                "The decision comes within six weeks of a complete request.",
                ("Laatste dag: 14 december 2021", "Last day: 14 December 2021"),
                ("Laatste dag: 7 december 2021", "Last day: 7 December 2021")),
            turned(
                "Eindigt op zaterdag 1 januari: dan wordt het maandag.", "Ends on Saturday 1 January: then it becomes Monday.",
                ("Laatste dag: 3 januari 2022", "Last day: 3 January 2022"),
                ("Laatste dag: 27 december 2021", "Last day: 27 December 2021")),
        ]
    }

    var planDrafts: DraftsPage {
        var key = FormField(name: "sleutel", label: texts("draftPlan.keyLabel"), kind: .text, value: "2024")
        key.hint = texts("draftPlan.keyHint")
        return DraftsPage(
            title: texts("draftPlan.title"), lead: texts("draftPlan.lead"),
            drafts: [Link(say("Ondersteuningsplan 2024–2028", "Support plan 2024–2028"), Self.draft)],
            form: Form(
                action: "/plan/concepten", button: texts("draftPlan.beginButton"),
                fields: [
                    FormField(name: "title-nl", label: texts("draftPlan.titleNl"), kind: .text),
                    FormField(name: "title-en", label: texts("draftPlan.titleEn"), kind: .text), key,
                    FormField(
                        name: "amends", label: texts("draftPlan.amends"), kind: .select,
                        options: [
                            FormOption(
                                "kassen/2020-2024", say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024"), selected: true)
                        ]),
                    FormField(name: "from", label: texts("draftPlan.from"), kind: .date, value: "2024-08-01"),
                ], problems: [FormProblem(texts("refusal.required"), field: "title-nl")]))
    }

    var planDraft: DraftPage {
        func group(_ kind: String, _ count: Int, changed: Int = 0, _ links: [Link]) -> DraftPage.Group {
            let values = ["title": texts("draftPlan.things.\(kind)"), "n": String(count), "changed": String(changed)]
            return DraftPage.Group(
                title: texts(changed > 0 ? "draftPlan.groupChanged" : "draftPlan.group", values), isChanged: changed > 0,
                links: links)
        }
        let tlv = Link(
            say("Toelaatbaarheidsverklaring", "Declaration of admissibility") + " " + texts("draftPlan.isChanged"),
            "\(Self.draft)/deel?pad=procedures.tlv")
        return DraftPage(
            title: say("Ondersteuningsplan 2024–2028", "Support plan 2024–2028"),
            back: Link(texts("draftPlan.title"), .planDrafts), verdict: texts.count("draftPlan.countRed", 2), isSound: false,
            next: texts("draftPlan.nextUnsound"),
            approval: Link(texts("draftPlan.approval"), .planVersion("kassen/2024-2028")), failing: [],
            errors: [
                DraftPage.Line(
                    text: say("de stap ‘adviseren’ is niet te bereiken", "the step ‘advise’ cannot be reached"),
                    note: "procedures/tlv.yaml, " + texts("draftPlan.lineNumber", ["n": "12"]),
                    place: Link(
                        texts("draftPlan.to", ["thing": say("Adviseren", "Advise")]),
                        "\(Self.draft)/deel?pad=procedures.tlv.steps.advise"))
            ], turned: red,
            cards: [
                DraftPage.Line(
                    text: say("De aanvraag van een TLV voor speciaal onderwijs.", "The request for a TLV for special education."),
                    note: texts.count("draftCard.count", 1),
                    place: Link(texts("draftCard.to"), "\(Self.draft)/voorbeeld?kaart=routes.tlv"))
            ],
            answered: [
                DraftPage.Line(
                    text: say("Eindigt op Koningsdag, dus een dag later.", "Ends on King’s Day, so a day later."),
                    note: texts(
                        "draftPlan.says", ["now": say("Laatste dag: 20 april 2021", "Last day: 20 April 2021")]),
                    place: Link(
                        texts("draftPlan.toExample"), "\(Self.draft)/voorbeeld?naam=terms.promise-kings-day"))
            ],
            warnings: [
                DraftPage.Line(
                    text: say("de brief ‘ontvangst’ wordt nergens gebruikt", "the letter ‘receipt’ is never used"), note: nil,
                    place: nil)
            ],
            differences: [
                say(
                    "TLV › Besluiten: de termijn gaat van 6 weken naar 5 weken.",
                    "TLV › Decide: the term goes from 6 weeks to 5 weeks.")
            ],
            changes: [
                DraftPage.Change(
                    text: say("Besluit binnen zes weken: Termijn", "Decision within six weeks: Term"),
                    note: texts(
                        "draftPlan.changed", ["was": say("6 weken", "6 weeks"), "now": say("5 weken", "5 weeks")]),
                    path: "procedures.tlv.clocks.decide.within", label: texts("draftPlan.back"),
                    place: Link(texts("draftPlan.to", ["thing": say("Besluit", "Decision")]), term))
            ], undo: "\(Self.draft)/terug",
            search: DraftPage.Search(
                action: Self.draft, query: say("besluit", "decision"),
                lead: texts.count("draftPlan.found", 1, ["query": say("besluit", "decision")]),
                found: [Link(say("TLV › Besluit binnen zes weken", "TLV › Decision within six weeks"), term)]),
            parts: [
                group("procedures", 2, changed: 1, [tlv, Link("SOT", "\(Self.draft)/deel?pad=procedures.sot")]),
                group("letters", 1, [Link(say("TLV verleend", "TLV granted"), "\(Self.draft)/deel?pad=letters.tlv")]),
            ],
            files: [
                Link("plan.yaml", "\(Self.draft)/bestand?naam=plan.yaml"),
                Link("procedures/tlv.yaml", "\(Self.draft)/bestand?naam=procedures/tlv.yaml"),
            ])
    }

    var planDraftPart: DraftPartPage {
        var title = FormField(
            name: "title.nl", label: texts("draftPlan.in.nl", ["label": texts("draftPlan.key.title")]), kind: .text,
            value: "Besluit binnen zes weken")
        title.hint = texts("draftPlan.source", ["source": say("deel 2, 1.7.4", "part 2, 1.7.4")])
        var within = FormField(
            name: "within", label: texts("draftPlan.key.within"), kind: .text, value: say("een poosje", "a while"))
        within.hint = texts("draftPlan.period") + " " + texts("draftPlan.was", ["was": say("6 weken", "6 weeks")])
        var key = FormField(name: "sleutel", label: texts("draftPlan.newKey"), kind: .text)
        key.hint = texts("draftPlan.keyHint")
        let row = DraftPage.Change(
            text: say("Speciaal onderwijs, groep 1 tot en met 3", "Special education, groups 1 to 3"), note: nil,
            path: "rules.duur.rows.so", label: texts("draftPlan.takeOut"), place: nil)
        let gone = DraftPage.Change(
            text: say("Na een verhuizing", "After a move"), note: nil, path: "rules.duur.rows.verhuisd",
            label: texts("draftPlan.back"), place: nil)
        return DraftPartPage(
            title: say("Besluit binnen zes weken", "Decision within six weeks"),
            around: [
                Link(texts("draftPlan.draft"), Self.draft),
                Link("TLV", "\(Self.draft)/deel?pad=procedures.tlv"),
            ], notice: nil, verdict: texts.count("draftPlan.countRed", 2), isSound: false, red: red,
            moreRed: Link(texts("draftPlan.moreRed", ["n": "4"]), Self.draft),
            form: Form(
                action: term, button: texts("draftPlan.save"), fields: [title, within],
                problems: [FormProblem(texts("draftPlan.notAPeriod"), field: "within")],
                cancel: Link(texts("draftPlan.toDraft"), Self.draft)),
            more: Link(texts("draftPlan.whole"), term + "&alles=ja"),
            groups: [
                .init(
                    title: texts("draftPlan.things.rows"),
                    links: [
                        Link(
                            say("Speciaal onderwijs, groep 1 tot en met 3", "Special education, groups 1 to 3"),
                            "\(Self.draft)/deel?pad=rules.duur.rows.so")
                    ], removed: [gone], remove: [row],
                    add: Form(
                        action: "\(Self.draft)/erbij", button: texts("draftPlan.add"), scope: "rules-duur-rows",
                        fields: [
                            key,
                            FormField(
                                name: "zoals", label: texts("draftPlan.like"), kind: .select,
                                options: [FormOption("so", say("Speciaal onderwijs", "Special education"), selected: true)]),
                        ]))
            ], undo: "\(Self.draft)/terug", takeOut: "\(Self.draft)/weg")
    }

    var planDraftCard: DraftCardPage {
        DraftCardPage(
            title: say("De aanvraag van een TLV voor speciaal onderwijs.", "The request for a TLV for special education."),
            around: [Link(texts("draftPlan.draft"), Self.draft)], chip: Chip(texts("draftCard.chip"), .wait),
            situation: [texts("card.day", ["day": say("2 november 2021", "2 November 2021")])], lead: texts("draftCard.lead"),
            changes: [
                Fact(
                    say("Termijn: Besluit, Uiterlijk", "Term: Decision, By"),
                    texts("card.said", ["what": say("14 december 2021", "14 December 2021")]),
                    texts("card.got", ["what": say("7 december 2021", "7 December 2021")]))
            ], things: toldThings, source: texts("draftPlan.source", ["source": say("deel 2, 1.7.4", "part 2, 1.7.4")]))
    }

    /// What a card tells of a route.
    var toldThings: [PlanCardsPart.Thing] {
        [
            .init(title: nil, facts: [Fact(texts("card.key.form"), "TLV so")]),
            .init(
                title: texts("card.thing.steps", ["title": say("Beslissen", "Decide")]),
                facts: [
                    Fact(texts("card.key.by"), say("beslisser", "decision maker")),
                    Fact(
                        texts("card.choice", ["choice": say("Toekennen", "Grant")]),
                        say("Gevraagd: Begindatum", "Asked: First day"), say("eindigt met: ‘TLV’", "ends with: ‘TLV’")),
                ]),
            .init(
                title: texts("card.thing.outcomes", ["title": say("Ingetrokken", "Withdrawn")]),
                facts: [Fact(texts("card.further"), texts("card.nothingFollows"))]),
        ]
    }

    /// Cards beside a part of the plan, one of which does not hold.
    func cards(_ kind: String) -> [PlanCardsPart] {
        [
            .init(
                anchor: "kaarten-\(kind)", title: texts("card.title.\(kind)"),
                lead: texts("card.lead.\(kind)") + " " + texts.count("card.someFail", 1),
                cards: [
                    .init(
                        why: say("Zo gaat het meestal.", "So it usually goes."),
                        situation: [texts("card.day", ["day": say("2 november 2021", "2 November 2021")])], things: toldThings,
                        source: source(say("deel 2, 1.7.4", "part 2, 1.7.4")), chip: nil),
                    .init(
                        why: say("Zo gaat het soms.", "So it goes sometimes."), situation: [], things: toldThings, source: nil,
                        chip: Chip(texts("card.fails"), .late)),
                ])
        ]
    }

    var planDraftExample: DraftExamplePage {
        let why = say(
            "De beslissing komt binnen zes weken na een volledige aanvraag.",
            "The decision comes within six weeks of a complete request.")
        func asked(_ language: String, _ value: String) -> FormField {
            var field = FormField(
                name: "why.\(language)", label: texts("draftPlan.in.\(language)", ["label": texts("draftPlan.shows")]),
                kind: .paragraph, value: value)
            field.rows = 2
            return field
        }
        func pressed(_ act: String, _ button: String) -> Form {
            Form(
                action: "\(Self.draft)/\(act)", button: texts(button), scope: act,
                fields: [FormField(name: "naam", label: "", kind: .hidden, value: "terms.promise")])
        }
        return DraftExamplePage(
            title: why, around: [Link(texts("draftPlan.draft"), Self.draft)],
            chip: Chip(texts("draftPlan.exampleTurned"), .late),
            situation: [
                say(
                    "Besluit binnen zes weken. Begint op 2 november 2021.",
                    "Decision within six weeks. Begins on 2 November 2021.")
            ],
            outcomes: [
                Fact(texts("draftPlan.outcomeBefore"), say("Laatste dag: 14 december 2021", "Last day: 14 December 2021")),
                Fact(texts("draftPlan.outcomeNow"), say("Laatste dag: 7 december 2021", "Last day: 7 December 2021")),
            ], source: texts("draftPlan.source", ["source": say("deel 2, 1.7.4", "part 2, 1.7.4")]),
            meant: Form(
                action: "\(Self.draft)/voorbeeld", button: texts("draftPlan.meantButton"), scope: "voorbeeld",
                fields: [asked("nl", "Binnen vijf weken."), asked("en", "")],
                problems: [FormProblem(texts("refusal.required"), field: "why.en")]),
            drop: pressed("voorbeeld-weg", "draftPlan.dropButton"), restore: pressed("voorbeeld-terug", "draftPlan.back"))
    }
}
