// Why something that was done, or that waits to be done, could not be by the rules of a plan. What a form asks more is left out: an
// answer that nobody was asked for is no fault of who acted. An answer that was given and would not be taken counts.
extension Dossier {
    /// What stands in the way of the start of a procedure; empty when nothing does.
    ///
    /// - Parameter procedure: as it was started; its answers count as known.
    package func barriers(toStarting route: ProcedureRule, _ procedure: Procedure, _ rules: PlanRules, on day: Day) -> [Refusal] {
        let facts = inviting(facts(rules, on: day, in: procedure), route.start.plans, procedure)
        return (mayFollow(route.start.after, on: day) ? [] : [Refusal(.notAfter, source: route.source)])
            + (route.start.when.holds(for: facts) ? [] : [Refusal(.startClosed, source: route.source)])
            + unmet(route.start.needs, rules, facts, day)
            + untaken(route.start.asks, in: procedure, rules, facts)
    }

    /// What stands in the way of a choice in a step; empty when nothing does.
    ///
    /// - Parameters:
    ///   - procedure: with the answers of that step, when it was done.
    ///   - isDone: whether the choice was made already; else what its own form asks is not settled yet.
    package func barriers(
        toTaking choice: ChoiceRule, of step: StepRule, in procedure: Procedure, _ rules: PlanRules, on day: Day, isDone: Bool
    ) -> [Refusal] {
        let facts = inviting(facts(rules, on: day, in: procedure), isDone ? choice.plans : nil, procedure)
        let times = procedure.done.count { $0.step == step.id && $0.choice == choice.id }
        let isOpen =
            isDone
            ? choice.when.holds(for: facts) && !(choice.once && times > 1)
            : isOpen(choice, of: step, rules, on: day, in: procedure)
        return (isOpen ? [] : [Refusal(.choiceClosed, source: step.source ?? step.by.source)])
            + unmet(choice.needs, rules, facts, day)
            + (isDone ? untaken(step.asks + choice.asks, in: procedure, rules, facts) : [])
    }

    /// What is wrong with answers that were given: above what the plan allows, or none of what it lets one choose.
    private func untaken(_ asks: [Ask], in procedure: Procedure, _ rules: PlanRules, _ facts: Facts) -> [Refusal] {
        asks.flatMap { ask -> [Refusal] in
            guard let field = rules.fields[ask.field], let answer = procedure.answers[ask.field], !answer.isEmpty,
                ask.when.holds(for: facts), field.when.holds(for: facts)
            else { return [] }
            return field.problems(with: answer) + field.problems(with: answer, beside: facts)
        }
    }

    /// With who was invited to the meeting that was planned: what is needed can depend on it.
    private func inviting(_ facts: Facts, _ planned: String?, _ procedure: Procedure) -> Facts {
        guard let planned, let meeting = procedure.meetings.last(where: { $0.step == planned }) else { return facts }
        var facts = facts
        facts.answers[MeetingField.also] = .list(meeting.also)
        return facts
    }

    // MARK: who

    /// The functions by which somebody acts here: as a guardian, or held at the child's school or at the partnership.
    package func functions(of actor: Actor) -> Set<String> {
        let family = guardians.filter { $0.person == actor.person }.map {
            $0.authority ? PlanRules.guardian : PlanRules.guardianWithoutAuthority
        }
        return Set(
            family + actor.functions.filter { $0.organisation == school || $0.organisation == .partnership }.map(\.function))
    }

    /// Why somebody could not act in a step by this rule.
    ///
    /// - Parameters:
    ///   - actor: with what was held on the day.
    ///   - place: whose place was taken; nil for the own one.
    ///   - discipline: in which the step was done; nil for one of those held.
    package func barriers(
        to actor: Actor, _ step: StepRule, in procedure: Procedure, _ route: ProcedureRule, inPlaceOf place: PersonID? = nil,
        discipline: String? = nil
    ) -> [Refusal] {
        let rule = step.by
        var barriers: [Refusal] = []
        let isChosen = rule.chosenIn.map { procedure.answers[$0]?.text == (place ?? actor.person).rawValue } ?? true
        if !isChosen || functions(of: actor).isDisjoint(with: rule.functions) {
            barriers.append(Refusal(.notYourStep, source: rule.source))
        }
        return barriers
            + self.barriers(of: actor, in: step, route, discipline: discipline) {
                procedure.lastDone($0.id)?.by == actor.person
            }
    }

    /// What keeps somebody from a step beside the functions that it asks: they do one that somebody else must do, their discipline
    /// is not asked, or they work at the child's school in another function.
    ///
    /// - Parameters:
    ///   - field: beside which it is said; nil for none.
    ///   - discipline: in which the step was done; nil for one of those held.
    ///   - does: whether they do, or did last, another step of the route.
    func barriers(
        of actor: Actor, in step: StepRule, _ route: ProcedureRule?, field: String? = nil, discipline: String? = nil,
        does: (StepRule) -> Bool
    ) -> [Refusal] {
        let rule = step.by
        var barriers: [Refusal] = []
        if let other = apart(step, route).first(where: does) {
            barriers.append(
                Refusal(.samePerson, field: field, values: ["step": other.id], source: rule.source ?? other.by.source))
        }
        if let other = elsewhere(rule.notActorOf, by: actor.person) {
            barriers.append(
                Refusal(
                    .samePerson, field: field, values: ["step": other.step, "procedure": other.procedure], source: rule.source))
        }
        let isAsked = discipline.map(rule.disciplines.contains) ?? (self.discipline(of: actor, for: rule) != nil)
        if !rule.disciplines.isEmpty, !isAsked { barriers.append(Refusal(.wrongDiscipline, field: field, source: rule.source)) }
        if rule.notOfThisSchool,
            actor.functions.contains(where: { $0.organisation == school && !rule.functions.contains($0.function) })
        {
            barriers.append(Refusal(.boundToSchool, field: field, source: rule.source))
        }
        return barriers
    }
}
