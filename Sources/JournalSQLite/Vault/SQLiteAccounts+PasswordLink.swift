import Domain
import Foundation
import GRDB
import Journal

// Links with which somebody chooses a password.
extension SQLiteAccounts {
    package func replacePasswordLink(_ link: PasswordLink) async throws {
        try await store.write { db in
            try SQLiteAccounts.endLink(link.person, db)
            try db.execute(
                sql: """
                    INSERT INTO password_links (token, person, expires)
                    SELECT ?, person, ? FROM accounts WHERE person = ? AND disabled IS NULL
                    """, arguments: [link.digest, link.expires.milliseconds, link.person.rawValue])
            guard db.changesCount == 1 else { throw AccountRefusal.unknownAccount }
        }
    }

    package func passwordLink(_ digest: Data) async throws -> PasswordLink? {
        try await store.read { db in
            let statement = try db.cachedStatement(sql: "SELECT person, expires FROM password_links WHERE token = ?")
            return try Row.fetchOne(statement, arguments: [digest]).map { row in
                PasswordLink(
                    digest: digest, person: PersonID(row["person"]), expires: Instant(milliseconds: row["expires"]))
            }
        }
    }

    package func spendPasswordLink(_ digest: Data, settingPassword hash: PasswordHash) async throws -> Bool {
        let stored = hash.description
        return try await store.write { db in
            let person = try String.fetchOne(
                db, sql: "DELETE FROM password_links WHERE token = ? RETURNING person", arguments: [digest])
            guard let person else { return false }
            try db.execute(
                sql: "UPDATE accounts SET password = ?, handed_out = 0 WHERE person = ?", arguments: [stored, person])
            try db.execute(sql: "DELETE FROM sessions WHERE person = ?", arguments: [person])
            return true
        }
    }

    package func deletePasswordLinks(expiredBefore moment: Instant) async throws {
        try await store.write { db in
            try db.execute(sql: "DELETE FROM password_links WHERE expires <= ?", arguments: [moment.milliseconds])
        }
    }
}
