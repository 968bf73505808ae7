/// What those who decide say together about one purpose, the guardians with authority and a child that is old enough: to disagree
/// is a state, and no error.
package struct Standing: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        /// Nobody said anything, or there is nobody with authority.
        case unsaid
        /// Some agreed and the others said nothing yet.
        case waiting
        case agreed
        /// Some agreed and some did not.
        case divided
        /// Nobody agreed and some said no.
        case refused
    }

    package let agreed: [Guardian]
    /// Who said no, or took the agreement back.
    package let refused: [Guardian]
    /// Who said nothing yet.
    package let silent: [Guardian]
    /// The child's own word; nil when it said nothing.
    package let child: Agreement.Word?
    /// Whether the guardians' word does not do without the child's, and the child said nothing yet.
    package let waitsForChild: Bool

    /// Whether the child said no, or took its agreement back.
    package var childRefuses: Bool { child.map { $0 != .given } ?? false }

    package var state: State {
        switch (agreed.isEmpty && child != .given, refused.isEmpty && !childRefuses) {
        case (true, true): .unsaid
        case (false, true): silent.isEmpty && !waitsForChild ? .agreed : .waiting
        case (false, false): .divided
        case (true, false): .refused
        }
    }
}

extension Agreement {
    /// Whether this word says something of what goes to somebody; nil for the purpose as such.
    func isAbout(_ recipient: String?) -> Bool {
        guard let own = self.recipient else { return recipient == nil || word != .given }
        return recipient.map { Self.isSame($0, own) } ?? false
    }

    /// Whether two names are of one recipient: capitals make no difference.
    package static func isSame(_ one: String, _ other: String) -> Bool { one.lowercased() == other.lowercased() }
}

extension Dossier {
    /// What those who decide say together about a purpose.
    package func standing(on purpose: String) -> Standing {
        func said(_ words: Set<Agreement.Word?>) -> [Guardian] {
            authorities.filter { words.contains(agreement(of: $0.id, on: purpose)?.word) }
        }
        let child = agreement(of: nil, on: purpose)?.word
        return Standing(
            agreed: said([.given]), refused: said([.refused, .withdrawn]), silent: said([nil]), child: child,
            waitsForChild: child == nil && lacksChild(for: purpose))
    }

    /// Whether everybody who decides agreed to a purpose; not when there is no guardian with authority.
    ///
    /// - Parameter recipient: to whom something goes; nil for the purpose as such.
    package func agrees(to purpose: String, for recipient: String? = nil) -> Bool {
        !authorities.isEmpty
            && authorities.allSatisfy { agreement(of: $0.id, on: purpose, to: recipient)?.word == .given }
            && !lacksChild(for: purpose, to: recipient)
    }

    /// Whether a purpose lacks the child's own yes.
    ///
    /// From the age at which it decides itself a new yes of a guardian does not do without the child's (UAVG art. 5 lid 1). What
    /// the guardians agreed to before goes on counting until the child says otherwise (EDPB, Guidelines 05/2020 on consent,
    /// 149 and 150).
    package func lacksChild(for purpose: String, to recipient: String? = nil) -> Bool {
        if let own = agreement(of: nil, on: purpose, to: recipient) { return own.word != .given }
        return authorities.contains { agreement(of: $0.id, on: purpose, to: recipient)?.besideChild == true }
    }

    /// Those about whom the family was asked for a purpose, in the order in which they were named first.
    package func recipients(of purpose: String) -> [String] {
        agreements.reduce(into: []) { named, agreement in
            guard agreement.purpose == purpose, let recipient = agreement.recipient else { return }
            if !named.contains(where: { Agreement.isSame($0, recipient) }) { named.append(recipient) }
        }
    }

    /// Those for whom everybody who decides agreed to a purpose.
    package func agreedRecipients(of purpose: String) -> [String] {
        recipients(of: purpose).filter { agrees(to: purpose, for: $0) }
    }

    /// Whether the child is old enough on a day to decide about its own data; false where no law is known.
    package func childDecides(on day: Day, _ rules: PlanRules) -> Bool {
        guard let law = rules.rights?.law.age(on: day), let age = child?.age(on: day) else { return false }
        return age >= law.itself
    }
}

extension PlanRules {
    /// The routes that do not go on without agreement to a purpose, in the order of the plan.
    package func procedures(needingAgreementTo purpose: String) -> [ProcedureRule] {
        procedures.filter { route in
            let needs = route.start.needs + route.steps.flatMap(\.choices).flatMap(\.needs)
            return needs.contains { $0.kind == .agreement(purpose: purpose) }
        }
    }

    /// The people from outside who do not read along without agreement to a purpose.
    package func askedIn(needingAgreementTo purpose: String) -> [AskedInRule] {
        askedIn.filter { $0.ground.purpose == purpose }
    }
}
