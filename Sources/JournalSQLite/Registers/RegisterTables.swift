import Domain
import GRDB
import GRDBSQLite
import Journal

/// The registers' tables on one connection: writing rows and reading them back as their types.
struct RegisterTables {
    let db: Database

    init(_ db: Database) { self.db = db }

    /// Deletes and upserts inside the transaction that is open.
    func apply(_ change: RegisterChange) throws {
        for key in change.deletes {
            try db.cachedStatement(sql: RegisterStatements.of(key.table).delete).execute(
                arguments: StatementArguments(key.values))
        }
        for dossier in change.dossiers {
            for table in RegisterRows.tables {
                guard let delete = RegisterStatements.of(table).deleteDossier else { continue }
                try db.cachedStatement(sql: delete).execute(arguments: [dossier.rawValue])
            }
        }
        for row in change.upserts {
            let table = type(of: row).table
            try write(row.values, table, RegisterStatements.of(table).upsert)
        }
    }

    /// Adds a row that may not be there yet.
    func insert(_ row: any RegisterRow) throws {
        let table = type(of: row).table
        try write(row.values, table, RegisterStatements.of(table).insert)
    }

    private func write(_ values: [RegisterValue], _ table: RegisterTable, _ sql: String) throws {
        do {
            try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
        } catch let error as DatabaseError
            where [.SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY].contains(error.extendedResultCode)
        {
            throw JournalFault.registerClash(table: table.name)
        }
    }

    /// Empties every register.
    func removeAll() throws {
        for table in RegisterRows.tables { try db.execute(sql: "DELETE FROM \(table.name)") }
    }

    /// The rows of a query that selects all columns of the row's table, named `SELECT \(columns)`.
    func rows<Row: RegisterRow>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [Row] {
        let cursor = try GRDB.Row.fetchCursor(try db.cachedStatement(sql: sql), arguments: arguments)
        var rows: [Row] = []
        while let row = try cursor.next() { rows.append(try Self.row(row)) }
        return rows
    }

    /// The typed row of a stored one whose columns from a place on are those of its table.
    static func row<Row: RegisterRow>(_ row: GRDB.Row, from first: Int = 0) throws -> Row {
        try Row(values: try values(row, from: first, count: Row.table.columns.count, table: Row.table.name))
    }

    /// Goes through all rows of a register in order of key.
    func each(_ table: RegisterTable, _ body: ([RegisterValue]) throws -> Void) throws {
        let statement = try db.makeStatement(sql: RegisterStatements.of(table).all)
        let cursor = try GRDB.Row.fetchCursor(statement)
        while let row = try cursor.next() {
            try body(try Self.values(row, from: 0, count: table.columns.count, table: table.name))
        }
    }

    private static func values(
        _ row: GRDB.Row, from first: Int, count: Int, table: String
    ) throws(JournalFault) -> [RegisterValue] {
        var values: [RegisterValue] = []
        values.reserveCapacity(count)
        for index in first..<first + count {
            let stored: StoredValue = row[index]
            guard let value = stored.value else { throw .unreadableRow(table: table) }
            values.append(value)
        }
        return values
    }
}

/// A value as it lies in a column, taken straight from the statement: the rows of one page hold thousands of them.
private struct StoredValue: DatabaseValueConvertible, StatementColumnConvertible {
    /// Nil for a type that no register has.
    let value: RegisterValue?

    init(sqliteStatement statement: SQLiteStatement, index: CInt) {
        value =
            switch sqlite3_column_type(statement, index) {
            case SQLITE_NULL: .null
            case SQLITE_INTEGER: .int(sqlite3_column_int64(statement, index))
            case SQLITE_TEXT: Self.text(statement, index)
            default: nil
            }
    }

    private init(_ value: RegisterValue?) { self.value = value }

    private static func text(_ statement: SQLiteStatement, _ index: CInt) -> RegisterValue? {
        guard let bytes = sqlite3_column_text(statement, index) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, index))
        return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    }

    static func fromStatement(_ statement: SQLiteStatement, atUncheckedIndex index: CInt) -> StoredValue? {
        StoredValue(sqliteStatement: statement, index: index)
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> StoredValue? { StoredValue(RegisterValue.fromDatabaseValue(value)) }

    var databaseValue: DatabaseValue { value?.databaseValue ?? .null }
}

extension RegisterValue: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .int(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> RegisterValue? {
        switch value.storage {
        case .null: .null
        case .int64(let number): .int(number)
        case .string(let text): .text(text)
        case .double, .blob: nil
        }
    }
}
