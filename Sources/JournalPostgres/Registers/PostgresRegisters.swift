import Domain
import Journal

/// The registers' tables on one connection: writing rows and reading them back as their types.
struct PostgresRegisters {
    let db: PostgresConnection

    init(_ db: PostgresConnection) { self.db = db }

    /// What a change does, in order: deletes, then upserts.
    static func statements(_ change: RegisterChange) -> [PostgresConnection.Statement] {
        var statements = change.deletes.map { key in
            PostgresConnection.Statement(RegisterStatements.of(key.table).delete, key.values.map { PostgresValue($0) })
        }
        for dossier in change.dossiers {
            for table in RegisterRows.tables {
                guard let delete = RegisterStatements.of(table).deleteDossier else { continue }
                statements.append(PostgresConnection.Statement(delete, [PostgresValue(dossier)]))
            }
        }
        return statements
            + change.upserts.map { row in
                PostgresConnection.Statement(
                    RegisterStatements.of(type(of: row).table).upsert, row.values.map { PostgresValue($0) })
            }
    }

    /// What adds a row that may not be there yet.
    static func insert(_ row: any RegisterRow) -> PostgresConnection.Statement {
        PostgresConnection.Statement(RegisterStatements.of(type(of: row).table).insert, row.values.map { PostgresValue($0) })
    }

    /// Deletes and upserts inside the transaction that is open.
    func apply(_ change: RegisterChange) throws { try run(Self.statements(change)) }

    /// Runs statements that write rows. Throws `registerClash` when one would take what is another row's.
    func run(_ statements: [PostgresConnection.Statement]) throws {
        do {
            try db.executeAll(statements)
        } catch let error as PostgresError where error.isUnique {
            guard let table = error.table, RegisterRows.tables.contains(where: { $0.name == table }) else { throw error }
            throw JournalFault.registerClash(table: table)
        }
    }

    /// Empties every register.
    func removeAll() throws {
        try db.executeAll(RegisterRows.tables.map { PostgresConnection.Statement("DELETE FROM \($0.name)") })
    }

    /// Goes through all rows of a register in order of key, page by page.
    func each(_ table: RegisterTable, _ body: ([RegisterValue]) throws -> Void) throws {
        let page = 5_000
        let key = table.columns.prefix(table.keyCount).joined(separator: ", ")
        let marks = Array(repeating: "?", count: table.keyCount).joined(separator: ", ")
        let columns = table.columns.joined(separator: ", ")
        var last: [PostgresValue]?
        while true {
            let start = last == nil ? "" : "WHERE (\(key)) > (\(marks))"
            let rows = try db.rows(
                "SELECT \(columns) FROM \(table.name) \(start) ORDER BY \(key) LIMIT ?", (last ?? []) + [PostgresValue(page)])
            for row in rows {
                let values = try Self.values(row, table)
                last = values.prefix(table.keyCount).map { PostgresValue($0) }
                try body(values)
            }
            guard rows.count == page else { return }
        }
    }

    /// The typed row of a stored one whose columns are those of its table.
    static func row<Row: RegisterRow>(_ row: PostgresRow) throws -> Row {
        try Row(values: try values(row, Row.table))
    }

    private static func values(_ row: PostgresRow, _ table: RegisterTable) throws(JournalFault) -> [RegisterValue] {
        var values: [RegisterValue] = []
        values.reserveCapacity(table.columns.count)
        for index in table.columns.indices {
            guard let value = row.registerValue(index) else { throw .unreadableRow(table: table.name) }
            values.append(value)
        }
        return values
    }
}
