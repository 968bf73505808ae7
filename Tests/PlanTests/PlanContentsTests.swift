import Domain
import Plan
import Testing

@Suite("What the law says a plan must contain")
struct PlanContentsTests {
    @Test("an item of the law's list that the plan does not place is an error")
    func missing() throws {
        let texts = try SmallPlan.replacing(
            "\n    b: { source: par. 5, paper: { nl: Het geld, en: The money } }", with: "", in: "plan.yaml")
        #expect(SmallPlan.problems(texts).map(\.code) == [.missingContent])
        #expect(SmallPlan.problems(texts).first?.path == "contents.items.b")
    }

    @Test("an item is carried out by files that the plan has, or left to paper")
    func carriedOut() throws {
        let nobody = try SmallPlan.replacing(
            "b: { source: par. 5, paper: { nl: Het geld, en: The money } }", with: "b: { source: par. 5 }", in: "plan.yaml")
        #expect(SmallPlan.problems(nobody).map(\.code) == [.missingContent])
        let unknown = try SmallPlan.replacing("procedures.aanvraag]", with: "procedures.aanvragen]", in: "plan.yaml")
        #expect(SmallPlan.problems(unknown).map(\.code) == [.unknownReference])
        let other = try SmallPlan.replacing(
            "    b: { source: par. 5, paper", with: "    c: { source: par. 5, paper", in: "plan.yaml")
        #expect(Set(SmallPlan.problems(other).map(\.code)) == [.missingContent, .unknownReference])
    }

    @Test("a plan that says nothing of it is told so, one of no partnership gives the reason, and neither stops an installation")
    func none() throws {
        let contents = try #require(SmallPlan.plan.firstRange(of: "contents:"))
        let silent = SmallPlan.texts.merging(["wold/2020/plan.yaml": String(SmallPlan.plan[..<contents.lowerBound])]) { $1 }
        #expect(SmallPlan.problems(silent).map(\.code) == [.missingContent])
        #expect(throws: Never.self) { try PlanLoader.load(SmallPlan.key, from: PlanTexts(silent)) }
        let reason = "contents: { law: none, reason: { nl: Een school, en: A school } }\n"
        let school = silent.mapValues { $0 == silent["wold/2020/plan.yaml"] ? $0 + reason : $0 }
        #expect(SmallPlan.problems(school).map(\.code) == [])
        let other = school.mapValues { $0.replacing("law: none", with: "law: vo") }
        #expect(SmallPlan.problems(other).map(\.code).contains(.badValue))
    }

    @Test("what is left to paper is told with the item it belongs to")
    func onPaper() throws {
        let rules = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)).rules
        let paper = try #require(rules.contents?.onPaper)
        #expect(paper.map(\.item.id) == ["b"])
        #expect(paper.map(\.paper.en) == ["The money"])
    }

    @Test("SPOW's addendum carries out what its plan leaves to paper")
    func addendum() throws {
        let plan = try PlanLoader.open(PlanKey("spow/2020-2024"), from: RealPlans.folder).rules
        let addendum = try PlanLoader.open(PlanKey("spow/2020-2024-addendum"), from: RealPlans.folder).rules
        #expect(plan.contents?.onPaper.contains { $0.item.id == "d" } == true)
        #expect(addendum.contents?.onPaper.contains { $0.item.id == "d" } == false)
    }
}
