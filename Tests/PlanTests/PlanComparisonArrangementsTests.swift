import Domain
import Testing

@testable import Plan

@Suite("Comparing what two plans arrange around the routes")
struct PlanComparisonArrangementsTests {
    typealias Change = PlanComparisonTests.Change

    private static let version = "governance.yaml"
    private static let keeping = "retention.yaml"

    static let changes = [
        Change(version, "write: { by: kenner", "write: { by: [kenner, coach]", "step.by.gained governance.write [kenner coach]"),
        Change(
            version, "not-actor-of: [write, submit]", "not-actor-of: submit",
            "step.not-actor-of.lost governance.consent [coach]"),
        Change(
            version, "{ nl: Een brief, en: A letter }", "{ nl: Een verslag, en: Minutes }",
            "version.paper governance.consent [coach]"),
        Change(
            version, "answer: { by: kenner, source: par. 2 }\n", "", "step.removed governance.answer [kenner]"),
        Change(version, "zorg: { nl: Zorg", "zorg: { nl: Hulp", "title governance.ask.groups.zorg [coach]"),
        Change(
            version, ", twee: { title: { nl: Twee, en: Two } } }\n  source", " }\n  source",
            "municipality.removed governance.agree.municipalities.twee [kenner coach]"),
        Change(
            version, "en: One }, by: coach }", "en: One }, by: kenner }",
            "party.by.gained governance.agree.municipalities.een [coach kenner]",
            "party.by.lost governance.agree.municipalities.een [coach kenner]"),
        Change(
            version, "boards: { een: { title: { nl: Een, en: One } }",
            "boards: { een: { title: { nl: Een, en: One } }, drie: { title: { nl: Drie, en: Three } }",
            "board.added governance.adopt.boards.drie [kenner]"),
        Change(version, "majority: majority", "majority: unanimous", "version.majority governance.adopt [kenner]"),
        Change(version, "P4Y", "P3Y", "version.at-most governance.enact [kenner]"),
        Change(version, "\"05-01\"", "\"06-01\"", "version.report-before governance.report [kenner]"),
        Change(keeping, "follows: po", "follows: vo", "retention.law retention [parents coach kenner]"),
        Change(
            keeping, "announces: coach", "announces: kenner", "step.by.gained retention [parents coach kenner]",
            "step.by.lost retention [parents coach kenner]"),
        Change(keeping, "agrees: [kenner, coach]", "agrees: kenner", "step.by.lost retention [parents kenner coach]"),
        Change(keeping, "stops: [coach, guardian]", "stops: coach", "step.by.lost retention [parents coach]"),
        Change(keeping, "waits: P7D", "waits: P14D", "retention.waits retention [parents coach kenner]"),
        Change(
            "plan.yaml", "handled-by: [coach, kenner]", "handled-by: coach", "step.by.lost rights [parents coach kenner]"),
        Change("plan.yaml", "nl: Het geld, en: The money", "nl: Geld, en: Money", "contents.paper contents.items.b [everyone]"),
        Change(
            "plan.yaml", "agreement: delen", "law: { nl: De wet, en: The law }",
            "asked-in.law asked-in.kijker [parents coach kenner]"),
        Change(
            "functions.yaml", "second-factor: false", "second-factor: true", "function.second-factor functions.kenner [kenner]"),
        Change("functions.yaml", "dossiers: 5", "dossiers: 6", "function.watch functions.kenner [kenner]"),
    ]

    private static func rules(_ texts: [String: String]) throws -> PlanRules {
        try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules
    }

    @Test("each is told once, with those it concerns", arguments: changes)
    func one(_ change: Change) throws {
        let texts = try PlanComparisonMutantsTests.whole()
        let other = try SmallPlan.replacing(change.piece, with: change.other, in: change.file, of: texts)
        let found = PlanComparison.differences(from: try Self.rules(texts), to: try Self.rules(other))
        #expect(found.map(PlanComparisonTests.line) == change.told)
    }

    @Test("a plan that comes to arrange how its versions are made, how long it keeps and who answers families says so, and who")
    func whole() throws {
        let with = try PlanComparisonMutantsTests.whole()
        let without = with.filter { !$0.key.hasSuffix("/governance.yaml") && !$0.key.hasSuffix("wold/2020/retention.yaml") }
        let there = PlanComparison.differences(from: try Self.rules(without), to: try Self.rules(with))
        #expect(
            there.map(PlanComparisonTests.line) == [
                "list.added governance [coach kenner]", "list.added retention [parents coach kenner]",
            ])
        guard case .list(let acts)? = there.first?.after else {
            Issue.record("What is done with a version is not told")
            return
        }
        #expect(acts.count == GovernanceRule.Act.allCases.count)
        let back = PlanComparison.differences(from: try Self.rules(with), to: try Self.rules(without))
        #expect(back.map(\.code) == [.listRemoved, .listRemoved])
    }
}
