extension DossierCommand {
    /// Somebody outside the usual circle asked in.
    package struct AskIn: Sendable, Hashable {
        package let id: AskedInID
        package let kind: String
        package let person: PersonID
        package let parts: Set<DossierPart>
        package let purpose: String
        /// For whom everybody agreed to it; not asked where the law is the ground.
        package let recipient: String?
        package let until: Day
        /// The three sentences; not asked where the law is the ground.
        package let weighing: Weighing?

        package init(
            id: AskedInID, kind: String, person: PersonID, parts: Set<DossierPart>, purpose: String,
            recipient: String? = nil, until: Day, weighing: Weighing?
        ) {
            self.id = id
            self.kind = kind
            self.person = person
            self.parts = parts
            self.purpose = purpose
            self.recipient = recipient
            self.until = until
            self.weighing = weighing
        }
    }
}

extension Sight {
    /// Whether this person may ask somebody of this kind in, by the plan.
    package func mayAskIn(_ rule: AskedInRule) -> Bool { !Set(functions).isDisjoint(with: rule.by) }
}

extension Dossier {
    /// The time that somebody was asked in with this key.
    package func askedIn(_ id: AskedInID) -> AskedIn? { askedIn.first { $0.id == id } }

    /// Asks somebody in, for no longer and no more than the plan allows, and for nothing that the asker cannot read.
    func decide(_ ask: DossierCommand.AskIn, _ sight: Sight, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        // A form sent twice asks once.
        if let known = askedIn(ask.id) {
            guard known.asked.person == ask.person else { throw Refused(.alreadyKnown, field: "email") }
            return []
        }
        guard let rule = setting.rules.askedIn(ask.kind) else { throw Refused(.notAnOption, field: "kind") }
        guard sight.mayAskIn(rule) else { throw Refused(.notAllowed) }
        // Without the child nobody would know whom it is about.
        let parts = ask.parts.union([.child])
        var reasons: [Refusal] = []
        let recipient = rule.ground.purpose == nil ? nil : ask.recipient
        if let purpose = rule.ground.purpose {
            if let recipient, !recipient.allSatisfy(\.isWhitespace) {
                if !agrees(to: purpose, for: recipient) {
                    reasons.append(
                        Refusal(.agreementOfEach, field: "recipient", values: ["purpose": purpose], source: rule.source))
                }
            } else {
                reasons.append(Refusal(.required, field: "recipient"))
            }
        }
        if ask.parts.isEmpty { reasons.append(Refusal(.required, field: "parts")) }
        if !parts.isSubset(of: rule.parts) {
            reasons.append(Refusal(.moreThanPlan, field: "parts"))
        } else if !parts.isSubset(of: sight.passesOn) {
            reasons.append(Refusal(.closedToYou, field: "parts"))
        } else if !parts.isDisjoint(with: restrictedParts(on: setting.today)) {
            // What rests is shared with nobody new (AVG art. 18 lid 2).
            reasons.append(Refusal(.resting, field: "parts", source: setting.rules.rights?.law.sources[.restriction]))
        }
        reasons += sentenceProblems(ask.purpose, field: "purpose")
        reasons += dayProblems(ask.until, rule, setting)
        if rule.ground.purpose != nil {
            let weighing = ask.weighing ?? Weighing(proportionality: "", subsidiarity: "", effectiveness: "")
            for (field, text) in weighing.sentences { reasons += sentenceProblems(text, field: field) }
        }
        if ask.person == setting.actor.person { reasons.append(Refusal(.askedOneself, field: "email")) }
        if isGuardian(ask.person) {
            reasons.append(Refusal(.isFamily, field: "email"))
        } else if askedIn.contains(where: { $0.asked.person == ask.person && $0.isOpen(on: setting.today) }) {
            reasons.append(Refusal(.alreadyAskedIn, field: "email"))
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        return [
            .askedIn(
                AskedIn.Asked(
                    id: ask.id, kind: ask.kind, person: ask.person, parts: parts, purpose: ask.purpose,
                    agreement: rule.ground.purpose, recipient: recipient, until: ask.until,
                    weighing: rule.ground.purpose == nil ? nil : ask.weighing))
        ]
    }

    /// Gives somebody who was asked in more time, on the same ground.
    func decide(_ prolong: AskedIn.Prolonged, _ sight: Sight, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        let (known, rule) = try open(prolong.id, sight, setting)
        // The same click twice is no error.
        if let last = known.prolonged.last, last.until == prolong.until, last.reason == prolong.reason { return [] }
        var reasons = dayProblems(prolong.until, rule, setting)
        if !known.asked.parts.isDisjoint(with: restrictedParts(on: setting.today)) {
            reasons.append(Refusal(.resting, field: "until", source: setting.rules.rights?.law.sources[.restriction]))
        }
        if reasons.isEmpty, prolong.until <= known.until {
            reasons.append(Refusal(.notLonger, field: "until", values: ["day": known.until.description]))
        }
        reasons += sentenceProblems(prolong.reason, field: "reason")
        guard reasons.isEmpty else { throw Refused(reasons) }
        return [.askedInProlonged(prolong)]
    }

    /// Closes what was opened to somebody, from this moment.
    func decide(_ withdraw: AskedIn.Withdrawn, _ sight: Sight, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        guard let known = askedIn(withdraw.id), known.isOpen(on: setting.today) else {
            // Over already, so there is nothing to take back.
            guard askedIn(withdraw.id) != nil else { throw Refused(.notAnOption) }
            return []
        }
        _ = try open(withdraw.id, sight, setting)
        return [.askedInWithdrawn(withdraw)]
    }

    /// Says that what somebody asked in reads was handed over, sealed, to their partnership.
    func decide(_ handed: AskedIn.HandedOver, _ sight: Sight, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        let (known, rule) = try open(handed.id, sight, setting)
        guard rule.handsOver else { throw Refused(.notAllowed) }
        let parts = parts(of: known, rule, on: setting.today)
        guard Set(handed.parts) == parts, parts.contains(.child) else {
            throw Refused(.resting, field: "partner", source: setting.rules.rights?.law.sources[.restriction])
        }
        // Nobody hands over what they do not read themselves.
        guard parts.isSubset(of: sight.passesOn) else { throw Refused(.closedToYou, field: "partner") }
        // A yes for one recipient is none for another, and what was handed over cannot be taken back.
        if let purpose = rule.ground.purpose, !agrees(to: purpose, for: handed.to) {
            throw Refused(.agreementForPartner, field: "partner", values: ["who": handed.to], source: rule.source)
        }
        // A form sent twice hands over once.
        guard !known.handedOver.contains(where: { $0.what.digest == handed.digest }) else { return [] }
        return [.askedInHandedOver(handed)]
    }

    /// What somebody asked in reads on a day: no more than the plan still allows, and nothing of what rests (AVG art. 18 lid 2).
    package func parts(of one: AskedIn, _ rule: AskedInRule, on day: Day) -> Set<DossierPart> {
        one.asked.parts.intersection(rule.parts).subtracting(restrictedParts(on: day))
    }

    /// What is open still, for somebody who may ask its kind in.
    private func open(
        _ id: AskedInID, _ sight: Sight, _ setting: Setting
    ) throws(Refused) -> (AskedIn, AskedInRule) {
        guard let known = askedIn(id), let rule = setting.rules.askedIn(known.asked.kind) else { throw Refused(.notAnOption) }
        guard sight.mayAskIn(rule) else { throw Refused(.notAllowed) }
        guard known.isOpen(on: setting.today) else { throw Refused(.readingOver, field: "until") }
        return (known, rule)
    }

    private func dayProblems(_ until: Day, _ rule: AskedInRule, _ setting: Setting) -> [Refusal] {
        if until < setting.today { return [Refusal(.dayInPast, field: "until")] }
        let last = rule.longest.after(setting.today)
        guard until > last else { return [] }
        return [Refusal(.pastLatest, field: "until", values: ["day": last.description], source: rule.source)]
    }

    private func sentenceProblems(_ text: String, field: String) -> [Refusal] {
        if text.allSatisfy(\.isWhitespace) { return [Refusal(.required, field: field)] }
        guard Field.isLonger(text, than: Field.longestText) else { return [] }
        return [Refusal(.tooLong, field: field, values: ["most": String(Field.longestText)])]
    }
}

// MARK: What happened

extension Dossier {
    mutating func apply(_ asked: AskedIn.Asked, _ context: EventContext) {
        askedIn.append(AskedIn(asked, by: context.actor, at: context.at))
    }

    mutating func apply(_ prolonged: AskedIn.Prolonged) {
        guard let index = askedIn.firstIndex(where: { $0.id == prolonged.id }) else { return }
        askedIn[index].prolonged.append(prolonged)
        askedIn[index].until = prolonged.until
    }

    mutating func apply(_ withdrawn: AskedIn.Withdrawn, _ context: EventContext) {
        closeAskedIn(.withdrawn, context) { $0.id == withdrawn.id }
    }

    mutating func apply(_ handed: AskedIn.HandedOver, _ context: EventContext) {
        guard let index = askedIn.firstIndex(where: { $0.id == handed.id }) else { return }
        askedIn[index].handedOver.append(AskedIn.Handing(what: handed, by: context.actor, at: context.at))
    }

    /// Closes what was opened on an agreement that does not stand any more, for good: who is asked in again is asked anew.
    mutating func closeWithoutAgreement(_ context: EventContext) {
        // Many may stand on one agreement, and most are over: each agreement is judged once.
        let needed = Set(askedIn.filter { $0.isOpen(on: context.at.day) }.compactMap(\.needed))
        let gone = needed.filter { !agrees(to: $0.purpose, for: $0.recipient) }
        guard !gone.isEmpty else { return }
        closeAskedIn(.agreementGone, context) { one in one.needed.map(gone.contains) ?? false }
    }

    /// Closes what was opened at the school that the child left.
    mutating func closeAskedInOfOldSchool(_ context: EventContext) {
        closeAskedIn(.moved, context) { _ in true }
    }

    private mutating func closeAskedIn(_ why: AskedIn.Closing, _ context: EventContext, _ which: (AskedIn) -> Bool) {
        for index in askedIn.indices where askedIn[index].isOpen(on: context.at.day) && which(askedIn[index]) {
            askedIn[index].closed = AskedIn.Closed(why: why, by: context.actor, at: context.at)
        }
    }
}

extension AskedIn {
    /// An agreement on which somebody reads along.
    fileprivate struct Needed: Hashable {
        let purpose: String
        let recipient: String?
    }

    /// The agreement that this stands on; nil where the law permits it.
    fileprivate var needed: Needed? { asked.agreement.map { Needed(purpose: $0, recipient: asked.recipient) } }
}

// MARK: Who sees it

extension Dossier {
    /// The openings for those asked in: no more than the plan still allows, nothing of a kind that it has no more, and nothing
    /// of what rests on the day (AVG art. 18 lid 2).
    func openingsAskedIn(_ rules: PlanRules, on day: Day) -> [Opening] {
        askedIn.compactMap { one in
            guard one.closed == nil, let rule = rules.askedIn(one.asked.kind) else { return nil }
            let parts = parts(of: one, rule, on: day)
            guard !parts.isEmpty else { return nil }
            return Opening(
                principal: .askedIn(one.asked.person), function: rule.function, parts: parts, until: one.until,
                ground: .invited)
        }
    }
}
