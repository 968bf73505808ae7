import Domain

/// One change of a dossier, as the news shows it.
package struct ChangeRow: RegisterRow {
    /// The dossier.
    package var dossier: DossierID
    /// The version of the stream that it made.
    package var version: Int
    /// When.
    package var at: Instant
    /// Who did it.
    package var actor: PersonID
    /// What kind of change, a key of the texts.
    package var code: String
    /// Which procedure, step or part; never free text about a child.
    package var detail: String

    package init(dossier: DossierID, version: Int, at: Instant, actor: PersonID, code: String, detail: String) {
        self.dossier = dossier
        self.version = version
        self.at = at
        self.actor = actor
        self.code = code
        self.detail = detail
    }
}

extension ChangeRow {
    /// The table's frozen names.
    package static let table = RegisterTable("changes", key: ["dossier", "version"], columns: ["at", "actor", "code", "detail"])

    package var values: [RegisterValue] {
        [
            RegisterValue(dossier), RegisterValue(version), RegisterValue(at), RegisterValue(actor), .text(code), .text(detail),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        dossier = try reader.id()
        version = Int(try reader.int())
        at = try reader.instant()
        actor = try reader.id()
        code = try reader.text()
        detail = try reader.text()
    }
}
