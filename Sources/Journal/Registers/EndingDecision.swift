import Domain

/// A decision that ends in a time, with the child it is about and what was begun because of it.
package struct EndingDecision: Hashable, Sendable {
    package let decision: DecisionRow
    package let dossier: DossierRow
    /// The last procedure of the kind asked about that was begun since the decision was given; nil when none was.
    package let begun: ProcedureRow?

    package init(decision: DecisionRow, dossier: DossierRow, begun: ProcedureRow?) {
        self.decision = decision
        self.dossier = dossier
        self.begun = begun
    }

    /// The part of a dossier that an opening must show for its decisions to count.
    package static let decisions = "decisions"
}

/// Which decisions a list of those that end holds.
package struct EndingFilter: Hashable, Sendable {
    /// The first and last day on which they end.
    package let first: Day
    package let last: Day
    /// Outcomes by the procedure that they came out of, as `procedure.outcome`.
    package let of: Set<String>
    /// The procedure that is begun because of one.
    package let follows: String
    /// The child's school; nil for all.
    package var school: OrganisationID?
    /// One child alone; nil for all.
    package var dossier: DossierID?

    package init(
        first: Day, last: Day, of: Set<String>, follows: String, school: OrganisationID? = nil, dossier: DossierID? = nil
    ) {
        self.first = first
        self.last = last
        self.of = of
        self.follows = follows
        self.school = school
        self.dossier = dossier
    }
}

/// How many decisions of a list there are, and because of how many nothing was begun yet.
package struct EndingCount: Hashable, Sendable {
    package let all: Int
    /// Of those whose procedures may be seen.
    package let notBegun: Int

    package init(all: Int, notBegun: Int) {
        self.all = all
        self.notBegun = notBegun
    }
}

/// Where a page of decisions that end was left; the next one begins after it.
package struct EndingKey: Hashable, Sendable {
    package let ends: Day
    package let number: String

    package init(ends: Day, number: String) {
        self.ends = ends
        self.number = number
    }
}
