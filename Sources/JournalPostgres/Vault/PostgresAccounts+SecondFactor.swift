import Domain
import Foundation
import Journal

extension PostgresAccounts {
    package func proveSession(_ digest: Data, at: Instant) async throws {
        try await store.change { db in
            _ = try db.execute(
                "UPDATE sessions SET proved = ?, recognised = ? WHERE token = ?",
                [PostgresValue(at), PostgresValue(at), .bytes(digest)])
        }
    }

    package func recogniseSession(_ digest: Data, at: Instant) async throws {
        try await store.change { db in
            _ = try db.execute("UPDATE sessions SET recognised = ? WHERE token = ?", [PostgresValue(at), .bytes(digest)])
        }
    }

    package func secondFactor(of person: PersonID) async throws -> SecondFactor? {
        let store = store
        return try await store.ask { db in try Self.secondFactor(of: person, store, db) }
    }

    package func secondFactorToSetUp(
        _ secret: OneTimeSecret, of person: PersonID, in session: Data
    ) async throws -> SecondFactor {
        let store = store
        return try await store.write { db in
            if let kept = try Self.secondFactor(of: person, store, db), kept.since != nil || kept.session == session {
                return kept
            }
            let key = try store.sealingKey(Self.stream(person), db)
            let sealed = try VaultSeal.secondFactor(key, person: person).sealed(secret.bytes)
            let changed = try db.execute(
                """
                INSERT INTO second_factors (person, sealed, session)
                SELECT person, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL
                ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, session = excluded.session
                """, [.bytes(sealed), .bytes(session), PostgresValue(person)]
            ).changed
            guard changed == 1 else { throw AccountRefusal.unknownAccount }
            return SecondFactor(secret: secret, since: nil, spent: 0, recoveryCodes: 0, session: session)
        }
    }

    package func confirmSecondFactor(
        of person: PersonID, in session: Data, spent: Int64, recovery: [Data], at: Instant
    ) async throws -> Bool {
        let store = store
        return try await store.change { db in
            let changed = try db.execute(
                """
                UPDATE second_factors SET since = ?, spent = ?, session = NULL
                WHERE person = ? AND since IS NULL AND session = ?
                """, [PostgresValue(at), .int(spent), PostgresValue(person), .bytes(session)]
            ).changed
            guard changed == 1 else { return false }
            try Self.replaceRecoveryCodes(recovery, of: person, store, db)
            return true
        }
    }

    package func spendStep(_ step: Int64, of person: PersonID) async throws -> Bool {
        try await store.change { db in
            try db.execute(
                "UPDATE second_factors SET spent = ? WHERE person = ? AND spent < ? AND since IS NOT NULL",
                [.int(step), PostgresValue(person), .int(step)]
            ).changed == 1
        }
    }

    package func spendRecoveryCode(_ digest: Data, of person: PersonID) async throws -> Bool {
        let store = store
        return try await store.change { db in
            let seal = VaultSeal.secondFactor(try store.openingKey(Self.stream(person), db), person: person)
            return try db.execute(
                "DELETE FROM recovery_codes WHERE person = ? AND code = ?", [PostgresValue(person), .bytes(seal.mark(digest))]
            ).changed == 1
        }
    }

    package func replaceRecoveryCodes(_ digests: [Data], of person: PersonID) async throws {
        let store = store
        try await store.change { db in try Self.replaceRecoveryCodes(digests, of: person, store, db) }
    }

    package func deleteSecondFactor(of person: PersonID) async throws {
        try await store.change { db in
            _ = try db.executeAll(
                ["recovery_codes", "second_factors"].map {
                    PostgresConnection.Statement("DELETE FROM \($0) WHERE person = ?", [PostgresValue(person)])
                })
        }
    }

    private static func replaceRecoveryCodes(
        _ digests: [Data], of person: PersonID, _ store: PostgresStore, _ db: PostgresConnection
    ) throws {
        let seal = VaultSeal.secondFactor(try store.openingKey(stream(person), db), person: person)
        let inserts = digests.map { digest in
            PostgresConnection.Statement(
                "INSERT INTO recovery_codes (person, code) VALUES (?, ?)", [PostgresValue(person), .bytes(seal.mark(digest))])
        }
        try db.executeAll([.init("DELETE FROM recovery_codes WHERE person = ?", [PostgresValue(person)])] + inserts)
    }

    private static func secondFactor(
        of person: PersonID, _ store: PostgresStore, _ db: PostgresConnection
    ) throws -> SecondFactor? {
        let row = try db.rows(
            """
            SELECT sealed, since, spent, session, (SELECT count(*) FROM recovery_codes c WHERE c.person = f.person)
            FROM second_factors f WHERE person = ?
            """, [PostgresValue(person)]
        ).first
        guard let row else { return nil }
        let key = try store.openingKey(stream(person), db)
        guard let bytes = VaultSeal.secondFactor(key, person: person).opened(try row.bytes(0)) else {
            throw VaultFault.unreadable(table: "second_factors")
        }
        return SecondFactor(
            secret: OneTimeSecret(bytes: bytes), since: row.optionalMoment(1), spent: try row.int(2),
            recoveryCodes: Int(try row.int(4)), session: row.optionalBytes(3))
    }

    /// No stream of events: only what its key is filed under.
    private static func stream(_ person: PersonID) -> StreamID { StreamID(rawValue: "second-factor-\(person)") }
}
