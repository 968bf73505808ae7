/// The rights that a procedure has under its own version of the plan, and which of them another version would take away.
struct MovedRights {
    private let moved: MovedCase
    private let after: ProcedureRule
    /// Steps that can still come, under its own version and under the other.
    private let was: Set<String>
    private let would: Set<String>
    private let choices: MovedChoices

    init(
        of moved: MovedCase, _ after: ProcedureRule, ahead was: Set<String>, _ would: Set<String>, _ choices: MovedChoices
    ) {
        self.moved = moved
        self.after = after
        self.was = was
        self.would = would
        self.choices = choices
    }

    private var before: ProcedureRule { moved.before }
    private var procedure: Procedure { moved.procedure }

    /// Every reason why it cannot be moved.
    func lost(
        clocks: [ProcedureMove.Clock], ends: [ProcedureMove.DecisionEnd], needsWas: [ProcedureMove.NeedAhead],
        needsWould: [ProcedureMove.NeedAhead]
    ) -> [Refusal] {
        steps() + passed() + (clocks + waiting()).flatMap(later) + dues() + outcomes() + choices.lost(in: was, would)
            + shorter(ends) + words(needsWas, needsWould) + safeguards() + family() + burdens(needsWas, needsWould)
    }

    // MARK: What would be left hanging

    /// Open steps that are not there or wait for nobody, and done steps that what comes still refers to.
    private func steps() -> [Refusal] {
        let open = procedure.open.flatMap { open -> [Refusal] in
            guard let step = after.step(open.step) else { return [gone(open.step)] }
            guard let field = step.by.chosenIn, procedure.answers[field]?.isEmpty ?? true else { return [] }
            return [Refusal(.moveNobodyChosen, values: ["step": step.id, "field": field], source: step.source ?? after.source)]
        }
        let referred = references(before, was)
        let done = Set(procedure.done.map(\.step)).filter { referred.contains($0) && after.step($0) == nil }
        return open + done.sorted().map(gone)
    }

    private func gone(_ step: String) -> Refusal {
        Refusal(.moveStepGone, values: ["step": step], source: before.step(step)?.source ?? before.source)
    }

    /// The steps that something of a route refers to, as far as it can still come.
    private func references(_ route: ProcedureRule, _ ahead: Set<String>) -> Set<String> {
        var found: Set<String> = []
        for step in route.steps where ahead.contains(step.id) {
            found.formUnion(step.by.notActorOf + step.by.warnActorOf + step.waitsFor)
        }
        for clock in route.clocks {
            if case .step(let step) = clock.from { found.insert(step) }
            found.formUnion(clock.pausedIn + clock.metBy)
        }
        for outcome in route.outcomes(of: ahead) { found.formUnion(outcome.decision?.advices ?? []) }
        return found
    }

    /// Steps and questions of the other version that were to come before: passed by now, and what comes waits for them.
    private func passed() -> [Refusal] {
        var steps: [(step: String, source: String?)] = []
        for step in after.steps where would.contains(step.id) {
            steps += step.waitsFor.map { ($0, step.source) }
        }
        var fields: [(field: String, source: String)] = []
        let asked = after.fields(of: would)
        for case let decision? in after.outcomes(of: would).map(\.decision) {
            steps += decision.advices.map { ($0, decision.source) }
            let wanted = [decision.reasonsField] + (decision.validity.map { [$0.beginField] } ?? [])
            fields += wanted.filter { !asked.contains($0) && procedure.answers[$0]?.isEmpty ?? true }.map {
                ($0, decision.source)
            }
        }
        let missing = steps.filter { !would.contains($0.step) && procedure.lastDone($0.step) == nil }
        return once(
            missing.map { Refusal(.moveStepPassed, values: ["step": $0.step], source: $0.source ?? after.source) }
                + fields.map { Refusal(.moveFieldPassed, values: ["field": $0.field], source: $0.source) })
    }

    // MARK: Time

    /// Terms that are not there in this case and can still come to be, by what this procedure asks yet.
    private func waiting() -> [ProcedureMove.Clock] {
        let facts = Facts(procedure.answers)
        return before.clocks.filter { !$0.when.holds(for: facts) && choices.mayHold($0.when) }.map { rule in
            let other = after.clocks.first { $0.id == rule.id }
            return ProcedureMove.Clock(id: rule.id, before: .waiting(rule), after: other.map(ClockState.waiting))
        }
    }

    /// A term that ends later, can stand still or be extended longer, is met by less, or is not there in some case: it was
    /// promised, or is law. One that was extended stays so: who waits was told the day.
    private func later(_ clock: ProcedureMove.Clock) -> [Refusal] {
        guard let was = clock.before, !isKept(was) else { return [] }
        guard let would = clock.after else { return [refusal(.moveClockLater, was, nil)] }
        let isWeaker =
            !Set(would.rule.metBy).isSubset(of: was.rule.metBy)
            || !Set(would.rule.pausedIn).subtracting(was.rule.pausedIn).isDisjoint(with: self.would.union(self.was))
            || !choices.holds(would.rule.when, whenever: was.rule.when)
        if isWeaker || isLater(was, would) || isExtendedFurther(was, would) {
            return [refusal(.moveClockLater, was, would)]
        }
        return was.isExtended && !would.isExtended && would.due != was.due ? [refusal(.moveExtensionLost, was, would)] : []
    }

    /// Whether the other version can still extend a term to a later day than the own one can.
    private func isExtendedFurther(_ was: ClockState, _ would: ClockState) -> Bool {
        guard would.isExtensible(by: self.would) else { return false }
        let furthest = was.isExtensible(by: self.was) ? was.extended(moved.day) : was.clock ?? was.begun(moved.day)
        let then = would.extended(moved.day)
        guard case .due(let now) = furthest.outcome(holidays: moved.own.holidays).result,
            case .due(let day) = then.outcome(holidays: moved.other.holidays).result
        else { return !was.isExtensible(by: self.was) || isLonger(would.rule.extended?.with, was.rule.extended?.with) }
        return day > now
    }

    private func isLonger(_ term: Term?, _ other: Term?) -> Bool {
        guard let term else { return false }
        guard let other else { return true }
        return term.end(startingAfter: moved.day, holidays: moved.other.holidays)
            > other.end(startingAfter: moved.day, holidays: moved.own.holidays)
    }

    /// Whether a term was met in time: then nothing of it can be lost any more.
    private func isKept(_ state: ClockState) -> Bool {
        guard let finished = state.clock?.finished, let due = state.due else { return false }
        return finished <= due
    }

    private func isLater(_ was: ClockState, _ would: ClockState) -> Bool {
        guard let running = was.clock else {
            // Not begun: counted as if it began today.
            let ends = [(was, moved.own), (would, moved.other)].map { state, rules in
                state.rule.within.end(startingAfter: moved.day, holidays: rules.holidays)
            }
            return would.clock == nil
                ? was.rule.from != would.rule.from || ends[1] > ends[0] : would.due.map { $0 > ends[0] } ?? true
        }
        guard let other = would.clock else { return true }
        switch (running.outcome(holidays: moved.own.holidays).result, other.outcome(holidays: moved.other.holidays).result) {
        case (.due(let now), .due(let then)): return then > now
        case (.due, .standsStill): return true
        case (.standsStill(_, let now), .standsStill(_, let then)): return then > now
        case (.standsStill(_, let left), .due(let then)): return then > moved.day.adding(days: left)
        }
    }

    private func refusal(_ code: Refusal.Code, _ was: ClockState, _ would: ClockState?) -> Refusal {
        var values = ["clock": was.rule.id]
        values["before"] = was.due?.description
        values["after"] = would?.due?.description
        return Refusal(code, values: values, source: was.rule.source)
    }

    /// The own term of an open step: who answers for the partnership gets no more time, who is asked something no less.
    private func dues() -> [Refusal] {
        procedure.open.compactMap { open in
            guard let step = before.step(open.step), let due = step.due, let other = after.step(open.step) else { return nil }
            let now = due.end(startingAfter: open.since.day, holidays: moved.own.holidays)
            let then = other.due?.end(startingAfter: open.since.day, holidays: moved.other.holidays)
            let isAsked =
                step.by.functions.contains { PlanRules.guardians.contains($0) }
                || before.clocks.contains { $0.pausedIn.contains(step.id) }
            let isWorse = isAsked ? then.map { $0 < now } ?? false : then.map { $0 > now } ?? true
            guard isWorse else { return nil }
            var values = ["step": step.id, "before": now.description]
            values["after"] = then?.description
            return Refusal(.moveDueWorse, values: values, source: step.source ?? before.source)
        }
    }

    // MARK: What can be got

    /// What can be granted or decided and would not be any more, and the terms to object to it and to go to court.
    private func outcomes() -> [Refusal] {
        let there = Set(after.outcomes(of: would).map(\.id))
        return before.outcomes(of: was).flatMap { outcome -> [Refusal] in
            guard outcome.isRight else { return [] }
            let source = outcome.decision?.source ?? before.source
            guard there.contains(outcome.id), let other = after.outcome(outcome.id) else {
                return [Refusal(.moveOutcomeGone, values: ["outcome": outcome.id], source: source)]
            }
            if let grants = outcome.grants, other.grants != grants {
                return [Refusal(.moveOutcomeGone, values: ["outcome": outcome.id], source: source)]
            }
            let (own, its) = (outcome.decision, other.decision)
            let lost = [
                isShorter(its?.objection, than: own?.objection) ? Refusal.Code.moveObjectionLost : nil,
                isShorter(its?.appeal, than: own?.appeal) ? .moveAppealLost : nil,
            ]
            return lost.compactMap(\.self).map { Refusal($0, values: ["outcome": outcome.id], source: source) }
        }
    }

    /// Whether a term to object or appeal, counted from today, ends sooner than the own one or is not there.
    private func isShorter(_ term: Term?, than own: Term?) -> Bool {
        guard let now = own?.end(startingAfter: moved.day, holidays: moved.own.holidays) else { return false }
        return term.map { $0.end(startingAfter: moved.day, holidays: moved.other.holidays) < now } ?? true
    }

    private func shorter(_ ends: [ProcedureMove.DecisionEnd]) -> [Refusal] {
        var worst: [String: ProcedureMove.DecisionEnd] = [:]
        for end in ends {
            let isShorter =
                switch (end.before, end.after) {
                case (_, nil): true
                case (.day(let now), .day(let then)?), (.atMost(let now), .day(let then)?),
                    (.atMost(let now), .atMost(let then)?):
                    then < now
                // Sure before, and now up to somebody: the family could get less.
                case (.day, .atMost?): true
                }
            if isShorter, worst[end.outcome] == nil { worst[end.outcome] = end }
        }
        return worst.values.sorted { $0.outcome < $1.outcome }.map { end in
            var values = ["outcome": end.outcome, "before": end.before.day.description]
            values["after"] = end.after?.day.description
            return Refusal(
                .moveShorterValidity, values: values,
                source: before.outcome(end.outcome)?.decision?.source ?? before.source)
        }
    }

    // MARK: The family's word

    /// Agreements and signatures that are asked ahead and would not be any more.
    private func words(_ was: [ProcedureMove.NeedAhead], _ would: [ProcedureMove.NeedAhead]) -> [Refusal] {
        let lost = was.filter { asked in
            guard asked.need.isWord else { return false }
            let there = would.filter { $0.need.kind == asked.need.kind }
            guard let choice = after.step(asked.step)?.choice(asked.choice) else {
                // This way out is not there: it must be asked on another.
                return there.isEmpty
            }
            return !there.contains {
                $0.step == asked.step && $0.choice == choice.id
                    && ($0.need.when == asked.need.when || $0.need.when == .always)
            }
        }
        return once(
            lost.map {
                Refusal(
                    .moveAgreementGone, values: ["step": $0.step, "choice": $0.choice, "need": $0.need.id],
                    source: $0.need.source ?? before.source)
            })
    }

    /// Advices that a decision rests on, and who may not do two things at once: what makes it careful (Awb art. 3:2 and 2:4).
    private func safeguards() -> [Refusal] {
        let steps = before.steps.filter { was.contains($0.id) && would.contains($0.id) }.filter { step in
            guard let other = after.step(step.id) else { return false }
            return !Set(step.by.notActorOf).isSubset(of: other.by.notActorOf)
                || (step.by.notOfThisSchool && !other.by.notOfThisSchool)
                || (!step.by.disciplines.isEmpty
                    && (other.by.disciplines.isEmpty || !Set(other.by.disciplines).isSubset(of: step.by.disciplines)))
        }.map { Refusal(.moveSafeguardLost, values: ["step": $0.id], source: $0.by.source ?? $0.source ?? before.source) }
        let advices = before.outcomes(of: was).flatMap { outcome -> [Refusal] in
            guard let decision = outcome.decision, let other = after.outcome(outcome.id)?.decision else { return [] }
            return decision.advices.filter { !other.advices.contains($0) }.map {
                Refusal(.moveSafeguardLost, values: ["step": $0], source: decision.source)
            }
        }
        return once(steps + advices)
    }

    /// Steps that the family takes itself, and meetings that it is part of.
    private func family() -> [Refusal] {
        before.steps.filter { step in
            guard was.contains(step.id) else { return false }
            let other = would.contains(step.id) ? after.step(step.id) : nil
            let acts = step.by.functions.contains { PlanRules.guardians.contains($0) }
            let meets = step.meeting?.required.contains { PlanRules.guardians.contains($0) } ?? false
            return (acts && other?.by.functions.contains { PlanRules.guardians.contains($0) } != true)
                || (meets && other?.meeting?.required.contains { PlanRules.guardians.contains($0) } != true)
        }.map { Refusal(.moveFamilyLost, values: ["step": $0.id], source: $0.source ?? before.source) }
    }

    /// What would be needed besides, is not there, and is not the family's own word: who asked under the old rules is judged
    /// by those.
    private func burdens(_ was: [ProcedureMove.NeedAhead], _ would: [ProcedureMove.NeedAhead]) -> [Refusal] {
        let facts = moved.dossier.facts(moved.other, on: moved.day, in: procedure)
        let new = would.filter { need in
            !need.need.isWord
                && !was.contains { $0.need.kind == need.need.kind && $0.choice == need.choice && $0.step == need.step }
        }
        let unmet = new.filter { need in
            moved.dossier.states(of: [need.need], moved.other, facts: facts, on: moved.day).contains { !$0.isMet }
        }
        return once(
            unmet.map {
                Refusal(
                    .moveNeedAdded, values: ["step": $0.step, "choice": $0.choice, "need": $0.need.id],
                    source: $0.need.source ?? after.source)
            })
    }

    private func once(_ refusals: [Refusal]) -> [Refusal] {
        var seen: Set<Refusal> = []
        return refusals.filter { seen.insert($0).inserted }
    }
}

extension Need {
    /// Whether it is the family's word: an agreement or a signature.
    var isWord: Bool {
        switch kind {
        case .agreement, .signature: true
        case .groeidocument, .field, .evidence: false
        }
    }
}

extension PlanRules {
    /// The functions by which guardians act.
    static let guardians: Set<String> = [guardian, guardianWithoutAuthority]
}

extension ClockState {
    /// A clock that does not run in this case.
    static func waiting(_ rule: ClockRule) -> ClockState { ClockState(rule: rule, clock: nil, due: nil, explanation: []) }

    var isExtended: Bool { clock?.extensions.isEmpty == false }

    /// Whether a step to come can still extend it.
    func isExtensible(by ahead: Set<String>) -> Bool {
        guard let extended = rule.extended, !isExtended, clock?.finished == nil else { return false }
        return extended.by.contains { by in ahead.contains { by == $0 || by.hasPrefix("\($0).") } }
    }

    /// As if it had begun on a day.
    func begun(_ day: Day) -> TermClock { TermClock(started: day, term: rule.within) }

    /// As if it were extended, begun on a day when it has not begun.
    func extended(_ day: Day) -> TermClock {
        var clock = self.clock ?? begun(day)
        clock.extensions = rule.extended.map { [$0.with] } ?? []
        return clock
    }
}
