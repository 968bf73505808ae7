import Foundation
import Journal

/// The shared store as one end of a copy.
package struct PostgresCopy: CopySource, CopyTarget {
    private let store: PostgresStore
    private let address: PostgresAddress

    /// - Parameter address: of the journal of this store: a copy takes long, and has a connection of its own.
    package init(_ store: PostgresStore, _ address: PostgresAddress) {
        self.store = store
        self.address = address
    }

    /// A connection on which nothing is cut off for taking long.
    private func connection() throws -> PostgresConnection {
        var limits = PostgresConnection.Limits()
        limits.statement = 0
        limits.idle = 0
        return try PostgresConnection(address, limits: limits)
    }

    package func give(_ body: (any CopiedRows) throws -> Void) throws {
        try Self.faults {
            let db = try connection()
            try db.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try body(Rows(db: db, keys: store.keys))
            try db.script("COMMIT")
        }
    }

    package func take(_ body: (any CopyFilling) throws -> Void) throws {
        try Self.faults {
            let db = try connection()
            try db.script("BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE turn IN EXCLUSIVE MODE")
            for table in CopiedTable.all {
                let rows = try db.rows("SELECT EXISTS (SELECT 1 FROM \(table.name))").first?.truth(0)
                if rows != false { throw CopyFault.notEmpty }
            }
            try db.script("ALTER TABLE events DISABLE TRIGGER events_gapless")
            try body(Filling(db: db, keys: store.keys))
            try db.script(
                """
                ALTER TABLE events ENABLE TRIGGER events_gapless;
                SELECT setval(pg_get_serial_sequence('reads', 'sequence'), max(sequence)) FROM reads HAVING count(*) > 0
                """)
            guard try db.execute("COMMIT").done == "COMMIT" else { throw JournalFault.unexpected(type: "rollback") }
            // What lies there now is another amount than the server reckons with.
            try db.script("ANALYZE")
        }
    }

    private static func faults(_ work: () throws -> Void) throws {
        do { try work() } catch let error as PostgresError { throw JournalFault(error) }
    }

    private struct Rows: CopiedRows {
        let db: PostgresConnection
        let keys: PostgresKeys

        func each(_ table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
            if table == .keys { return try keys.each { try body([.text($0), .bytes([UInt8]($1))]) } }
            let page = table == .blobs ? 4 : 1_000
            let order = table.order.joined(separator: ", ")
            let marks = table.order.map { _ in "?" }.joined(separator: ", ")
            var last: [PostgresValue]?
            while true {
                let start = last == nil ? "" : "WHERE (\(order)) > (\(marks))"
                let rows = try db.rows(
                    "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.name) \(start) ORDER BY \(order) LIMIT ?",
                    (last ?? []) + [PostgresValue(page)])
                for row in rows {
                    let values = try table.columns.indices.map { try row.copiedValue($0) }
                    last = values.prefix(table.order.count).map(\.sent)
                    try body(values)
                }
                guard rows.count == page else { return }
            }
        }
    }

    private struct Filling: CopyFilling {
        let db: PostgresConnection
        let keys: PostgresKeys

        func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws {
            if table == .keys {
                return try keys.fill(
                    rows.compactMap { row in
                        guard case .text(let stream) = row[0], case .bytes(let wrapped) = row[1] else { return nil }
                        return (stream, Data(wrapped))
                    })
            }
            let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
            let insert = "INSERT INTO \(table.name) (\(table.columns.joined(separator: ", "))) VALUES (\(marks))"
            try db.executeAll(rows.map { PostgresConnection.Statement(insert, $0.map(\.sent)) })
        }
    }
}

extension PostgresRow {
    fileprivate func copiedValue(_ column: Int) throws -> CopiedValue {
        if let bytes = optionalBytes(column) { return .bytes([UInt8](bytes)) }
        return switch registerValue(column) {
        case .null: .null
        case .int(let number): .int(number)
        case .text(let text): .text(text)
        case nil: throw JournalFault.unreadableRow(table: "copied")
        }
    }
}

extension CopiedValue {
    fileprivate var sent: PostgresValue {
        switch self {
        case .null: .null
        case .int(let number): .int(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytes(Data(bytes))
        }
    }
}
