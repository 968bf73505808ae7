extension Dossier {
    /// Starts a route: who, after what, with what known, and everything that is needed there.
    func decide(
        _ start: DossierCommand.Start, _ sight: Sight, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        let rules = setting.rules
        if let started = procedure(start.instance) {
            guard started.rule == start.procedure else { throw Refused(.alreadyRunning) }
            return []
        }
        guard let route = rules.procedure(start.procedure) else { throw Refused(.unknownProcedure) }
        guard sight.functions.contains(where: route.start.by.contains) else {
            throw Refused(.mayNotStart, source: route.source)
        }
        try checkFollows(route, on: setting.today)
        try checkOpen(route, rules, on: setting.today)
        if !route.start.repeatable, procedures.contains(where: { $0.rule == route.id && $0.isRunning }) {
            throw Refused(.alreadyRunning)
        }
        // What is known already stays with the dossier: only what was newly given is in the event.
        let form = read(start.answers, route.start.asks, in: nil, setting, rules)
        let planned = plan(route.start.plans, start.answers, route, setting)
        let facts = form.facts.inviting(start.answers)
        let closed = Refusal(.startClosed, values: ["procedure": route.id], source: route.source)
        let reasons =
            (route.start.when.holds(for: facts) ? [] : [closed]) + form.reasons + planned.reasons
            + chosenPeople(form.readable, route, nil, taking: nil, setting)
            + sameSchool(form.readable, route) + restrictionProblems(form.answers, setting)
            + unmet(route.start.needs, rules, facts, setting.today)
        guard reasons.isEmpty else { throw Refused(reasons) }
        var events: [DossierEvent] = [
            .procedureStarted(
                .init(
                    instance: start.instance, procedure: route.id, plan: rules.key, answers: form.answers,
                    opens: route.start.opens, meeting: planned.meeting))
        ]
        if route.start.locksGroeidocument, let lock = locking(reason: "procedure:\(route.id)", rules, also: form.answers) {
            events.append(lock)
        }
        return events
    }

    /// Whether a route can be started now, as far as what happened before and the child decide it.
    ///
    /// - Parameter known: `facts(rules, on: day, in: nil)`, for who asks it of many routes.
    package func mayStart(_ route: ProcedureRule, _ rules: PlanRules, on day: Day, known: Facts? = nil) -> Bool {
        mayFollow(route.start.after, on: day)
            && isOpen(route.start.when, rules, on: day, asking: route.start.asks, known: known)
    }

    /// Refuses a route that there is for other children, schools or times of the year only.
    package func checkOpen(_ route: ProcedureRule, _ rules: PlanRules, on day: Day) throws(Refused) {
        guard isOpen(route.start.when, rules, on: day, asking: route.start.asks) else {
            throw Refused(.startClosed, values: ["procedure": route.id], source: route.source)
        }
    }

    /// Whether one of the endings asked for has happened, and not too long ago.
    package func mayFollow(_ after: [StartRule.After], on day: Day) -> Bool {
        after.isEmpty || after.contains { condition in endings(condition).contains { last(of: condition, $0) >= day } }
    }

    /// Refuses a route that must follow on what has not happened, or has happened too long ago.
    package func checkFollows(_ route: ProcedureRule, on day: Day) throws(Refused) {
        guard !mayFollow(route.start.after, on: day) else { return }
        let expired = route.start.after.flatMap { condition in endings(condition).map { last(of: condition, $0) } }.max()
        guard let expired else { throw Refused(.notAfter, source: route.source) }
        throw Refused(.afterExpired, values: ["day": expired.description], source: route.source)
    }

    /// The days on which a procedure ended as the condition asks.
    private func endings(_ condition: StartRule.After) -> [Day] {
        procedures.compactMap { done in
            guard done.rule == condition.procedure, let ended = done.ended,
                condition.outcomes.isEmpty || condition.outcomes.contains(ended.outcome)
            else { return nil }
            return ended.at.day
        }
    }

    /// The last day on which can be followed on an ending.
    private func last(of condition: StartRule.After, _ ended: Day) -> Day { condition.within?.after(ended) ?? .latest }

    /// Takes a step with a choice: the actor rules, the form, the needs, and where it goes from there.
    func decide(_ take: DossierCommand.Take, _ sight: Sight, _ setting: Setting) throws(Refused) -> Decided {
        guard let procedure = procedure(take.instance), let rules = setting.shelf[procedure.plan],
            let route = rules.procedure(procedure.rule)
        else { throw Refused(.unknownProcedure) }
        guard let step = route.step(take.step) else { throw Refused(.unknownStep) }
        guard procedure.open.contains(where: { $0.step == take.step }) else {
            if isDone(take, step, procedure, rules, setting) { return Decided([]) }
            throw Refused(procedure.isRunning ? .stepNotOpen : .notRunning)
        }
        try checkActor(step, procedure, sight, setting)
        guard let choice = step.choice(take.choice) else { throw Refused(.unknownChoice, field: "choice") }
        let closed = Refusal(
            .choiceClosed, field: "choice", values: ["procedure": route.id, "step": step.id, "choice": choice.id],
            source: step.source ?? route.source)
        guard isOpen(choice, of: step, rules, on: setting.today, in: procedure) else { throw Refused([closed]) }

        let asks = step.asks + asks(of: choice, step, route, rules, on: setting.today, in: procedure)
        let form = read(take.answers, asks, in: procedure, setting, rules)
        let planned = plan(choice.plans, take.answers, route, setting)
        let facts = form.facts.inviting(take.answers)
        let reasons =
            (choice.when.holds(for: facts) ? [] : [closed]) + form.reasons + planned.reasons
            + chosenPeople(form.readable, route, procedure, taking: step, setting)
            + sameSchool(form.readable, route) + restrictionProblems(form.answers, setting)
            + unmet(choice.needs, rules, facts, setting.today)
        guard reasons.isEmpty else { throw Refused(reasons) }
        if repeats(step, choice, form.answers, planned.meeting, procedure, setting) { return Decided([]) }

        let taken = DossierEvent.StepTaken(
            instance: procedure.id, step: step.id, choice: choice.id, answers: form.answers,
            opens: opening(choice.then, after: step.id, route, procedure), meeting: planned.meeting,
            complete: choice.marksComplete ? setting.today : nil, discipline: discipline(of: setting.actor, for: step.by))
        guard case .end(let id) = choice.then, let outcome = route.outcome(id) else { return Decided([.stepTaken(taken)]) }
        let ended = DossierEvent.ProcedureEnded(instance: procedure.id, outcome: id)
        let moving = try moving(outcome, procedure, form.facts, setting)
        guard let decision = outcome.decision else {
            return Decided([.stepTaken(taken), .procedureEnded(ended)] + moving)
        }
        return try issue(decision, ended, then: moving, after: taken, of: procedure, form.facts, rules, setting)
    }

    /// What a choice asks now: what the plan says, and what the table of its decision needs and nobody was asked, because
    /// the child was in another group then.
    package func asks(
        of choice: ChoiceRule, _ step: StepRule, _ route: ProcedureRule, _ rules: PlanRules, on day: Day, in procedure: Procedure
    ) -> [Ask] {
        guard case .end(let outcome) = choice.then, let rule = route.outcome(outcome)?.decision?.validity,
            let table = rules.tables[rule.table]
        else { return choice.asks }
        let asked = Set((step.asks + choice.asks).map(\.field))
        let missing = table.missing(for: facts(rules, on: day, in: procedure))
        let open = missing.compactMap { rules.fields[$0] }.filter { !asked.contains($0.id) }
        // A question that may be left empty was answered by leaving it empty; only when nothing else helps it is asked again.
        let needed = open.contains(where: \.required) ? open.filter(\.required) : open
        return choice.asks + needed.map { Ask(field: $0.id) }
    }

    /// Whether a step that is not open was done just so by this person: the same click twice is no error.
    private func isDone(
        _ take: DossierCommand.Take, _ step: StepRule, _ procedure: Procedure, _ rules: PlanRules, _ setting: Setting
    ) -> Bool {
        guard let done = procedure.lastDone(step.id), done.by == setting.actor.person, done.choice == take.choice,
            let choice = step.choice(take.choice)
        else { return false }
        if let planned = choice.plans, let moment = take.answers[MeetingField.moment].flatMap({ LocalMoment($0.text) }),
            procedure.meetings.last(where: { $0.step == planned })?.moment != moment.description
        {
            return false
        }
        let form = read(take.answers, step.asks + choice.asks, in: procedure, setting, rules)
        return form.answers.allSatisfy { $0.value.isEmpty || done.answers[$0.key] == $0.value }
    }

    /// Whether this is the second click of a choice that opens its own step again, such as planning a further meeting.
    private func repeats(
        _ step: StepRule, _ choice: ChoiceRule, _ answers: Answers, _ meeting: Meeting?, _ procedure: Procedure,
        _ setting: Setting
    ) -> Bool {
        guard let done = procedure.lastDone(step.id), done.by == setting.actor.person, done.choice == choice.id,
            done.answers.isSame(as: answers), procedure.open.contains(where: { $0.step == step.id && $0.since == done.at })
        else { return false }
        return meeting.map { $0 == procedure.meetings.last } ?? (done.at.day == setting.today)
    }

    /// The steps that open now: not open already, and everything they wait for done and not open again.
    private func opening(
        _ next: ChoiceRule.Next, after taken: String, _ route: ProcedureRule, _ procedure: Procedure
    ) -> [String] {
        guard case .open(let steps) = next else { return [] }
        let left = procedure.open.map(\.step).filter { $0 != taken }
        var opening: [String] = []
        for step in steps.compactMap(route.step) where !left.contains(step.id) && !opening.contains(step.id) {
            let isReady = step.waitsFor.allSatisfy { waited in
                let reopens = steps.contains(waited) && waited != step.id
                return !left.contains(waited) && !reopens && (waited == taken || procedure.lastDone(waited) != nil)
            }
            if isReady { opening.append(step.id) }
        }
        return opening
    }

    /// Who may act: by function at the right place, or chosen; not the same as others where the plan forbids it.
    package func checkActor(
        _ step: StepRule, _ procedure: Procedure, _ sight: Sight, _ setting: Setting
    ) throws(Refused) {
        let rule = step.by
        guard sight.functions.contains(where: rule.functions.contains) else { throw Refused(.notYourStep, source: rule.source) }
        let person = setting.actor.person
        if let field = rule.chosenIn, !isChosen(setting.actor, procedure.answers[field], for: rule) {
            throw Refused(.notYourStep, source: rule.source)
        }
        let route = setting.shelf[procedure.plan]?.procedure(procedure.rule)
        let barriers = barriers(of: setting.actor, in: step, route) { procedure.lastDone($0.id)?.by == person }
        if let first = barriers.first { throw Refused([first]) }
    }

    /// Whether somebody is the person chosen for a step, or stands in for that one.
    package func isChosen(_ actor: Actor, _ chosen: Answer?, for rule: ActorRule) -> Bool {
        guard let chosen = chosen?.text, !chosen.isEmpty else { return false }
        return chosen == actor.person.rawValue
            || actor.standsIn(for: PersonID(chosen), in: rule.functions, at: [school, .partnership])
    }

    /// In whose place somebody does what a command says: the person chosen for the step, when that is another one.
    package func replaced(in command: DossierCommand, by actor: Actor, _ shelf: PlanShelf) -> PersonID? {
        guard case .take(let take) = command, let procedure = procedure(take.instance),
            let step = shelf[procedure.plan]?.procedure(procedure.rule)?.step(take.step), let field = step.by.chosenIn,
            let chosen = procedure.answers[field]?.text, chosen != actor.person.rawValue,
            isChosen(actor, procedure.answers[field], for: step.by)
        else { return nil }
        return PersonID(chosen)
    }

    /// Steps that this step's actor may not do as well: "not the same person" holds both ways, whoever comes first.
    func apart(_ step: StepRule, _ route: ProcedureRule?) -> [StepRule] {
        (route?.steps ?? []).filter { other in
            other.id != step.id && (step.by.notActorOf.contains(other.id) || other.by.notActorOf.contains(step.id))
        }
    }

    /// The first of these steps of other routes, written `procedure.step`, that this person did when it was done last.
    package func elsewhere(_ steps: [String], by person: PersonID) -> (procedure: String, step: String)? {
        for case let (route, step)? in steps.map(ActorRule.elsewhere) {
            let last = procedures.filter { $0.rule == route }.compactMap { $0.lastDone(step) }.max { $0.at < $1.at }
            if last?.by == person { return (route, step) }
        }
        return nil
    }

    /// The discipline in which somebody acts in a step: one that it asks, by a function held here or at the partnership.
    func discipline(of actor: Actor, for rule: ActorRule) -> String? {
        actor.functions.lazy.filter { held in
            rule.functions.contains(held.function) && (held.organisation == school || held.organisation == .partnership)
        }.compactMap(\.discipline).first { rule.disciplines.isEmpty || rule.disciplines.contains($0) }
    }

    /// Whoever is chosen for a step must be able to take it: seen now, so that nobody finds out weeks later.
    func chosenPeople(
        _ answers: Answers, _ route: ProcedureRule, _ procedure: Procedure?, taking taken: StepRule?, _ setting: Setting
    ) -> [Refusal] {
        /// Whether somebody did a step, does it now, or is chosen to.
        func does(_ person: PersonID, _ step: StepRule) -> Bool {
            if step.id == taken?.id { return person == setting.actor.person }
            let chosen = step.by.chosenIn.flatMap { answers[$0] ?? procedure?.answers[$0] }
            return chosen?.text == person.rawValue || procedure?.lastDone(step.id)?.by == person
        }
        return route.steps.flatMap { step -> [Refusal] in
            guard let field = step.by.chosenIn, let chosen = answers[field], let actor = setting.people[PersonID(chosen.text)]
            else { return [] }
            return barriers(of: actor, in: step, route, field: field) { does(actor.person, $0) }
        }
    }

    func unmet(_ needs: [Need], _ rules: PlanRules, _ facts: Facts, _ day: Day) -> [Refusal] {
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
        if Field.isLonger(place, than: Field.longestText) { reasons.append(Refusal(.tooLong, field: MeetingField.place)) }
        if let reason, Field.isLonger(reason, than: Field.longestParagraph) {
            reasons.append(Refusal(.tooLong, field: MeetingField.reason))
        }
        if !also.allSatisfy(rule.optional.contains) { reasons.append(Refusal(.notAnOption, field: MeetingField.also)) }
        let when = LocalMoment(moment)
        if moment.isEmpty {
            reasons.append(Refusal(.required, field: MeetingField.moment))
        } else if let when {
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
        guard reasons.isEmpty, let when else { return (nil, reasons) }
        return (Meeting(step: step, moment: when.description, place: place, also: also, reason: reason), [])
    }

    /// Issues the decision of an outcome; its number is drawn by the store in the same transaction.
    private func issue(
        _ rule: DecisionRule, _ ended: DossierEvent.ProcedureEnded, then moving: [DossierEvent],
        after taken: DossierEvent.StepTaken,
        of procedure: Procedure, _ all: Facts, _ rules: PlanRules, _ setting: Setting
    ) throws(Refused) -> Decided {
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
            rule.copies.compactMap { id in all[id].map { (id, $0) } }, uniquingKeysWith: { first, _ in first })
        var values = all.answers.mapValues(\.text)
        values["swv"] = rules.partnership.code
        values["school-year"] = SchoolYear(containing: setting.today).description
        let counter = NumberTemplate(rule.counter).filled(values)
        let advices = rule.advices.compactMap { step -> Decision.Advice? in
            if step == taken.step {
                return Decision.Advice(
                    step: step, by: setting.actor.person, discipline: taken.discipline, on: setting.today)
            }
            return procedure.lastDone(step).map { done in
                Decision.Advice(step: step, by: done.by, discipline: done.discipline, on: done.at.day)
            }
        }
        let reasons = all[rule.reasonsField]?.text ?? ""
        let objectionUntil = rule.objection?.end(startingAfter: setting.today, holidays: rules.holidays)
        let appealUntil = rule.appeal?.end(startingAfter: setting.today, holidays: rules.holidays)
        let numbers = NumberTemplate(rule.number)
        let printed = values
        let decision = { @Sendable [begin, end, deviates, explanation] (ordinal: Int64) in
            Decision(
                instance: procedure.id, outcome: ended.outcome,
                number: numbers.filled(printed.merging(["seq": String(ordinal)]) { _, new in new }), counter: counter,
                ordinal: ordinal, begin: begin, end: end, deviates: deviates, issued: setting.today,
                by: setting.actor.person, advices: advices, copies: copies, reasons: reasons, objectionUntil: objectionUntil,
                appealUntil: appealUntil, explanation: explanation)
        }
        // Without its number nothing is decided, so nothing has happened either.
        return Decided(draws: [counter]) { drawn in
            drawn.prefix(1).flatMap { ordinal -> [DossierEvent] in
                [.stepTaken(taken), .procedureEnded(ended), .decisionIssued(decision(ordinal))] + moving
            }
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

extension Facts {
    /// With who else is invited on this form: what is needed can depend on it, such as the agreement to invite them.
    fileprivate func inviting(_ answers: Answers) -> Facts {
        var facts = self
        facts.answers[MeetingField.also] = answers[MeetingField.also]
        return facts
    }
}
