import Domain
import Foundation
import GRDB
import Journal

/// Drafts in SQLite.
package struct SQLiteDrafts: Drafts {
    private let store: SQLiteStore

    package init(_ store: SQLiteStore) { self.store = store }

    package func save(_ bytes: Data, person: PersonID, form: String, stream: StreamID, at: Instant) async throws {
        guard bytes.count <= Draft.largest else { throw VaultFault.tooLarge(limit: Draft.largest) }
        let store = store
        try await store.write { db in
            let key = try store.sealingKey(stream, db)
            let sealed = try VaultSeal.draft(key, person: person, form: form, stream: stream).sealed(bytes)
            try db.execute(
                sql: """
                    INSERT INTO drafts (person, form, stream, sealed, updated) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET stream = excluded.stream, sealed = excluded.sealed, updated = excluded.updated
                    """,
                arguments: [person.rawValue, form, stream.rawValue, sealed, at.milliseconds])
        }
    }

    package func draft(person: PersonID, form: String) async throws -> Draft? {
        let store = store
        return try await store.read { db in
            let statement = try db.cachedStatement(sql: "SELECT * FROM drafts WHERE person = ? AND form = ?")
            guard let row = try Row.fetchOne(statement, arguments: [person.rawValue, form]) else { return nil }
            let stream = StreamID(row["stream"])
            let key: StreamKey
            do {
                key = try store.openingKey(stream, db)
            } catch JournalFault.erased {
                return nil
            }
            guard let bytes = VaultSeal.draft(key, person: person, form: form, stream: stream).opened(row["sealed"]) else {
                throw VaultFault.draftDamaged
            }
            return Draft(bytes: bytes, stream: stream, updated: Instant(milliseconds: row["updated"]))
        }
    }

    package func begun(by person: PersonID) async throws -> [BegunDraft] {
        try await store.read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT form, stream, updated FROM drafts WHERE person = ? ORDER BY updated DESC, form")
            return try Row.fetchAll(statement, arguments: [person.rawValue]).map { row in
                BegunDraft(
                    form: row["form"], stream: StreamID(row["stream"]), updated: Instant(milliseconds: row["updated"]))
            }
        }
    }

    package func discard(person: PersonID, form: String) async throws {
        try await store.write { db in
            try db.execute(sql: "DELETE FROM drafts WHERE person = ? AND form = ?", arguments: [person.rawValue, form])
        }
    }

    package func purge(before: Instant) async throws -> Int {
        try await store.write { db in
            try db.execute(sql: "DELETE FROM drafts WHERE updated < ?", arguments: [before.milliseconds])
            return db.changesCount
        }
    }
}
