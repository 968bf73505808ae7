import Domain

/// How many things of one kind were in dossiers that were destroyed: what figures are kept of, without a person.
package struct RemainRow: RegisterRow {
    /// The statement of the destruction.
    package var statement: String
    /// Its place in the statement, 0, 1, 2….
    package var place: Int
    /// What is counted: `dossier`, `procedure` or `decision`.
    package var kind: String
    /// Of which kind: the route, or route and outcome; empty for dossiers.
    package var what: String
    /// In which state it stood, as in the register that it was in.
    package var state: String
    /// The first calendar year of the school year in which it ended; nil when it has no end.
    package var year: Int?
    package var count: Int

    package init(statement: String, place: Int, kind: String, what: String, state: String, year: Int?, count: Int) {
        self.statement = statement
        self.place = place
        self.kind = kind
        self.what = what
        self.state = state
        self.year = year
        self.count = count
    }
}

extension RemainRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "remains", key: ["statement", "place"], columns: ["kind", "what", "state", "year", "count"])

    package var values: [RegisterValue] {
        [
            .text(statement), RegisterValue(place), .text(kind), .text(what), .text(state),
            year.map { RegisterValue($0) } ?? .null,
            RegisterValue(count),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        statement = try reader.text()
        place = Int(try reader.int())
        kind = try reader.text()
        what = try reader.text()
        state = try reader.text()
        year = try reader.optionalInt().map { Int($0) }
        count = Int(try reader.int())
    }
}

extension RegisterCounts {
    /// Adds what was counted in dossiers that were destroyed, so that figures stay what they were.
    package mutating func add(_ remain: RemainRow) {
        switch remain.kind {
        case "dossier": dossiers[remain.state, default: 0] += remain.count
        case "procedure": procedures[remain.what, default: [:]][remain.state, default: 0] += remain.count
        case "decision": decisions += remain.count
        default: break
        }
    }
}
