import Domain

/// Who may see which dossier, how far and until when.
package struct OpeningRow: RegisterRow {
    /// Who: a text such as `ib@<organisation>` or `person:<id>`.
    package var principal: String
    /// Which dossier.
    package var dossier: DossierID
    /// Which parts of it, in the words of the domain.
    package var parts: String
    /// The last day on which it holds; nil while nothing ends it.
    package var until: Day?
    /// Why, in the words of the domain.
    package var ground: String
    /// The child's name key, so that a list needs one index.
    package var nameKey: String
    /// The hour in which the dossier last changed, so that the news needs one index.
    ///
    /// No finer than that: a dossier that is worked in would otherwise write all its openings anew with every save.
    package private(set) var changedAt: Instant

    package init(
        principal: String, dossier: DossierID, parts: String, until: Day? = nil, ground: String, nameKey: String,
        changedAt: Instant
    ) {
        self.principal = principal
        self.dossier = dossier
        self.parts = parts
        self.until = until
        self.ground = ground
        self.nameKey = nameKey
        self.changedAt = OpeningRow.hour(of: changedAt)
    }

    /// The beginning of the hour, counted from 1970.
    package static func hour(of moment: Instant) -> Instant {
        let hour: Int64 = 3_600_000
        let past = moment.milliseconds % hour
        return Instant(milliseconds: moment.milliseconds - (past < 0 ? past + hour : past))
    }
}

extension OpeningRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "openings", key: ["principal", "dossier"],
        columns: ["parts", "until", "ground", "name_key", "changed_at"])

    package var values: [RegisterValue] {
        [
            .text(principal), RegisterValue(dossier), .text(parts), RegisterValue(until), .text(ground), .text(nameKey),
            RegisterValue(changedAt),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        principal = try reader.text()
        dossier = try reader.id()
        parts = try reader.text()
        until = try reader.optionalDay()
        ground = try reader.text()
        nameKey = try reader.text()
        changedAt = try reader.instant()
    }
}
