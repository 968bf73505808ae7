import Domain
import Foundation
import Journal

// Who people are where they sign in elsewhere.
extension PostgresAccounts {
    package func insert(_ identity: LinkedIdentity, subject: Data, spending link: Data?) async throws -> Bool {
        let store = store
        return try await store.write { db in
            let person = PostgresValue(identity.person)
            if let link {
                let spent = try db.execute(
                    "DELETE FROM password_links WHERE token = ? AND person = ?", [.bytes(link), person]
                ).changed
                guard spent == 1 else { return false }
            }
            let key = try store.sealingKey(Self.stream(identity.provider), db)
            let mark = VaultSeal.identities(key, provider: identity.provider).mark(subject)
            let changed: Int
            do {
                changed = try db.execute(
                    """
                    INSERT INTO identities (provider, subject, person, organisation, since, used)
                    SELECT ?, ?, person, ?, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL
                    """,
                    [
                        .text(identity.provider), .bytes(mark), .text(identity.organisation), PostgresValue(identity.since),
                        PostgresValue(identity.used), person,
                    ]
                ).changed
            } catch let error as PostgresError where error.isUnique {
                throw AccountRefusal.identityTaken
            }
            guard changed == 1 else { throw AccountRefusal.unknownAccount }
            // Two people know a password that was handed out, and now nobody needs it.
            try db.execute(
                "UPDATE accounts SET password = NULL, handed_out = 0 WHERE person = ? AND handed_out = 1", [person])
            try Self.endLink(identity.person, db)
            return true
        }
    }

    package func identity(_ subject: Data, at provider: String) async throws -> LinkedIdentity? {
        let store = store
        return try await store.ask { db in
            // Before anybody was linked there is no key, and so nobody to find.
            guard let key = try store.keys.existing(Self.stream(provider)) else { return nil }
            let mark = VaultSeal.identities(key, provider: provider).mark(subject)
            return try Self.identities("WHERE provider = ? AND subject = ?", [.text(provider), .bytes(mark)], db).first
        }
    }

    package func identities(of person: PersonID) async throws -> [LinkedIdentity] {
        try await store.ask { db in
            try Self.identities("WHERE person = ? ORDER BY since, provider", [PostgresValue(person)], db)
        }
    }

    package func touchIdentity(of person: PersonID, at provider: String, organisation: String, at: Instant) async throws {
        try await store.change { db in
            _ = try db.execute(
                "UPDATE identities SET used = ?, organisation = ? WHERE person = ? AND provider = ?",
                [PostgresValue(at), .text(organisation), PostgresValue(person), .text(provider)])
        }
    }

    package func deleteIdentity(of person: PersonID, at provider: String, except session: Data?) async throws -> Bool {
        try await store.change { db in
            // Held until the end, so that two who are taken away at once do not each count the other.
            let others = try db.rows(
                """
                SELECT CASE WHEN password IS NOT NULL
                    OR EXISTS (SELECT 1 FROM identities i WHERE i.person = accounts.person AND provider <> ?) THEN 1 ELSE 0 END
                FROM accounts WHERE person = ? FOR UPDATE
                """, [.text(provider), PostgresValue(person)]
            ).first
            guard try others?.int(0) == 1 else { throw AccountRefusal.lastWayIn }
            let deleted = try db.execute(
                "DELETE FROM identities WHERE person = ? AND provider = ?", [PostgresValue(person), .text(provider)]
            ).changed
            guard deleted == 1 else { return false }
            try db.execute(
                "DELETE FROM sessions WHERE person = ? AND provider = ? AND token IS DISTINCT FROM ?",
                [PostgresValue(person), .text(provider), PostgresValue(session)])
            return true
        }
    }

    package func deleteIdentities(of person: PersonID) async throws {
        try await store.change { db in
            _ = try db.execute("DELETE FROM identities WHERE person = ?", [PostgresValue(person)])
        }
    }

    private static func identities(
        _ rest: String, _ values: [PostgresValue], _ db: PostgresConnection
    ) throws -> [LinkedIdentity] {
        try db.rows("SELECT provider, person, organisation, since, used FROM identities \(rest)", values).map { row in
            LinkedIdentity(
                provider: try row.text(0), person: try row.id(1), organisation: try row.text(2), since: try row.moment(3),
                used: row.optionalMoment(4))
        }
    }

    /// No stream of events: only what its key is filed under.
    private static func stream(_ provider: String) -> StreamID { StreamID(rawValue: "sign-in-\(provider)") }
}
