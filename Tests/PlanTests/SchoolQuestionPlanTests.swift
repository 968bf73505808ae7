import Domain
import Plan
import Testing

@Suite("What a plan lets a school ask without a name")
struct SchoolQuestionPlanTests {
    private static let rule = """
        title: { nl: Vraag, en: Question }
            explanation: { nl: Zonder naam, en: Without a name }
            by: coach
            answered-by: kenner
            written-in: signaal
            kept: P1Y
            source: par. 1
        """

    private static func texts(_ change: (String) -> String = { $0 }) -> [String: String] {
        SmallPlan.texts.merging([
            "wold/2020/plan.yaml": SmallPlan.plan + "\nquestions:\n  hulp:\n    " + change(rule) + "\n",
            "wold/2020/groeidocument.yaml": SmallPlan.groeidocument
                + "\n      signaal: { title: { nl: Wat valt op?, en: What stands out? }, kind: paragraph }\n",
        ]) { $1 }
    }

    @Test("is read as it is written")
    func read() throws {
        let problems = SmallPlan.problems(Self.texts())
        #expect(problems.map(\.code) == [], "\(problems)")
        let rule = try #require(try PlanLoader.open(SmallPlan.key, from: PlanTexts(Self.texts())).rules.question("hulp"))
        #expect(rule.by == ["coach"] && rule.answeredBy == ["kenner"])
        #expect(rule.writtenIn == "signaal")
        #expect(rule.kept == Period(1, .years))
    }

    @Test(
        "is checked: by people of a school, to people with work here, with a place in the groeidocument",
        arguments: [
            ("by: coach", "by: niemand", PlanProblem.Code.unknownReference), ("by: coach", "by: kenner", .nobodyCanAct),
            ("answered-by: kenner", "answered-by: guardian", .nobodyCanAct),
            ("answered-by: kenner", "answered-by: niemand", .unknownReference),
            ("written-in: signaal", "written-in: niets", .unknownReference),
            ("written-in: signaal", "written-in: trots", .badValue), ("kept: P1Y", "kept: P0D", .badValue),
            ("    source: par. 1\n", "", .missingKey), ("    kept: P1Y\n", "", .missingKey),
        ])
    func checked(_ from: String, _ to: String, _ code: PlanProblem.Code) {
        let problems = SmallPlan.problems(Self.texts { ($0 + "\n").replacing(from, with: to) })
        #expect(problems.map(\.code).contains(code), "\(problems)")
    }

    @Test("a kind that comes or goes is told to whoever asks and whoever answers")
    func compared() throws {
        let before = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)).rules
        let after = try PlanLoader.open(SmallPlan.key, from: PlanTexts(Self.texts())).rules
        #expect(PlanComparison.differences(from: before, to: after).map(\.code).contains(.listAdded))
        #expect(PlanComparison.differences(from: after, to: before).map(\.code).contains(.listRemoved))
    }
}
