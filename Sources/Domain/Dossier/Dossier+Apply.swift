extension Dossier {
    /// Folds one event in; never refuses, because what is stored has happened.
    package mutating func apply(_ event: DossierEvent, _ context: EventContext) {
        version = context.version
        changedAt = context.at
        if event.isUse { keeping.announced = nil }
        switch event {
        case .opened(let opened):
            child = opened.child
            school = opened.school
            self.opened = context.at.day
            note(context, "dossier.opened")
        case .childCorrected(let child):
            self.child = child
            note(context, "child.corrected")
        case .guardianRecorded(let guardian):
            if let index = guardians.firstIndex(where: { $0.id == guardian.id }) {
                guardians[index] = guardian
                note(context, "guardian.changed", ["guardian": guardian.id.rawValue])
            } else {
                guardians.append(guardian)
                note(context, "guardian.recorded", ["guardian": guardian.id.rawValue])
            }
            closeWithoutAgreement(context)
        case .guardianEnded(let ended):
            guardians.removeAll { $0.id == ended.guardian }
            closeWithoutAgreement(context)
            note(context, "guardian.ended")
        case .agreementRecorded(let agreement):
            agreements.append(agreement)
            releaseWithheld()
            closeWithoutAgreement(context)
            if let guardian = agreement.guardian {
                note(
                    context, "agreement.\(agreement.word.rawValue)",
                    ["purpose": agreement.purpose, "guardian": guardian.rawValue])
            } else {
                note(context, "agreement.child-\(agreement.word.rawValue)", ["purpose": agreement.purpose])
            }
        case .answersWritten(let written):
            for (field, answer) in written.answers { know(field, answer, context) }
            note(context, "answers.written", ["part": written.part])
        case .versionLocked(let locked):
            versions.append(
                LockedVersion(
                    number: locked.number, at: context.at, by: context.actor, reason: locked.reason,
                    answers: answersOf(locked.fields)))
            note(context, "version.locked", ["number": String(locked.number)])
        case .versionSigned(let signature):
            if let index = versions.firstIndex(where: { $0.number == signature.version }) {
                versions[index].signatures.append(signature)
            }
            note(
                context, "version.signed",
                ["number": String(signature.version), "guardian": signature.guardian?.rawValue ?? ""])
        case .documentAdded(let document):
            documents.append(document)
            note(context, "document.added", ["kind": document.kind, "document": document.id.rawValue])
        case .documentWithdrawn(let withdrawn):
            if let index = documents.firstIndex(where: { $0.id == withdrawn.document }) { documents[index].withdrawn = true }
            note(context, "document.withdrawn", ["document": withdrawn.document.rawValue])
        case .personNamed(let person):
            named.append(person)
            note(context, "person.named", ["function": person.function, "person": person.person.rawValue])
        case .personUnnamed(let person):
            named.removeAll { $0 == person }
            note(context, "person.unnamed", ["function": person.function, "person": person.person.rawValue])
        case .procedureStarted(let started):
            apply(started, context)
        case .stepTaken(let taken):
            apply(taken, context)
        case .stepReassigned(let reassigned):
            apply(reassigned, context)
        case .procedureEnded(let ended):
            withProcedure(ended.instance) { procedure in
                procedure.ended = Procedure.Ending(
                    outcome: ended.outcome, at: context.at, by: context.actor, closed: procedure.open)
                procedure.open = []
            }
            note(
                context, "procedure.ended",
                ["instance": ended.instance.rawValue, "procedure": rule(of: ended.instance), "outcome": ended.outcome])
        case .procedureMoved(let moved):
            withProcedure(moved.instance) { procedure in
                procedure.moves.append(
                    Procedure.PlanMove(
                        from: moved.from, to: moved.to, reason: moved.reason, by: context.actor, at: context.at))
                procedure.plan = moved.to
            }
            note(
                context, "procedure.moved",
                [
                    "instance": moved.instance.rawValue, "procedure": rule(of: moved.instance), "from": moved.from.rawValue,
                    "to": moved.to.rawValue,
                ])
        case .moved(let moved):
            moves.append(
                SchoolMove(from: moved.from, to: moved.to, instance: moved.instance, by: context.actor, at: context.at))
            school = moved.to
            withheld = moved.withheld
            closeAskedInOfOldSchool(context)
            note(
                context, "dossier.moved",
                ["instance": moved.instance.rawValue, "from": moved.from.rawValue, "to": moved.to.rawValue])
        case .askedIn(let asked):
            apply(asked, context)
            note(context, "asked-in.opened", ["asked": asked.kind, "person": asked.person.rawValue])
        case .askedInProlonged(let prolonged):
            apply(prolonged)
            note(context, "asked-in.prolonged", ["asked": askedIn(prolonged.id)?.asked.kind ?? ""])
        case .askedInWithdrawn(let withdrawn):
            apply(withdrawn, context)
            note(context, "asked-in.withdrawn", ["asked": askedIn(withdrawn.id)?.asked.kind ?? ""])
        case .askedInHandedOver(let handed):
            apply(handed, context)
            note(context, "asked-in.handed-over", ["asked": askedIn(handed.id)?.asked.kind ?? "", "to": handed.to])
        case .openedInEmergency(let opened):
            emergencies.append(Emergency(opened: opened, by: context.actor, at: context.at))
            note(context, "emergency.opened", ["function": opened.function])
        case .decisionIssued(let decision):
            decisions.append(decision)
            note(
                context, "decision.issued",
                [
                    "instance": decision.instance.rawValue, "procedure": rule(of: decision.instance),
                    "outcome": decision.outcome, "number": decision.number,
                ])
        case .retention(let event):
            apply(event, context)
            note(context, String(event.name.dropLast(3)))
        case .rights(let event):
            apply(event, context)
            if case .corrected(let corrected) = event {
                for (field, answer) in corrected.answers { know(field, answer, context) }
            }
            note(context, String(event.name.dropLast(3)), values(of: event))
        }
    }

    /// What a line of the history says of a request: that an answer was mended is for whoever reads the part.
    private func values(of event: RightsEvent) -> [String: String] {
        if case .corrected(let corrected) = event { return ["part": corrected.part] }
        return request(event.request).map { ["right": $0.right.rawValue] } ?? [:]
    }

    private mutating func apply(_ started: DossierEvent.ProcedureStarted, _ context: EventContext) {
        var procedure = Procedure(
            id: started.instance, rule: started.procedure, plan: started.plan, startedBy: context.actor, startedAt: context.at,
            answers: started.answers, open: started.opens.map { Procedure.OpenStep(step: $0, since: context.at) })
        if let meeting = started.meeting { procedure.meetings.append(meeting) }
        procedures.append(procedure)
        for (field, answer) in started.answers { know(field, answer, context) }
        note(
            context, "procedure.started", ["instance": started.instance.rawValue, "procedure": started.procedure])
    }

    private mutating func apply(_ taken: DossierEvent.StepTaken, _ context: EventContext) {
        withProcedure(taken.instance) { procedure in
            let since = procedure.open.first { $0.step == taken.step }?.since ?? context.at
            procedure.open.removeAll { $0.step == taken.step }
            procedure.open += taken.opens.map { Procedure.OpenStep(step: $0, since: context.at) }
            procedure.done.append(
                Procedure.DoneStep(
                    step: taken.step, choice: taken.choice, answers: taken.answers, by: context.actor, at: context.at,
                    since: since, discipline: taken.discipline, inPlaceOf: context.onBehalfOf))
            procedure.answers.merge(taken.answers) { _, new in new }
            if let meeting = taken.meeting { procedure.meetings.append(meeting) }
            if let complete = taken.complete { procedure.complete = complete }
        }
        for (field, answer) in taken.answers { know(field, answer, context) }
        note(
            context, "step.taken",
            [
                "instance": taken.instance.rawValue, "procedure": rule(of: taken.instance), "step": taken.step,
                "choice": taken.choice,
            ])
    }

    private mutating func apply(_ reassigned: DossierEvent.StepReassigned, _ context: EventContext) {
        let field = reassigned.field
        withProcedure(reassigned.instance) { procedure in
            procedure.replaced.append(
                Procedure.Replacement(
                    field: field, from: PersonID(procedure.answers[field]?.text ?? ""), to: reassigned.person,
                    reason: reassigned.reason, by: context.actor, at: context.at))
            procedure.answers[field] = .text(reassigned.person.rawValue)
        }
        know(field, .text(reassigned.person.rawValue), context)
        note(
            context, "step.reassigned",
            [
                "instance": reassigned.instance.rawValue, "procedure": rule(of: reassigned.instance), "field": field,
                "person": reassigned.person.rawValue,
            ])
    }

    private mutating func withProcedure(_ id: InstanceID, _ change: (inout Procedure) -> Void) {
        guard let index = procedures.firstIndex(where: { $0.id == id }) else { return }
        change(&procedures[index])
    }

    private func rule(of id: InstanceID) -> String { procedures.first { $0.id == id }?.rule ?? "" }

    private mutating func know(_ field: String, _ answer: Answer, _ context: EventContext) {
        known[field] = KnownAnswer(answer: answer, by: context.actor, at: context.at, revision: context.version)
    }

    private mutating func note(_ context: EventContext, _ code: String, _ values: [String: String] = [:]) {
        // Writing the same part again at one sitting is one line, not twenty.
        if code == "answers.written", let last = history.last, last.code == code, last.actor == context.actor,
            last.values == values, last.at.day == context.at.day
        {
            history.removeLast()
        }
        history.append(
            HistoryEntry(version: context.version, at: context.at, actor: context.actor, code: code, values: values))
    }
}

extension Dossier {
    /// The procedure with this key.
    package func procedure(_ id: InstanceID) -> Procedure? { procedures.first { $0.id == id } }

    /// The guardian with this key.
    package func guardian(_ id: GuardianID) -> Guardian? { guardians.first { $0.id == id } }

    /// Guardians with parental authority: whose agreement and signature count.
    package var authorities: [Guardian] { guardians.filter(\.authority) }

    /// The last word of a guardian, or of the child (nil), about a purpose: of the latest day, and of one day the last recorded.
    ///
    /// - Parameter recipient: to whom; a no to the purpose as such is a no to each, and a yes to it is a yes to none of them.
    package func agreement(of guardian: GuardianID?, on purpose: String, to recipient: String? = nil) -> Agreement? {
        var last: Agreement?
        for agreement in agreements where agreement.guardian == guardian && agreement.purpose == purpose {
            guard agreement.isAbout(recipient) else { continue }
            if let before = last, before.on > agreement.on { continue }
            last = agreement
        }
        return last
    }

    /// Everything that a guardian, or the child (nil), answered about a purpose to a recipient, in the order in which it was recorded.
    package func answers(of guardian: GuardianID?, on purpose: String, to recipient: String? = nil) -> [Agreement] {
        agreements.filter { $0.guardian == guardian && $0.purpose == purpose && $0.isAbout(recipient) }
    }

    /// What is known of these fields.
    func answersOf(_ fields: [String]) -> Answers {
        var answers: Answers = [:]
        for field in fields { answers[field] = known[field]?.answer }
        return answers
    }

    /// Documents in sight.
    package var documentsInSight: [DossierDocument] { documents.filter { !$0.withdrawn } }

    /// What is known, as facts for the rules: all answers, and the child's own.
    package func facts(_ rules: PlanRules, on day: Day, also answers: Answers = [:]) -> Facts {
        facts(known.mapValues(\.answer).merging(answers) { _, new in new }, rules, day)
    }

    /// What is known for one procedure, or for one that is about to start (nil): of what each procedure asks for itself, and
    /// of what this route asks anew, only what was said in this one.
    package func facts(_ rules: PlanRules, on day: Day, in procedure: Procedure?) -> Facts {
        var answers = known.mapValues(\.answer)
        let route = procedure.flatMap { rules.procedure($0.rule) }
        for field in rules.fieldsOfOneProcedure(on: route) { answers[field] = procedure?.answers[field] }
        return facts(answers, rules, day)
    }

    private func facts(_ answers: Answers, _ rules: PlanRules, _ day: Day) -> Facts {
        var facts = answers
        facts[PlanRules.today] = .text(day.description)
        facts[PlanRules.schoolKind] = schoolKind.map { .text($0) }
        if let child {
            facts["group"] = .text(child.group)
            facts["born"] = .text(child.born.description)
            facts["age"] = .text(String(child.age(on: day)))
        }
        var known = Facts(facts, scales: rules.scales)
        // An answer to a question that no longer applies, such as the category of a request that was once for another kind of
        // school, must not pass into what is decided now.
        let stale = known.answers.keys.filter { id in rules.fields[id].map { !$0.when.holds(for: known) } ?? false }
        for id in stale { known.answers[id] = nil }
        return known
    }
}
