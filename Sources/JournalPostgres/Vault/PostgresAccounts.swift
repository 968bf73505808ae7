import Domain
import Foundation
import Journal

/// Accounts, sessions and tokens in PostgreSQL, where every node finds them.
package struct PostgresAccounts: AccountStore {
    let store: PostgresStore

    package init(_ store: PostgresStore) { self.store = store }

    package func insert(_ account: Account, password: PasswordHash?) async throws {
        let stored = password?.description
        try await store.change { db in
            _ = try Self.unique {
                try db.execute(
                    """
                    INSERT INTO accounts (person, email, password, created, disabled, handed_out, handed_since)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        PostgresValue(account.person), .text(account.email), PostgresValue(stored),
                        PostgresValue(account.created), PostgresValue(account.disabled), PostgresValue(account.handedOut),
                        PostgresValue(account.handedSince),
                    ])
            }
        }
    }

    package func account(of person: PersonID) async throws -> Account? {
        try await account("person = ?", person.rawValue)
    }

    package func account(email: String) async throws -> Account? {
        try await account("email = ?", email)
    }

    package func password(of person: PersonID) async throws -> PasswordHash? {
        try await store.ask { db in
            let row = try db.rows("SELECT password FROM accounts WHERE person = ?", [PostgresValue(person)]).first
            guard let text = row?.optionalText(0) else { return nil }
            guard let hash = PasswordHash(text) else { throw VaultFault.unreadable(table: "accounts") }
            return hash
        }
    }

    package func setPassword(
        _ hash: PasswordHash, of person: PersonID, origin: PasswordOrigin, endSessions: Bool
    ) async throws {
        let stored = hash.description
        try await store.change { db in
            let changed =
                switch origin {
                case .own:
                    try db.execute(
                        "UPDATE accounts SET password = ?, handed_out = 0, handed_since = NULL WHERE person = ?",
                        [.text(stored), PostgresValue(person)]
                    ).changed
                case .handedOut(let moment):
                    try db.execute(
                        "UPDATE accounts SET password = ?, handed_out = 1, handed_since = ? WHERE person = ?",
                        [.text(stored), PostgresValue(moment), PostgresValue(person)]
                    ).changed
                case .asBefore:
                    try db.execute(
                        "UPDATE accounts SET password = ? WHERE person = ?", [.text(stored), PostgresValue(person)]
                    ).changed
                }
            guard changed == 1 else { throw AccountRefusal.unknownAccount }
            guard endSessions else { return }
            try Self.endSessions(person, db)
            try Self.endLink(person, db)
        }
    }

    package func setEmail(_ email: String, of person: PersonID) async throws {
        try await store.change { db in
            let changed = try Self.unique {
                try db.execute(
                    "UPDATE accounts SET email = ? WHERE person = ?", [.text(email), PostgresValue(person)]
                ).changed
            }
            guard changed == 1 else { throw AccountRefusal.unknownAccount }
            // It went to the address of before.
            try Self.endLink(person, db)
        }
    }

    package func setDisabled(_ moment: Instant?, of person: PersonID) async throws {
        try await store.change { db in
            let changed = try db.execute(
                "UPDATE accounts SET disabled = ? WHERE person = ?", [PostgresValue(moment), PostgresValue(person)]
            ).changed
            guard changed == 1 else { throw AccountRefusal.unknownAccount }
            guard let moment else { return }
            try Self.endLink(person, db)
            try Self.endSessions(person, db)
            // A key or a way in that came back with the account would be one that nobody thinks of any more.
            try db.execute("DELETE FROM identities WHERE person = ?", [PostgresValue(person)])
            try db.execute(
                "UPDATE api_tokens SET revoked = ? WHERE person = ? AND revoked IS NULL",
                [PostgresValue(moment), PostgresValue(person)])
        }
    }

    private func account(_ condition: String, _ argument: String) async throws -> Account? {
        try await store.ask { db in
            try db.rows(
                "SELECT person, email, password, created, disabled, handed_out, handed_since FROM accounts WHERE \(condition)",
                [.text(argument)]
            ).first.map { row in
                Account(
                    person: try row.id(0), email: try row.text(1), hasPassword: row.optionalText(2) != nil,
                    created: try row.moment(3), disabled: row.optionalMoment(4), handedOut: try row.truth(5),
                    handedSince: row.optionalMoment(6))
            }
        }
    }

    private static func endSessions(_ person: PersonID, _ db: PostgresConnection) throws {
        try db.execute("DELETE FROM sessions WHERE person = ?", [PostgresValue(person)])
    }

    /// What was mailed to choose a password with works no more: the password has another owner's word behind it now.
    static func endLink(_ person: PersonID, _ db: PostgresConnection) throws {
        try db.execute("DELETE FROM password_links WHERE person = ?", [PostgresValue(person)])
    }

    /// Which account is in the way, told by the constraint that the database names.
    private static func unique<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let error as PostgresError where error.isUnique {
            throw error.constraint == "accounts_pkey" ? AccountRefusal.alreadyOpened : AccountRefusal.emailTaken
        }
    }
}

// Sessions. Each question joins the account, so that closing it counts from the next request on.
extension PostgresAccounts {
    package func insert(_ session: Session) async throws {
        try await store.change { db in
            let changed = try db.execute(
                """
                INSERT INTO sessions (token, person, csrf, created, seen, proved, recognised, provider, proved_elsewhere)
                SELECT ?, person, ?, ?, ?, ?, ?, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL
                """,
                [
                    .bytes(session.digest), .text(session.csrf.text), PostgresValue(session.created),
                    PostgresValue(session.seen), PostgresValue(session.proved), PostgresValue(session.recognised),
                    PostgresValue(session.provider), PostgresValue(session.isProvedElsewhere), PostgresValue(session.person),
                ]
            ).changed
            guard changed == 1 else { throw AccountRefusal.unknownAccount }
        }
    }

    package func session(_ digest: Data) async throws -> Session? {
        try await sessions("WHERE token = ? AND disabled IS NULL", [.bytes(digest)]).first
    }

    package func sessions(of person: PersonID) async throws -> [Session] {
        try await sessions("WHERE s.person = ? ORDER BY s.created DESC, token", [PostgresValue(person)])
    }

    private func sessions(_ rest: String, _ values: [PostgresValue]) async throws -> [Session] {
        try await store.ask { db in
            try db.rows(
                """
                SELECT token, s.person, csrf, s.created, seen, handed_out,
                    EXISTS (SELECT 1 FROM second_factors f WHERE f.person = s.person AND since IS NOT NULL), proved, recognised,
                    provider, proved_elsewhere
                FROM sessions s JOIN accounts a ON a.person = s.person \(rest)
                """, values
            ).map { row in
                guard let csrf = SecretToken(try row.text(2)) else { throw VaultFault.unreadable(table: "sessions") }
                return Session(
                    digest: try row.bytes(0), person: try row.id(1), csrf: csrf, created: try row.moment(3),
                    seen: try row.moment(4), choosesPassword: try row.truth(5), hasSecondFactor: try row.truth(6),
                    proved: row.optionalMoment(7), recognised: row.optionalMoment(8), provider: row.optionalText(9),
                    isProvedElsewhere: try row.truth(10))
            }
        }
    }

    package func touchSession(_ digest: Data, at: Instant) async throws {
        try await store.change { db in
            _ = try db.execute(
                "UPDATE sessions SET seen = greatest(seen, ?) WHERE token = ?", [PostgresValue(at), .bytes(digest)])
        }
    }

    package func endSession(_ digest: Data) async throws {
        try await store.change { db in _ = try db.execute("DELETE FROM sessions WHERE token = ?", [.bytes(digest)]) }
    }

    package func endSessions(of person: PersonID, except digest: Data?) async throws {
        try await store.change { db in
            _ = try db.execute(
                "DELETE FROM sessions WHERE person = ? AND token IS DISTINCT FROM ?",
                [PostgresValue(person), PostgresValue(digest)])
        }
    }

    package func deleteSessions(seenBefore: Instant, createdBefore: Instant) async throws -> Int {
        try await store.change { db in
            try Self.forgetAttempts(before: seenBefore, db)
            return try db.execute(
                "DELETE FROM sessions WHERE seen <= ? OR created <= ?",
                [PostgresValue(seenBefore), PostgresValue(createdBefore)]
            ).changed
        }
    }
}

// Keys for programs.
extension PostgresAccounts {
    package func insert(_ token: APIToken, digest: Data) async throws {
        try await store.change { db in
            let changed = try db.execute(
                """
                INSERT INTO api_tokens (id, token, person, name, created, expires)
                SELECT ?, ?, person, ?, ?, ? FROM accounts WHERE person = ? AND disabled IS NULL AND handed_out = 0
                """,
                [
                    .text(token.id), .bytes(digest), .text(token.name), PostgresValue(token.created),
                    PostgresValue(token.expires), PostgresValue(token.person),
                ]
            ).changed
            guard changed == 1 else {
                let isOpen = try db.rows(
                    "SELECT 1 FROM accounts WHERE person = ? AND disabled IS NULL", [PostgresValue(token.person)]
                ).first
                throw isOpen == nil ? AccountRefusal.unknownAccount : .ownPasswordFirst
            }
        }
    }

    package func token(_ digest: Data) async throws -> APIToken? {
        try await tokens(
            "JOIN accounts a ON a.person = t.person WHERE token = ? AND disabled IS NULL AND handed_out = 0", [.bytes(digest)]
        ).first
    }

    package func tokens(of person: PersonID) async throws -> [APIToken] {
        try await tokens("WHERE t.person = ? ORDER BY t.created DESC, t.id", [PostgresValue(person)])
    }

    private func tokens(_ rest: String, _ values: [PostgresValue]) async throws -> [APIToken] {
        try await store.ask { db in
            try db.rows(
                "SELECT t.id, t.person, t.name, t.created, t.expires, t.used, t.revoked FROM api_tokens t \(rest)", values
            ).map { row in
                APIToken(
                    id: try row.text(0), person: try row.id(1), name: try row.text(2), created: try row.moment(3),
                    expires: try row.moment(4), used: row.optionalMoment(5), revoked: row.optionalMoment(6))
            }
        }
    }

    package func touchToken(_ id: String, at: Instant) async throws {
        try await store.change { db in
            _ = try db.execute(
                "UPDATE api_tokens SET used = greatest(coalesce(used, 0), ?) WHERE id = ?", [PostgresValue(at), .text(id)])
        }
    }

    package func revokeToken(_ id: String, of person: PersonID, at: Instant) async throws -> Bool {
        try await store.change { db in
            try db.execute(
                "UPDATE api_tokens SET revoked = ? WHERE id = ? AND person = ? AND revoked IS NULL",
                [PostgresValue(at), .text(id), PostgresValue(person)]
            ).changed == 1
        }
    }
}
