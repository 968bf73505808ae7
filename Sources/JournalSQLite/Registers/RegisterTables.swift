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
        try Self.rows(try db.cachedStatement(sql: sql), arguments)
    }

    /// The rows of a statement whose columns are those of the row's table.
    static func rows<Row: RegisterRow>(_ statement: Statement, _ arguments: StatementArguments) throws -> [Row] {
        let cursor = try StoredRow.fetchCursor(statement, arguments: arguments)
        var rows: [Row] = []
        while let row = try cursor.next() { rows.append(try Row(values: try row.whole(of: Row.table))) }
        return rows
    }

    /// Goes through all rows of a register in order of key.
    func each(_ table: RegisterTable, _ body: ([RegisterValue]) throws -> Void) throws {
        let cursor = try StoredRow.fetchCursor(try db.makeStatement(sql: RegisterStatements.of(table).all))
        while let row = try cursor.next() { try body(try row.whole(of: table)) }
    }
}

/// A row as it lies in the statement, taken from there at once: the rows of one page hold thousands of values.
///
/// To the library it is the value of the first column, which is part of the key of every register and so never nothing.
private struct StoredRow: DatabaseValueConvertible, StatementColumnConvertible {
    /// Nil where a value has a type that no register has.
    private let values: [RegisterValue]?

    /// All values of the row. Throws `unreadableRow`.
    func whole(of table: RegisterTable) throws(JournalFault) -> [RegisterValue] {
        guard let values, values.count == table.columns.count else { throw .unreadableRow(table: table.name) }
        return values
    }

    init(sqliteStatement statement: SQLiteStatement, index: CInt) {
        let count = sqlite3_column_count(statement)
        var values: [RegisterValue] = []
        values.reserveCapacity(Int(count))
        for index in 0..<count {
            guard let value = Self.value(statement, index) else {
                self.values = nil
                return
            }
            values.append(value)
        }
        self.values = values
    }

    private init(_ value: RegisterValue?) { values = value.map { [$0] } }

    private static func value(_ statement: SQLiteStatement, _ index: CInt) -> RegisterValue? {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .int(sqlite3_column_int64(statement, index))
        case SQLITE_TEXT: text(statement, index)
        default: nil
        }
    }

    private static func text(_ statement: SQLiteStatement, _ index: CInt) -> RegisterValue? {
        guard let bytes = sqlite3_column_text(statement, index) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, index))
        return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> StoredRow? { StoredRow(RegisterValue.fromDatabaseValue(value)) }

    var databaseValue: DatabaseValue { values?.first?.databaseValue ?? .null }
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
