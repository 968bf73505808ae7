import Domain
import Plan
import Testing

@Suite("Who a plan lets ask in from outside")
struct AskedInPlanTests {
    private static let rule = """
        title: { nl: Arts, en: Doctor }
            explanation: { nl: De arts, en: The doctor }
            by: coach
            parts: [child, documents]
            agreement: delen
            longest: P6W
            remind: P1W
            source: par. 1
        """

    private static func texts(_ change: (String) -> String = { $0 }) -> [String: String] {
        SmallPlan.texts.merging(["wold/2020/plan.yaml": SmallPlan.plan + "\nasked-in:\n  arts:\n    " + change(rule) + "\n"]) {
            $1
        }
    }

    @Test("is read as it is written")
    func read() throws {
        #expect(SmallPlan.problems(Self.texts()).map(\.code) == [])
        let rule = try #require(try PlanLoader.open(SmallPlan.key, from: PlanTexts(Self.texts())).rules.askedIn("arts"))
        #expect(rule.by == ["coach"])
        #expect(rule.parts == [.child, .documents])
        #expect(rule.ground == .agreement(purpose: "delen"))
        #expect(rule.longest == Period(6, .weeks))
        #expect(rule.remind == Period(1, .weeks))
        let law = Self.texts { $0.replacing("agreement: delen", with: "law: { nl: De wet, en: The law }") }
        #expect(
            try PlanLoader.open(SmallPlan.key, from: PlanTexts(law)).rules.askedIn("arts")?.ground
                == .law(Localized(nl: "De wet", en: "The law")))
    }

    @Test(
        "is checked: what is unknown, too much or without a ground is an error",
        arguments: [
            ("by: coach", "by: niemand", PlanProblem.Code.unknownReference),
            ("by: coach", "by: guardian", .nobodyCanAct), ("agreement: delen", "agreement: lenen", .unknownReference),
            ("    agreement: delen\n", "", .badValue),
            ("agreement: delen", "agreement: delen\n    law: { nl: De wet, en: The law }", .badValue),
            ("[child, documents]", "[documents]", .badValue), ("[child, documents]", "[child, read-log]", .badValue),
            ("remind: P1W", "remind: P7W", .badValue), ("    source: par. 1\n", "", .missingKey),
            ("    longest: P6W\n", "", .missingKey), ("longest: P6W", "longest: P0D", .badValue),
        ])
    func checked(_ from: String, _ to: String, _ code: PlanProblem.Code) {
        let problems = SmallPlan.problems(Self.texts { ($0 + "\n").replacing(from, with: to) })
        #expect(problems.map(\.code).contains(code), "\(problems)")
    }

    @Test("what a later version gives others to read, or takes away, is told to the family")
    func compared() throws {
        let before = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)).rules
        let with = try PlanLoader.open(SmallPlan.key, from: PlanTexts(Self.texts())).rules
        let less = try PlanLoader.open(
            SmallPlan.key, from: PlanTexts(Self.texts { $0.replacing("[child, documents]", with: "[child]") })
        ).rules
        #expect(PlanComparison.differences(from: before, to: with).map(\.code) == [.listAdded])
        let lost = PlanComparison.differences(from: with, to: less)
        #expect(lost.map(\.code) == [.readsLost])
        #expect(lost.first?.concerns.contains(.parents) == true)
    }

    @Test("what somebody asked in reads is handed over where the plan says so, and nowhere else")
    func handsOver() throws {
        func read(_ line: String) throws -> Bool? {
            let texts = Self.texts { $0.replacing("remind: P1W\n", with: "remind: P1W\n\(line)") }
            return try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules.askedIn("arts")?.handsOver
        }
        #expect(try read("") == false)
        #expect(try read("    hands-over: false\n") == false)
        #expect(try read("    hands-over: true\n") == true)
    }
}
