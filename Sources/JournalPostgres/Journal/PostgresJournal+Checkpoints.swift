import Domain
import Foundation
import Journal

extension PostgresJournal: Checkpoints {
    package func hashes(after sequence: Int64, limit: Int) async throws(JournalFault) -> [Data] {
        try await store.fetchAlong { db in
            try db.rows(
                "SELECT hash FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?",
                [.int(sequence), PostgresValue(max(0, limit))]
            ).map { try $0.bytes(0) }
        }
    }

    package func lastCheckpoint() async throws(JournalFault) -> KeptCheckpoint? {
        try await store.asked { db in
            try db.rows("SELECT \(Self.columns) FROM checkpoints ORDER BY size DESC LIMIT 1").first.map(Self.kept)
        }
    }

    package func checkpoints(after size: Int64, limit: Int) async throws(JournalFault) -> [KeptCheckpoint] {
        try await store.asked { db in
            try db.rows(
                "SELECT \(Self.columns) FROM checkpoints WHERE size > ? ORDER BY size LIMIT ?",
                [.int(size), PostgresValue(max(0, limit))]
            ).map(Self.kept)
        }
    }

    package func keep(_ checkpoint: KeptCheckpoint) async throws(JournalFault) -> Bool {
        try await written { db in
            let last = try db.rows("SELECT coalesce(max(size), 0) FROM checkpoints").first?.int(0) ?? 0
            guard checkpoint.size > last else { return false }
            try db.execute("INSERT INTO checkpoints (\(Self.columns)) VALUES (?, ?, ?, ?)", checkpoint.values)
            return true
        }
    }

    package func told(_ witness: String) async throws(JournalFault) -> Int64 {
        try await store.asked { db in
            try db.rows("SELECT size FROM witnesses WHERE witness = ?", [.text(witness)]).first?.int(0) ?? 0
        }
    }

    package func setTold(_ witness: String, size: Int64) async throws(JournalFault) {
        try await written { db in
            _ = try db.execute(
                """
                INSERT INTO witnesses (witness, size) VALUES (?, ?)
                ON CONFLICT (witness) DO UPDATE SET size = excluded.size
                """, [.text(witness), .int(size)])
        }
    }

    /// Writes in turn, for callers who throw nothing but faults.
    func written<T: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws(JournalFault) -> T {
        do { return try await store.write(work) } catch { throw JournalFault(any: error) }
    }

    private static let columns = "size, at, note, roots"

    private static func kept(_ row: PostgresRow) throws(JournalFault) -> KeptCheckpoint {
        let (size, bytes) = (try row.int(0), try row.bytes(3))
        guard bytes.count % 32 == 0,
            let frontier = MerkleFrontier(
                size: size, roots: stride(from: 0, to: bytes.count, by: 32).map { Data(bytes.dropFirst($0).prefix(32)) })
        else { throw JournalFault.unreadableRow(table: "checkpoints") }
        return KeptCheckpoint(note: try row.text(2), at: try row.moment(1), frontier: frontier)
    }
}

extension KeptCheckpoint {
    fileprivate var values: [PostgresValue] {
        [.int(size), PostgresValue(at), .text(note), .bytes(frontier.roots.reduce(into: Data()) { $0 += $1 })]
    }
}
