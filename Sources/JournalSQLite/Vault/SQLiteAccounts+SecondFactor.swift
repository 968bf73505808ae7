import Domain
import Foundation
import GRDB
import Journal

extension SQLiteAccounts {
    package func proveSession(_ digest: Data, at: Instant) async throws {
        try await store.write { db in
            try db.execute(
                sql: "UPDATE sessions SET proved = ?1, recognised = ?1 WHERE token = ?2", arguments: [at.milliseconds, digest])
        }
    }

    package func recogniseSession(_ digest: Data, at: Instant) async throws {
        try await store.write { db in
            try db.execute(sql: "UPDATE sessions SET recognised = ? WHERE token = ?", arguments: [at.milliseconds, digest])
        }
    }

    package func secondFactor(of person: PersonID) async throws -> SecondFactor? {
        let store = store
        return try await store.read { db in try Self.secondFactor(of: person, store, db) }
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
            try db.execute(
                sql: """
                    INSERT INTO second_factors (person, sealed, session)
                    SELECT person, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL
                    ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, session = excluded.session
                    """, arguments: [sealed, session, person.rawValue])
            guard db.changesCount == 1 else { throw AccountRefusal.unknownAccount }
            return SecondFactor(secret: secret, since: nil, spent: 0, recoveryCodes: 0, session: session)
        }
    }

    package func confirmSecondFactor(
        of person: PersonID, in session: Data, spent: Int64, recovery: [Data], at: Instant
    ) async throws -> Bool {
        let store = store
        return try await store.write { db in
            try db.execute(
                sql: """
                    UPDATE second_factors SET since = ?, spent = ?, session = NULL
                    WHERE person = ? AND since IS NULL AND session = ?
                    """, arguments: [at.milliseconds, spent, person.rawValue, session])
            guard db.changesCount == 1 else { return false }
            try Self.replaceRecoveryCodes(recovery, of: person, store, db)
            return true
        }
    }

    package func spendStep(_ step: Int64, of person: PersonID) async throws -> Bool {
        try await store.write { db in
            try db.execute(
                sql: "UPDATE second_factors SET spent = ? WHERE person = ? AND spent < ? AND since IS NOT NULL",
                arguments: [step, person.rawValue, step])
            return db.changesCount == 1
        }
    }

    package func spendRecoveryCode(_ digest: Data, of person: PersonID) async throws -> Bool {
        let store = store
        return try await store.write { db in
            let seal = VaultSeal.secondFactor(try store.openingKey(Self.stream(person), db), person: person)
            try db.execute(
                sql: "DELETE FROM recovery_codes WHERE person = ? AND code = ?",
                arguments: [person.rawValue, seal.mark(digest)])
            return db.changesCount == 1
        }
    }

    package func replaceRecoveryCodes(_ digests: [Data], of person: PersonID) async throws {
        let store = store
        try await store.write { db in try Self.replaceRecoveryCodes(digests, of: person, store, db) }
    }

    package func deleteSecondFactor(of person: PersonID) async throws {
        try await store.write { db in
            for table in ["recovery_codes", "second_factors"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE person = ?", arguments: [person.rawValue])
            }
        }
    }

    private static func replaceRecoveryCodes(
        _ digests: [Data], of person: PersonID, _ store: SQLiteStore, _ db: Database
    ) throws {
        let seal = VaultSeal.secondFactor(try store.openingKey(stream(person), db), person: person)
        try db.execute(sql: "DELETE FROM recovery_codes WHERE person = ?", arguments: [person.rawValue])
        for digest in digests {
            try db.execute(
                sql: "INSERT INTO recovery_codes (person, code) VALUES (?, ?)", arguments: [person.rawValue, seal.mark(digest)])
        }
    }

    private static func secondFactor(of person: PersonID, _ store: SQLiteStore, _ db: Database) throws -> SecondFactor? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sealed, since, spent, session, (SELECT count(*) FROM recovery_codes c WHERE c.person = f.person) AS codes
                FROM second_factors f WHERE person = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [person.rawValue]) else { return nil }
        let key = try store.openingKey(stream(person), db)
        guard let bytes = VaultSeal.secondFactor(key, person: person).opened(row["sealed"]) else {
            throw VaultFault.unreadable(table: "second_factors")
        }
        return SecondFactor(
            secret: OneTimeSecret(bytes: bytes), since: moment(row["since"]), spent: row["spent"],
            recoveryCodes: row["codes"], session: row["session"])
    }

    /// No stream of events: only what its key is filed under.
    private static func stream(_ person: PersonID) -> StreamID { StreamID(rawValue: "second-factor-\(person)") }
}
