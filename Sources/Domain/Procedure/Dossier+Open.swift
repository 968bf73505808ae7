extension Dossier {
    /// Whether a choice can be made now: what its own form still asks counts when the form is sent in.
    package func isOpen(
        _ choice: ChoiceRule, of step: StepRule, _ rules: PlanRules, on day: Day, in procedure: Procedure
    ) -> Bool {
        let isSpent = choice.once && procedure.done.contains { $0.step == step.id && $0.choice == choice.id }
        return !isSpent && isOpen(choice.when, rules, on: day, in: procedure, asking: step.asks + choice.asks)
    }

    /// Whether a start or choice is open by what is known, leaving out of account what its own form still asks.
    ///
    /// - Parameter known: what is known, where it was gathered already.
    func isOpen(
        _ when: Condition, _ rules: PlanRules, on day: Day, in procedure: Procedure? = nil, asking asks: [Ask],
        known: Facts? = nil
    ) -> Bool {
        guard !when.clauses.isEmpty else { return true }
        let facts = known ?? facts(rules, on: day, in: procedure)
        return Condition(when.parted(facts, asking: asks).settled).holds(for: facts)
    }
}

extension Condition {
    /// The clauses that another answer on the same form can still decide, and those that are settled by what is known.
    ///
    /// What is asked anew is open whatever an earlier one was told. Who is invited is asked on the form that plans a meeting.
    func parted(_ known: Facts, asking asks: [Ask]) -> (open: [Clause], settled: [Clause]) {
        let anew = Set(asks.filter(\.anew).map(\.field))
        let onForm = Set(asks.map(\.field)).union([MeetingField.also])
        let isOpen = { (clause: Clause) in
            onForm.contains(clause.fact) && (anew.contains(clause.fact) || known[clause.fact]?.isEmpty ?? true)
        }
        return (clauses.filter(isOpen), clauses.filter { !isOpen($0) })
    }
}
