extension Dossier {
    /// What a command leads to, by the rules of the plan and for who asks it.
    ///
    /// Nothing to do gives no events, so that a second click is harmless.
    /// - Throws: `Refused` with every reason; `notOpened` also when the actor may not see the dossier.
    package func decide(_ command: DossierCommand, _ setting: Setting) throws(Refused) -> Decided {
        if case .open(let open) = command { return Decided(try decide(open, setting)) }
        if case .retention(let command) = command { return Decided(try decide(command, setting)) }
        if case .openInEmergency(let open) = command { return Decided(try decide(open, setting)) }
        if case .rights(let command) = command { return Decided(try decide(command, setting)) }
        guard exists, !keeping.isBegun,
            let sight = setting.actor.sight(
                of: openings(setting.shelf, on: setting.today), rules: setting.rules, on: setting.today, at: setting.now)
        else { throw Refused(.notOpened) }
        switch command {
        case .open, .openInEmergency: throw Refused(.alreadyOpened)
        case .retention(let command): return Decided(try decide(command, setting))
        case .rights(let command): return Decided(try decide(command, setting))
        case .correctChild(let child):
            try allow(.correctChild, sight)
            guard child != self.child else { return Decided([]) }
            let reasons = problems(of: child, setting)
            guard reasons.isEmpty else { throw Refused(reasons) }
            return Decided([.childCorrected(child)])
        case .recordGuardian(let guardian):
            try allow(.editFamily, sight)
            guard !guardians.contains(guardian) else { return Decided([]) }
            let reasons =
                problems(of: [guardian], setting.rules)
                + problems(ofAccountsAmong: guardians.filter { $0.id != guardian.id } + [guardian], setting)
            guard reasons.isEmpty else { throw Refused(reasons) }
            return Decided([.guardianRecorded(guardian)])
        case .endGuardian(let id):
            try allow(.editFamily, sight)
            guard guardian(id) != nil else { throw Refused(.unknownGuardian) }
            return Decided([.guardianEnded(.init(guardian: id))])
        case .recordAgreement(let agreement):
            return Decided(try decide(agreement, sight, setting))
        case .write(let write):
            return Decided(try decide(write, sight, setting))
        case .lockVersion:
            try allow(.lock, sight)
            guard let event = locking(reason: "hand", setting.rules) else { throw Refused(.nothingToLock) }
            return Decided([event])
        case .signVersion(let signing):
            return Decided(try decide(signing, sight, setting))
        case .addDocument(let document):
            try allow(.addDocument, sight)
            guard setting.rules.evidence.contains(where: { $0.id == document.kind }) else {
                throw Refused(.notAnOption, field: "kind")
            }
            guard !documents.contains(where: { $0.id == document.id }) else { return Decided([]) }
            var added = document
            added.by = setting.actor.person
            added.at = setting.now
            added.withdrawn = false
            return Decided([.documentAdded(added)])
        case .withdrawDocument(let id):
            try allow(.addDocument, sight)
            guard let document = documents.first(where: { $0.id == id }) else { throw Refused(.unknownDocument) }
            // A family takes back only what it added itself.
            if sight.isFamily, document.by != setting.actor.person { throw Refused(.notAllowed) }
            if let request = restrictions(ofDocument: id, on: setting.today).first {
                throw Refused(.resting, source: setting.rules.rights?.law.sources[request.right])
            }
            return Decided(document.withdrawn ? [] : [.documentWithdrawn(.init(document: id))])
        case .namePerson(let person):
            try allow(.namePeople, sight)
            try checkNamed([person], school: school, setting)
            return Decided(named.contains(person) ? [] : [.personNamed(person)])
        case .unnamePerson(let person):
            try allow(.namePeople, sight)
            return Decided(named.contains(person) ? [.personUnnamed(person)] : [])
        case .start(let start):
            return Decided(try decide(start, sight, setting))
        case .take(let take):
            return try decide(take, sight, setting)
        case .reassign(let reassign):
            return Decided(try decide(reassign, sight, setting))
        case .move(let move):
            return Decided(try decide(move, sight, setting))
        case .askIn(let ask):
            return Decided(try decide(ask, sight, setting))
        case .prolongAskedIn(let prolong):
            return Decided(try decide(prolong, sight, setting))
        case .withdrawAskedIn(let withdraw):
            return Decided(try decide(withdraw, sight, setting))
        case .handOver(let handed):
            return Decided(try decide(handed, sight, setting))
        }
    }

    /// The lock of the groeidocument as it is now; nil when nothing changed since the last version.
    ///
    /// - Parameter also: answers that are about to be known.
    func locking(reason: String, _ rules: PlanRules, also answers: Answers = [:]) -> DossierEvent? {
        let fields = rules.groeidocument.parts.flatMap(\.fields)
        let now = answersOf(fields).merging(answers.filter { fields.contains($0.key) }) { _, new in new }
        guard now.contains(where: { !$0.value.isEmpty }), versions.last?.answers != now else { return nil }
        return .versionLocked(.init(number: versions.count + 1, reason: reason, fields: fields))
    }

    private func allow(_ act: DossierAct, _ sight: Sight) throws(Refused) {
        guard sight.may(act) else { throw Refused(.notAllowed) }
    }

    // MARK: Opening a dossier

    /// A dossier is opened by somebody of the child's school (plan: who may `open-dossier`).
    private func decide(_ open: DossierCommand.Open, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        let may = setting.actor.functions.contains { held in
            guard held.organisation == open.school, held.isHeld(on: setting.today),
                let rule = setting.rules.function(held.function)
            else { return false }
            return rule.place == .school && rule.may.contains(.openDossier)
        }
        guard may else { throw Refused(.notAllowed) }
        guard !exists else {
            guard open.child == child, open.school == school else { throw Refused(.alreadyOpened) }
            return []
        }
        let reasons =
            problems(of: open.child, setting) + problems(of: open.guardians, setting.rules)
            + problems(ofAccountsAmong: open.guardians, setting)
        guard reasons.isEmpty else { throw Refused(reasons) }
        try checkNamed(open.named, school: open.school, setting)
        return [.opened(.init(child: open.child, school: open.school))]
            + open.guardians.map { .guardianRecorded($0) } + open.named.map { .personNamed($0) }
    }

    /// What is wrong with the child's facts; of one that is corrected only what changes is judged, because a child grows
    /// out of the ages and a plan may drop a group.
    private func problems(of child: Child, _ setting: Setting) -> [Refusal] {
        var reasons = nameProblems(child.givenName, field: "given-name") + nameProblems(child.familyName, field: "family-name")
        if child.born != self.child?.born {
            let ages = setting.rules.ages
            let age = child.age(on: opened ?? setting.today)
            if child.born > setting.today {
                reasons.append(Refusal(.dayInFuture, field: "born"))
            } else if age < ages.lowerBound {
                reasons.append(Refusal(.tooYoung, field: "born", values: ["age": String(ages.lowerBound)]))
            } else if age > ages.upperBound {
                reasons.append(Refusal(.tooOld, field: "born", values: ["age": String(ages.upperBound)]))
            }
        }
        if child.group != self.child?.group, !setting.rules.groups.contains(where: { $0.id == child.group }) {
            reasons.append(Refusal(.unknownGroup, field: "group"))
        }
        return reasons
    }

    private func nameProblems(_ name: String, field: String) -> [Refusal] {
        if name.allSatisfy(\.isWhitespace) { return [Refusal(.required, field: field)] }
        if Field.isLonger(name, than: Field.longestText) {
            return [Refusal(.tooLong, field: field, values: ["most": String(Field.longestText)])]
        }
        return []
    }

    // MARK: Family

    /// Words count for one guardian only when each has an account of their own, given by somebody else.
    private func problems(ofAccountsAmong guardians: [Guardian], _ setting: Setting) -> [Refusal] {
        var reasons: [Refusal] = []
        for (index, guardian) in guardians.enumerated() {
            let before = guardians[..<index]
            if before.contains(where: { $0.id == guardian.id }) {
                reasons.append(Refusal(.alreadyKnown, field: "guardian-name-\(index + 1)"))
            }
            guard let person = guardian.person else { continue }
            if before.contains(where: { $0.person == person && $0.id != guardian.id }) {
                reasons.append(Refusal(.alreadyKnown, field: "guardian-email"))
            }
            if person == setting.actor.person, self.guardian(guardian.id)?.person != person {
                reasons.append(Refusal(.samePerson, field: "guardian-email"))
            }
        }
        return reasons
    }

    private func problems(of guardians: [Guardian], _ rules: PlanRules) -> [Refusal] {
        guardians.enumerated().flatMap { index, guardian in
            let suffix = guardians.count > 1 ? "-\(index + 1)" : ""
            var reasons = nameProblems(guardian.name, field: "guardian-name\(suffix)")
            if rules.relation(guardian.relation) == nil {
                reasons.append(Refusal(.guardianNeedsRelation, field: "guardian-relation\(suffix)"))
            }
            if let email = guardian.email, !EmailAddress.looksRight(email) {
                reasons.append(Refusal(.notAnEmail, field: "guardian-email\(suffix)"))
            }
            return reasons
        }
    }

    private func checkNamed(
        _ people: [NamedPerson], school: OrganisationID?, _ setting: Setting
    ) throws(Refused) {
        for person in people {
            guard let rule = setting.rules.function(person.function) else {
                throw Refused(.unknownFunction, field: person.function)
            }
            let place = rule.place == .partnership ? OrganisationID.partnership : school
            guard let place, let known = setting.people[person.person], known.holds(person.function, at: place) else {
                throw Refused(.unknownPerson, field: person.function)
            }
        }
    }

    /// Guardians give their own word; the school records what was said or signed on paper, and what a child says that is old
    /// enough to decide itself.
    private func decide(
        _ agreement: DossierCommand.RecordAgreement, _ sight: Sight, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        var own = false
        if let id = agreement.guardian {
            guard let guardian = guardian(id) else { throw Refused(.unknownGuardian, field: "guardian") }
            own = guardian.person == setting.actor.person
            try allow(own ? .giveAgreement : .recordAgreement, sight)
            guard guardian.authority else { throw Refused(.guardianWithoutAuthority, field: "guardian") }
        } else {
            try allow(.recordAgreement, sight)
            // Nobody of the family speaks for the child.
            guard !isGuardian(setting.actor.person) else { throw Refused(.notAllowed) }
        }
        guard setting.rules.purpose(agreement.purpose) != nil else { throw Refused(.unknownPurpose, field: "purpose") }
        let on = own ? setting.today : agreement.on
        guard on <= setting.today else { throw Refused(.dayInFuture, field: "on") }
        let childDecides = childDecides(on: on, setting.rules)
        if agreement.guardian == nil, !childDecides {
            let law = setting.rules.rights?.law.age(on: on)
            throw Refused(
                .childTooYoung, field: "on", values: ["age": law.map { String($0.itself) } ?? ""], source: law?.source)
        }
        let recipient = try recipient(of: agreement, setting.rules)
        let before = self.agreement(of: agreement.guardian, on: agreement.purpose, to: recipient)
        // A yes that counts already goes on counting when it is said again.
        let isNew = before?.word != .given || before?.besideChild == true
        let besideChild = agreement.guardian != nil && agreement.word == .given && childDecides && isNew
        let recorded = Agreement(
            guardian: agreement.guardian, purpose: agreement.purpose, word: agreement.word,
            way: own ? .account : (agreement.way == .account ? .spoken : agreement.way), on: on,
            recordedBy: setting.actor.person, besideChild: besideChild ? true : nil, recipient: recipient)
        let answers = answers(of: agreement.guardian, on: agreement.purpose, to: recipient)
        if answers.last(where: { $0.recipient == recipient }) == recorded { return [] }
        // Somebody else's word is not recorded over a newer one that was not seen; one's own always counts.
        guard own || agreement.after == nil || agreement.after == answers.count else {
            throw Refused(.changedSinceSeen, field: "word")
        }
        return [.agreementRecorded(recorded)]
    }

    /// To whom something goes by what the family was asked, as it was named first; nil for the purpose as such.
    private func recipient(
        of agreement: DossierCommand.RecordAgreement, _ rules: PlanRules
    ) throws(Refused) -> String? {
        guard let recipient = agreement.recipient else { return nil }
        guard !rules.askedIn(needingAgreementTo: agreement.purpose).isEmpty else {
            throw Refused(.notAnOption, field: "recipient")
        }
        let reasons = nameProblems(recipient, field: "recipient")
        guard reasons.isEmpty else { throw Refused(reasons) }
        return recipients(of: agreement.purpose).first { Agreement.isSame($0, recipient) } ?? recipient
    }

    // MARK: Groeidocument

    /// Writes what changed; a field that somebody else changed meanwhile is refused, and nothing is lost on either side.
    private func decide(
        _ write: DossierCommand.Write, _ sight: Sight, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        try allow(.write, sight)
        guard let part = setting.rules.part(write.part) else { throw Refused(.unknownField) }
        var reasons: [Refusal] = []
        var changed: Answers = [:]
        let beside = facts(setting.rules, on: setting.today, also: write.answers)
        for (id, answer) in write.answers {
            guard part.fields.contains(id), let field = setting.rules.fields[id] else {
                reasons.append(Refusal(.unknownField, field: id))
                continue
            }
            let now = known[id]
            if now?.answer.values == answer.values || (now?.answer.isEmpty != false && answer.isEmpty) { continue }
            // A family writes its own words only: those of the parents and of the child.
            if sight.isFamily, field.voice.map(PlanRules.familyVoices.contains) != true {
                reasons.append(Refusal(.notYourVoice, field: id))
                continue
            }
            if (now?.revision ?? 0) != (write.basedOn[id] ?? 0) {
                reasons.append(Refusal(.fieldChangedMeanwhile, field: id))
                continue
            }
            if !answer.isEmpty {
                reasons += field.problems(with: answer) + personProblems(field, answer, setting, setting.rules)
                reasons += schoolProblems(field, answer, setting) + field.problems(with: answer, beside: beside)
            }
            changed[id] = answer
        }
        reasons += restrictionProblems(changed, setting)
        guard reasons.isEmpty else { throw Refused(reasons.sorted { ($0.field ?? "") < ($1.field ?? "") }) }
        return changed.isEmpty ? [] : [.answersWritten(.init(part: write.part, answers: changed))]
    }

    private func decide(
        _ signing: DossierCommand.SignVersion, _ sight: Sight, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        guard let version = versions.first(where: { $0.number == signing.number }) else { throw Refused(.unknownVersion) }
        var way = signing.way
        var on = signing.on
        if let id = signing.guardian {
            guard let guardian = guardian(id) else { throw Refused(.unknownGuardian, field: "guardian") }
            let own = guardian.person == setting.actor.person
            try allow(own ? .sign : .recordSignature, sight)
            if own {
                way = .account
                on = setting.today
            } else if way == .account {
                way = .paper
            }
        } else {
            try allow(.recordSignature, sight)
            way = .account
        }
        guard on <= setting.today else { throw Refused(.dayInFuture, field: "on") }
        guard on >= version.at.day else {
            throw Refused(.beforeEarliest, field: "on", values: ["day": version.at.day.description])
        }
        guard !version.signatures.contains(where: { $0.guardian == signing.guardian }) else { return [] }
        return [
            .versionSigned(
                Signature(
                    version: signing.number, guardian: signing.guardian, way: way, on: on,
                    recordedBy: setting.actor.person))
        ]
    }
}

/// The shape of an e-mail address, checked loosely: only a mail that arrives proves one.
package enum EmailAddress {
    private static let meaningful = Set("<>,;:\"()[]\\\u{7F}".unicodeScalars)

    /// Whether the text has the shape `name@host.tld`, at most 254 characters (RFC 5321), without blanks or signs that a mail
    /// header gives a meaning.
    package static func looksRight(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard !Field.isLonger(text, than: 254), parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
            !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.properties.isWhitespace || meaningful.contains($0) })
        else { return false }
        return parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
}
