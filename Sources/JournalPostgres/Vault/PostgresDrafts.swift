import Domain
import Foundation
import Journal

/// Drafts in PostgreSQL: what was typed on one node is found on another.
package struct PostgresDrafts: Drafts {
    private let store: PostgresStore

    package init(_ store: PostgresStore) { self.store = store }

    package func save(_ bytes: Data, person: PersonID, form: String, stream: StreamID, at: Instant) async throws {
        guard bytes.count <= Draft.largest else { throw VaultFault.tooLarge(limit: Draft.largest) }
        let store = store
        try await store.write { db in
            let key = try store.sealingKey(stream, db)
            let sealed = try VaultSeal.draft(key, person: person, form: form, stream: stream).sealed(bytes)
            try db.execute(
                """
                INSERT INTO drafts (person, form, stream, sealed, updated) VALUES (?, ?, ?, ?, ?) ON CONFLICT (person, form)
                DO UPDATE SET stream = excluded.stream, sealed = excluded.sealed, updated = excluded.updated
                """, [PostgresValue(person), .text(form), PostgresValue(stream), .bytes(sealed), PostgresValue(at)])
        }
    }

    package func draft(person: PersonID, form: String) async throws -> Draft? {
        let store = store
        return try await store.ask { db in
            let row = try db.rows(
                "SELECT stream, sealed, updated FROM drafts WHERE person = ? AND form = ?", [PostgresValue(person), .text(form)]
            ).first
            guard let row else { return nil }
            let stream: StreamID = try row.id(0)
            let key: StreamKey
            do {
                key = try store.openingKey(stream, db)
            } catch JournalFault.erased {
                return nil
            }
            guard let bytes = VaultSeal.draft(key, person: person, form: form, stream: stream).opened(try row.bytes(1)) else {
                throw VaultFault.draftDamaged
            }
            return Draft(bytes: bytes, stream: stream, updated: try row.moment(2))
        }
    }

    package func begun(by person: PersonID) async throws -> [BegunDraft] {
        try await store.ask { db in
            try db.rows(
                "SELECT form, stream, updated FROM drafts WHERE person = ? ORDER BY updated DESC, form", [PostgresValue(person)]
            ).map { row in
                BegunDraft(form: try row.text(0), stream: try row.id(1), updated: try row.moment(2))
            }
        }
    }

    package func discard(person: PersonID, form: String) async throws {
        try await store.change { db in
            _ = try db.execute("DELETE FROM drafts WHERE person = ? AND form = ?", [PostgresValue(person), .text(form)])
        }
    }

    package func purge(before: Instant) async throws -> Int {
        try await store.change { db in
            try db.execute("DELETE FROM drafts WHERE updated < ?", [PostgresValue(before)]).changed
        }
    }
}
