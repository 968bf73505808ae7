import Foundation
import GRDB
import Journal

/// The embedded store as one end of a copy.
package struct SQLiteCopy: CopySource, CopyTarget {
    private let store: SQLiteStore
    private let blobs: URL?

    /// - Parameter directory: the folder of the installation, in whose `blobs/` large contents lie.
    package init(_ store: SQLiteStore, directory: URL?) {
        self.store = store
        blobs = directory?.appending(path: "blobs", directoryHint: .isDirectory)
    }

    package func give(_ body: (any CopiedRows) throws -> Void) throws {
        try store.database.read { db in try body(Rows(db: db, keys: store.keys, blobs: blobs)) }
    }

    package func take(_ body: (any CopyFilling) throws -> Void) throws {
        try store.database.write { db in
            for table in CopiedTable.all {
                let rows = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table.name))") ?? false
                if rows { throw CopyFault.notEmpty }
            }
            let guardSQL = try String.fetchOne(
                db, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'events_gapless'")
            guard let guardSQL else { throw JournalFault.unreadableRow(table: "sqlite_master") }
            try db.execute(sql: "DROP TRIGGER events_gapless")
            try body(Filling(db: db, keys: store.keys))
            try db.execute(sql: guardSQL)
        }
        try store.keys.truncateLog()
    }

    private struct Rows: CopiedRows {
        let db: Database
        let keys: SQLiteKeys
        let blobs: URL?

        func each(_ table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
            if table == .keys { return try keys.each { try body([.text($0), .bytes([UInt8]($1))]) } }
            let cursor = try Row.fetchCursor(
                db,
                sql:
                    "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.name) ORDER BY \(table.order.joined(separator: ", "))"
            )
            while let row = try cursor.next() {
                var values = try row.databaseValues.map { try CopiedValue($0) }
                if table == .blobs, values.last == .null, case .text(let id) = values[0] {
                    guard let blobs, let sealed = try? Data(contentsOf: blobs.appending(path: id)) else {
                        throw CopyFault.contentsMissing(id)
                    }
                    values[values.count - 1] = .bytes([UInt8](sealed))
                }
                try body(values)
            }
        }
    }

    private struct Filling: CopyFilling {
        let db: Database
        let keys: SQLiteKeys

        func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws {
            if table == .keys {
                return try keys.fill(
                    rows.compactMap { row in
                        guard case .text(let stream) = row[0], case .bytes(let wrapped) = row[1] else { return nil }
                        return (stream, Data(wrapped))
                    })
            }
            let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
            let insert = try db.cachedStatement(
                sql: "INSERT INTO \(table.name) (\(table.columns.joined(separator: ", "))) VALUES (\(marks))")
            for row in rows { try insert.execute(arguments: StatementArguments(row.map(\.stored))) }
        }
    }
}

extension CopiedValue {
    fileprivate init(_ value: DatabaseValue) throws {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .int(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes([UInt8](data))
        case .double: throw JournalFault.unreadableRow(table: "copied")
        }
    }

    fileprivate var stored: DatabaseValue {
        switch self {
        case .null: .null
        case .int(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
