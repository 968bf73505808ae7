import Domain
import Foundation
import GRDB
import Journal

/// Accounts, sessions and tokens in SQLite.
package struct SQLiteAccounts: AccountStore {
    let store: SQLiteStore

    package init(_ store: SQLiteStore) { self.store = store }

    package func insert(_ account: Account, password: PasswordHash?) async throws {
        let stored = password?.description
        try await store.write { db in
            try SQLiteAccounts.unique {
                try db.execute(
                    sql: """
                        INSERT INTO accounts (person, email, password, created, disabled, handed_out, handed_since)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        account.person.rawValue, account.email, stored, account.created.milliseconds,
                        account.disabled?.milliseconds, account.handedOut,
                        account.handedSince?.milliseconds,
                    ])
            }
        }
    }

    package func account(of person: PersonID) async throws -> Account? {
        try await account("SELECT * FROM accounts WHERE person = ?", person.rawValue)
    }

    package func account(email: String) async throws -> Account? {
        try await account("SELECT * FROM accounts WHERE email = ?", email)
    }

    package func password(of person: PersonID) async throws -> PasswordHash? {
        try await store.read { db in
            let statement = try db.cachedStatement(sql: "SELECT password FROM accounts WHERE person = ?")
            guard let text = try String?.fetchOne(statement, arguments: [person.rawValue]) ?? nil else { return nil }
            guard let hash = PasswordHash(text) else { throw VaultFault.unreadable(table: "accounts") }
            return hash
        }
    }

    package func setPassword(
        _ hash: PasswordHash, of person: PersonID, origin: PasswordOrigin, endSessions: Bool
    ) async throws {
        let stored = hash.description
        try await store.write { db in
            switch origin {
            case .own:
                try db.execute(
                    sql: "UPDATE accounts SET password = ?, handed_out = 0, handed_since = NULL WHERE person = ?",
                    arguments: [stored, person.rawValue])
            case .handedOut(let moment):
                try db.execute(
                    sql: "UPDATE accounts SET password = ?, handed_out = 1, handed_since = ? WHERE person = ?",
                    arguments: [stored, moment.milliseconds, person.rawValue])
            case .asBefore:
                try db.execute(
                    sql: "UPDATE accounts SET password = ? WHERE person = ?", arguments: [stored, person.rawValue])
            }
            guard db.changesCount == 1 else { throw AccountRefusal.unknownAccount }
            guard endSessions else { return }
            try SQLiteAccounts.endSessions(person, db)
            try SQLiteAccounts.endLink(person, db)
        }
    }

    package func setEmail(_ email: String, of person: PersonID) async throws {
        try await store.write { db in
            try SQLiteAccounts.unique {
                try db.execute(sql: "UPDATE accounts SET email = ? WHERE person = ?", arguments: [email, person.rawValue])
            }
            guard db.changesCount == 1 else { throw AccountRefusal.unknownAccount }
            // It went to the address of before.
            try SQLiteAccounts.endLink(person, db)
        }
    }

    package func setDisabled(_ moment: Instant?, of person: PersonID) async throws {
        try await store.write { db in
            try db.execute(
                sql: "UPDATE accounts SET disabled = ? WHERE person = ?", arguments: [moment?.milliseconds, person.rawValue])
            guard db.changesCount == 1 else { throw AccountRefusal.unknownAccount }
            guard let moment else { return }
            try SQLiteAccounts.endLink(person, db)
            try SQLiteAccounts.endSessions(person, db)
            // A key or a way in that came back with the account would be one that nobody thinks of any more.
            try db.execute(sql: "DELETE FROM identities WHERE person = ?", arguments: [person.rawValue])
            try db.execute(
                sql: "UPDATE api_tokens SET revoked = ? WHERE person = ? AND revoked IS NULL",
                arguments: [moment.milliseconds, person.rawValue])
        }
    }

    private func account(_ sql: String, _ argument: String) async throws -> Account? {
        try await store.read { db in
            let statement = try db.cachedStatement(sql: sql)
            guard let row = try Row.fetchOne(statement, arguments: [argument]) else { return nil }
            return Account(
                person: PersonID(row["person"]), email: row["email"], hasPassword: (row["password"] as String?) != nil,
                created: Instant(milliseconds: row["created"]), disabled: SQLiteAccounts.moment(row["disabled"]),
                handedOut: row["handed_out"], handedSince: SQLiteAccounts.moment(row["handed_since"]))
        }
    }

    private static func endSessions(_ person: PersonID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM sessions WHERE person = ?", arguments: [person.rawValue])
    }

    /// What was mailed to choose a password with works no more: the password has another owner's word behind it now.
    static func endLink(_ person: PersonID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM password_links WHERE person = ?", arguments: [person.rawValue])
    }

    static func moment(_ milliseconds: Int64?) -> Instant? { milliseconds.map { Instant(milliseconds: $0) } }

    /// Which account is in the way, told by the column that the database names.
    private static func unique(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY {
            throw AccountRefusal.alreadyOpened
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw AccountRefusal.emailTaken
        }
    }
}

// Sessions. Each question joins the account, so that closing it counts from the next request on.
extension SQLiteAccounts {
    package func insert(_ session: Session) async throws {
        try await store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO sessions
                        (token, person, csrf, created, seen, proved, recognised, provider, proved_elsewhere)
                    SELECT ?, person, ?, ?, ?, ?, ?, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL
                    """,
                arguments: [
                    session.digest, session.csrf.text, session.created.milliseconds, session.seen.milliseconds,
                    session.proved?.milliseconds, session.recognised.milliseconds, session.provider, session.isProvedElsewhere,
                    session.person.rawValue,
                ])
            guard db.changesCount == 1 else { throw AccountRefusal.unknownAccount }
        }
    }

    package func session(_ digest: Data) async throws -> Session? {
        try await sessions(
            """
            \(Self.session) WHERE token = ? AND disabled IS NULL
            """, [digest]
        ).first
    }

    package func sessions(of person: PersonID) async throws -> [Session] {
        try await sessions(
            """
            \(Self.session) WHERE person = ?
            ORDER BY sessions.created DESC, token
            """, [person.rawValue])
    }

    private static let session = """
        SELECT sessions.*, handed_out,
            EXISTS (SELECT 1 FROM second_factors f WHERE f.person = sessions.person AND since IS NOT NULL) AS asks_code
        FROM sessions JOIN accounts USING (person)
        """

    private func sessions(_ sql: String, _ arguments: StatementArguments) async throws -> [Session] {
        try await store.read { db in
            try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments).map { row in
                guard let csrf = SecretToken(row["csrf"]) else { throw VaultFault.unreadable(table: "sessions") }
                return Session(
                    digest: row["token"], person: PersonID(row["person"]), csrf: csrf,
                    created: Instant(milliseconds: row["created"]), seen: Instant(milliseconds: row["seen"]),
                    choosesPassword: row["handed_out"], hasSecondFactor: row["asks_code"],
                    proved: SQLiteAccounts.moment(row["proved"]), recognised: SQLiteAccounts.moment(row["recognised"]),
                    provider: row["provider"], isProvedElsewhere: row["proved_elsewhere"])
            }
        }
    }

    package func touchSession(_ digest: Data, at: Instant) async throws {
        try await store.write { db in
            try db.execute(
                sql: "UPDATE sessions SET seen = max(seen, ?) WHERE token = ?", arguments: [at.milliseconds, digest])
        }
    }

    package func endSession(_ digest: Data) async throws {
        try await store.write { db in try db.execute(sql: "DELETE FROM sessions WHERE token = ?", arguments: [digest]) }
    }

    package func endSessions(of person: PersonID, except digest: Data?) async throws {
        try await store.write { db in
            try db.execute(
                sql: "DELETE FROM sessions WHERE person = ? AND token IS NOT ?", arguments: [person.rawValue, digest])
        }
    }

    package func deleteSessions(seenBefore: Instant, createdBefore: Instant) async throws -> Int {
        try await store.write { db in
            try db.execute(
                sql: "DELETE FROM sessions WHERE seen <= ? OR created <= ?",
                arguments: [seenBefore.milliseconds, createdBefore.milliseconds])
            return db.changesCount
        }
    }
}

// Keys for programs.
extension SQLiteAccounts {
    package func insert(_ token: APIToken, digest: Data) async throws {
        try await store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO api_tokens (id, token, person, name, created, expires)
                    SELECT ?, ?, person, ?, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL AND NOT handed_out
                    """,
                arguments: [
                    token.id, digest, token.name, token.created.milliseconds, token.expires.milliseconds, token.person.rawValue,
                ])
            guard db.changesCount == 1 else {
                let isOpen = try Bool.fetchOne(
                    db, sql: "SELECT 1 FROM accounts WHERE person = ? AND disabled IS NULL", arguments: [token.person.rawValue])
                throw isOpen == nil ? AccountRefusal.unknownAccount : .ownPasswordFirst
            }
        }
    }

    package func token(_ digest: Data) async throws -> APIToken? {
        try await tokens(
            """
            SELECT api_tokens.id, person, name, api_tokens.created, expires, used, revoked
            FROM api_tokens JOIN accounts USING (person) WHERE token = ? AND disabled IS NULL AND NOT handed_out
            """, [digest]
        ).first
    }

    package func tokens(of person: PersonID) async throws -> [APIToken] {
        try await tokens("SELECT * FROM api_tokens WHERE person = ? ORDER BY created DESC, id", [person.rawValue])
    }

    private func tokens(_ sql: String, _ arguments: StatementArguments) async throws -> [APIToken] {
        try await store.read { db in
            try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments).map { row in
                APIToken(
                    id: row["id"], person: PersonID(row["person"]), name: row["name"],
                    created: Instant(milliseconds: row["created"]), expires: Instant(milliseconds: row["expires"]),
                    used: SQLiteAccounts.moment(row["used"]), revoked: SQLiteAccounts.moment(row["revoked"]))
            }
        }
    }

    package func touchToken(_ id: String, at: Instant) async throws {
        try await store.write { db in
            try db.execute(
                sql: "UPDATE api_tokens SET used = max(ifnull(used, 0), ?) WHERE id = ?", arguments: [at.milliseconds, id])
        }
    }

    package func revokeToken(_ id: String, of person: PersonID, at: Instant) async throws -> Bool {
        try await store.write { db in
            try db.execute(
                sql: "UPDATE api_tokens SET revoked = ? WHERE id = ? AND person = ? AND revoked IS NULL",
                arguments: [at.milliseconds, id, person.rawValue])
            return db.changesCount == 1
        }
    }
}
