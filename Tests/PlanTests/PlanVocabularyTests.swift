import Domain
import Foundation
import Plan
import Testing

@Suite("Every word of the format")
struct PlanVocabularyTests {
    /// Words whose absence no plan of this repository shows, each with the test that breaks when the word is ignored.
    static let elsewhere = [
        "hit": "the first row may win where the table says so, but a row that never wins is told",
        "majority": "a plan adopts by the majority that it names, and by unanimity when it names none",
        "replaced-by": "what is named must exist",
        "second-factor":
            "whoever works with dossiers gives a second factor and a family need not, unless the plan says otherwise",
    ]

    /// Values that no plan of this repository shows, each with the test that breaks when it means something else.
    static let valuesElsewhere: [String: String] = {
        let tests: [(key: String, words: [String], test: String)] = [
            (
                "hit", ["exactly-one", "first"],
                "the first row may win where the table says so, but a row that never wins is told"
            ),
            ("kind", ["moment"], "a question that no plan asks yet is of the kind that it names"),
            ("majority", ["majority"], "a plan adopts by the majority that it names, and by unanimity when it names none"),
            (
                "not-actor-of", ["adopt", "agree", "answer", "ask", "consent", "enact", "report"],
                "every act on a version can be kept from whoever did another"
            ),
            (
                "parts", ["agreements", "read-log"],
                "whoever is asked in, or opens in an emergency, reads the parts that are named"
            ),
            (
                "unit", ["count", "days", "half-days", "hours", "minutes", "months", "weeks", "years"],
                "a number is in the unit that is named"
            ),
            (
                "without", ["documents", "groeidocument", "procedures", "read-log"],
                "to another school go the parts that are named, whichever they are"
            ),
        ]
        return Dictionary(uniqueKeysWithValues: tests.flatMap { one in one.words.map { ("\(one.key): \($0)", one.test) } })
    }()

    @Test("is missed when it is ignored: reading, the check or an example of a plan says so, or a test that is named for it")
    func noticed() throws {
        let vocabulary = try PlanVocabulary(RealPlans.folder)
        #expect(vocabulary.words.count > 60)
        let unnoticed = vocabulary.words.filter { vocabulary.noticed(without: $0)?.verdict.isNoticed != true }
        #expect(unnoticed == Self.elsewhere.keys.sorted())
    }

    @Test("and every word that it knows as a value: exchanged for another it is noticed, or a test is named for it")
    func values() throws {
        let vocabulary = try PlanVocabulary(RealPlans.folder)
        #expect(vocabulary.values.count > 60)
        let unnoticed = vocabulary.values.filter { vocabulary.noticed(exchanging: $0)?.verdict.isNoticed != true }
        #expect(unnoticed.map(\.description) == Self.valuesElsewhere.keys.sorted())
    }

    @Test("has its named test where no plan shows it")
    func named() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let tests = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
        for (word, name) in Self.elsewhere.merging(Self.valuesElsewhere, uniquingKeysWith: { first, _ in first }) {
            #expect(tests.contains { $0.contains("@Test(\"\(name)\"") }, "\(word) has no test ‘\(name)’")
        }
    }

    @Test("whoever works with dossiers gives a second factor and a family need not, unless the plan says otherwise")
    func secondFactor() throws {
        func asked(_ change: (String) -> String) throws -> [String] {
            var texts = SmallPlan.texts
            texts["wold/2020/functions.yaml"] = change(SmallPlan.functions)
            return try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules.functions.filter(\.secondFactor).map(\.id)
        }
        #expect(try asked { $0 } == ["coach", "kenner"])
        #expect(try asked { $0.replacing("disciplines: arts", with: "disciplines: arts\n  second-factor: false") } == ["coach"])
        #expect(
            try asked { $0.replacing("  reads: all", with: "  second-factor: true\n  reads: all") }.contains("guardian"))
    }

    @Test("what reading stands out is what the plan says, with hours in their order and numbers in their range")
    func toldOf() throws {
        func loaded(_ told: String) throws -> (watch: ReadingWatch?, problems: [PlanProblem]) {
            var texts = SmallPlan.texts
            texts["wold/2020/functions.yaml"] = SmallPlan.functions.replacing(
                "disciplines: arts", with: "disciplines: arts\n  \(told)")
            let problems = SmallPlan.problems(texts).filter { $0.path.contains("told-of") }
            let rules = try? PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules
            return (rules?.functions.compactMap(\.watch).first, problems)
        }
        let whole = try loaded("told-of: { dossiers: 40, before: 7, after: 22, quiet: P3M }")
        #expect(whole.watch == ReadingWatch(dossiers: 40, before: 7, after: 22, quiet: Period(3, .months)))
        #expect(try loaded("second-factor: true").watch == nil)
        for broken in ["dossiers: 0", "before: 24", "before: -1", "after: 25", "after: 7", "quiet: lang"] {
            let values = ["dossiers: 40", "before: 7", "after: 22", "quiet: P3M"].filter {
                $0.prefix { $0 != ":" } != broken.prefix { $0 != ":" }
            }
            let problems = try loaded("told-of: { \((values + [broken]).joined(separator: ", ")) }").problems
            #expect(problems.map(\.code) == [.badValue], "\(broken)")
        }
        for missing in ["dossiers", "before", "after", "quiet"] {
            let values = ["dossiers: 40", "before: 7", "after: 22", "quiet: P3M"].filter { !$0.hasPrefix(missing) }
            #expect(try !loaded("told-of: { \(values.joined(separator: ", ")) }").problems.isEmpty, "\(missing)")
        }
    }

    @Test("a plan adopts by the majority that it names, and by unanimity when it names none")
    func majority() throws {
        func adopted(_ majority: String) throws -> GovernanceRule.Majority? {
            var texts = SmallPlan.texts
            texts["wold/2020/governance.yaml"] = """
                source: par. 2
                write: { by: kenner, source: par. 2 }
                adopt: { by: kenner, \(majority)boards: { een: { title: { nl: Een, en: One } } }, source: par. 2 }
                """
            return try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules.governance?.majority
        }
        #expect(try adopted("majority: majority, ") == .majority)
        #expect(try adopted("") == .unanimous)
    }

    private static func rules(_ texts: [String: String]) throws -> PlanRules {
        try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules
    }

    @Test("a question that no plan asks yet is of the kind that it names")
    func moment() throws {
        let texts = try SmallPlan.replacing(
            "begin: { title: { nl: Vanaf, en: From }, kind: day }",
            with: "begin: { title: { nl: Vanaf, en: From }, kind: moment }", in: "fields.yaml")
        #expect(try Self.rules(texts).fields["begin"]?.kind == .moment)
        #expect(try Self.rules(SmallPlan.texts).fields["begin"]?.kind == .day)
    }

    @Test("every act on a version can be kept from whoever did another", arguments: GovernanceRule.Act.allCases)
    func notActorOf(_ act: GovernanceRule.Act) throws {
        let other = act == .write ? GovernanceRule.Act.submit : .write
        let party = "{ een: { title: { nl: Een, en: One } } }"
        let needed = act == .agree ? "municipalities: \(party), " : act == .adopt ? "boards: \(party), " : ""
        var texts = SmallPlan.texts
        texts["wold/2020/governance.yaml"] = """
            source: par. 2
            \(act.rawValue): { by: kenner, \(needed)source: par. 2 }
            \(other.rawValue): { by: kenner, not-actor-of: \(act.rawValue), source: par. 2 }
            """
        #expect(try Self.rules(texts).governance?.roles[other]?.notActorOf == [act])
    }

    @Test("whoever is asked in, or opens in an emergency, reads the parts that are named", arguments: DossierPart.allCases)
    func parts(_ part: DossierPart) throws {
        let texts = try SmallPlan.replacing(
            "evidence:",
            with: """
                asked-in:
                  buur:
                    title: { nl: Buur, en: Neighbour }
                    explanation: { nl: De buur, en: The neighbour }
                    by: coach
                    parts: \(part.rawValue)
                    agreement: delen
                    longest: P1M
                    remind: P1W
                    source: par. 1
                emergency:
                  by: kenner
                  parts: [\(part.rawValue)]
                  explanation: { nl: Bij nood, en: In need }
                  source: par. 1
                evidence:
                """, in: "plan.yaml")
        let rules = try Self.rules(texts)
        #expect(rules.askedIn.map(\.parts) == [[part]])
        #expect(rules.emergency?.parts == [part])
    }

    @Test("a number is in the unit that is named", arguments: NumberRule.Unit.allCases)
    func unit(_ unit: NumberRule.Unit) throws {
        func read(_ unit: String) throws -> NumberRule.Unit? {
            let texts = try SmallPlan.replacing(
                "begin: { title: { nl: Vanaf, en: From }, kind: day }",
                with: "begin: { title: { nl: Hoeveel, en: How much }, kind: number\(unit) }", in: "fields.yaml")
            guard case .number(let rule)? = try Self.rules(texts).fields["begin"]?.kind else { return nil }
            return rule.unit
        }
        #expect(try read(", unit: \(unit.rawValue)") == unit)
    }

    @Test("to another school go the parts that are named, whichever they are", arguments: DossierPart.allCases)
    func without(_ part: DossierPart) throws {
        let texts = try SmallPlan.replacing(
            "    grants: hulp",
            with:
                "    grants: hulp\n    moves-to: { field: soort, agreement: delen, without: [\(part.rawValue)], source: par. 5 }",
            in: "procedures/aanvraag.yaml")
        #expect(try Self.rules(texts).procedure("aanvraag")?.outcome("ja")?.movesTo?.without == [part])
    }

    @Test("‘any’ is whatever was answered: with ‘none’ it is every case, alone it leaves one out, and in a list it says nothing")
    func anything() throws {
        func told(_ rows: String) throws -> [PlanProblem.Code] {
            var texts = SmallPlan.texts
            texts["wold/2020/rules/duur.yaml"] = """
                title: { nl: Hoe lang, en: How long }
                source: par. 6
                rows:
                \(rows)
                """
            return SmallPlan.problems(texts).filter { $0.path.hasPrefix("rules") && $0.severity == .error }.map(\.code)
        }
        let known = "  bekend: { when: { afwijking: any }, until: { period: P1M }, source: par. 6 a }"
        let empty = "  leeg: { when: { afwijking: none }, until: { end-of-group: \"3\" }, source: par. 6 b }"
        #expect(try told("\(known)\n\(empty)") == [])
        #expect(try told(known) == [.tableGap])
        #expect(try told(empty) == [.tableGap])
        #expect(try told(known.replacing("any", with: "[any, none]")).contains(.badValue))
    }

    @Test("a step, a term and an outcome have a note for readers, in both languages")
    func notes() throws {
        func small(_ english: String) throws -> [String: String] {
            let note = "note: { nl: Zo gekozen, en: \(english) }"
            var texts = try SmallPlan.replacing(
                "    waits-for: [oordeel, praten]", with: "    waits-for: [oordeel, praten]\n    \(note)",
                in: "procedures/aanvraag.yaml")
            texts = try SmallPlan.replacing(
                "    paused-in: aanvullen", with: "    paused-in: aanvullen\n    \(note)", in: "procedures/aanvraag.yaml",
                of: texts)
            return try SmallPlan.replacing(
                "    grants: hulp", with: "    grants: hulp\n    \(note)", in: "procedures/aanvraag.yaml", of: texts)
        }
        let rules = try PlanLoader.open(SmallPlan.key, from: PlanTexts(small("Chosen so"))).rules
        let route = try #require(rules.procedure("aanvraag"))
        let said = Localized(nl: "Zo gekozen", en: "Chosen so")
        #expect([route.step("besluit")?.note, route.clocks.first?.note, route.outcome("ja")?.note] == [said, said, said])
        #expect(route.step("kijken")?.note == nil)
        let problems = SmallPlan.problems(try small("''"))
        #expect(
            problems.map(\.path).sorted() == [
                "procedures.aanvraag.clocks.beslissen.note.en", "procedures.aanvraag.outcomes.ja.note.en",
                "procedures.aanvraag.steps.besluit.note.en",
            ])
    }

    @Test("an answer without the child's name is a text that a route asks, no other kind and nothing of the groeidocument")
    func withoutName() throws {
        func told(_ piece: String, in file: String) throws -> [PlanProblem.Code] {
            let marked = piece.replacing("kind: ", with: "without-name: true, kind: ")
            return SmallPlan.problems(try SmallPlan.replacing(piece, with: marked, in: file)).map(\.code)
        }
        let reden = "reden: { title: { nl: Waarom zo, en: Why so }, kind: paragraph }"
        #expect(try told(reden, in: "fields.yaml") == [])
        #expect(try told("begin: { title: { nl: Vanaf, en: From }, kind: day }", in: "fields.yaml") == [.badField])
        #expect(
            try told("trots: { title: { nl: Trots?, en: Proud? }, kind: paragraph, voice: child }", in: "groeidocument.yaml")
                == [.badField])
        let rules = try PlanLoader.open(
            SmallPlan.key,
            from: PlanTexts(
                SmallPlan.replacing(reden, with: reden.replacing("kind: ", with: "without-name: true, kind: "), in: "fields.yaml")
            )
        ).rules
        #expect(rules.fields.values.filter(\.withoutName).map(\.id) == ["reden"])
        #expect(rules.fields["reden"]?.asked(required: false).withoutName == true)
    }
}
