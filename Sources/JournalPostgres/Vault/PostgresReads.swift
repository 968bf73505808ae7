import Domain
import Journal

/// The read log in PostgreSQL; the database itself refuses every change to it.
package struct PostgresReads: Reads {
    private let store: PostgresStore

    package init(_ store: PostgresStore) { self.store = store }

    package func log(_ reads: [ReadEntry]) async throws {
        guard !reads.isEmpty else { return }
        // In one order for everybody, so that nobody waits for somebody who waits for them.
        let looks = reads.filter { $0.version != nil }.sorted { $0.dossier < $1.dossier }
        let statements =
            reads.map { read in
                PostgresConnection.Statement(
                    "INSERT INTO reads (dossier, person, function, purpose, parts, kind, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        PostgresValue(read.dossier), PostgresValue(read.person), .text(read.function), .text(read.purpose),
                        .text(read.parts.joined(separator: " ")), .text(read.kind.rawValue), PostgresValue(read.at),
                    ])
            }
            + looks.map { read in
                PostgresConnection.Statement(
                    """
                    INSERT INTO looks (person, dossier, version) VALUES (?, ?, ?)
                    ON CONFLICT (person, dossier) DO UPDATE SET version = greatest(looks.version, excluded.version)
                    """, [PostgresValue(read.person), PostgresValue(read.dossier), PostgresValue(read.version ?? 0)])
            }
        try await store.change { db in _ = try db.executeAll(statements) }
    }

    package func reads(of dossier: DossierID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads("dossier", dossier.rawValue, before, limit)
    }

    package func latest(before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads(where: "sequence < ?", [.int(before ?? .max)], limit)
    }

    package func reads(by person: PersonID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads("person", person.rawValue, before, limit)
    }

    package func inEmergency(since: Instant, limit: Int) async throws -> [LoggedRead] {
        // One line of each dossier: however often one was looked at, no other falls off.
        try await reads(
            where: "sequence IN (SELECT max(sequence) FROM reads WHERE purpose = 'emergency' AND at >= ? GROUP BY dossier)",
            [PostgresValue(since)], limit)
    }

    private func reads(_ column: String, _ value: String, _ before: Int64?, _ limit: Int) async throws -> [LoggedRead] {
        try await reads(where: "\(column) = ? AND sequence < ?", [.text(value), .int(before ?? .max)], limit)
    }

    private func reads(where condition: String, _ values: [PostgresValue], _ limit: Int) async throws -> [LoggedRead] {
        try await store.ask { db in
            try db.rows(
                """
                SELECT sequence, dossier, person, function, purpose, parts, kind, at FROM reads
                WHERE \(condition) ORDER BY sequence DESC LIMIT ?
                """, values + [PostgresValue(min(max(limit, 1), 1000))]
            ).map { row in
                guard let kind = ReadEntry.Kind(rawValue: try row.text(6)) else { throw VaultFault.unreadable(table: "reads") }
                let read = ReadEntry(
                    dossier: try row.id(1), person: try row.id(2), function: try row.text(3), purpose: try row.text(4),
                    partNames: try row.text(5).split(separator: " ").map(String.init), kind: kind, at: try row.moment(7))
                return LoggedRead(sequence: try row.int(0), read: read)
            }
        }
    }

    package func lookedVersions(_ person: PersonID, dossiers: [DossierID]) async throws -> [DossierID: Int] {
        guard !dossiers.isEmpty else { return [:] }
        return try await store.ask { db in
            let rows = try db.rows(
                "SELECT dossier, version FROM looks WHERE person = ? AND dossier = ANY (?::text[])",
                [PostgresValue(person), .texts(dossiers.map(\.rawValue))])
            return Dictionary(try rows.map { (try $0.id(0), Int(try $0.int(1))) }) { $1 }
        }
    }
}
