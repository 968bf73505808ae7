import Domain
import Foundation
import Journal

/// The journal and its registers in PostgreSQL, for several nodes at once.
package final class PostgresJournal: Journal, Sendable {
    /// The store that it shares with the vault.
    package let store: PostgresStore

    /// The journal of this store.
    package init(_ store: PostgresStore) { self.store = store }

    package func append(_ appending: Appending) async throws -> [RecordedEvent] {
        let keys = store.keys
        return try await store.write { db in try PostgresEvents(db).append(appending, keys: keys) }
    }

    package func appendAll(_ appendings: [Appending]) async throws -> [[RecordedEvent]] {
        let keys = store.keys
        return try await store.writeAlone { db in
            let events = PostgresEvents(db)
            return try appendings.map { try events.append($0, keys: keys) }
        }
    }

    package func read(_ stream: StreamID, after version: Int) async throws(JournalFault) -> [RecordedEvent] {
        let keys = store.keys
        return try await store.asked { db in
            // One statement: whether it was erased and what stands in it are of one moment.
            let found = try db.rows(
                """
                SELECT \(PostgresEvents.columns.split(separator: ", ").map { "e.\($0)" }.joined(separator: ", ")), x.stream
                FROM (SELECT ? :: text COLLATE "C" AS stream) AS one
                LEFT JOIN erased_streams x ON x.stream = one.stream
                LEFT JOIN events e ON e.stream = one.stream AND e.version > ? AND x.stream IS NULL
                ORDER BY e.version
                """, [PostgresValue(stream), PostgresValue(version)])
            guard found.first?.optionalText(12) == nil else {
                keys.drop([stream])
                throw JournalFault.erased(stream)
            }
            let rows = try found.filter { $0.optionalInt(0) != nil }.map { try PostgresEvents.event($0) }
            guard !rows.isEmpty else { return [] }
            guard let key = try keys.existing(stream) else { throw JournalFault.keyMissing(stream) }
            return try rows.map { try $0.opened(with: key) }
        }
    }

    package func streams(prefix: String, after stream: StreamID?, limit: Int) async throws(JournalFault) -> [StreamID] {
        try await store.asked { db in try PostgresEvents(db).streams(prefix: prefix, after: stream, limit: limit) }
    }

    package func head() async throws(JournalFault) -> Int64 {
        try await store.asked { db in try db.rows("SELECT coalesce(max(sequence), 0) FROM events").first?.int(0) ?? 0 }
    }

    package func events(after sequence: Int64, limit: Int) async throws(JournalFault) -> [RecordedEvent] {
        let keys = store.keys
        return try await store.fetchAlong { db in
            let rows = try db.rows(
                """
                SELECT \(PostgresEvents.columns) FROM events
                WHERE sequence > ? AND NOT EXISTS (SELECT 1 FROM erased_streams x WHERE x.stream = events.stream)
                ORDER BY sequence LIMIT ?
                """, [.int(sequence), PostgresValue(max(0, limit))]
            ).map { try PostgresEvents.event($0) }
            let known = try keys.existing(rows.map(\.stream))
            return try rows.map { row in
                guard let key = known[row.stream] else { throw JournalFault.keyMissing(row.stream) }
                return try row.opened(with: key)
            }
        }
    }

    package func rows(after sequence: Int64, limit: Int) async throws(JournalFault) -> [SealedEvent] {
        try await store.fetchAlong { db in
            try db.rows(
                "SELECT \(PostgresEvents.columns) FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?",
                [.int(sequence), PostgresValue(max(0, limit))]
            ).map { try PostgresEvents.event($0) }
        }
    }
}
