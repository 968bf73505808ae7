/// How a procedure can end, and what follows.
package struct OutcomeRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    /// What it means, in words for a parent.
    package let explanation: Localized?
    /// What the writer of the plan wants readers to know of it.
    package let note: Localized?
    /// Procedures that can be started because of it.
    package let leadsTo: [String]
    /// The support form that this outcome grants or continues, written as `ProcedureRule.form` is.
    package let grants: String?
    /// The child goes to another school, and the dossier with it.
    package let movesTo: MovesToRule?
    package let decision: DecisionRule?

    package init(
        id: String, title: Localized, explanation: Localized? = nil, note: Localized? = nil, leadsTo: [String] = [],
        grants: String? = nil, movesTo: MovesToRule? = nil, decision: DecisionRule? = nil
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.note = note
        self.leadsTo = leadsTo
        self.grants = grants
        self.movesTo = movesTo
        self.decision = decision
    }
}
