import Domain
import Testing

extension Testland {
    /// How the invented partnership approves its plan: every organ there can be.
    package static let governance = GovernanceRule(
        source: "Testland, 9",
        roles: [
            .write: .init(by: ["planner"], source: "Testland, 9"), .submit: .init(by: ["planner"], source: "Testland, 9"),
            .ask: .init(by: ["council"], source: "Testland, 9"), .answer: .init(by: ["planner"], source: "Testland, 9"),
            .consent: .init(by: ["chair"], notActorOf: [.write, .submit], source: "WMS art. 14a"),
            .agree: .init(by: ["town"], source: "WPO art. 18a lid 9"),
            .adopt: .init(by: ["clerk"], source: "Testland, 9"), .enact: .init(by: ["planner"], source: "Testland, 9"),
            .report: .init(by: ["planner"], source: "WPO art. 18a lid 10"),
        ],
        groups: [Field.Option(id: "parents", title: words("Ouders", "Parents"))],
        municipalities: [
            GovernanceRule.Party(id: "east", title: words("Oost", "East"), by: ["town-east"]),
            GovernanceRule.Party(id: "west", title: words("West", "West")),
        ],
        boards: ["first", "second", "third"].map { GovernanceRule.Party(id: $0, title: words($0, $0)) },
        majority: .unanimous, atMost: Period(4, .years), reportBefore: GovernanceRule.YearDay("05-01"))

    /// Somebody who holds one function at the partnership.
    package static func holder(of functions: String..., as person: String) -> Actor {
        Actor(
            person: PersonID(person),
            functions: functions.map { HeldFunction(function: $0, organisation: .partnership, from: .of("2020-01-01")) })
    }
}
