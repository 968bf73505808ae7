import Foundation
import GRDB

/// How many transactions of one small row bare SQLite commits, as safely as the program does: WAL and `synchronous=FULL`.
struct CommitBench {
    private let database: DatabasePool

    init(folder: URL) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = 1
        database = try DatabasePool(path: folder.appending(path: "raw.sqlite").path, configuration: configuration)
        try database.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 4000;
                    CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
                    """)
        }
    }

    private static let insert = "INSERT INTO rows (text) VALUES (?)"
    private static let text = String(repeating: "x", count: 200)

    /// One writer that does nothing else.
    func alone(for time: Duration) throws -> Rate {
        try database.writeWithoutTransaction { db in
            let statement = try db.cachedStatement(sql: Self.insert)
            let (times, whole) = try timed(for: time) {
                try db.inTransaction(.immediate) {
                    try statement.execute(arguments: [Self.text])
                    return .commit
                }
            }
            return Rate("commit", "SQLite: one small row a commit, 1 writer", times, in: whole)
        }
    }

    /// Several writers, each with a commit of its own: what there would be without sharing commits.
    func together(_ writers: Int, for time: Duration) async throws -> Rate {
        let database = database
        let (times, whole) = try await timed(for: time, writers: writers) { _ in
            try await database.write { db in
                try db.cachedStatement(sql: Self.insert).execute(arguments: [Self.text])
            }
        }
        return Rate("commit-\(writers)", "SQLite: one small row a commit, \(writers) writers", times, in: whole)
    }

    func close() throws { try database.close() }
}
