import Domain
import UseCases

/// The forms on the page of a family, each with what was sent in it and refused.
struct FamilyForms {
    /// A form that was refused: which one, what was typed, and why.
    struct Refused {
        let scope: String
        /// Nil when the refusal is about something that was not typed.
        let sent: PostedForm?
        let reasons: [Refusal]
        /// The dossier that the form was made from.
        var before: Dossier?
        /// Who changed the same meanwhile, and when.
        var changedBy: String?
    }

    let words: Words
    let seen: SeenDossier
    /// Names of those who recorded agreements, and of those who read along from outside.
    let recorders: [PersonID: String]
    let refused: Refused?
    /// The purposes to which the reader is asked to say something now; nil for who is no guardian with authority.
    var asked: Set<String>?
    /// Guardians who never chose a password of their own, and can be given another first one here.
    var withoutOwnPassword: Set<GuardianID> = []

    static let newScope = "new"
    static func scope(_ guardian: Guardian) -> String { "guardian-\(guardian.id)" }
    /// Of a guardian, or of the child (nil).
    ///
    /// - Parameter recipient: the how manyth of those for whom it is asked; nil for the purpose as such.
    static func scope(_ purpose: PlanRules.Purpose, _ guardian: Guardian?, recipient: Int? = nil) -> String {
        [purpose.id, recipient.map { String($0) }, guardian?.id.rawValue ?? child].compactMap(\.self).joined(separator: "-")
    }

    /// Of a recipient who was not named before.
    static func newScope(_ purpose: PlanRules.Purpose) -> String { "\(purpose.id)-\(newRecipient)" }

    /// The field that says how often this was answered before, as the reader sees it.
    static let answered = "beantwoord"
    /// The field that says that the recipient is typed.
    static let newRecipient = "new-recipient"
    /// Stands where else the key of a guardian stands, for a word of the child itself.
    static let child = "child"

    private var id: String { seen.dossier.id.rawValue }

    private func reasons(_ scope: String) -> [Refusal] {
        guard let refused, refused.scope == scope else { return [] }
        // The rules number guardians; a form here is about one only.
        return refused.reasons.map { reason in
            guard let field = reason.field, field.hasPrefix("guardian-") else { return reason }
            let plain = field.split(separator: "-").prefix(2).joined(separator: "-")
            return Refusal(reason.code, field: plain, values: reason.values, source: reason.source)
        }
    }

    private func sent(_ scope: String) -> PostedForm? { refused?.scope == scope ? refused?.sent : nil }

    /// Reasons that belong to no form that is on the page, so that none is lost.
    var problemsOfNoForm: [FormProblem] {
        guard let refused else { return [] }
        let scopes =
            [Self.newScope] + seen.dossier.guardians.map { Self.scope($0) } + seen.rules.purposes.flatMap { self.scopes(of: $0) }
        return scopes.contains(refused.scope) ? [] : words.problems(refused.reasons)
    }

    /// Those of all forms about a purpose.
    private func scopes(of purpose: PlanRules.Purpose) -> [String] {
        let recipients = [nil] + seen.dossier.recipients(of: purpose.id).indices.map(Optional.some)
        return [Self.newScope(purpose)]
            + recipients.flatMap { recipient in speakers(purpose).map { Self.scope(purpose, $0, recipient: recipient) } }
    }

    // MARK: Guardians

    var guardians: [FamilyPage.Guardian] {
        guard seen.sight.sees(.family) else { return [] }
        return seen.dossier.guardians.map { guardian in
            let own = guardian.person == seen.actor.person
            let account = guardian.person == nil ? "guardian.accountNo" : "guardian.accountYes"
            var facts = [Fact(words.texts("guardian.account"), words.texts(account))]
            if let email = seen.address(of: guardian) { facts.append(Fact(words.texts("guardian.email"), email)) }
            return FamilyPage.Guardian(
                name: own ? "\(guardian.name) (\(words.texts("you")))" : guardian.name, relation: words.relation(guardian),
                authority: Chip(
                    words.texts(guardian.authority ? "guardian.withAuthority" : "guardian.withoutAuthority"),
                    guardian.authority ? .ok : .plain), facts: facts, form: form(guardian), links: links(guardian))
        }
    }

    private func links(_ guardian: Guardian) -> [Link] {
        var links: [Link] = []
        if seen.mayRecordRequests, guardian.authority {
            links.append(
                Link(
                    words.texts("recording.link"),
                    "\(Address.recordRequest(id).path)?\(RecordingForms.guardian)=\(guardian.id)"))
        }
        guard seen.sight.may(.editFamily) else { return links }
        if guardian.person == nil, guardian.email != nil {
            links.append(Link(words.texts("family.account.give"), .guardianAccount(id, guardian.id.rawValue)))
        } else if withoutOwnPassword.contains(guardian.id) {
            links.append(Link(words.texts("family.account.renew"), .guardianAccount(id, guardian.id.rawValue)))
        }
        return links + [Link(words.texts("family.end.link"), .guardianEnd(id, guardian.id.rawValue))]
    }

    private func form(_ guardian: Guardian) -> Form? {
        guard seen.sight.may(.editFamily) else { return nil }
        let scope = Self.scope(guardian)
        let sent = sent(scope)
        let edited = EditedForm(
            words: words, dossier: seen.dossier, sent: sent, refused: reasons(scope), changedBy: refused?.changedBy ?? "")
        let was = values(refused?.before?.guardian(guardian.id) ?? guardian)
        let now = values(guardian)
        func value(_ part: String) -> String {
            edited.value("guardian-\(part)", before: was["guardian-\(part)"] ?? "", now: now["guardian-\(part)"] ?? "")
        }
        return Form(
            action: Address.guardian(id, guardian.id.rawValue).path, button: words.texts("form.save"), scope: scope,
            fields: [edited.field]
                + edited.settled(
                    fields(
                        name: value("name"), relation: value("relation"), authority: value("authority"),
                        email: value("email"), reasons(scope)), now: now),
            problems: words.problems(reasons(scope)))
    }

    /// What is known of a guardian as its form holds it.
    private func values(_ guardian: Guardian) -> [String: String] {
        [
            "guardian-name": guardian.name, "guardian-relation": guardian.relation,
            "guardian-authority": guardian.authority ? "yes" : "no", "guardian-email": guardian.email ?? "",
        ]
    }

    var newGuardian: Form? {
        guard seen.sight.may(.editFamily), seen.sight.sees(.family) else { return nil }
        let sent = sent(Self.newScope)
        return Form(
            action: Address.family(id).path, button: words.texts("family.addButton"), scope: Self.newScope,
            fields: fields(
                name: sent?["guardian-name"] ?? "", relation: sent?["guardian-relation"] ?? "",
                authority: sent?["guardian-authority"] ?? "", email: sent?["guardian-email"] ?? "", reasons(Self.newScope)),
            problems: words.problems(reasons(Self.newScope)))
    }

    private func fields(
        name: String, relation: String, authority: String, email: String, _ reasons: [Refusal]
    ) -> [FormField] {
        words.guardianFields(
            name: name, relation: relation, authority: authority, email: email, reasons, named: { "guardian-\($0)" })
    }

    // MARK: Agreements

    var purposes: [FamilyPage.Purpose] {
        guard seen.sight.sees(.agreements) else { return [] }
        return seen.rules.purposes.map { purpose in
            let standing = words.standing(on: purpose, in: seen)
            return FamilyPage.Purpose(
                title: purpose.title[words.language], text: purpose.explanation[words.language],
                ground: words.texts("plan.paragraph", ["source": purpose.source]),
                answers: speakers(purpose).map { answer($0, purpose) },
                perRecipient: seen.rules.askedIn(needingAgreementTo: purpose.id).isEmpty
                    ? nil : words.texts("family.perRecipient"),
                recipients: recipients(purpose),
                newRecipient: newRecipient(purpose), standing: standing,
                folded: standing == nil ? [folded(purpose)].compactMap(\.self) : [])
        }
    }

    /// What is told of a purpose that is folded away, because the reader has nothing to do there: of a guardian their own word,
    /// unless it is asked now; of others what all said. Nil where it is not, and where a form is shown again.
    private func folded(_ purpose: PlanRules.Purpose) -> Chip? {
        guard refused.map({ !scopes(of: purpose).contains($0.scope) }) ?? true else { return nil }
        guard let asked else { return settled(purpose) }
        guard !asked.contains(purpose.id) else { return nil }
        return chip(seen.ownGuardian.flatMap { seen.dossier.agreement(of: $0.id, on: purpose.id)?.word })
    }

    /// What everybody said of a purpose, also for each to whom something would go; nil while somebody did not or said something
    /// else.
    private func settled(_ purpose: PlanRules.Purpose) -> Chip? {
        let recipients = [nil] + seen.dossier.recipients(of: purpose.id).map(Optional.some)
        let said = recipients.flatMap { recipient in
            speakers(purpose).map { seen.dossier.agreement(of: $0?.id, on: purpose.id, to: recipient)?.word }
        }
        guard let word = said.first ?? nil, said.allSatisfy({ $0 == word }) else { return nil }
        return chip(word)
    }

    private func chip(_ word: Agreement.Word?) -> Chip {
        Chip(words.texts("agreement.word.\(word?.rawValue ?? "none")"), word == nil ? .plain : word == .given ? .ok : .wait)
    }

    /// Who says something about a purpose: the guardians with authority, and the child (nil) once it is old enough to decide
    /// itself.
    private func speakers(_ purpose: PlanRules.Purpose) -> [Guardian?] {
        let childSpeaks =
            seen.dossier.childDecides(on: seen.today, seen.rules) || seen.dossier.agreement(of: nil, on: purpose.id) != nil
        return seen.dossier.authorities + (childSpeaks ? [nil] : [])
    }

    private func name(_ guardian: Guardian?) -> String {
        guard let guardian else { return words.given(seen) }
        if guardian.person == seen.actor.person { return words.texts("youStanding") }
        return seen.sight.sees(.family) ? guardian.name : words.texts("family.oneGuardian")
    }

    /// What was said of each to whom something would go for a purpose, and who reads along because of it.
    private func recipients(_ purpose: PlanRules.Purpose) -> [FamilyPage.Recipient] {
        seen.dossier.recipients(of: purpose.id).enumerated().map { index, recipient in
            let readers = seen.dossier.askedIn.filter { one in
                one.isOpen(on: seen.today) && one.asked.agreement == purpose.id
                    && one.asked.recipient.map { Agreement.isSame($0, recipient) } == true
            }.map { recorders[$0.asked.person] ?? words.texts("somebody") }
            return FamilyPage.Recipient(
                title: words.texts("family.recipient", ["who": recipient]),
                reading: readers.isEmpty
                    ? nil
                    : words.texts.count("family.recipientReads", readers.count, ["who": words.format.list(readers)]),
                answers: speakers(purpose).map { answer($0, purpose, to: (index, recipient)) })
        }
    }

    private func answer(
        _ guardian: Guardian?, _ purpose: PlanRules.Purpose, to recipient: (index: Int, name: String)? = nil
    ) -> FamilyPage.Answer {
        let agreement = seen.dossier.agreement(of: guardian?.id, on: purpose.id, to: recipient?.name)
        let own = guardian.map { $0.person == seen.actor.person } ?? false
        return FamilyPage.Answer(
            who: name(guardian),
            chip: chip(agreement?.word), recorded: agreement.map { recorded($0) },
            form: form(guardian, purpose, agreement, own: own, to: recipient))
    }

    private func question(_ guardian: Guardian?, own: Bool) -> String {
        guard guardian != nil else { return words.texts("agreement.childQuestion", ["given": words.given(seen)]) }
        return words.texts(own ? "agreement.ownQuestion" : "agreement.question")
    }

    private func recorded(_ agreement: Agreement) -> String {
        let day = words.format.plainDay(agreement.on)
        let way = words.texts("agreement.way.\(agreement.way.rawValue)")
        guard agreement.way != .account else { return words.texts("agreement.byAccount", ["way": way, "day": day]) }
        return words.texts(
            "agreement.recordedBy",
            ["way": way, "day": day, "who": recorders[agreement.recordedBy] ?? words.texts("somebody")])
    }

    private func form(
        _ guardian: Guardian?, _ purpose: PlanRules.Purpose, _ agreement: Agreement?, own: Bool,
        to recipient: (index: Int, name: String)?
    ) -> Form? {
        guard seen.sight.may(own ? .giveAgreement : .recordAgreement) else { return nil }
        if guardian == nil, seen.ownGuardian != nil { return nil }
        let scope = Self.scope(purpose, guardian, recipient: recipient?.index)
        // Only what was given can be taken back.
        let said: [Agreement.Word] = agreement?.word == .given ? [.given, .withdrawn] : [.given, .refused]
        var fields = [
            FormField(name: "guardian", label: "", kind: .hidden, value: guardian?.id.rawValue ?? Self.child),
            FormField(name: "purpose", label: "", kind: .hidden, value: purpose.id),
            FormField(
                name: Self.answered, label: "", kind: .hidden,
                value: String(seen.dossier.answers(of: guardian?.id, on: purpose.id, to: recipient?.name).count)),
        ]
        if let recipient { fields.append(FormField(name: "recipient", label: "", kind: .hidden, value: recipient.name)) }
        return form(scope, fields + [word(said, question(guardian, own: own), scope)], own: own)
    }

    /// To ask for a purpose whether something may go to somebody who was not named before; nil where nothing goes outside, and
    /// for who says nothing of it.
    private func newRecipient(_ purpose: PlanRules.Purpose) -> Form? {
        let own = seen.ownGuardian
        guard !seen.rules.askedIn(needingAgreementTo: purpose.id).isEmpty, own?.authority ?? true,
            seen.sight.may(own == nil ? .recordAgreement : .giveAgreement)
        else { return nil }
        let scope = Self.newScope(purpose)
        let sent = sent(scope)
        var fields = [
            FormField(name: "purpose", label: "", kind: .hidden, value: purpose.id),
            FormField(name: Self.newRecipient, label: "", kind: .hidden, value: "yes"),
            FormField(
                name: "recipient", label: words.texts("agreement.recipient"), kind: .text, value: sent?["recipient"] ?? "",
                hint: words.texts(own == nil ? "agreement.recipientHint" : "agreement.ownRecipientHint"), autocomplete: "off"),
        ]
        if let own {
            fields.append(FormField(name: "guardian", label: "", kind: .hidden, value: own.id.rawValue))
        } else {
            let chosen = sent?["guardian"] ?? ""
            fields.append(
                FormField(
                    name: "guardian", label: words.texts("agreement.whoQuestion"), kind: .choice, value: chosen,
                    options: speakers(purpose).map { speaker in
                        let key = speaker?.id.rawValue ?? Self.child
                        return FormOption(key, name(speaker), selected: chosen == key)
                    }))
        }
        let question = words.texts(own == nil ? "agreement.saidQuestion" : "agreement.ownQuestion")
        return form(scope, fields + [word([.given, .refused], question, scope)], own: own != nil)
    }

    private func word(_ words: [Agreement.Word], _ question: String, _ scope: String) -> FormField {
        let spoken = sent(scope)?["word"] ?? ""
        return FormField(
            name: "word", label: question, kind: .choice, value: spoken,
            options: words.map {
                FormOption($0.rawValue, self.words.texts("agreement.say.\($0.rawValue)"), selected: spoken == $0.rawValue)
            })
    }

    /// A form with which a word is recorded: of what is not one's own also how it was given and when.
    private func form(_ scope: String, _ fields: [FormField], own: Bool) -> Form {
        let sent = sent(scope)
        var fields = fields
        if !own {
            let way = sent?["way"] ?? ""
            fields.append(
                FormField(
                    name: "way", label: words.texts("agreement.wayQuestion"), kind: .choice, value: way,
                    options: [Agreement.Way.spoken, .paper].map {
                        FormOption($0.rawValue, words.texts("agreement.way.\($0.rawValue)"), selected: way == $0.rawValue)
                    }))
            fields.append(
                FormField(
                    name: "on", label: words.texts("agreement.on"), kind: .date,
                    value: sent?["on"] ?? words.today.description, most: words.today.description))
        }
        return Form(
            action: Address.agreement(id).path, button: words.texts(own ? "agreement.ownButton" : "agreement.button"),
            scope: scope, fields: fields, problems: words.problems(reasons(scope)))
    }
}
