/// A field as a form shows it at one moment.
package struct AskedField: Sendable, Hashable {
    package let field: Field
    /// Shown only when other answers on the same form make it so.
    package let isConditional: Bool
    /// What is known already; then it is shown, not asked.
    package let known: Answer?
}

extension Dossier {
    /// The fields that a form asks now: what is known is not asked again, what does not apply is left out.
    ///
    /// A field whose condition speaks of another field of the same form stays in, marked as conditional.
    package func asked(_ asks: [Ask], _ rules: PlanRules, on day: Day) -> [AskedField] {
        let facts = facts(rules, on: day)
        let onForm = Set(asks.map(\.field))
        return asks.compactMap { ask in
            guard let field = rules.fields[ask.field] else { return nil }
            let clauses = ask.when.clauses + field.when.clauses
            let open = clauses.filter { onForm.contains($0.fact) && (facts[$0.fact]?.isEmpty ?? true) }
            let settled = clauses.filter { clause in !open.contains(clause) }
            guard Condition(settled).holds(for: facts) else { return nil }
            let known = ask.anew ? nil : facts[ask.field].flatMap { $0.isEmpty ? nil : $0 }
            return AskedField(
                field: field.asked(required: ask.required && field.required), isConditional: !open.isEmpty, known: known)
        }
    }

    /// Reads a form: keeps what was asked, adds what is known, and says what is missing or cannot be read.
    func read(
        _ answers: Answers, _ asks: [Ask], _ setting: Setting, _ rules: PlanRules
    ) -> (answers: Answers, reasons: [Refusal]) {
        var kept: Answers = [:]
        var reasons: [Refusal] = []
        let base = facts(rules, on: setting.today, also: answers)
        for ask in asks {
            guard let field = rules.fields[ask.field] else { continue }
            guard ask.when.holds(for: base), field.when.holds(for: base) else { continue }
            let before = known[ask.field]?.answer
            let given = answers[ask.field].flatMap { $0.isEmpty ? nil : $0 }
            guard let answer = given ?? (ask.anew ? nil : before.flatMap { $0.isEmpty ? nil : $0 }) else {
                if ask.required, field.required { reasons.append(Refusal(.required, field: ask.field, source: field.source)) }
                continue
            }
            guard given != nil else { continue }
            reasons += field.problems(with: answer)
            reasons += personProblems(field, answer, setting)
            kept[ask.field] = answer
        }
        return (kept, reasons)
    }

    private func personProblems(_ field: Field, _ answer: Answer, _ setting: Setting) -> [Refusal] {
        guard case .person(let function, let disciplines) = field.kind else { return [] }
        let held = setting.people[PersonID(answer.text)]?.functions.filter { $0.function == function } ?? []
        guard !held.isEmpty else { return [Refusal(.unknownPerson, field: field.id)] }
        guard disciplines.isEmpty || held.contains(where: { $0.discipline.map(disciplines.contains) == true }) else {
            return [Refusal(.wrongDiscipline, field: field.id, source: field.source)]
        }
        return []
    }
}
