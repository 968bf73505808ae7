extension Dossier {
    /// Starts a route: who, after what, with what known, and everything that is needed there.
    func decide(
        _ start: DossierCommand.Start, _ sight: Sight, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        let rules = setting.rules
        guard procedure(start.instance) == nil else { return [] }
        guard let route = rules.procedure(start.procedure) else { throw Refused(.unknownProcedure) }
        guard sight.functions.contains(where: route.start.by.contains) else {
            throw Refused(.mayNotStart, source: route.source)
        }
        guard mayFollow(route.start.after) else { throw Refused(.notAfter, source: route.source) }
        if !route.start.repeatable, procedures.contains(where: { $0.rule == route.id && $0.isRunning }) {
            throw Refused(.alreadyRunning)
        }
        var (answers, reasons) = read(start.answers, route.start.asks, setting, rules)
        let planned = plan(route.start.plans, start.answers, route, setting)
        reasons += planned.reasons
        let facts = facts(rules, on: setting.today, also: answers)
        reasons += unmet(route.start.needs, rules, facts, setting.today)
        guard reasons.isEmpty else { throw Refused(reasons) }
        // What a choice would show again stays with the dossier: only what was newly given is in the event.
        answers = answers.filter { !$0.value.isEmpty }
        var events: [DossierEvent] = [
            .procedureStarted(
                .init(
                    instance: start.instance, procedure: route.id, plan: rules.key, answers: answers, opens: route.start.opens,
                    meeting: planned.meeting))
        ]
        if route.start.locksGroeidocument, let lock = locking(reason: "procedure:\(route.id)") { events.append(lock) }
        return events
    }

    /// Whether one of the endings asked for has happened.
    package func mayFollow(_ after: [StartRule.After]) -> Bool {
        after.isEmpty
            || after.contains { condition in
                procedures.contains { done in
                    done.rule == condition.procedure
                        && done.ended.map { condition.outcomes.isEmpty || condition.outcomes.contains($0.outcome) } == true
                }
            }
    }

    /// Takes a step with a choice: the actor rules, the form, the needs, and where it goes from there.
    func decide(_ take: DossierCommand.Take, _ sight: Sight, _ setting: Setting) throws(Refused) -> Decided {
        guard let procedure = procedure(take.instance), let rules = setting.shelf[procedure.plan],
            let route = rules.procedure(procedure.rule)
        else { throw Refused(.unknownProcedure) }
        guard let step = route.step(take.step) else { throw Refused(.unknownStep) }
        guard procedure.open.contains(where: { $0.step == take.step }) else {
            // The same click twice is no error: the step was done just so, by this person.
            if let done = procedure.lastDone(take.step), done.by == setting.actor.person, done.choice == take.choice,
                take.answers.allSatisfy({ $0.value.isEmpty || done.answers[$0.key] == nil || done.answers[$0.key] == $0.value })
            {
                return Decided([])
            }
            throw Refused(procedure.isRunning ? .stepNotOpen : .notRunning)
        }
        try checkActor(step, procedure, sight, setting)
        guard let choice = step.choice(take.choice) else { throw Refused(.unknownChoice, field: "choice") }

        var (answers, reasons) = read(take.answers, step.asks + choice.asks, setting, rules)
        let planned = plan(choice.plans, take.answers, route, setting)
        reasons += planned.reasons
        reasons += chosenPeople(answers, route, procedure, setting)
        let facts = facts(rules, on: setting.today, also: answers)
        reasons += unmet(choice.needs, rules, facts, setting.today)
        guard reasons.isEmpty else { throw Refused(reasons) }
        answers = answers.filter { !$0.value.isEmpty }

        let opens: [String] =
            switch choice.then {
            case .open(let steps): steps.filter { opensNow($0, after: step.id, route, procedure) }
            case .end: []
            }
        let taken = DossierEvent.stepTaken(
            .init(
                instance: procedure.id, step: step.id, choice: choice.id, answers: answers, opens: opens,
                meeting: planned.meeting, complete: choice.marksComplete ? setting.today : nil))
        guard case .end(let id) = choice.then, let outcome = route.outcome(id) else { return Decided([taken]) }
        let ended = DossierEvent.procedureEnded(.init(instance: procedure.id, outcome: id))
        guard let decision = outcome.decision else { return Decided([taken, ended]) }
        return try issue(decision, outcome, procedure, answers, rules, setting, before: [taken, ended])
    }

    /// Whether a step opens now: not open already, and everything it waits for done and not open again.
    private func opensNow(_ id: String, after taken: String, _ route: ProcedureRule, _ procedure: Procedure) -> Bool {
        guard !procedure.open.contains(where: { $0.step == id && $0.step != taken }), let step = route.step(id) else {
            return false
        }
        return step.waitsFor.allSatisfy { waited in
            waited == taken
                || (procedure.lastDone(waited) != nil && !procedure.open.contains { $0.step == waited })
        }
    }

    /// Who may act: by function at the right place, or chosen; not the same as others where the plan forbids it.
    package func checkActor(
        _ step: StepRule, _ procedure: Procedure, _ sight: Sight, _ setting: Setting
    ) throws(Refused) {
        let rule = step.by
        guard sight.functions.contains(where: rule.functions.contains) else { throw Refused(.notYourStep, source: rule.source) }
        let person = setting.actor.person
        if let field = rule.chosenIn, procedure.answers[field]?.text != person.rawValue {
            throw Refused(.notYourStep, source: rule.source)
        }
        for other in rule.notActorOf where procedure.lastDone(other)?.by == person {
            throw Refused(.samePerson, values: ["step": other], source: rule.source)
        }
        if !rule.disciplines.isEmpty, discipline(of: setting.actor, for: rule) == nil {
            throw Refused(.wrongDiscipline, source: rule.source)
        }
        if rule.notOfThisSchool, let school, isBound(setting.actor, to: school, unless: rule.functions) {
            throw Refused(.boundToSchool, source: rule.source)
        }
    }

    /// The discipline with which somebody acts in a step.
    private func discipline(of actor: Actor, for rule: ActorRule) -> String? {
        actor.functions.first { held in
            rule.functions.contains(held.function) && held.discipline.map(rule.disciplines.contains) == true
        }?.discipline
    }

    private func isBound(_ actor: Actor, to school: OrganisationID, unless functions: [String]) -> Bool {
        actor.functions.contains { $0.organisation == school && !functions.contains($0.function) }
    }

    /// Whoever is chosen for a step must be able to take it: seen now, so that nobody finds out weeks later.
    private func chosenPeople(
        _ answers: Answers, _ route: ProcedureRule, _ procedure: Procedure, _ setting: Setting
    ) -> [Refusal] {
        route.steps.flatMap { step -> [Refusal] in
            guard let field = step.by.chosenIn, let chosen = answers[field], let actor = setting.people[PersonID(chosen.text)]
            else { return [] }
            var reasons: [Refusal] = []
            for other in step.by.notActorOf where procedure.lastDone(other)?.by == actor.person {
                reasons.append(Refusal(.samePerson, field: field, values: ["step": other], source: step.by.source))
            }
            if step.by.notOfThisSchool, let school, isBound(actor, to: school, unless: step.by.functions) {
                reasons.append(Refusal(.boundToSchool, field: field, source: step.by.source))
            }
            if !step.by.disciplines.isEmpty, discipline(of: actor, for: step.by) == nil {
                reasons.append(Refusal(.wrongDiscipline, field: field, source: step.by.source))
            }
            return reasons
        }
    }

    private func unmet(_ needs: [Need], _ rules: PlanRules, _ facts: Facts, _ day: Day) -> [Refusal] {
        states(of: needs, rules, facts: facts, on: day).filter { !$0.isMet }.map { state in
            Refusal(.needMissing, field: "need-\(state.need.id)", values: ["need": state.need.id], source: state.need.source)
        }
    }

    /// Reads the plan of a meeting; one nearer than the rule asks needs a reason.
    private func plan(
        _ step: String?, _ answers: Answers, _ route: ProcedureRule, _ setting: Setting
    ) -> (meeting: Meeting?, reasons: [Refusal]) {
        guard let step, let rule = route.step(step)?.meeting else { return (nil, []) }
        var reasons: [Refusal] = []
        let moment = answers[MeetingField.moment]?.text ?? ""
        let place = answers[MeetingField.place]?.text ?? ""
        let also = answers[MeetingField.also]?.values ?? []
        let reason = answers[MeetingField.reason].flatMap { $0.isEmpty ? nil : $0.text }
        if place.allSatisfy(\.isWhitespace) { reasons.append(Refusal(.required, field: MeetingField.place)) }
        if place.count > Field.longestText { reasons.append(Refusal(.tooLong, field: MeetingField.place)) }
        if !also.allSatisfy(rule.optional.contains) { reasons.append(Refusal(.notAnOption, field: MeetingField.also)) }
        if moment.isEmpty {
            reasons.append(Refusal(.required, field: MeetingField.moment))
        } else if let when = LocalMoment(moment) {
            if Instant.amsterdam(when.day, hour: when.hour, minute: when.minute) < setting.now {
                reasons.append(Refusal(.dayInPast, field: MeetingField.moment))
            } else if let ahead = rule.ahead, ahead.before(when.day) < setting.today, reason == nil {
                reasons.append(
                    Refusal(
                        .tooSoon, field: MeetingField.reason,
                        values: ["period": ahead.description, "earliest": ahead.after(setting.today).description],
                        source: rule.aheadSource))
            }
        } else {
            reasons.append(Refusal(.notAMoment, field: MeetingField.moment))
        }
        guard reasons.isEmpty else { return (nil, reasons) }
        return (Meeting(step: step, moment: moment, place: place, also: also, reason: reason), [])
    }

    /// Issues the decision of an outcome; its number is drawn by the store in the same transaction.
    private func issue(
        _ rule: DecisionRule, _ outcome: OutcomeRule, _ procedure: Procedure, _ answers: Answers, _ rules: PlanRules,
        _ setting: Setting, before: [DossierEvent]
    ) throws(Refused) -> Decided {
        let all = facts(rules, on: setting.today, also: answers)
        var begin: Day?
        var end: Day?
        var deviates = false
        var explanation: [Explained] = []
        if let validityRule = rule.validity {
            let validity = try validity(validityRule, rules, all, on: setting.today)
            (end, deviates) = try validityRule.settle(validity, answers: all.answers)
            begin = validity.begin
            explanation = validity.explanation
        }
        let copies = Dictionary(
            uniqueKeysWithValues: rule.copies.compactMap { id in all[id].map { (id, $0) } })
        var values = all.answers.mapValues(\.text)
        values["swv"] = rules.partnership.code
        values["school-year"] = SchoolYear(containing: setting.today).description
        let counter = NumberTemplate(rule.counter).filled(values)
        let advices = rule.advices.compactMap { step -> Decision.Advice? in
            guard let done = procedure.lastDone(step) else { return nil }
            let discipline = setting.people[done.by].flatMap { actor in
                rules.procedure(procedure.rule)?.step(step).flatMap { self.discipline(of: actor, for: $0.by) }
            }
            return Decision.Advice(step: step, by: done.by, discipline: discipline, on: done.at.day)
        }
        let reasons = all[rule.reasonsField]?.text ?? ""
        let objectionUntil = rule.objection?.end(startingAfter: setting.today, holidays: rules.holidays)
        let numbers = NumberTemplate(rule.number)
        let printed = values
        let decision = { @Sendable [begin, end, deviates, explanation] (ordinal: Int64) in
            Decision(
                instance: procedure.id, outcome: outcome.id,
                number: numbers.filled(printed.merging(["seq": String(ordinal)]) { _, new in new }), counter: counter,
                ordinal: ordinal, begin: begin, end: end, deviates: deviates, issued: setting.today,
                by: setting.actor.person, advices: advices, copies: copies, reasons: reasons, objectionUntil: objectionUntil,
                explanation: explanation)
        }
        return Decided(draws: [counter]) { drawn in
            before + drawn.prefix(1).map { .decisionIssued(decision($0)) }
        }
    }

    /// The begin and end that the plan gives for what is decided now.
    package func validity(
        _ rule: ValidityRule, _ rules: PlanRules, _ facts: Facts, on day: Day
    ) throws(Refused) -> Validity {
        guard let child, let table = rules.tables[rule.table] else { throw Refused(.noRowMatches, values: ["table": rule.table]) }
        guard let begin = facts[rule.beginField]?.day else { throw Refused(.required, field: rule.beginField) }
        return try rule.validity(
            for: ValidityFacts(
                born: child.born, group: child.group, groups: rules.groups.map(\.id), decided: day, begin: begin),
            facts: facts, table: table)
    }
}
