import Domain
import Testing

extension Testland {
    /// A law of which the term was two years until August 2021, and is three since.
    package static let retentionLaw = RetentionLaw(
        id: "invented", title: words("Bewaren in Testland", "Keeping in Testland"),
        terms: [
            RetentionRule.Term(from: .of("2014-08-01"), keep: Period(2, .years), source: "WPO art. 18a"),
            RetentionRule.Term(from: .of("2021-08-01"), keep: Period(3, .years), source: "WPO art. 18a lid 13"),
        ])

    /// The privacy officer announces, a member of the board agrees; the school and parents can stop it, for seven days.
    package static let retention = RetentionRule(
        law: retentionLaw, announces: ["privacy-officer"], agrees: ["board", "privacy-officer"],
        stops: ["ib", PlanRules.guardian], waits: Period(7, .days), source: "Testland, 9")

    /// The light route once more as an objection: while it runs nothing is destroyed.
    package static let objection = talk.withoutNeeds.with(id: "objection", holds: [.retention])

    /// The invented plan with keeping arranged.
    package static let keepingPlan = plan(procedures: [talk, entry, objection], retention: retention)
}

extension PlanShelf {
    /// The invented plan with keeping arranged.
    package static let keeping: PlanShelf = .of([Testland.keepingPlan])
}
