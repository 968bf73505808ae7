import Domain
import TestKit
import Testing

@Suite("A condition")
struct ConditionTests {
    private let facts = Facts(
        [
            "school-type": .text("so"), "helps": .list(["rest", "contact"]), "group": .text("4"), "age": .text("7"),
            "empty": .text(" "),
        ],
        scales: PlanRules.invented.scales)

    @Test(
        "every clause must hold; one of the values, a range with open ends, or nothing",
        arguments: [
            ("school-type", Condition.Match.oneOf(["so"]), true), ("school-type", .oneOf(["sbo", "so"]), true),
            ("school-type", .oneOf(["sbo"]), false), ("nothing", .oneOf(["so"]), false), ("nothing", .absent, true),
            ("school-type", .absent, false), ("helps", .oneOf(["contact"]), true), ("helps", .oneOf(["structure"]), false),
            ("group", .range(from: 4, to: nil), true), ("group", .range(from: 5, to: nil), false),
            ("group", .range(from: nil, to: 4), true), ("group", .range(from: nil, to: 3), false),
            ("group", .range(from: 4, to: 4), true), ("age", .range(from: 7, to: 9), true),
            ("age", .range(from: 8, to: nil), false),
            ("nothing", .range(from: nil, to: nil), false), ("school-type", .range(from: nil, to: nil), false),
            ("empty", .absent, true), ("nothing", .present, false), ("empty", .present, false), ("helps", .present, true),
            ("school-type", .present, true),
        ])
    func clauses(_ fact: String, _ match: Condition.Match, _ holds: Bool) {
        #expect(Condition([.init(fact: fact, match: match)]).holds(for: facts) == holds)
    }

    @Test("no clause is always, two are both")
    func several() {
        #expect(Condition.always.holds(for: Facts()))
        let so = Condition.Clause(fact: "school-type", match: .oneOf(["so"]))
        let five = Condition.Clause(fact: "group", match: .range(from: 5, to: nil))
        #expect(!Condition([so, five]).holds(for: facts))
    }

    @Test("a group's place is its place in the plan's list, not the number in its name")
    func scale() {
        let scaled = Facts(["group": .text("1")], scales: ["group": ["peuter": 1, "1": 2]])
        #expect(Condition([.init(fact: "group", match: .range(from: 2, to: 2))]).holds(for: scaled))
    }

    @Test("a group named twice in a plan breaks nothing")
    func doubleGroup() {
        let rules = PlanRules.invented
        let twice = PlanRules(
            key: rules.key, title: rules.title, partnership: rules.partnership, inForce: rules.inForce, until: nil, amends: nil,
            document: rules.document, functions: rules.functions, disciplines: [], relations: [], purposes: [], evidence: [],
            groups: rules.groups + rules.groups, tiers: [], groeidocument: rules.groeidocument, fields: [:], procedures: [],
            tables: [:],
            letters: [:], ages: 3...14, holidays: rules.holidays)
        #expect(twice.scales["group"]?["4"] == 4)
    }
}

@Suite("A decision table")
struct DecisionTableTests {
    private func row(_ id: String, _ value: String) -> DecisionTable.Row {
        DecisionTable.Row(
            id: id, when: Testland.condition("kind", value), until: .endOfSchoolYear(after: 0), source: "Testland \(id)")
    }

    private func table(_ hit: DecisionTable.HitPolicy) -> DecisionTable {
        DecisionTable(
            id: "t", title: Localized(nl: "t", en: "t"), hit: hit, rows: [row("one", "a"), row("two", "a"), row("three", "b")],
            source: "Testland, 9")
    }

    @Test("exactly one row may match: none and two are refused with their names")
    func exactlyOne() throws {
        #expect(try table(.exactlyOne).row(for: Facts(["kind": .text("b")])).id == "three")
        #expect(throws: Refused(.noRowMatches, values: ["table": "t"], source: "Testland, 9")) {
            try table(.exactlyOne).row(for: Facts(["kind": .text("c")]))
        }
        #expect(throws: Refused(.severalRowsMatch, values: ["table": "t", "rows": "one,two"], source: "Testland, 9")) {
            try table(.exactlyOne).row(for: Facts(["kind": .text("a")]))
        }
    }

    @Test("the first row that matches, where the plan says so")
    func first() throws {
        #expect(try table(.first).row(for: Facts(["kind": .text("a")])).id == "one")
    }

    @Test("the invented plan's table has exactly one row for every case")
    func complete() throws {
        for group in PlanRules.invented.groups.map(\.id) {
            for emb in [nil, "a", "b", "c"] {
                for duration in ["temporary", "whole"] {
                    var answers: Answers = ["group": .text(group), "duration": .text(duration)]
                    answers["emb"] = emb.map { .text($0) }
                    _ = try Testland.duration.row(for: Facts(answers, scales: PlanRules.invented.scales))
                }
            }
        }
    }
}

@Suite("A template of numbers")
struct NumberTemplateTests {
    @Test(
        "values are filled in; an empty one takes its separator along",
        arguments: [
            (
                "{swv}-{school-year}-{seq:4}-{category}",
                ["swv": "PO1", "school-year": "2021-2022", "seq": "7", "category": "low"], "PO1-2021-2022-0007-low"
            ),
            (
                "{swv}-{school-year}-{seq:4}-{category}", ["swv": "PO1", "school-year": "2021-2022", "seq": "7"],
                "PO1-2021-2022-0007"
            ),
            ("{swv}-{category}-{seq:4}", ["swv": "PO1", "seq": "7"], "PO1-0007"),
            ("{category}-{seq:2}", ["seq": "7"], "07"), ("{a}/{b}-{seq}", ["seq": "7"], "7"),
            ("TLV {seq}", ["seq": "7"], "TLV 7"), ("{seq:2}", ["seq": "123"], "123"), ("plain", [:], "plain"),
            ("-{seq}", ["seq": "7"], "-7"), ("{seq", ["seq": "7"], "{seq"), ("A-{seq", [:], "A-{seq"),
            ("{seq:-3}", ["seq": "7"], "7"),
            ("{seq:x}", ["seq": "7"], "7"), ("{}-{seq}", ["seq": "7"], "7"),
        ] as [(String, [String: String], String)])
    func fills(_ template: String, _ values: [String: String], _ expected: String) {
        #expect(NumberTemplate(template).filled(values) == expected)
    }

    @Test("no width is so wide that it fills the memory")
    func width() {
        #expect(NumberTemplate("{seq:999999999999}").filled(["seq": "7"]).count <= 20)
        #expect(NumberTemplate("{seq:999999999}").filled(["seq": "7"]).count <= 20)
    }

    @Test("its placeholders are known by name, without their width")
    func placeholders() {
        #expect(NumberTemplate("{swv}-{seq:4}-x-{category}").placeholders == ["swv", "seq", "category"])
    }
}

@Suite("A field")
struct FieldTests {
    private func field(_ kind: Field.Kind, _ options: [String] = []) -> Field {
        let title = Localized(nl: "v", en: "v")
        return Field(id: "f", title: title, kind: kind, options: options.map { Field.Option(id: $0, title: title) })
    }

    @Test(
        "says what is wrong with an answer",
        arguments: [
            (Field.Kind.text, Answer.text("goed"), nil), (.text, .text(String(repeating: "x", count: 500)), nil),
            (.text, .text(String(repeating: "x", count: 501)), Refusal.Code.tooLong),
            (.text, .text(String(repeating: "ë", count: 500)), nil),
            (.paragraph, .text(String(repeating: "x", count: 20_000)), nil),
            (.paragraph, .text(String(repeating: "x", count: 20_001)), .tooLong), (.day, .text("2021-02-28"), nil),
            (.day, .text("2021-02-29"), .notADay), (.day, .text("28-02-2021"), .notADay),
            (.moment, .text("2021-02-28T09:30"), nil),
            (.moment, .text("2021-02-28T9:30"), .notAMoment), (.choice, .text("a"), nil), (.choice, .text("c"), .notAnOption),
            (.choice, .list(["a", "b"]), .notAnOption), (.choices, .list(["a", "b"]), nil), (.choices, .text("a"), nil),
            (.choices, .list(["a", "c"]), .notAnOption), (.yesNo, .text("yes"), nil), (.yesNo, .text("ja"), .notAnOption),
        ] as [(Field.Kind, Answer, Refusal.Code?)])
    func problems(_ kind: Field.Kind, _ answer: Answer, _ expected: Refusal.Code?) {
        #expect(field(kind, ["a", "b"]).problems(with: answer).map(\.code) == (expected.map { [$0] } ?? []))
    }

    @Test("a moment on the wall clock is ordered and written in one way")
    func moments() {
        #expect(LocalMoment("2021-02-28T09:05")?.description == "2021-02-28T09:05")
        #expect(LocalMoment("2021-02-28T09:05:59")?.description == "2021-02-28T09:05")
        #expect(LocalMoment("2021-02-28T09:05:60") == nil)
        let ordered = ["2021-02-28T09:05", "2021-02-28T10:00", "2021-03-01T00:00"].compactMap { LocalMoment($0) }
        #expect(ordered.sorted() == ordered)
        #expect(ordered.count == 3)
    }
}

@Suite("An answer")
struct AnswerTests {
    @Test(
        "is empty when nothing but blanks was filled in",
        arguments: [
            (Answer.text(""), true), (.text(" \n\t"), true), (.list([]), true), (.list(["", " "]), true), (.text("a"), false),
            (.list(["", "a"]), false),
        ])
    func empty(_ answer: Answer, _ expected: Bool) {
        #expect(answer.isEmpty == expected)
    }
}

@Suite("The versions of a plan")
struct PlanShelfTests {
    @Test("on each day the youngest that began by then; before all, the oldest")
    func inForce() {
        let shelf = PlanShelf.of([.inventedAmended, .invented])
        #expect(shelf.inForce(on: .of("2019-01-01")).key == PlanRules.invented.key)
        #expect(shelf.inForce(on: .of("2022-07-31")).key == PlanRules.invented.key)
        #expect(shelf.inForce(on: .of("2022-08-01")).key == PlanRules.inventedAmended.key)
        #expect(shelf[PlanKey("testland/2022")]?.amends == PlanRules.invented.key)
        #expect(shelf[PlanKey("testland/1999")] == nil)
    }

    @Test("a shelf without a version is none")
    func empty() {
        #expect(PlanShelf([]) == nil)
    }

    @Test("people, begin, end and reasons are asked in each procedure again; what is in the groeidocument never")
    func fieldsOfOneProcedure() {
        #expect(PlanRules.invented.fieldsOfOneProcedure == ["second-expert", "begin", "end", "deviation", "conflict", "reasons"])
    }
}
