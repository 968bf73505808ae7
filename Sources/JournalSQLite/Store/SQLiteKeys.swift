import Domain
import Foundation
import GRDB
import Journal
import Synchronization

/// The keys of the streams, in a database file of their own, each wrapped by the master key.
///
/// A new key is on disk before the first event of its stream is: the store flushes the new keys just before it commits.
package final class SQLiteKeys: Sendable {
    private let database: any DatabaseWriter
    private let master: MasterKey
    private let state: Mutex<State>

    private struct State {
        var cache: KeyCache
        var fresh: [StreamID: StreamKey] = [:]
    }

    init(database: any DatabaseWriter, master: MasterKey, capacity: Int) throws {
        self.database = database
        self.master = master
        state = Mutex(State(cache: KeyCache(capacity: capacity)))
        let mark = master.mark
        let known = try database.write { db -> Data? in
            try db.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS keys (stream TEXT NOT NULL PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
                    CREATE TABLE IF NOT EXISTS master (only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1), mark BLOB NOT NULL) STRICT;
                    """)
            try db.execute(sql: "INSERT INTO master (only, mark) VALUES (1, ?) ON CONFLICT DO NOTHING", arguments: [mark])
            return try Data.fetchOne(db, sql: "SELECT mark FROM master")
        }
        guard known == mark else { throw JournalFault.masterKeyWrong }
    }

    /// The stream's key, or nil if it never had one or it was destroyed. Blocks the thread: for use inside `read` and `write`.
    package func existing(_ stream: StreamID) throws -> StreamKey? {
        let held = state.withLock { $0.cache.key(of: stream) ?? $0.fresh[stream] }
        if let held { return held }
        let wrapped = try database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT wrapped FROM keys WHERE stream = ?")
            return try Data.fetchOne(statement, arguments: [stream.rawValue])
        }
        guard let wrapped else { return nil }
        let key = try StreamKey(wrapped: wrapped, by: master, for: stream)
        state.withLock { $0.cache.insert(key, for: stream) }
        return key
    }

    /// The stream's key, made if it has none yet. Only inside `SQLiteStore.write`, which sees to it that it is stored.
    package func orCreate(_ stream: StreamID) throws -> StreamKey {
        if let key = try existing(stream) { return key }
        let key = StreamKey.generate()
        state.withLock { $0.fresh[stream] = key }
        return key
    }

    /// Puts the keys made since the last flush on disk.
    func flush() throws {
        let fresh = state.withLock { $0.fresh }
        guard !fresh.isEmpty else { return }
        try database.write { db in
            let statement = try db.cachedStatement(sql: "INSERT INTO keys (stream, wrapped) VALUES (?, ?)")
            for (stream, key) in fresh {
                try statement.execute(arguments: [stream.rawValue, try key.wrapped(by: master, for: stream)])
            }
        }
        state.withLock { state in
            for (stream, key) in fresh { state.cache.insert(key, for: stream) }
            state.fresh = [:]
        }
    }

    /// Forgets the keys made since the last flush, because what they were made for is not stored either.
    func discard() { state.withLock { $0.fresh = [:] } }

    /// Destroys the keys of these streams, also in the file's free pages and its write-ahead log.
    func destroy(_ streams: [StreamID]) throws {
        state.withLock { state in
            for stream in streams {
                state.cache.remove(stream)
                state.fresh.removeValue(forKey: stream)
            }
        }
        let deleted = try database.write { db in
            let statement = try db.cachedStatement(sql: "DELETE FROM keys WHERE stream = ?")
            var deleted = 0
            for stream in streams {
                try statement.execute(arguments: [stream.rawValue])
                deleted += db.changesCount
            }
            return deleted
        }
        if deleted > 0 { try truncateLog() }
    }

    /// Goes through all wrapped keys in order of stream.
    func each(_ body: (String, Data) throws -> Void) throws {
        try database.read { db in
            let cursor = try Row.fetchCursor(db, sql: "SELECT stream, wrapped FROM keys ORDER BY stream")
            while let row = try cursor.next() { try body(row[0], row[1]) }
        }
    }

    /// Takes wrapped keys from another store that has the same master key, in place of those of a copy that was stopped.
    func fill(_ keys: [(String, Data)]) throws {
        try database.write { db in
            let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO keys (stream, wrapped) VALUES (?, ?)")
            for (stream, wrapped) in keys { try insert.execute(arguments: [stream, wrapped]) }
        }
        state.withLock { state in for (stream, _) in keys { state.cache.remove(StreamID(rawValue: stream)) } }
    }

    /// Moves the write-ahead log into the file and empties it.
    func truncateLog() throws {
        _ = try database.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
    }

    func close() throws { try database.close() }
}
