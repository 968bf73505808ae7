import Domain
import Foundation
import GRDB
import Journal

/// The read log in SQLite; the database itself refuses every change to it.
package struct SQLiteReads: Reads {
    private let store: SQLiteStore

    package init(_ store: SQLiteStore) { self.store = store }

    package func log(_ reads: [ReadEntry]) async throws {
        guard !reads.isEmpty else { return }
        try await store.write { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT INTO reads (dossier, person, function, purpose, parts, kind, at) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """)
            let look = try db.cachedStatement(
                sql: """
                    INSERT INTO looks (person, dossier, version) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET version = max(version, excluded.version)
                    """)
            for read in reads {
                try insert.execute(arguments: [
                    read.dossier.rawValue, read.person.rawValue, read.function, read.purpose, read.parts.joined(separator: " "),
                    read.kind.rawValue, read.at.milliseconds,
                ])
                guard let version = read.version else { continue }
                try look.execute(arguments: [read.person.rawValue, read.dossier.rawValue, version])
            }
        }
    }

    package func reads(of dossier: DossierID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads("dossier", dossier.rawValue, before, limit)
    }

    package func latest(before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads(where: "sequence < ?", [before ?? .max], limit)
    }

    package func reads(by person: PersonID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads("person", person.rawValue, before, limit)
    }

    package func inEmergency(since: Instant, limit: Int) async throws -> [LoggedRead] {
        // One line of each dossier: however often one was looked at, no other falls off.
        try await reads(
            where: """
                sequence IN (SELECT max(sequence) FROM reads WHERE purpose = 'emergency' AND at >= ? GROUP BY dossier)
                """, [since.milliseconds], limit)
    }

    private func reads(_ column: String, _ value: String, _ before: Int64?, _ limit: Int) async throws -> [LoggedRead] {
        try await reads(where: "\(column) = ? AND sequence < ?", [value, before ?? .max], limit)
    }

    private func reads(
        where condition: String, _ arguments: StatementArguments, _ limit: Int
    ) async throws -> [LoggedRead] {
        try await store.read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM reads WHERE \(condition) ORDER BY sequence DESC LIMIT ?")
            return try Row.fetchAll(statement, arguments: arguments + [min(max(limit, 1), 1000)]).map { row in
                guard let kind = ReadEntry.Kind(rawValue: row["kind"]) else { throw VaultFault.unreadable(table: "reads") }
                let parts: String = row["parts"]
                let read = ReadEntry(
                    dossier: DossierID(row["dossier"]), person: PersonID(row["person"]), function: row["function"],
                    purpose: row["purpose"], partNames: parts.split(separator: " ").map(String.init), kind: kind,
                    at: Instant(milliseconds: row["at"]))
                return LoggedRead(sequence: row["sequence"], read: read)
            }
        }
    }

    package func lookedVersions(_ person: PersonID, dossiers: [DossierID]) async throws -> [DossierID: Int] {
        guard !dossiers.isEmpty else { return [:] }
        let names = String(decoding: try JSONEncoder().encode(dossiers), as: UTF8.self)
        return try await store.read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT dossier, version FROM looks
                    WHERE person = ? AND dossier IN (SELECT value FROM json_each(?))
                    """)
            let rows = try Row.fetchAll(statement, arguments: [person.rawValue, names])
            return Dictionary(rows.map { (DossierID($0["dossier"]), $0["version"]) }) { $1 }
        }
    }
}
