import Domain
import Foundation
import GRDB
import Journal

// Who people are where they sign in elsewhere.
extension SQLiteAccounts {
    package func insert(_ identity: LinkedIdentity, subject: Data, spending link: Data?) async throws -> Bool {
        let store = store
        return try await store.write { db in
            let person = identity.person.rawValue
            if let link {
                try db.execute(
                    sql: "DELETE FROM password_links WHERE token = ? AND person = ?", arguments: [link, person])
                guard db.changesCount == 1 else { return false }
            }
            let key = try store.sealingKey(Self.stream(identity.provider), db)
            let mark = Self.seal(identity.provider, key).mark(subject)
            do {
                try db.execute(
                    sql: """
                        INSERT INTO identities (provider, subject, person, organisation, since, used)
                        SELECT ?, ?, person, ?, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL
                        """,
                    arguments: [
                        identity.provider, mark, identity.organisation, identity.since.milliseconds,
                        identity.used?.milliseconds, person,
                    ])
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw AccountRefusal.identityTaken
            }
            guard db.changesCount == 1 else { throw AccountRefusal.unknownAccount }
            // Two people know a password that was handed out, and now nobody needs it.
            try db.execute(
                sql: "UPDATE accounts SET password = NULL, handed_out = 0 WHERE person = ? AND handed_out", arguments: [person])
            try SQLiteAccounts.endLink(identity.person, db)
            return true
        }
    }

    package func identity(_ subject: Data, at provider: String) async throws -> LinkedIdentity? {
        let store = store
        return try await store.read { db in
            // Before anybody was linked there is no key, and so nobody to find.
            guard let key = try store.keys.existing(Self.stream(provider)) else { return nil }
            let mark = Self.seal(provider, key).mark(subject)
            let statement = try db.cachedStatement(sql: "SELECT * FROM identities WHERE provider = ? AND subject = ?")
            return try Row.fetchOne(statement, arguments: [provider, mark]).map(Self.identity)
        }
    }

    package func identities(of person: PersonID) async throws -> [LinkedIdentity] {
        try await store.read { db in
            let statement = try db.cachedStatement(sql: "SELECT * FROM identities WHERE person = ? ORDER BY since, provider")
            return try Row.fetchAll(statement, arguments: [person.rawValue]).map(Self.identity)
        }
    }

    package func touchIdentity(of person: PersonID, at provider: String, organisation: String, at: Instant) async throws {
        try await store.write { db in
            try db.execute(
                sql: "UPDATE identities SET used = ?, organisation = ? WHERE person = ? AND provider = ?",
                arguments: [at.milliseconds, organisation, person.rawValue, provider])
        }
    }

    package func deleteIdentity(of person: PersonID, at provider: String, except session: Data?) async throws -> Bool {
        try await store.write { db in
            let others = try Bool.fetchOne(
                db,
                sql: """
                    SELECT password IS NOT NULL
                        OR EXISTS (SELECT 1 FROM identities i WHERE i.person = accounts.person AND provider <> ?)
                    FROM accounts WHERE person = ?
                    """, arguments: [provider, person.rawValue])
            guard others == true else { throw AccountRefusal.lastWayIn }
            try db.execute(
                sql: "DELETE FROM identities WHERE person = ? AND provider = ?", arguments: [person.rawValue, provider])
            guard db.changesCount == 1 else { return false }
            try db.execute(
                sql: "DELETE FROM sessions WHERE person = ? AND provider = ? AND token IS NOT ?",
                arguments: [person.rawValue, provider, session])
            return true
        }
    }

    package func deleteIdentities(of person: PersonID) async throws {
        try await store.write { db in
            try db.execute(sql: "DELETE FROM identities WHERE person = ?", arguments: [person.rawValue])
        }
    }

    private static func identity(_ row: Row) -> LinkedIdentity {
        LinkedIdentity(
            provider: row["provider"], person: PersonID(row["person"]), organisation: row["organisation"],
            since: Instant(milliseconds: row["since"]), used: moment(row["used"]))
    }

    private static func seal(_ provider: String, _ key: StreamKey) -> VaultSeal { .identities(key, provider: provider) }

    /// No stream of events: only what its key is filed under.
    private static func stream(_ provider: String) -> StreamID { StreamID(rawValue: "sign-in-\(provider)") }
}
