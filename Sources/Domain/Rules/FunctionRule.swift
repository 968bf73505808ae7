/// What a function of the plan is, what its holders see of a dossier, and what they may do in it.
package struct FunctionRule: Hashable, Sendable {
    /// Where the function is held.
    package enum Place: String, Hashable, Sendable, CaseIterable {
        /// At a school; it reaches the dossiers of that school.
        case school
        /// At the partnership itself.
        case partnership
        /// In one dossier only: a guardian or the child.
        case family
        /// Outside: somebody invited to a meeting, without an account by this function.
        case outside
    }

    /// When holders see a dossier.
    package enum Sight: Hashable, Sendable {
        /// Whatever runs, because of the place alone.
        case always
        /// When the dossier names the person for this function.
        case named
        /// While one of these procedures runs, and for a while after.
        case during(procedures: [String], afterwards: Period?)
        /// Only when asked to act in a step, while that procedure runs and for a while after.
        case acting(afterwards: Period?)
        /// For a while after the child went to another school, to finish what must be handed over.
        case left(afterwards: Period)
    }

    package let id: String
    package let title: Localized
    /// One sentence for a parent: what this person does.
    package let explanation: Localized
    package let place: Place
    package let sight: [Sight]
    package let reads: Set<DossierPart>
    package let may: Set<DossierAct>
    /// Disciplines a holder can have; empty when the function knows none.
    package let disciplines: [String]
    /// Whether holders sign in with a code beside their password.
    package let secondFactor: Bool
    /// What reading holders are told of, when they watch over the logs; nil when of none.
    package let watch: ReadingWatch?
    package let source: String

    package init(
        id: String, title: Localized, explanation: Localized, place: Place, sight: [Sight], reads: Set<DossierPart>,
        may: Set<DossierAct>, disciplines: [String] = [], secondFactor: Bool = false, watch: ReadingWatch? = nil, source: String
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.place = place
        self.sight = sight
        self.reads = reads
        self.may = may
        self.disciplines = disciplines
        self.secondFactor = secondFactor
        self.watch = watch
        self.source = source
    }
}

/// A part of a dossier, the unit in which reading is granted and logged.
package enum DossierPart: String, Hashable, Sendable, Codable, CaseIterable {
    case child, family, agreements, groeidocument, documents, procedures, decisions
    case readLog = "read-log"
}

/// What can be done in a dossier outside the steps of a procedure.
package enum DossierAct: String, Hashable, Sendable, Codable, CaseIterable {
    case openDossier = "open-dossier"
    case correctChild = "correct-child"
    case editFamily = "edit-family"
    case recordAgreement = "record-agreement"
    case giveAgreement = "give-agreement"
    case write, lock, sign
    case recordSignature = "record-signature"
    case addDocument = "add-document"
    case namePeople = "name-people"
    case moveProcedure = "move-procedure"
}

extension FunctionRule.Sight {
    /// Whether it is sight of a dossier that went to another school.
    package var isLeft: Bool { if case .left = self { true } else { false } }
}
