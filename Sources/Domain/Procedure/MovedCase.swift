/// One child's procedure held against another version of the plan: what would be otherwise, and which rights would be lost.
///
/// Rights are judged from the family's side: what the version that it started under promised may get better and not worse.
/// Where something is not known yet, every case that can still come is tried, and the worst counts.
struct MovedCase {
    let dossier: Dossier
    let procedure: Procedure
    let own: PlanRules
    let other: PlanRules
    let before: ProcedureRule
    let day: Day

    /// Everything that would change; with nothing to compare when the other version has no such route.
    func move(_ refusals: [Refusal]) -> ProcedureMove {
        guard let after = other.procedure(procedure.rule) else {
            let gone = Refusal(.moveRouteGone, values: ["procedure": before.id], source: before.source)
            return ProcedureMove(
                instance: procedure.id, from: own.key, to: other.key, basedOn: dossier.version, steps: [], clocks: [],
                needed: [], dropped: [], newSteps: [], goneSteps: [], newOutcomes: [], goneOutcomes: [], narrower: [], wider: [],
                remedies: [], ends: [], isClosedToChild: false, lostAnswers: [], refusals: refusals + [gone])
        }
        let open = procedure.open.map(\.step)
        let (was, would) = (before.ahead(of: open), after.ahead(of: open))
        let (endsWas, endsWould) = (before.outcomes(of: was), after.outcomes(of: would))
        let clocks = clocks(after)
        let (needsWas, needsWould) = (needs(before, was, own), needs(after, would, other))
        let ends = endsWas.flatMap { decisionEnds($0, after) }
        let choices = MovedChoices(of: self, before, after)
        let rights = MovedRights(of: self, after, ahead: was, would, choices)
        return ProcedureMove(
            instance: procedure.id, from: own.key, to: other.key, basedOn: dossier.version, steps: steps(after), clocks: clocks,
            needed: needsWould.filter { need in !needsWas.contains { $0.asksSame(as: need) } },
            dropped: needsWas.filter { need in !needsWould.contains { $0.asksSame(as: need) } },
            newSteps: after.steps.filter { would.contains($0.id) && before.step($0.id).map { !was.contains($0.id) } ?? true },
            goneSteps: before.steps.filter { was.contains($0.id) && after.step($0.id).map { !would.contains($0.id) } ?? true },
            newOutcomes: endsWould.filter { outcome in !endsWas.contains { $0.id == outcome.id } },
            goneOutcomes: endsWas.filter { outcome in !endsWould.contains { $0.id == outcome.id } },
            narrower: choices.narrowed(in: was), wider: MovedChoices(of: reversed, after, before).narrowed(in: would),
            remedies: endsWas.flatMap { remedies($0, after) }, ends: ends,
            isClosedToChild: isStarted(before, own) && !isStarted(after, other),
            lostAnswers: lostAnswers(),
            refusals: refusals + rights.lost(clocks: clocks, ends: ends, needsWas: needsWas, needsWould: needsWould))
    }

    /// The same seen from the other version.
    private var reversed: MovedCase {
        MovedCase(dossier: dossier, procedure: procedure, own: other, other: own, before: before, day: day)
    }

    /// Whether there would be such a route for this child if it were started today.
    private func isStarted(_ route: ProcedureRule, _ rules: PlanRules) -> Bool {
        dossier.isOpen(route.start.when, rules, on: day, in: procedure, asking: [])
    }

    private func remedies(_ outcome: OutcomeRule, _ after: ProcedureRule) -> [ProcedureMove.Remedy] {
        guard let decision = outcome.decision, let other = after.outcome(outcome.id)?.decision else { return [] }
        return [
            ProcedureMove.Remedy(
                kind: .objection, outcome: outcome.id, before: decision.objection, after: other.objection),
            ProcedureMove.Remedy(kind: .appeal, outcome: outcome.id, before: decision.appeal, after: other.appeal),
        ].filter { $0.before != $0.after }
    }

    private func steps(_ after: ProcedureRule) -> [ProcedureMove.Step] {
        procedure.open.compactMap { open in
            guard let step = before.step(open.step) else { return nil }
            let other = after.step(open.step)
            let (was, would) = (before.fields(of: [step.id]), other.map { after.fields(of: [$0.id]) } ?? [])
            return ProcedureMove.Step(
                before: step, after: other, dueBefore: procedure.due(open, before, own.holidays),
                dueAfter: other.flatMap { _ in procedure.due(open, after, self.other.holidays) },
                asked: would.subtracting(was).sorted(), dropped: was.subtracting(would).sorted())
        }
    }

    private func clocks(_ after: ProcedureRule) -> [ProcedureMove.Clock] {
        let was = procedure.clocks(before, own.holidays)
        let would = procedure.clocks(after, other.holidays)
        return was.map { state in
            ProcedureMove.Clock(id: state.rule.id, before: state, after: would.first { $0.rule.id == state.rule.id })
        }
            + would.filter { state in !was.contains { $0.rule.id == state.rule.id } }.map {
                ProcedureMove.Clock(id: $0.rule.id, before: nil, after: $0)
            }
    }

    /// What is needed at the choices that can still come, as far as it can apply to this child.
    private func needs(_ route: ProcedureRule, _ ahead: Set<String>, _ rules: PlanRules) -> [ProcedureMove.NeedAhead] {
        route.steps.filter { ahead.contains($0.id) }.flatMap { step in
            step.choices.flatMap { choice in
                choice.needs.map { ProcedureMove.NeedAhead(step: step.id, choice: choice.id, need: $0) }
            }
        }
    }

    private func lostAnswers() -> [String] {
        procedure.answers.filter { id, answer in
            guard own.fields[id] != nil, !answer.isEmpty else { return false }
            guard let field = other.fields[id] else { return true }
            return !field.problems(with: answer).isEmpty
        }.map(\.key).sorted()
    }

    // MARK: The end of what is granted

    /// The most cases that are tried for one decision: more open questions than that no plan has.
    private static let mostCases = 64

    /// The end that an outcome's decision would get now under either version, in every case that can still come.
    private func decisionEnds(_ outcome: OutcomeRule, _ after: ProcedureRule) -> [ProcedureMove.DecisionEnd] {
        guard let was = outcome.decision?.validity else { return [] }
        let would = after.outcome(outcome.id)?.decision?.validity
        var ends: [ProcedureMove.DecisionEnd] = []
        for begin in begins(was) {
            var answers: Answers = [was.beginField: .text(begin.description)]
            if let would { answers[would.beginField] = .text(begin.description) }
            for supposed in cases(was, would, known: answers) {
                let all = answers.merging(supposed) { _, new in new }
                guard let before = end(was, own, all) else { continue }
                let known = procedure.answers[was.beginField]?.day != nil
                ends.append(
                    ProcedureMove.DecisionEnd(
                        outcome: outcome.id,
                        supposing: known
                            ? supposed : supposed.merging([was.beginField: .text(begin.description)]) { _, new in new },
                        before: before, after: would.flatMap { end($0, other, all) }))
            }
        }
        return ends
    }

    /// The day on which what is granted would begin: as answered, else today and after the summer.
    private func begins(_ rule: ValidityRule) -> [Day] {
        if let day = procedure.answers[rule.beginField]?.day { return [day] }
        return [day, SchoolYear(containing: day).next.first]
    }

    /// Every way in which the questions that the two tables still ask could be answered.
    private func cases(_ was: ValidityRule, _ would: ValidityRule?, known: Answers) -> [Answers] {
        var waiting: [Answers] = [[:]]
        var settled: [Answers] = []
        while let supposed = waiting.popLast() {
            let all = known.merging(supposed) { _, new in new }
            let open = missing(was, own, all) + (would.map { missing($0, other, all) } ?? [])
            guard let field = open.first(where: { !$0.options.isEmpty && supposed[$0.id] == nil }),
                waiting.count + settled.count < Self.mostCases
            else {
                settled.append(supposed)
                continue
            }
            waiting += field.options.map { option in supposed.merging([field.id: .text(option.id)]) { _, new in new } }
        }
        return settled
    }

    private func missing(_ rule: ValidityRule, _ rules: PlanRules, _ supposed: Answers) -> [Field] {
        rules.tables[rule.table]?.missing(for: facts(rules, supposed)).compactMap { rules.fields[$0] } ?? []
    }

    private func facts(_ rules: PlanRules, _ supposed: Answers) -> Facts {
        var facts = dossier.facts(rules, on: day, in: procedure)
        facts.answers.merge(supposed) { _, new in new }
        return facts
    }

    /// The end by one version; nil when its rules have none for this child.
    private func end(_ rule: ValidityRule, _ rules: PlanRules, _ supposed: Answers) -> ProcedureMove.End? {
        guard let validity = try? dossier.validity(rule, rules, facts(rules, supposed), on: day) else { return nil }
        // Where the law gives longer than the table, somebody settles it; the law's end is what nobody may go below.
        if validity.clashes, let earliest = validity.earliest { return .atMost(earliest) }
        return validity.proposed.map { .day($0) } ?? .atMost(validity.latest)
    }
}

extension ProcedureMove.NeedAhead {
    /// Whether both ask the same at the same choice, however they word it.
    func asksSame(as other: Self) -> Bool {
        step == other.step && choice == other.choice && need.kind == other.need.kind && need.when == other.need.when
    }
}
