/// What somebody wants to happen with a right of the family.
package enum RightsCommand: Sendable, Hashable {
    case ask(Ask)
    /// Writes down what a guardian asked in a letter or in words.
    case record(Ask, of: GuardianID, RightsRequest.Received)
    case add(RightsRequest.Added)
    case withdraw(RightsRequestID)
    /// Writes down what a guardian without an account wrote or said further about a request.
    case further(Further)
    /// Takes longer, with a reason.
    case prolong(RightsRequestID, reason: String)
    case shield(RightsRequestID, RightsRequest.Shield)
    /// Takes exactly this one back.
    case unshield(RightsRequestID, RightsRequest.Shield)
    case correct(Correct)
    case decide(RightsRequest.Decided)
    case lift(RightsRequest.Lifting)
    case tell(RightsRequestID)

    package struct Ask: Sendable, Hashable {
        package let id: RightsRequestID
        package let right: Right
        package let subject: RightsRequest.Subject
        package let words: String
        package let childView: String
        package let childAsks: Bool

        package init(
            id: RightsRequestID, right: Right, subject: RightsRequest.Subject, words: String, childView: String = "",
            childAsks: Bool = false
        ) {
            self.id = id
            self.right = right
            self.subject = subject
            self.words = words
            self.childView = childView
            self.childAsks = childAsks
        }
    }

    /// More words of a guardian without an account, and whether they take the request back.
    package struct Further: Sendable, Hashable {
        package let id: RightsRequestID
        package let words: String
        package let received: RightsRequest.Received
        package let withdraws: Bool
        package init(id: RightsRequestID, words: String, received: RightsRequest.Received, withdraws: Bool) {
            self.id = id
            self.words = words
            self.received = received
            self.withdraws = withdraws
        }
    }

    /// Answers mended because of a request, each based on the revision that was read.
    package struct Correct: Sendable, Hashable {
        package let id: RightsRequestID
        package let write: DossierCommand.Write
        package init(id: RightsRequestID, write: DossierCommand.Write) {
            self.id = id
            self.write = write
        }
    }
}

/// What a guardian can ask now with the rights of the family, by the law.
package enum RightsStanding: Sendable, Hashable {
    /// The guardian asks.
    case guardian
    /// The guardian asks, and the child is heard.
    case childHeard
    /// The child asks itself; the guardian can hand it on.
    case childItself
    /// A guardian without authority is told how things are, and asks nothing of this.
    case information
}

extension Dossier {
    /// How a person stands to the rights; nil for whoever is no family here, or where no law is known.
    package func rightsStanding(of person: PersonID, _ rules: PlanRules, on day: Day) -> RightsStanding? {
        guard let guardian = guardians.first(where: { $0.person == person }) else { return nil }
        return rightsStanding(of: guardian, rules, on: day)
    }

    /// How a guardian stands to the rights on a day; nil where no law is known.
    package func rightsStanding(of guardian: Guardian, _ rules: PlanRules, on day: Day) -> RightsStanding? {
        guard let law = rules.rights?.law else { return nil }
        guard guardian.authority else { return .information }
        guard let age = law.age(on: day), let years = child?.age(on: day) else { return .guardian }
        return years >= age.itself ? .childItself : years >= age.heard ? .childHeard : .guardian
    }

    /// Decides about the requests of the family: of those who ask, and of those who handle them.
    ///
    /// - Throws: `Refused`; `notOpened` for whoever has nothing to do with it.
    func decide(_ command: RightsCommand, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        guard exists, !keeping.isBegun else { throw Refused(.notOpened) }
        let sight = setting.actor.sight(
            of: openings(setting.shelf, on: setting.today), rules: setting.rules, on: setting.today, at: setting.now)
        let rule = setting.rules.rights
        let handles = rule?.isHandledBy(setting.actor, at: school, setting.rules, on: setting.today) ?? false
        guard sight != nil || handles else { throw Refused(.notOpened) }
        guard let rule else { throw Refused(.notArranged) }
        switch command {
        case .ask(let ask):
            guard let sight, sight.isFamily, let guardian = guardians.first(where: { $0.person == setting.actor.person })
            else { throw Refused(.notAllowed) }
            return try decide(ask, of: guardian, nil, sight, rule, setting)
        case .record(let ask, let id, let received):
            guard let sight, sight.may(.recordAgreement) else { throw Refused(.notAllowed) }
            // Whoever is of the family asks for themselves, and writes nothing down for another parent.
            guard !isGuardian(setting.actor.person) else { throw Refused(.notAllowed) }
            guard let guardian = guardian(id) else { throw Refused(.unknownGuardian, field: "guardian") }
            return try decide(ask, of: guardian, received, sight, rule, setting)
        case .add(let added):
            _ = try own(added.id, setting)
            let words = try said(added.words, "words", most: Field.longestParagraph)
            return [.rights(.added(.init(id: added.id, words: words)))]
        case .withdraw(let id):
            if let request = request(id), asker(of: request) == setting.actor.person, request.withdrawn != nil { return [] }
            return [.rights(.withdrawn(.init(id: try own(id, setting).id)))]
        case .further(let further): return try decide(further, handles, setting)
        case .prolong(let id, let reason): return try prolong(id, reason, rule, handles, setting)
        case .shield(let id, let shield):
            let request = try handled(id, handles, setting)
            guard request.right.isAnsweredByCopy else { throw Refused(.notAllowed) }
            _ = try said(shield.reason, "reason", most: Field.longestText)
            // A word of two letters would take half of the copy away.
            if let words = shield.words, words.count < 3 { throw Refused(.tooFew, field: "words", values: ["least": "3"]) }
            guard !request.shields.contains(shield) else { return [] }
            return [.rights(.shielded(.init(id: id, shields: request.shields + [shield])))]
        case .unshield(let id, let shield):
            let request = try handled(id, handles, setting)
            guard request.shields.contains(shield) else { return [] }
            return [.rights(.shielded(.init(id: id, shields: request.shields.filter { $0 != shield })))]
        case .correct(let correct): return try decide(correct, handles, setting)
        case .decide(let decided): return try decide(decided, rule, handles, setting)
        case .lift(let lifting):
            guard handles else { throw Refused(.notAllowed) }
            guard !isGuardian(setting.actor.person) else { throw Refused(.samePerson) }
            guard let request = request(lifting.id), request.decided != nil, request.restricts(on: setting.today) else {
                throw Refused(.unknownRequest)
            }
            if let known = request.lifting {
                // The day that the family was told is not moved unseen.
                guard known.what == lifting else { throw Refused(.changedSinceSeen) }
                return []
            }
            guard lifting.on > setting.today else {
                throw Refused(.tooSoon, field: "on", values: ["day": setting.today.adding(days: 1).description])
            }
            _ = try said(lifting.reason, "reason", most: Field.longestText)
            return [.rights(.lifting(lifting))]
        case .tell(let id):
            guard handles else { throw Refused(.notAllowed) }
            guard !isGuardian(setting.actor.person) else { throw Refused(.samePerson) }
            guard let request = request(id), request.decided != nil else { throw Refused(.unknownRequest) }
            return mustTell(of: request) ? [.rights(.told(.init(id: id)))] : []
        }
    }

    /// - Parameter received: how it came in, of what is written down for a guardian; nil of what a guardian asks here.
    private func decide(
        _ ask: RightsCommand.Ask, of guardian: Guardian, _ received: RightsRequest.Received?, _ sight: Sight,
        _ rule: RightsRule, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        let day = received?.on ?? setting.today
        // A form sent twice asks once.
        if let known = request(ask.id) {
            guard known.by == setting.actor.person else { throw Refused(.notOpened) }
            return []
        }
        guard let standing = rightsStanding(of: guardian, setting.rules, on: day) else { throw Refused(.notAllowed) }
        // Nothing of law is known of so long ago.
        guard let term = rule.law.term(on: day) else { throw Refused(.notArranged) }
        guard standing != .information else {
            throw Refused(
                .guardianWithoutAuthority, field: received == nil ? nil : "guardian", source: rule.law.information)
        }
        var reasons = received.map { problems($0, setting) } ?? []
        if !knows(ask.subject, sight, setting.rules) { reasons.append(Refusal(.notAnOption, field: "subject")) }
        reasons += problems(ask.words, "words", most: Field.longestParagraph)
        // What the child said is kept, also of a letter from before the day on which it had to be heard.
        if standing == .childHeard || !ask.childView.isEmpty {
            reasons += problems(ask.childView, "child-view", most: Field.longestText)
        }
        if standing == .childItself, !ask.childAsks {
            reasons.append(Refusal(.childAsksItself, field: "child-asks", source: rule.law.age(on: day)?.source))
        }
        if rights.contains(where: {
            $0.isRunning && $0.asked.guardian == guardian.id && $0.right == ask.right && $0.asked.subject == ask.subject
        }) {
            reasons.append(Refusal(.alreadyRunning, field: "right"))
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        return [
            .rights(
                .asked(
                    .init(
                        id: ask.id, right: ask.right, subject: ask.subject, words: ask.words, guardian: guardian.id,
                        childView: ask.childView.isEmpty ? nil : ask.childView, childAsks: standing == .childItself,
                        due: term.due(askedOn: day, setting.rules.holidays), source: term.source, received: received)))
        ]
    }

    /// What is wrong with how it came in: on a day that has come, since the dossier is here, and not by an account.
    private func problems(_ received: RightsRequest.Received, _ setting: Setting) -> [Refusal] {
        var reasons: [Refusal] = []
        if received.way == .account { reasons.append(Refusal(.notAnOption, field: "way")) }
        if received.on > setting.today {
            reasons.append(Refusal(.dayInFuture, field: "received"))
        } else if let opened, received.on < opened {
            reasons.append(Refusal(.beforeOpened, field: "received", values: ["day": opened.description]))
        }
        return reasons
    }

    /// By whoever handles the request and did not write it down alone: what takes it back must not come from one person only.
    private func decide(
        _ further: RightsCommand.Further, _ handles: Bool, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        // A form sent twice says it once.
        if handles, let known = request(further.id), let said = known.added.last, said.by == setting.actor.person,
            said.what.words == further.words, said.what.received == further.received,
            further.withdraws == (known.withdrawn != nil)
        {
            return []
        }
        let request = try handled(further.id, handles, setting)
        // Whoever has an account says it there, and of whoever is no guardian any more nothing comes in.
        guard isFollowedOnPaper(request) else { throw Refused(.notOnPaper) }
        var reasons = problems(further.received, setting)
        if reasons.isEmpty, further.received.on < request.on {
            reasons.append(Refusal(.beforeAsked, field: "received", values: ["day": request.on.description]))
        }
        reasons += problems(further.words, "words", most: Field.longestParagraph)
        guard reasons.isEmpty else { throw Refused(reasons) }
        let added = RightsEvent.added(.init(id: request.id, words: further.words, received: further.received))
        let withdrawn = RightsEvent.withdrawn(.init(id: request.id, received: further.received))
        return [.rights(added)] + (further.withdraws ? [.rights(withdrawn)] : [])
    }

    /// Whether there is such a thing in the dossier, in sight of the asker.
    private func knows(_ subject: RightsRequest.Subject, _ sight: Sight, _ rules: PlanRules) -> Bool {
        switch subject {
        case .all: true
        case .part(let part): sight.sees(.groeidocument) && rules.part(part) != nil
        case .document(let id): sight.sees(.documents) && documentsInSight.contains { $0.id == id }
        }
    }

    /// Once, within the first term, and never without saying why (AVG art. 12 lid 3).
    private func prolong(
        _ id: RightsRequestID, _ reason: String, _ rule: RightsRule, _ handles: Bool, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        let request = try handled(id, handles, setting)
        guard request.mayBeProlonged(on: setting.today), let term = rule.law.term(on: request.on) else {
            throw Refused(
                .tooLateToProlong, values: ["day": request.asked.due.description],
                source: rule.law.term(on: request.on)?.source
            )
        }
        let reason = try said(reason, "reason", most: Field.longestText)
        return [
            .rights(
                .prolonged(.init(id: id, due: term.latest(askedOn: request.on, setting.rules.holidays), reason: reason)))
        ]
    }

    /// By whoever handles it: the request is the reason, and what stood there stays in the history.
    private func decide(
        _ correct: RightsCommand.Correct, _ handles: Bool, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        let request = try handled(correct.id, handles, setting)
        guard request.right == .correction, let part = setting.rules.part(correct.write.part),
            [.all, .part(part.id)].contains(request.asked.subject)
        else { throw Refused(.notAllowed) }
        var reasons: [Refusal] = []
        var changed: Answers = [:]
        let beside = facts(setting.rules, on: setting.today, also: correct.write.answers)
        for (id, answer) in correct.write.answers.sorted(by: { $0.key < $1.key }) {
            guard part.fields.contains(id), let field = setting.rules.fields[id] else {
                reasons.append(Refusal(.unknownField, field: id))
                continue
            }
            let now = known[id]
            if now?.answer.values == answer.values || (now?.answer.isEmpty != false && answer.isEmpty) { continue }
            if (now?.revision ?? 0) != (correct.write.basedOn[id] ?? 0) {
                reasons.append(Refusal(.fieldChangedMeanwhile, field: id))
                continue
            }
            if !answer.isEmpty { reasons += field.problems(with: answer) + field.problems(with: answer, beside: beside) }
            changed[id] = answer
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        return changed.isEmpty ? [] : [.rights(.corrected(.init(id: request.id, part: part.id, answers: changed)))]
    }

    private func decide(
        _ decided: RightsRequest.Decided, _ rule: RightsRule, _ handles: Bool, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        if handles, let known = request(decided.id)?.decided, known.by == setting.actor.person,
            known.what.outcome == decided.outcome, known.what.reason == decided.reason, known.what.ground == decided.ground
        {
            return []
        }
        let request = try handled(decided.id, handles, setting)
        var reasons = request.problems(with: decided, rule.law)
        let getsCopy = request.right.isAnsweredByCopy && decided.outcome != .refused
        if getsCopy != (decided.copy != nil) { reasons.append(Refusal(.required, field: "copy")) }
        // Authority may have ended since it was asked.
        if getsCopy, !stillHasAuthority(request) {
            reasons.append(Refusal(.guardianWithoutAuthority, field: "outcome", source: rule.law.information))
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        return [.rights(.decided(decided))]
    }

    // MARK: Who

    /// A request of the actor's own that still runs.
    private func own(_ id: RightsRequestID, _ setting: Setting) throws(Refused) -> RightsRequest {
        guard let request = request(id), asker(of: request) == setting.actor.person else { throw Refused(.notOpened) }
        guard request.isRunning else { throw Refused(.alreadyAnswered) }
        return request
    }

    /// A running request, for somebody who handles it and is not of this family.
    private func handled(_ id: RightsRequestID, _ handles: Bool, _ setting: Setting) throws(Refused) -> RightsRequest {
        guard handles else { throw Refused(.notAllowed) }
        guard let request = request(id) else { throw Refused(.unknownRequest) }
        // Whoever wrote a letter down for somebody else asked nothing, and may handle it; but not where nobody else would hear of
        // it, because a letter that never came would open a whole dossier then.
        let isAlone = request.recordedBy == setting.actor.person && isAnsweredOnPaper(request)
        if isAlone || isGuardian(setting.actor.person) || asker(of: request) == setting.actor.person {
            throw Refused(.samePerson)
        }
        guard request.isRunning else { throw Refused(.alreadyAnswered) }
        return request
    }

    // MARK: Words

    private func problems(_ text: String, _ field: String, most: Int) -> [Refusal] {
        RightsRequest.problems(text, field, most: most)
    }

    private func said(_ text: String, _ field: String, most: Int) throws(Refused) -> String {
        let reasons = problems(text, field, most: most)
        guard reasons.isEmpty else { throw Refused(reasons) }
        return text
    }
}

extension RightsRequest {
    /// Whether more time may still be taken: once, and said within the first term (AVG art. 12 lid 3).
    package func mayBeProlonged(on day: Day) -> Bool { isRunning && prolonged == nil && day <= asked.due }

    /// What a decision lacks in words: a no, whole or in part, has a reason and a ground that the law gives for this right.
    ///
    /// To be asked before anything is made because of the decision, such as a copy.
    package func problems(with decided: Decided, _ law: RightsLaw) -> [Refusal] {
        if decided.outcome == .granted {
            return Field.isLonger(decided.reason, than: Field.longestParagraph)
                ? [Refusal(.tooLong, field: "reason", values: ["most": String(Field.longestParagraph)])] : []
        }
        let grounds = law.grounds(for: right).map(\.source)
        return Self.problems(decided.reason, "reason", most: Field.longestParagraph)
            + (decided.ground.map(grounds.contains) == true ? [] : [Refusal(.required, field: "ground")])
    }

    fileprivate static func problems(_ text: String, _ field: String, most: Int) -> [Refusal] {
        if text.allSatisfy(\.isWhitespace) { return [Refusal(.required, field: field)] }
        return Field.isLonger(text, than: most) ? [Refusal(.tooLong, field: field, values: ["most": String(most)])] : []
    }
}
