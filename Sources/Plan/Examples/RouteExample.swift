import Domain

/// A way through a route: who starts it after what, which choices are made, and where that comes out.
///
/// It follows what the plan says of order, people and conditions; a dossier, meetings and days are left out.
package struct RouteExample: Hashable, Sendable {
    /// One form that is sent in: the start, or a choice in a step.
    package struct Form: Hashable, Sendable {
        /// Function of whoever does it; nil when that does not matter here.
        package let by: String?
        /// What is answered there; `group` and `age` are facts of the child.
        package let answers: Answers
        /// Keys of needs that are not there, and of fields that are left empty.
        package let lacks: [String]
        /// The day on which it is sent in; nil for the day of the form before.
        package let day: Day?
    }

    /// A choice that is made.
    package struct Taken: Hashable, Sendable {
        package let step: String
        package let choice: String
        package let form: Form
    }

    /// How an earlier procedure ended.
    package struct Before: Hashable, Sendable {
        package let procedure: String
        package let outcome: String
    }

    /// What must come out.
    package enum Expected: Hashable, Sendable {
        case outcome(String)
        /// These steps are open and nothing else is.
        case open([String])
        case refused(Refusal.Code)
    }

    package let route: String
    /// What happened before; nil for nothing.
    package let after: Before?
    package let start: Form
    package let steps: [Taken]
    package let expected: Expected
}

extension RouteExample {
    /// Where a way through a route came out, and of a refusal what was refused.
    struct Walk {
        let expected: Expected
        /// Nil when nothing was refused.
        let stop: Stop?

        static func refused(
            _ code: Refusal.Code, form index: Int, field: String? = nil, _ facts: Facts, open: [String] = []
        ) -> Walk {
            Walk(expected: .refused(code), stop: Stop(code: code, index: index, field: field, facts: facts, open: open))
        }
    }

    /// What was refused.
    struct Stop {
        let code: Refusal.Code
        /// 0 for the form of the start, then that of each step.
        let index: Int
        /// The field that it is about.
        let field: String?
        /// What was known by then, the answers of the form itself among it.
        let facts: Facts
        /// The steps that were open.
        let open: [String]
    }

    /// Where the route comes out by the rules of a plan; nil when there is no such route.
    func walked(by rules: PlanRules) -> Expected? { walk(by: rules)?.expected }

    /// The same, with what was refused.
    func walk(by rules: PlanRules) -> Walk? {
        guard let route = rules.procedure(route) else { return nil }
        var facts = Facts([:], scales: rules.scales)
        if let by = start.by, !route.start.by.contains(by) { return .refused(.mayNotStart, form: 0, facts) }
        guard follows(route.start.after) else { return .refused(.notAfter, form: 0, facts) }
        if let refused = send(start, route.start.asks, route.start.when, .startClosed, route.start.needs, &facts, rules) {
            return .refused(refused.code, form: 0, field: refused.field, facts)
        }
        var open = route.steps.filter { route.start.opens.contains($0.id) && $0.waitsFor.isEmpty }.map(\.id)
        var done: Set<String> = []
        var chosen: Set<[String]> = []
        var ended: String?
        for (place, taken) in steps.enumerated() {
            let index = place + 1
            let refused = { (code: Refusal.Code) in Walk.refused(code, form: index, facts, open: open) }
            guard ended == nil else { return refused(.notRunning) }
            guard let step = route.step(taken.step), open.contains(step.id) else { return refused(.stepNotOpen) }
            if let by = taken.form.by, !step.by.functions.contains(by) { return refused(.notYourStep) }
            guard let choice = step.choice(taken.choice) else { return refused(.unknownChoice) }
            let isSpent = !chosen.insert([step.id, choice.id]).inserted && choice.once
            if isSpent { return refused(.choiceClosed) }
            if let refused = send(taken.form, step.asks + choice.asks, choice.when, .choiceClosed, choice.needs, &facts, rules) {
                return .refused(refused.code, form: index, field: refused.field, facts, open: open)
            }
            open.removeAll { $0 == step.id }
            done.insert(step.id)
            switch choice.then {
            case .end(let outcome): ended = outcome
            case .open(let next):
                for id in next where !open.contains(id) {
                    let waits = route.step(id)?.waitsFor ?? []
                    let isReady = waits.allSatisfy { wait in
                        done.contains(wait) && !open.contains(wait) && (wait == step.id || !next.contains(wait))
                    }
                    if isReady { open.append(id) }
                }
            }
        }
        return Walk(expected: ended.map { .outcome($0) } ?? .open(route.steps.map(\.id).filter(open.contains)), stop: nil)
    }

    private func follows(_ conditions: [StartRule.After]) -> Bool {
        conditions.isEmpty
            || conditions.contains { condition in
                after.map {
                    condition.procedure == $0.procedure
                        && (condition.outcomes.isEmpty || condition.outcomes.contains($0.outcome))
                } ?? false
            }
    }

    /// Why a form is refused; nil when it is not, and then its answers are facts.
    private func send(
        _ form: Form, _ asks: [Ask], _ when: Condition, _ closed: Refusal.Code, _ needs: [Need], _ facts: inout Facts,
        _ rules: PlanRules
    ) -> (code: Refusal.Code, field: String?)? {
        if let day = form.day { facts.answers[PlanRules.today] = .text(day.description) }
        facts.answers.merge(form.answers) { _, new in new }
        for ask in asks {
            guard let field = rules.fields[ask.field], let answer = form.answers[ask.field] else { continue }
            if let problem = (field.problems(with: answer) + field.problems(with: answer, beside: facts)).first {
                return (problem.code, field.id)
            }
        }
        let now = facts
        guard when.holds(for: now) else { return (closed, nil) }
        let unanswered = asks.first { ask in
            guard let field = rules.fields[ask.field], form.lacks.contains(ask.field), ask.required, field.required else {
                return false
            }
            return ask.when.holds(for: now) && field.when.holds(for: now)
        }
        if let unanswered { return (.required, unanswered.field) }
        return needs.contains { form.lacks.contains($0.id) && $0.when.holds(for: now) } ? (.needMissing, nil) : nil
    }
}

extension RouteExample.Expected {
    /// In the words of the results: `outcome placed`, `open evaluate`, `refused needMissing`.
    var words: String {
        switch self {
        case .outcome(let outcome): "outcome \(outcome)"
        case .open(let steps): "open \(steps.sorted().joined(separator: ", "))"
        case .refused(let code): "refused \(code.rawValue)"
        }
    }
}
