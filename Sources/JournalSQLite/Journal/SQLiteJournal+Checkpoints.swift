import Domain
import Foundation
import GRDB
import Journal

extension SQLiteJournal: Checkpoints {
    package func hashes(after sequence: Int64, limit: Int) async throws(JournalFault) -> [Data] {
        try await store.fetchAlong { db in
            let statement = try db.cachedStatement(
                sql: "SELECT hash FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?")
            return try Data.fetchAll(statement, arguments: [sequence, limit])
        }
    }

    package func lastCheckpoint() async throws(JournalFault) -> KeptCheckpoint? {
        try await store.fetch { db in
            try Row.fetchOne(db, sql: "SELECT \(Self.columns) FROM checkpoints ORDER BY size DESC LIMIT 1").map(Self.kept)
        }
    }

    package func checkpoints(after size: Int64, limit: Int) async throws(JournalFault) -> [KeptCheckpoint] {
        try await store.fetchAlong { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT \(Self.columns) FROM checkpoints WHERE size > ? ORDER BY size LIMIT ?",
                arguments: [size, limit])
            return try rows.map(Self.kept)
        }
    }

    package func keep(_ checkpoint: KeptCheckpoint) async throws(JournalFault) -> Bool {
        do {
            return try await store.write { db in
                let last = try Int64.fetchOne(db, sql: "SELECT max(size) FROM checkpoints") ?? 0
                guard checkpoint.size > last else { return false }
                try db.execute(
                    sql: "INSERT INTO checkpoints (\(Self.columns)) VALUES (?, ?, ?, ?)",
                    arguments: [
                        checkpoint.size, checkpoint.at.milliseconds, checkpoint.note,
                        checkpoint.frontier.roots.reduce(into: Data()) { $0 += $1 },
                    ])
                return true
            }
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    package func told(_ witness: String) async throws(JournalFault) -> Int64 {
        try await store.fetch { db in
            try Int64.fetchOne(db, sql: "SELECT size FROM witnesses WHERE witness = ?", arguments: [witness]) ?? 0
        }
    }

    package func setTold(_ witness: String, size: Int64) async throws(JournalFault) {
        do {
            try await store.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO witnesses (witness, size) VALUES (?, ?)
                        ON CONFLICT (witness) DO UPDATE SET size = excluded.size
                        """, arguments: [witness, size])
            }
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    private static let columns = "size, at, note, roots"

    private static func kept(_ row: Row) throws -> KeptCheckpoint {
        guard let size = Int64.fromDatabaseValue(row[0]), let at = Int64.fromDatabaseValue(row[1]),
            let note = String.fromDatabaseValue(row[2]), let bytes = Data.fromDatabaseValue(row[3]), bytes.count % 32 == 0,
            let frontier = MerkleFrontier(
                size: size, roots: stride(from: 0, to: bytes.count, by: 32).map { Data(bytes.dropFirst($0).prefix(32)) })
        else { throw JournalFault.unreadableRow(table: "checkpoints") }
        return KeptCheckpoint(note: note, at: Instant(milliseconds: at), frontier: frontier)
    }
}
