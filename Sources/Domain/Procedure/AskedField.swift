/// A field as a form shows it at one moment.
package struct AskedField: Sendable, Hashable {
    package let field: Field
    /// Shown only when other answers on the same form make it so.
    package let isConditional: Bool
    /// What is known already; then it is shown, not asked.
    package let known: Answer?
}

/// A form as it was read: what is new, what is known with it, and what is wrong.
struct ReadForm {
    /// What was asked and given; empty for what an earlier round was told and this one is not.
    let answers: Answers
    /// Everything known now: of what this form asks anew only what was given on it.
    let facts: Facts
    let reasons: [Refusal]

    /// The answers that nothing is wrong with.
    var readable: Answers {
        let unreadable = Set(reasons.compactMap(\.field))
        return answers.filter { !unreadable.contains($0.key) }
    }
}

extension Dossier {
    /// The fields that a form asks now: what is known is not asked again, what does not apply is left out.
    ///
    /// A field whose condition speaks of another field of the same form stays in, marked as conditional.
    /// - Parameters:
    ///   - procedure: the procedure that the form belongs to; nil for one that starts. What each procedure asks for itself
    ///     is known only from this one.
    ///   - beside: what else is asked on the same form.
    package func asked(
        _ asks: [Ask], _ rules: PlanRules, on day: Day, in procedure: Procedure? = nil, beside others: [Ask] = []
    ) -> [AskedField] {
        let known = facts(rules, on: day, in: procedure)
        let form = asks + others
        let onForm = Set(form.map(\.field))
        var facts = known
        for ask in form where ask.anew { facts.answers[ask.field] = nil }
        return asks.compactMap { ask in
            guard let field = rules.fields[ask.field] else { return nil }
            let clauses = ask.when.clauses + field.when.clauses
            let open = clauses.filter { onForm.contains($0.fact) && (facts[$0.fact]?.isEmpty ?? true) }
            let settled = clauses.filter { clause in !open.contains(clause) }
            guard Condition(settled).holds(for: facts) else { return nil }
            return AskedField(
                field: field.asked(required: ask.required && field.required), isConditional: !open.isEmpty,
                known: ask.anew ? nil : known[ask.field].flatMap { $0.isEmpty ? nil : $0 })
        }
    }

    /// Reads a form: keeps what was asked, adds what is known, and says what is missing or cannot be read.
    func read(
        _ answers: Answers, _ asks: [Ask], in procedure: Procedure?, _ setting: Setting, _ rules: PlanRules
    ) -> ReadForm {
        let base = facts(rules, on: setting.today, in: procedure)
        let given = answers.filter { !$0.value.isEmpty }
        let (applying, facts) = applying(asks, given, base, rules)
        var kept: Answers = [:]
        var reasons: [Refusal] = []
        var read: Set<String> = []
        for (ask, field) in applying where read.insert(ask.field).inserted {
            guard let answer = given[ask.field] else {
                if ask.required, field.required, facts[ask.field]?.isEmpty ?? true {
                    reasons.append(Refusal(.required, field: ask.field, source: field.source))
                } else if ask.anew, procedure?.answers[ask.field]?.isEmpty == false {
                    // Said in an earlier round and now left empty: that is what holds from here on.
                    kept[ask.field] = .text("")
                }
                continue
            }
            reasons += field.problems(with: answer)
            reasons += personProblems(field, answer, setting, rules) + field.problems(with: answer, beside: facts)
            reasons += schoolProblems(field, answer, setting)
            reasons += nameProblems(field, answer, on: setting.today)
            kept[ask.field] = answer
        }
        return ReadForm(answers: kept, facts: facts, reasons: reasons)
    }

    /// What is asked with these answers, and the facts with them.
    ///
    /// An answer to a question that does not apply must not make another apply: so what applies is found again with the
    /// answers that are left, until nothing changes.
    private func applying(
        _ asks: [Ask], _ given: Answers, _ base: Facts, _ rules: PlanRules
    ) -> (asks: [(ask: Ask, field: Field)], facts: Facts) {
        let known = asks.compactMap { ask in rules.fields[ask.field].map { (ask: ask, field: $0) } }
        var applying = known
        var facts = base
        for _ in 0...known.count {
            facts = base
            for (ask, _) in applying where ask.anew { facts.answers[ask.field] = nil }
            for (ask, _) in applying {
                if let answer = given[ask.field], !PlanRules.childFacts.contains(ask.field) { facts.answers[ask.field] = answer }
            }
            let next = known.filter { $0.ask.when.holds(for: facts) && $0.field.when.holds(for: facts) }
            if next.map(\.ask) == applying.map(\.ask) { break }
            applying = next
        }
        return (applying, facts)
    }

    /// What says which child it is, in an answer that goes to people who must not know that.
    private func nameProblems(_ field: Field, _ answer: Answer, on day: Day) -> [Refusal] {
        guard field.withoutName, let child else { return [] }
        let names = Recognisable.words(of: child.fullName)
        let found = answer.values.lazy.compactMap { Recognisable.found(in: $0, names: names, on: day) }.first
        return found.map { [$0.refusal(field: field.id, source: field.source)] } ?? []
    }

    /// A school that is chosen must be registered, open, and of a kind that the field asks.
    func schoolProblems(_ field: Field, _ answer: Answer, _ setting: Setting) -> [Refusal] {
        guard case .school(let kinds) = field.kind else { return [] }
        guard let school = setting.schools[OrganisationID(answer.text)], school.id != .partnership,
            school.isOpen(on: setting.today)
        else { return [Refusal(.unknownSchool, field: field.id)] }
        guard kinds.isEmpty || kinds.contains(school.kind) else {
            return [Refusal(.notAnOption, field: field.id, source: field.source)]
        }
        return []
    }

    /// A child does not go to the school where it is: said where the school is chosen, not only at the end.
    func sameSchool(_ answers: Answers, _ route: ProcedureRule) -> [Refusal] {
        let fields = Set(route.outcomes.compactMap(\.movesTo?.field))
        return fields.sorted().filter { answers[$0].map { $0.text == school?.rawValue } ?? false }.map {
            Refusal(.sameSchool, field: $0)
        }
    }

    /// Whoever is named must hold the function at the child's school, or at the partnership where the plan puts it.
    func personProblems(_ field: Field, _ answer: Answer, _ setting: Setting, _ rules: PlanRules) -> [Refusal] {
        guard case .person(let function, let disciplines) = field.kind else { return [] }
        let place = rules.function(function)?.place == .partnership ? OrganisationID.partnership : school
        let held =
            setting.people[PersonID(answer.text)]?.functions.filter {
                $0.function == function && $0.organisation == place && $0.isHeld(on: setting.today)
            } ?? []
        guard !held.isEmpty else { return [Refusal(.unknownPerson, field: field.id)] }
        guard disciplines.isEmpty || held.contains(where: { $0.discipline.map(disciplines.contains) == true }) else {
            return [Refusal(.wrongDiscipline, field: field.id, source: field.source)]
        }
        return []
    }
}
