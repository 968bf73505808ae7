import Domain
import Journal

/// Who writes where, in the database: two people meet each other there whichever nodes they are on.
package struct PostgresPresences: Presences {
    private let store: PostgresStore

    package init(_ store: PostgresStore) { self.store = store }

    package func note(_ person: PersonID, in part: String, of dossier: DossierID, at now: Instant) async throws {
        let values: [PostgresValue] = [PostgresValue(dossier), .text(part), PostgresValue(person), PostgresValue(now)]
        try await store.change { db in
            _ = try db.execute(
                """
                INSERT INTO presences (dossier, part, person, at) VALUES (?, ?, ?, ?)
                ON CONFLICT (dossier, part, person) DO UPDATE SET at = excluded.at
                """, values)
        }
    }

    package func others(
        than person: PersonID, in part: String?, of dossier: DossierID, at now: Instant
    ) async throws -> [PersonID] {
        let since = PostgresValue(now.adding(milliseconds: -Presence.lasts))
        return try await store.ask { db in
            try db.rows(
                """
                SELECT DISTINCT person FROM presences
                WHERE dossier = ? AND person <> ? AND at > ? AND part = coalesce(?, part) ORDER BY person
                """, [PostgresValue(dossier), PostgresValue(person), since, PostgresValue(part)]
            ).map { try $0.id(0) }
        }
    }
}
