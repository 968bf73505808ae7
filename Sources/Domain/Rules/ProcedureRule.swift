/// One route of a plan: how it starts, its steps with who acts, its clocks, and what can come out.
package struct ProcedureRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    /// What it is for, in words for a parent; also the "why" of an invitation.
    package let why: Localized
    /// Key of the support form of the waaier that this route stands for; `{field}` in it is an answer (`PlanRules.forms`).
    package let form: String?
    package let start: StartRule
    package let steps: [StepRule]
    package let clocks: [ClockRule]
    package let outcomes: [OutcomeRule]
    /// What stands still while it runs.
    package let holds: Set<Held>
    package let source: String

    /// What a procedure can hold back while it runs.
    package enum Held: String, Hashable, Sendable, CaseIterable {
        /// The end of keeping: an objection, a dispute, a second opinion. It begins no term of its own.
        case retention
    }

    package init(
        id: String, title: Localized, why: Localized, form: String?, start: StartRule, steps: [StepRule], clocks: [ClockRule],
        outcomes: [OutcomeRule], holds: Set<Held> = [], source: String
    ) {
        self.id = id
        self.title = title
        self.why = why
        self.form = form
        self.start = start
        self.steps = steps
        self.clocks = clocks
        self.outcomes = outcomes
        self.holds = holds
        self.source = source
    }

    /// The step with this key.
    package func step(_ id: String) -> StepRule? { steps.first { $0.id == id } }

    /// The outcome with this key.
    package func outcome(_ id: String) -> OutcomeRule? { outcomes.first { $0.id == id } }
}
