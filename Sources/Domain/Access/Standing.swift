/// What the guardians with authority say together about one purpose: to disagree is a state, and no error.
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

    package var state: State {
        switch (agreed.isEmpty, refused.isEmpty) {
        case (true, true): .unsaid
        case (false, true): silent.isEmpty ? .agreed : .waiting
        case (false, false): .divided
        case (true, false): .refused
        }
    }
}

extension Dossier {
    /// What the guardians with authority say together about a purpose.
    package func standing(on purpose: String) -> Standing {
        func said(_ words: Set<Agreement.Word?>) -> [Guardian] {
            authorities.filter { words.contains(agreement(of: $0.id, on: purpose)?.word) }
        }
        return Standing(agreed: said([.given]), refused: said([.refused, .withdrawn]), silent: said([nil]))
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
