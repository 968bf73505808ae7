import Domain
import Foundation
import Journal

// Links with which somebody chooses a password.
extension PostgresAccounts {
    package func replacePasswordLink(_ link: PasswordLink) async throws {
        try await store.change { db in
            try Self.endLink(link.person, db)
            let changed = try db.execute(
                """
                INSERT INTO password_links (token, person, expires)
                SELECT ?, person, ? FROM accounts WHERE person = ? AND disabled IS NULL
                """, [.bytes(link.digest), PostgresValue(link.expires), PostgresValue(link.person)]
            ).changed
            guard changed == 1 else { throw AccountRefusal.unknownAccount }
        }
    }

    package func passwordLink(_ digest: Data) async throws -> PasswordLink? {
        try await store.ask { db in
            try db.rows("SELECT person, expires FROM password_links WHERE token = ?", [.bytes(digest)]).first.map { row in
                PasswordLink(digest: digest, person: try row.id(0), expires: try row.moment(1))
            }
        }
    }

    package func spendPasswordLink(_ digest: Data, settingPassword hash: PasswordHash) async throws -> Bool {
        let stored = hash.description
        return try await store.change { db in
            let spent = try db.rows("DELETE FROM password_links WHERE token = ? RETURNING person", [.bytes(digest)]).first
            guard let person = try spent?.text(0) else { return false }
            try db.executeAll([
                .init("UPDATE accounts SET password = ?, handed_out = 0 WHERE person = ?", [.text(stored), .text(person)]),
                .init("DELETE FROM sessions WHERE person = ?", [.text(person)]),
            ])
            return true
        }
    }

    package func deletePasswordLinks(expiredBefore moment: Instant) async throws {
        try await store.change { db in
            _ = try db.execute("DELETE FROM password_links WHERE expires <= ?", [PostgresValue(moment)])
        }
    }
}
