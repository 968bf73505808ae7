/// The choices of a route held against those of another version: which could be made in fewer cases there.
///
/// A choice that can be made in one case and not in another (`when`), or only once, is no choice for whoever is in the other
/// case. What is not known yet, or changes by itself as a group and the time of the year do, may still come out either way.
struct MovedChoices {
    private let moved: MovedCase
    private let before: ProcedureRule
    private let after: ProcedureRule
    /// What is known of the child by the other version's questions.
    private let facts: Facts
    /// Facts that a step to come asks: whatever was said of them, they can be said otherwise.
    private let asked: Set<String>

    init(of moved: MovedCase, _ before: ProcedureRule, _ after: ProcedureRule) {
        self.moved = moved
        self.before = before
        self.after = after
        let open = moved.procedure.open.map(\.step)
        facts = moved.dossier.facts(moved.other, on: moved.day, in: moved.procedure)
        asked = before.fields(of: before.ahead(of: open)).union(after.fields(of: after.ahead(of: open)))
            .union([MeetingField.also])
    }

    // MARK: Cases

    /// Facts that become others by themselves while a procedure runs.
    private static let changing: Set<String> = ["group", "age", PlanRules.today]

    /// Whether this may come to hold, as far as is known.
    func mayHold(_ condition: Condition) -> Bool {
        condition.clauses.allSatisfy { clause in
            asked.contains(clause.fact) || Self.changing.contains(clause.fact) || clause.holds(for: facts)
        }
    }

    /// Whether a condition holds in every case in which another does, from now on and for this child.
    func holds(_ condition: Condition, whenever other: Condition) -> Bool {
        condition.clauses.allSatisfy { clause in
            stays(clause) || other.clauses.contains { $0.fact == clause.fact && clause.match.includes($0.match) }
        }
    }

    /// Whether a fact is as asked and cannot become otherwise: a child does not go back to a lower group or age.
    private func stays(_ clause: Condition.Clause) -> Bool {
        guard !asked.contains(clause.fact), clause.holds(for: facts) else { return false }
        guard Self.changing.contains(clause.fact) else { return true }
        guard clause.fact != PlanRules.today, case .range(_, nil) = clause.match else { return false }
        return true
    }

    // MARK: Choices

    /// Whether a choice can still be made by this child's procedure.
    private func mayBeMade(_ choice: ChoiceRule, in step: StepRule) -> Bool {
        !(choice.once && isDone(choice, in: step)) && mayHold(choice.when)
    }

    private func isDone(_ choice: ChoiceRule, in step: StepRule) -> Bool {
        moved.procedure.done.contains { $0.step == step.id && $0.choice == choice.id }
    }

    /// Whether a choice of the other version can be made whenever this one can.
    private func isThere(_ other: ChoiceRule, for choice: ChoiceRule, in step: StepRule) -> Bool {
        let isSpent = other.once && !choice.once && (isDone(other, in: step) || step.isOfFamily)
        return !isSpent && holds(other.when, whenever: choice.when)
    }

    /// Choices of these steps that could be made in fewer cases in the other version, or not at all.
    func narrowed(in ahead: Set<String>) -> [ProcedureMove.ChoiceAhead] {
        before.steps.filter { ahead.contains($0.id) }.flatMap { step -> [ProcedureMove.ChoiceAhead] in
            guard let other = after.step(step.id) else { return [] }
            return step.choices.filter { mayBeMade($0, in: step) }.compactMap { choice in
                guard let same = other.choice(choice.id) else {
                    return ProcedureMove.ChoiceAhead(step: step, choice: choice, isGone: true)
                }
                return isThere(same, for: choice, in: step)
                    ? nil : ProcedureMove.ChoiceAhead(step: step, choice: choice, isGone: false)
            }
        }
    }

    // MARK: Rights

    /// Why choices that can be made now may not be lost: the family's own, and those that lead to what is granted or decided.
    ///
    /// - Parameter was: steps that can still come under the own version.
    func lost(in was: Set<String>, _ would: Set<String>) -> [Refusal] {
        let there = Set(after.outcomes(of: would).map(\.id))
        let steps = before.steps.filter { was.contains($0.id) && after.step($0.id) != nil }
        let closed = steps.flatMap { step in
            step.choices.filter { mayBeMade($0, in: step) && isLost($0, step, there) }.map { (step, $0) }
        }.map { step, choice in
            Refusal(
                .moveChoiceClosed, values: ["step": step.id, "choice": choice.id], source: step.source ?? before.source)
        }
        let repeated = steps.filter { step in
            !step.isOfFamily && step.choices.contains { $0.once && after.step(step.id)?.choice($0.id)?.once == false }
        }.map { Refusal(.moveSafeguardLost, values: ["step": $0.id], source: $0.source ?? before.source) }
        return (closed.isEmpty ? unreached(was, there) : closed) + repeated
    }

    private func isLost(_ choice: ChoiceRule, _ step: StepRule, _ there: Set<String>) -> Bool {
        let others = (after.step(step.id)?.choices ?? []).filter { isThere($0, for: choice, in: step) }
        if step.isOfFamily, !others.contains(where: { $0.id == choice.id }) { return true }
        let kept = Set(others.flatMap { after.rights(of: $0, in: step.id) })
        return !Set(before.rights(of: choice, in: step.id)).intersection(there).isSubset(of: kept)
    }

    /// What can be granted or decided now, and in the other version only through a new step that this child may not pass.
    private func unreached(_ was: Set<String>, _ there: Set<String>) -> [Refusal] {
        let own = ends(before) { mayBeMade($0, in: $1) }
        let other = ends(after) { choice, step in
            guard let same = before.step(step.id) else { return choice.when.clauses.allSatisfy(stays) }
            return same.choices.contains { mayBeMade($0, in: same) && isThere(choice, for: $0, in: same) }
        }
        return before.outcomes(of: was).filter { $0.isRight && there.contains($0.id) }
            .filter { own.contains($0.id) && !other.contains($0.id) }.map {
                Refusal(.moveOutcomeGone, values: ["outcome": $0.id], source: $0.decision?.source ?? before.source)
            }
    }

    /// The outcomes that can be come to from what is open, by these choices.
    private func ends(_ route: ProcedureRule, by isOpen: (ChoiceRule, StepRule) -> Bool) -> Set<String> {
        var passed: Set<String> = []
        var ends: Set<String> = []
        var waiting = moved.procedure.open.compactMap { route.step($0.step) }
        while let step = waiting.popLast() {
            guard passed.insert(step.id).inserted else { continue }
            for choice in step.choices where isOpen(choice, step) {
                switch choice.then {
                case .open(let next): waiting += next.compactMap(route.step)
                case .end(let outcome): ends.insert(outcome)
                }
            }
        }
        return ends
    }
}

extension StepRule {
    /// Whether guardians take this step.
    var isOfFamily: Bool { by.functions.contains { PlanRules.guardians.contains($0) } }
}

extension OutcomeRule {
    /// Whether something is granted or decided by it.
    var isRight: Bool { grants != nil || decision != nil }
}

extension ProcedureRule {
    /// The outcomes that grant or decide and that a choice can lead to, without coming back to its own step.
    fileprivate func rights(of choice: ChoiceRule, in step: String) -> [String] {
        switch choice.then {
        case .end(let id): outcome(id).flatMap { $0.isRight ? [$0.id] : nil } ?? []
        case .open(let next):
            outcomes(of: ahead(of: next, without: step)).filter(\.isRight).map(\.id)
        }
    }
}

extension Condition.Match {
    /// Whether everything that fits the other fits this.
    fileprivate func includes(_ other: Condition.Match) -> Bool {
        switch (self, other) {
        case (.oneOf(let all), .oneOf(let some)): Set(some).isSubset(of: all)
        case (.range(let from, let to), .range(let otherFrom, let otherTo)):
            (from.map { least in otherFrom.map { $0 >= least } ?? false } ?? true)
                && (to.map { most in otherTo.map { $0 <= most } ?? false } ?? true)
        case (.calendar(let from, let to), .calendar(let otherFrom, let otherTo)):
            (from.map { first in otherFrom.map { $0 >= first } ?? false } ?? true)
                && (to.map { last in otherTo.map { $0 <= last } ?? false } ?? true)
        case (.absent, .absent): true
        // What matches one of these, or lies between two, is known.
        case (.present, let other): other != .absent
        default: false
        }
    }
}
