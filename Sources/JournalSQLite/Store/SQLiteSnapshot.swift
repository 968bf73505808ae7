import Domain
import Foundation
import GRDB
import Journal

/// A store as it was at one moment, in two files that nobody writes: what a backup is made of.
///
/// It needs no key and opens nothing, so whoever makes backups need not be able to read them.
package struct SQLiteSnapshot: Sendable {
    /// The number of rows of the journal, and the sequence of the last.
    package let size: Int64
    /// The hash of the first row, which tells this journal from any other; empty when there is none.
    package let first: Data
    /// The hash of the last row; empty when there is none.
    package let hash: Data
    /// The root of the tree over all rows.
    package let root: Data
    /// The ids of contents that lie in files beside the database.
    package let contents: [String]
    /// The streams that were forgotten.
    package let erased: [StreamID]
    /// Streams that have events and were not forgotten, and whose key is not among the keys.
    package let withoutKey: [StreamID]

    /// Copies both databases of a folder, while others read and write there.
    ///
    /// The copy of the keys has the key of every stream in the copy of the journal: a key is on disk before the first event of its
    /// stream, and keys are copied while the look at the journal lasts. A key is destroyed after its erasure is in the journal, so
    /// when an erasure came in between both are copied again.
    ///
    /// - Parameters:
    ///   - journal: where the copy of the journal is put; nothing is there yet.
    ///   - keys: where that of the keys is put.
    /// - Throws: `JournalFault`: `storage` when the disk is full, or erasures came between each time.
    package static func take(of directory: URL, journal: URL, keys: URL) throws(JournalFault) -> SQLiteSnapshot {
        try SQLiteStore.faults {
            let source = try database(directory.appending(path: "journal.sqlite"))
            let sourceKeys = try database(directory.appending(path: "keys.sqlite"))
            for _ in 0..<5 {
                for file in [journal, keys] { try remove(file) }
                let copy = try copy(at: journal)
                let keyCopy = try self.copy(at: keys)
                let before = try source.read { db in
                    // The first look is the moment of the copy.
                    let erased = try erasures(db)
                    try copy.writeWithoutTransaction { try db.backup(to: $0) }
                    try sourceKeys.read { keyDB in try keyCopy.writeWithoutTransaction { try keyDB.backup(to: $0) } }
                    return erased
                }
                if try source.read(erasures) == before {
                    let snapshot = try look(copy, keyCopy)
                    for database in [copy, keyCopy, source, sourceKeys] { try database.close() }
                    return snapshot
                }
                for database in [copy, keyCopy] { try database.close() }
            }
            throw JournalFault.busy
        }
    }

    private static func erasures(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM erased_streams") ?? 0
    }

    private static func database(_ file: URL) throws -> DatabaseQueue {
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
            throw JournalFault.storage(code: Int(ENOENT), message: "\(file.lastPathComponent) is not there")
        }
        return try DatabaseQueue(
            path: file.path(percentEncoded: false), configuration: SQLiteStore.configuration(readers: 1, cacheKiB: 2_048))
    }

    /// It is read once and thrown away, so nothing is flushed.
    private static func copy(at file: URL) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = OFF") }
        return try DatabaseQueue(path: file.path(percentEncoded: false), configuration: configuration)
    }

    private static func remove(_ file: URL) throws {
        for end in ["", "-wal", "-shm", "-journal"] {
            let path = file.path(percentEncoded: false) + end
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
    }

    private static func look(_ copy: DatabaseQueue, _ keys: DatabaseQueue) throws -> SQLiteSnapshot {
        let known = Set(try keys.read { try String.fetchAll($0, sql: "SELECT stream FROM keys") })
        return try copy.read { db in
            var tree = MerkleFrontier()
            var (first, last) = (Data(), Data())
            let rows = try Row.fetchCursor(db, sql: "SELECT hash FROM events ORDER BY sequence")
            while let row = try rows.next() {
                guard let hash = Data.fromDatabaseValue(row[0]) else { throw JournalFault.unreadableRow(table: "events") }
                if tree.size == 0 { first = hash }
                tree.add(hash)
                last = hash
            }
            let erased = try String.fetchAll(db, sql: "SELECT stream FROM erased_streams ORDER BY stream")
            let streams = try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT stream FROM events WHERE stream NOT IN (SELECT stream FROM erased_streams) ORDER BY stream
                    """)
            return SQLiteSnapshot(
                size: tree.size, first: first, hash: last, root: tree.root,
                contents: try String.fetchAll(db, sql: "SELECT id FROM blobs WHERE sealed IS NULL ORDER BY id"),
                erased: erased.map { StreamID(rawValue: $0) },
                withoutKey: streams.filter { !known.contains($0) }.map { StreamID(rawValue: $0) })
        }
    }
}
