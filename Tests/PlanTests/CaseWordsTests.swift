import Domain
import Testing

@testable import Plan

@Suite("Checking what a plan says of cases, numbers and extensions")
struct CaseWordsTests {
    typealias Fault = PlanLoaderTests.Fault

    private static let route = "procedures/aanvraag.yaml"
    private static let optional = "kind: paragraph, optional: true }"

    /// The start of the small plan with a condition.
    private static func start(_ when: String, _ name: String, _ said: String) -> Fault {
        Fault(
            name, route, "opens: kijken", "when: { \(when) }\n  opens: kijken",
            "\(said) aanvraag.yaml:11 procedures.aanvraag.start.when.\(when.prefix { $0 != ":" })")
    }

    /// A field of the small plan asked in another way.
    private static func field(_ written: String, _ name: String, _ code: String, _ key: String) -> Fault {
        Fault(name, "fields.yaml", optional, written, "\(code) fields.yaml:7 fields.afwijking.\(key)")
    }

    private static let done = "klaar: { title: { nl: Klaar, en: Done }, then: kijken }"

    static let faults = [
        start("group: \"9\"", "a group in the condition of a start", "unknown-reference"),
        start("school-kind: mbo", "a kind of school that there is not", "unknown-reference"),
        start("group: \"05-01..07-31\"", "a group that is a time of the year", "bad-value"),
        start("today: \"5..\"", "a day that is no time of the year", "bad-value"),
        start("today: 2020-09-01", "a day with its year", "bad-value"),
        start("today: \"06-01..09-30\"", "a time of the year over the summer", "bad-value"),
        Fault(
            "a step of which no choice is open for some child", route, done,
            done.replacing(", then", with: ", when: { group: \"2..\" }, then"),
            "no-way-out aanvraag.yaml:24 procedures.aanvraag.steps.aanvullen.choices"),
        Fault(
            "a step whose only choice can be made once", route, done, done.replacing(", then", with: ", once: true, then"),
            "no-way-out aanvraag.yaml:24 procedures.aanvraag.steps.aanvullen.choices"),
        Fault(
            "a choice for what its own step never leaves empty", route, "en: Ask }, then: aanvullen",
            "en: Ask }, when: { wie: none }, then: aanvullen",
            "never-holds aanvraag.yaml:19 procedures.aanvraag.steps.kijken.choices.vragen.when.wie"),
        Fault(
            "another actor than in a route that is not there", route, "warn-actor-of: kijken", "not-actor-of: beroep.kijken",
            "unknown-reference aanvraag.yaml:38 procedures.aanvraag.steps.besluit.by.not-actor-of"),
        Fault(
            "another actor than in its own route, as if it were another", route, "warn-actor-of: kijken",
            "not-actor-of: aanvraag.kijken",
            "unknown-reference aanvraag.yaml:38 procedures.aanvraag.steps.besluit.by.not-actor-of"),
        Fault(
            "a clock extended by a choice that is not there", route, "paused-in: aanvullen",
            "extended: { by: kijken.fout, with: P2W, source: par. 5 }",
            "unknown-reference aanvraag.yaml:50 procedures.aanvraag.clocks.beslissen.extended.by"),
        Fault(
            "a clock extended by what meets it", route, "paused-in: aanvullen",
            "met-by: besluit\n    extended: { by: besluit.nee, with: P2W, source: par. 5 }",
            "never-holds aanvraag.yaml:51 procedures.aanvraag.clocks.beslissen.extended.by"),
        Fault(
            "an extension without a source", route, "paused-in: aanvullen", "extended: { by: kijken, with: P2W }",
            "missing-key aanvraag.yaml:50 procedures.aanvraag.clocks.beslissen.extended.source"),
        Fault(
            "an end without reasons where reasons may be needed", route, "deviation-field: afwijking, table", "table",
            "missing-key aanvraag.yaml:66 procedures.aanvraag.outcomes.ja.decision.validity.deviation-field"),
        Fault(
            "a clock that hangs on what may be known from another case", route, "paused-in: aanvullen", "when: { soort: dag }",
            "bad-field aanvraag.yaml:50 procedures.aanvraag.clocks.beslissen.when.soort"),
        Fault(
            "a clock that hangs on the child", route, "paused-in: aanvullen", "when: { group: \"2..\" }",
            "bad-field aanvraag.yaml:50 procedures.aanvraag.clocks.beslissen.when.group"),
        field("kind: number, optional: true }", "a number without a unit", "missing-key", "unit"),
        field("kind: number, unit: dollar, optional: true }", "a number in a unit that is not there", "bad-value", "unit"),
        field("kind: number, unit: hours, most: \"1,5\", optional: true }", "a bound with a comma", "wrong-kind", "most"),
        field(
            "kind: number, unit: euro, least: 5, most: 4, optional: true }", "a number that can be nothing", "bad-field", "most"),
        field(
            "kind: number, unit: euro, most-field: reden, source: par. 6, optional: true }",
            "a number not above what is no number",
            "bad-field", "most-field"),
        field(
            "kind: number, unit: euro, together-with: reden, optional: true }", "a number together with what is no number",
            "bad-field", "together-with"),
        field("kind: texts, at-least: 11, optional: true }", "more texts than there can be", "bad-field", "at-least"),
        field(
            "kind: paragraph, at-least: 2, optional: true }", "a number of answers where one is given", "unknown-key", "at-least"),
    ]

    @Test("what is said must be possible, and each fault is told once", arguments: faults)
    func possible(_ fault: Fault) throws {
        let texts = try SmallPlan.replacing(fault.piece, with: fault.other, in: fault.file)
        let errors = SmallPlan.problems(texts).filter { $0.severity == .error }
        #expect(SmallPlan.summary(errors) == [fault.said])
        #expect(errors.allSatisfy { !$0.message.nl.isEmpty && !$0.message.en.isEmpty })
    }

    /// The table of the small plan with these rows in place of the one for a day.
    private func table(_ rows: [String], of texts: [String: String]) throws -> [String: String] {
        try SmallPlan.replacing(
            "  dag: { when: { soort: dag }, until: { period: P1M }, source: par. 6 a }",
            with: rows.map { "  \($0), until: { period: P1M }, source: par. 6 a }" }.joined(separator: "\n"),
            in: "rules/duur.yaml",
            of: texts)
    }

    @Test("a number in a condition must be one that can be answered, and its bounds are tried in a table")
    func numbers() throws {
        let fields = try SmallPlan.replacing(
            Self.optional, with: "kind: number, unit: percent, most: 60, optional: true }", in: "fields.yaml")
        let never = try SmallPlan.replacing(
            "when: { group: \"2..\" }", with: "when: { afwijking: \"61..\" }", in: Self.route, of: fields)
        #expect(
            SmallPlan.summary(SmallPlan.problems(never)) == [
                "never-holds aanvraag.yaml:10 procedures.aanvraag.start.needs.verslag.when.afwijking"
            ])
        let until = { (bound: String) in
            SmallPlan.problems(
                try table(
                    [
                        "dag-niets: { when: { soort: dag, afwijking: none }",
                        "dag-veel: { when: { soort: dag, afwijking: \"30..\" }",
                        "dag: { when: { soort: dag, afwijking: \"..\(bound)\" }",
                    ], of: fields))
        }
        #expect(SmallPlan.summary(try until("29")) == [])
        #expect(
            try until("28").first { $0.code == .tableGap }?.message.en.hasPrefix(
                "no row is for these cases: soort dag, afwijking 29") == true)
        #expect(try until("30").contains { $0.code == .tableOverlap })
    }

    @Test(
        "a time of the year is tried on both sides of every bound, of today and of a day that was answered",
        arguments: ["today", "begin"])
    func timeOfYear(_ fact: String) throws {
        let until = { (bound: String) in
            SmallPlan.problems(
                try table(
                    [
                        "dag-laat: { when: { soort: dag, \(fact): \"10-01..\" }",
                        "dag: { when: { soort: dag, \(fact): \"..\(bound)\" }",
                    ], of: SmallPlan.texts))
        }
        #expect(SmallPlan.summary(try until("09-30")) == [])
        #expect(
            try until("09-29").first { $0.code == .tableGap }?.message.en.hasPrefix(
                "no row is for these cases: soort dag, \(fact) 09-30") == true)
    }

    // MARK: Read and tried

    private func rules(_ piece: String, _ other: String, in file: String = route) throws -> PlanRules {
        try PlanLoader.open(SmallPlan.key, from: PlanTexts(try SmallPlan.replacing(piece, with: other, in: file))).rules
    }

    @Test("conditions of a start and a choice are read, with times of the year in the order of the school year")
    func conditions() throws {
        let start = try rules(
            "opens: kijken", "when: { group: \"2..\", today: \"..09-30\", born: \"05-01..07-31\" }\n  opens: kijken"
        )
        .procedure("aanvraag")?.start
        #expect(
            start?.when.clauses == [
                .init(fact: "group", match: .range(from: 2, to: nil)),
                .init(fact: "today", match: .calendar(from: nil, to: DayOfSchoolYear("09-30"))),
                .init(fact: "born", match: .calendar(from: DayOfSchoolYear("05-01"), to: DayOfSchoolYear("07-31"))),
            ])
        let choice = try rules("en: Ask }, then", "en: Ask }, when: { soort: week }, once: true, then")
            .procedure("aanvraag")?.step("kijken")?.choice("vragen")
        #expect(choice?.when == Condition([.init(fact: "soort", match: .oneOf(["week"]))]))
        #expect(choice?.once == true)
    }

    @Test("numbers and texts are read with their unit and bounds; a share has a hundred as its most")
    func fields() throws {
        let kind = { (written: String) in
            try self.rules(Self.optional, written, in: "fields.yaml").fields["afwijking"]
        }
        #expect(try kind("kind: number, unit: percent }")?.kind == .number(NumberRule(unit: .percent, most: 100)))
        #expect(
            try kind("kind: number, unit: half-days, least: 1, most: 6 }")?.kind
                == .number(NumberRule(unit: .halfDays, least: 1, most: 6)))
        let texts = try kind("kind: texts, at-least: 2, at-most: 4 }")
        #expect(texts?.kind == .texts)
        #expect(texts?.atLeast == 2)
        #expect(texts?.atMost == 4)
    }

    @Test("an extension counts as its clock does, and an appeal is a term")
    func extensions() throws {
        let clock = try rules("paused-in: aanvullen", "extended: { by: [kijken.vragen, aanvullen], with: P2W, source: par. 5 }")
            .procedure("aanvraag")?.clocks.first
        #expect(
            clock?.extended
                == .init(
                    by: ["kijken.vragen", "aanvullen"], with: Term(Period(2, .weeks), countsBy: .termijnenwet), source: "par. 5"))
        let appeal = try rules("objection: {", "appeal: {").procedure("aanvraag")?.outcome("ja")?.decision
        #expect(appeal?.appeal == Term(Period(6, .weeks), countsBy: .termijnenwet))
        #expect(appeal?.objection == nil)
    }

    /// A walk through the small plan, with what must come of it.
    struct Walk: Sendable, CustomTestStringConvertible {
        let answers: String
        let day: String
        let steps: String
        let got: String
        var testDescription: String { "\(answers) \(day) \(steps): \(got)" }
    }

    @Test(
        "a start and a choice that are there in certain cases only are refused in others",
        arguments: [
            Walk(answers: "group: \"2\"", day: "2020-09-30", steps: "", got: "open: kijken"),
            Walk(answers: "group: \"1\"", day: "2020-09-30", steps: "", got: "refused: startClosed"),
            Walk(answers: "group: \"2\"", day: "2020-10-01", steps: "", got: "refused: startClosed"),
            Walk(answers: "group: \"2\", soort: dag", day: "2020-09-30", steps: "kijken.vragen", got: "refused: choiceClosed"),
            Walk(
                answers: "group: \"2\", soort: week", day: "2020-09-30", steps: "kijken.vragen, aanvullen.klaar",
                got: "open: kijken"),
            Walk(
                answers: "group: \"2\", soort: week", day: "2020-09-30",
                steps: "kijken.vragen, aanvullen.klaar, kijken.vragen", got: "refused: choiceClosed"),
        ])
    func walks(_ walk: Walk) throws {
        var texts = try SmallPlan.replacing(
            "opens: kijken", with: "when: { group: \"2..\", today: \"..09-30\" }\n  opens: kijken", in: Self.route)
        texts = try SmallPlan.replacing(
            "en: Ask }, then: aanvullen", with: "en: Ask }, when: { soort: week }, once: true, then: aanvullen", in: Self.route,
            of: texts)
        texts["wold/2020/examples/weg.yaml"] = """
            weg:
              kind: route
              why: { nl: Zo loopt het, en: So it goes }
              route: aanvraag
              answers: { \(walk.answers) }
              day: \(walk.day)
              steps: [\(walk.steps)]
              expect: { \(walk.got) }
            """
        let plan = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
        let result = try #require(PlanExamples.run(plan).first { $0.example.id == "weg" })
        #expect(result.passed, "\(result.got)")
    }

    @Test("an extended clock ends later, and one that cannot be extended says so")
    func extendedExample() throws {
        var texts = try SmallPlan.replacing(
            "expect: { due: 2020-10-13 }", with: "extended: true\n  expect: { due: 2020-10-27 }", in: "examples/alles.yaml")
        let run = { (texts: [String: String]) in
            PlanExamples.run(try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))).first { $0.example.id == "zes-weken" }
        }
        #expect(try run(texts)?.got == "no extension aanvraag.beslissen")
        texts = try SmallPlan.replacing(
            "    paused-in: aanvullen\n",
            with: "    paused-in: aanvullen\n    extended: { by: kijken.vragen, with: P2W, source: par. 5 }\n", in: Self.route,
            of: texts
        )
        #expect(try run(texts)?.passed == true)
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == [])
    }
}
