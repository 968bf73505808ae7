import Domain

extension Testland {
    private static func need(_ id: String, _ kind: Need.Kind, when: Condition = .always) -> Need {
        Need(id: id, kind: kind, why: words("Nodig voor \(id)", "Needed for \(id)"), when: when, source: "Testland, 3")
    }

    private static func choice(
        _ id: String, asks: [Ask] = [], needs: [Need] = [], _ then: ChoiceRule.Next, marksComplete: Bool = false,
        plans: String? = nil
    ) -> ChoiceRule {
        ChoiceRule(
            id: id, title: words(id, id), asks: asks, needs: needs, then: then, marksComplete: marksComplete, plans: plans)
    }

    private static func outcome(
        _ id: String, leadsTo: [String] = [], grants: String? = nil, decision: DecisionRule? = nil
    ) -> OutcomeRule {
        OutcomeRule(id: id, title: words(id, id), leadsTo: leadsTo, grants: grants, decision: decision)
    }

    /// The light route: a talk at school, announced a week ahead, held as often as it takes.
    package static let talk = ProcedureRule(
        id: "talk", title: words("Overleg", "Talk"), why: words("Samen nadenken", "Thinking together"), form: "in-class",
        start: StartRule(
            by: ["ib", "school-director"],
            needs: [
                need("agreement", .agreement(purpose: "talk")),
                need("document", .groeidocument(parts: ["general", "observe"], notOlderThan: nil)),
            ],
            plans: "meet", locksGroeidocument: true, opens: ["meet"]),
        steps: [
            StepRule(
                id: "meet", title: words("Overleg", "Talk"), by: ActorRule(functions: ["ib", "adviser"], source: "Testland, 3"),
                asks: [Ask(field: "minutes", anew: true)],
                choices: [
                    choice("in-school", .end(outcome: "in-school")),
                    choice("again", .open(["meet"]), plans: "meet"),
                    choice("wider", .end(outcome: "wider")),
                ],
                meeting: MeetingRule(
                    chair: "ib", required: ["ib", "teacher", PlanRules.guardian], optional: ["youth-team"],
                    ahead: Period(1, .weeks), aheadSource: "Testland, 3.1"))
        ],
        clocks: [], outcomes: [outcome("in-school"), outcome("wider", leadsTo: ["entry"])], source: "Testland, 3")

    /// The heavy route: a check, two advices of different people, a numbered decision.
    package static let entry = ProcedureRule(
        id: "entry", title: words("Toegang", "Entry"), why: words("Een andere school", "Another school"), form: "other-school",
        start: StartRule(
            by: ["ib"], after: [.init(procedure: "talk", outcomes: ["wider"])],
            asks: [
                Ask(field: "school-type", anew: true), Ask(field: "category", anew: true), Ask(field: "emb", anew: true),
                Ask(field: "begin", anew: true),
            ],
            needs: [
                need("document", .groeidocument(parts: ["general", "observe", "strategy"], notOlderThan: Period(1, .years))),
                need("child", .field("child-view")),
                need("report", .evidence(kind: "report"), when: condition("school-type", "so")),
            ],
            locksGroeidocument: true, opens: ["check"]),
        steps: entrySteps, clocks: entryClocks,
        outcomes: [
            outcome(
                "granted", grants: "other-school",
                decision: DecisionRule(
                    number: "{swv}-{school-year}-{seq:4}-{school-type}-{category}", counter: "entry-{school-year}",
                    validity: ValidityRule(
                        beginField: "begin", endField: "end", deviationField: "deviation", table: "entry-duration",
                        wholeSchoolYears: condition("school-type", "so"), wholeSchoolYearsSource: "Testland, law",
                        conflictField: "conflict"),
                    letter: "granted", reasonsField: "reasons", advices: ["first", "second"],
                    copies: ["school-type", "category", "goal"], objection: Term(Period(6, .weeks), countsBy: .termijnenwet),
                    source: "Testland, 4")),
            outcome(
                "refused",
                decision: DecisionRule(
                    number: "{swv}-N-{school-year}-{seq:4}", counter: "entry-refused-{school-year}", validity: nil,
                    letter: "refused", reasonsField: "reasons", advices: ["first", "second"], copies: [],
                    objection: Term(Period(6, .weeks), countsBy: .termijnenwet), source: "Testland, 4")),
            outcome("withdrawn"),
        ], source: "Testland, 4")

    private static let entrySteps: [StepRule] = [
        StepRule(
            id: "check", title: words("Controleren", "Check"), by: ActorRule(functions: ["secretary"], source: "Testland, 4.1"),
            choices: [
                choice(
                    "complete", asks: [Ask(field: "second-expert", anew: true)], .open(["first", "second"]),
                    marksComplete: true),
                choice("incomplete", asks: [Ask(field: "missing", anew: true)], .open(["ask"])),
            ],
            due: Term(Period(1, .weeks), countsBy: .calendar)),
        StepRule(
            id: "ask", title: words("Aanvullen", "Complete"), by: ActorRule(functions: ["ib"], source: "Testland, 4.2"),
            choices: [
                choice("supplied", asks: [Ask(field: "addition", anew: true)], .open(["check"])),
                choice("withdraw", .end(outcome: "withdrawn")),
            ],
            due: Term(Period(2, .weeks), countsBy: .calendar)),
        StepRule(
            id: "first", title: words("Eerste advies", "First advice"),
            by: ActorRule(functions: ["adviser"], disciplines: ["orthopedagoog", "psycholoog"], source: "Testland, 4.3"),
            asks: [Ask(field: "first-advice", anew: true)], choices: [choice("done", .open(["decide"]))]),
        StepRule(
            id: "second", title: words("Tweede advies", "Second advice"),
            by: ActorRule(
                functions: ["expert"], chosenIn: "second-expert", disciplines: ["arts", "pedagoog"], notActorOf: ["first"],
                notOfThisSchool: true, source: "Testland, 4.3"),
            asks: [Ask(field: "second-advice", anew: true)], choices: [choice("done", .open(["decide"]))]),
        StepRule(
            id: "decide", title: words("Beslissen", "Decide"),
            by: ActorRule(
                functions: ["decider"], notActorOf: ["first", "second"], warnActorOf: ["check"], source: "Testland, 4.4"),
            asks: [Ask(field: "reasons", anew: true)],
            choices: [
                choice(
                    "grant",
                    asks: [
                        Ask(field: "duration", anew: true), Ask(field: "end", required: false, anew: true),
                        Ask(field: "deviation", required: false, anew: true),
                        Ask(field: "conflict", required: false, anew: true),
                    ], .end(outcome: "granted")),
                choice("refuse", .end(outcome: "refused")),
                choice("ask", .open(["ask"])),
            ],
            waitsFor: ["first", "second"]),
    ]

    private static let entryClocks: [ClockRule] = [
        ClockRule(
            id: "promise", title: words("Zes weken", "Six weeks"), within: Term(Period(6, .weeks), countsBy: .termijnenwet),
            from: .complete, pausedIn: ["ask"], warn: [Period(2, .weeks)], ground: words("Belofte", "Promise"),
            source: "Testland, 4.5"),
        ClockRule(
            id: "law", title: words("Acht weken", "Eight weeks"), within: Term(Period(8, .weeks), countsBy: .termijnenwet),
            from: .received, pausedIn: ["ask"], ground: words("Wet", "Law"), source: "Testland, law"),
    ]

    /// Until when entry is granted.
    package static let duration = DecisionTable(
        id: "entry-duration", title: words("Hoe lang", "How long"),
        rows: [
            row("emb", [.init(fact: "emb", match: .oneOf(["a", "b", "c"]))], .endOfSchoolYearOfAge(14)),
            row(
                "young", [.init(fact: "emb", match: .absent), .init(fact: "group", match: .range(from: nil, to: 2))],
                .chosen(atMost: .endOfGroup("3"))),
            row(
                "three-temporary",
                [
                    .init(fact: "emb", match: .absent), .init(fact: "group", match: .range(from: 3, to: 3)),
                    .init(fact: "duration", match: .oneOf(["temporary"])),
                ], .chosen(atMost: .endOfGroup("3"))),
            row(
                "three-whole",
                [
                    .init(fact: "emb", match: .absent), .init(fact: "group", match: .range(from: 3, to: 3)),
                    .init(fact: "duration", match: .oneOf(["whole"])),
                ], .endOfGroup("8")),
            row(
                "older", [.init(fact: "emb", match: .absent), .init(fact: "group", match: .range(from: 4, to: nil))],
                .endOfGroup("8")),
        ], source: "Testland, 4.6")

    private static func row(_ id: String, _ when: [Condition.Clause], _ until: UntilRule) -> DecisionTable.Row {
        DecisionTable.Row(id: id, when: Condition(when), until: until, source: "Testland, 4.6 \(id)")
    }
}
