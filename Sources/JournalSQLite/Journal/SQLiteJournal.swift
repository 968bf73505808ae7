import Domain
import Foundation
import GRDB
import Journal

/// The journal and its registers in one SQLite database; the default of a partnership on one machine.
package final class SQLiteJournal: Journal, Sendable {
    /// The store that it shares with the vault.
    package let store: SQLiteStore

    /// The journal of this store.
    package init(_ store: SQLiteStore) { self.store = store }

    package func append(_ appending: Appending) async throws -> [RecordedEvent] {
        let keys = store.keys
        return try await store.write { db in try EventTable(db).append(appending, keys: keys) }
    }

    package func appendAll(_ appendings: [Appending]) async throws -> [[RecordedEvent]] {
        let keys = store.keys
        return try await store.writeAlone { db in
            let events = EventTable(db)
            return try appendings.map { try events.append($0, keys: keys) }
        }
    }

    package func read(_ stream: StreamID, after version: Int) async throws(JournalFault) -> [RecordedEvent] {
        let keys = store.keys
        return try await store.fetch { db in
            let table = EventTable(db)
            guard try !table.isErased(stream) else { throw JournalFault.erased(stream) }
            let rows = try table.rows(of: stream, after: version)
            guard !rows.isEmpty else { return [] }
            guard let key = try keys.existing(stream) else { throw JournalFault.keyMissing(stream) }
            return try rows.map { try $0.opened(with: key) }
        }
    }

    package func streams(prefix: String, after stream: StreamID?, limit: Int) async throws(JournalFault) -> [StreamID] {
        try await store.fetch { db in try EventTable(db).streams(prefix: prefix, after: stream, limit: limit) }
    }

    package func head() async throws(JournalFault) -> Int64 {
        try await store.fetch { db in try EventTable(db).head() }
    }

    package func events(after sequence: Int64, limit: Int) async throws(JournalFault) -> [RecordedEvent] {
        let keys = store.keys
        return try await store.fetchAlong { db in
            let table = EventTable(db)
            var erased: [StreamID: Bool] = [:]
            var events: [RecordedEvent] = []
            try table.eachRow(after: sequence) { row in
                guard events.count < limit else { return false }
                let isErased = try erased[row.stream] ?? table.isErased(row.stream)
                erased[row.stream] = isErased
                guard !isErased else { return true }
                guard let key = try keys.existing(row.stream) else { throw JournalFault.keyMissing(row.stream) }
                events.append(try row.opened(with: key))
                return true
            }
            return events
        }
    }

    package func rows(after sequence: Int64, limit: Int) async throws(JournalFault) -> [SealedEvent] {
        try await store.fetchAlong { db in
            var rows: [SealedEvent] = []
            try EventTable(db).eachRow(after: sequence) { row in
                guard rows.count < limit else { return false }
                rows.append(row)
                return true
            }
            return rows
        }
    }
}
