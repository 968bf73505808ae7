/// One typed row of a register.
///
/// No free text about a child stands in a register but its name.
package protocol RegisterRow: Hashable, Sendable {
    /// The table that such rows stand in.
    static var table: RegisterTable { get }
    /// All values in the order of the table's columns, the key first.
    var values: [RegisterValue] { get }
    /// Reads the values back, in the same order; derived columns at the end may be left unread.
    init(from reader: inout RegisterReader) throws(JournalFault)
}

extension RegisterRow {
    /// What names this row among all rows of all registers.
    package var key: RegisterKey {
        RegisterKey(table: Self.table, values: Array(values.prefix(Self.table.keyCount)))
    }

    /// The row that these stored values stand for. Throws `unreadableRow`.
    package init(values: [RegisterValue]) throws(JournalFault) {
        var reader = RegisterReader(table: Self.table.name, values: values)
        try self.init(from: &reader)
    }
}

/// The kinds of rows there are.
package enum RegisterRows {
    /// All of them; the order is that of dumps and digests.
    package static let all: [any RegisterRow.Type] = [
        DossierRow.self, OpeningRow.self, TaskRow.self, ChangeRow.self, ProcedureRow.self, DecisionRow.self, PersonRow.self,
        OrganisationRow.self, FunctionRow.self, RetentionRow.self, RemainRow.self, RightsRow.self, QuestionRow.self,
    ]
    /// The tables of all kinds of rows.
    package static var tables: [RegisterTable] { all.map { $0.table } }
}

/// What names one row: its table and the values of its primary key.
package struct RegisterKey: Hashable, Sendable {
    package let table: RegisterTable
    package let values: [RegisterValue]

    package init(table: RegisterTable, values: [RegisterValue]) {
        self.table = table
        self.values = values
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.table.name == right.table.name && left.values == right.values
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(table.name)
        hasher.combine(values)
    }
}
