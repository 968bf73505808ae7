import Domain

/// How long one dossier is kept, and how far its destruction is.
package struct RetentionRow: RegisterRow {
    /// How far the destruction is.
    package enum Stage: String, Hashable, Sendable {
        case none = ""
        case announced, agreed
    }

    /// The dossier.
    package var dossier: DossierID
    /// The school that the child is enrolled at.
    package var school: OrganisationID
    /// The last day on which it is kept; nil while it is in use.
    package var keptUntil: Day?
    /// Whether something holds the destruction back.
    package var isHeld: Bool
    package var stage: Stage
    /// The last day on which a destruction that was agreed to can be stopped.
    package var stopUntil: Day?

    package init(
        dossier: DossierID, school: OrganisationID, keptUntil: Day?, isHeld: Bool, stage: Stage, stopUntil: Day?
    ) {
        self.dossier = dossier
        self.school = school
        self.keptUntil = keptUntil
        self.isHeld = isHeld
        self.stage = stage
        self.stopUntil = stopUntil
    }
}

extension RetentionRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "retention", key: ["dossier"], columns: ["school", "kept_until", "held", "stage", "stop_until"])

    package var values: [RegisterValue] {
        [
            RegisterValue(dossier), RegisterValue(school), RegisterValue(keptUntil), .int(isHeld ? 1 : 0), .text(stage.rawValue),
            RegisterValue(stopUntil),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        dossier = try reader.id()
        school = try reader.id()
        keptUntil = try reader.optionalDay()
        isHeld = try reader.int() == 1
        guard let stage = Stage(rawValue: try reader.text()) else { throw reader.fault }
        self.stage = stage
        stopUntil = try reader.optionalDay()
    }
}

/// Where a page of dossiers whose term is over was left; the next one begins after it.
package struct RetentionKey: Hashable, Sendable {
    package let keptUntil: Day
    package let dossier: DossierID

    package init(keptUntil: Day, dossier: DossierID) {
        self.keptUntil = keptUntil
        self.dossier = dossier
    }
}
