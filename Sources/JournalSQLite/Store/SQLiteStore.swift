import Dispatch
import Domain
import Foundation
import GRDB
import Journal
import Synchronization

/// The embedded store: one SQLite database for journal, registers and vault, and one for the keys.
///
/// All writing goes through `write`, which lets concurrent callers share one transaction and so one fsync; reading goes
/// through `read`, on several connections at once that never wait for a writer.
package final class SQLiteStore: Sendable {
    /// The keys of the streams, for those who seal what belongs to a stream.
    package let keys: SQLiteKeys
    let database: any DatabaseWriter
    private let queue: GroupCommit
    /// Threads for what goes through many rows. Whoever holds a reading connection must need no other thread to give it back:
    /// those that carry tasks may all be waiting for one.
    private let aside = DispatchQueue(label: "sentrum.read-along", attributes: .concurrent)

    init(database: any DatabaseWriter, keyDatabase: any DatabaseWriter, master: MasterKey, options: Options) throws {
        // Before anything else is touched: what a younger program wrote, this one might not understand.
        let migrator = SQLiteStore.migrator
        guard try !database.read(migrator.hasBeenSuperseded) else { throw JournalFault.younger }
        self.database = database
        keys = try SQLiteKeys(database: keyDatabase, master: master, capacity: options.cachedKeys)
        queue = GroupCommit(database: database, keys: keys, largest: options.largestGroup)
        try migrator.migrate(database)
        // What was erased stays erased, also when a backup of the keys was put back or a crash came between.
        let erased = try database.read { db in try String.fetchAll(db, sql: "SELECT stream FROM erased_streams") }
        try keys.destroy(erased.map { StreamID(rawValue: $0) })
    }

    /// The number of commits since the store was opened; fewer than the pieces of work when they shared some.
    package var commits: Int { queue.commits }

    /// The number of pieces of work that wait for the next commit.
    package var waiting: Int { queue.waiting }

    /// Runs the work inside a transaction of the writer and returns its result once that is on disk.
    ///
    /// Work that comes in while another group is being committed shares the next commit. Each item runs in a savepoint of
    /// its own: if it throws, its changes alone are rolled back and its error is rethrown (an error of the database as
    /// `JournalFault`). The work runs at most once, on the only writing connection: it must be quick and must not wait.
    package func write<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws -> T {
        try await submit(alone: false, work)
    }

    /// Like `write`, for work that writes very much: it gets a commit of its own, and others wait meanwhile.
    package func writeAlone<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws -> T {
        try await submit(alone: true, work)
    }

    private func submit<T: Sendable>(
        alone: Bool, _ work: @Sendable @escaping (Database) throws -> T
    ) async throws -> T {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                queue.submit(
                    GroupCommit.Item(
                        alone: alone,
                        run: { db in
                            let value = try work(db)
                            return { continuation.resume(returning: value) }
                        },
                        fail: { continuation.resume(throwing: $0) }))
            }
        } catch let error as DatabaseError {
            throw JournalFault(error)
        }
    }

    /// Runs the work on one of the reading connections, in a snapshot that holds everything acknowledged before.
    ///
    /// It runs on the caller's thread, because a page asks many small questions: going to another thread and back takes
    /// longer than the answer. The work must be quick; what goes through many rows is for `readAlong`.
    /// An error of the database is thrown as `JournalFault`.
    package func read<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws -> T {
        try readHere(work)
    }

    /// Like `read`, for work that goes through many rows: it runs on a thread of its own, so that nobody waits for it.
    ///
    /// Throws `JournalFault.cancelled` if the task was cancelled before it began.
    package func readAlong<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws -> T {
        guard !Task.isCancelled else { throw JournalFault.cancelled }
        return try await withCheckedThrowingContinuation { continuation in
            aside.async { continuation.resume(with: Result { try self.readHere(work) }) }
        }
    }

    /// Like `read`, for callers whose work throws nothing but faults and errors of the database.
    func fetch<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws(JournalFault) -> T {
        do {
            return try readHere(work)
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    /// Like `readAlong`, for callers whose work throws nothing but faults and errors of the database.
    func fetchAlong<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws(JournalFault) -> T {
        do {
            return try await readAlong(work)
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    private func readHere<T>(_ work: (Database) throws -> T) throws -> T {
        do {
            return try database.read(work)
        } catch let error as DatabaseError {
            throw JournalFault(error)
        }
    }

    /// Moves the write-ahead logs into the databases and empties them: before a copy is made, or after an erasure.
    package func checkpoint() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            database.asyncWriteWithoutTransaction { db in
                do {
                    if db.configuration.label != SQLiteStore.memoryLabel { _ = try db.checkpoint(.truncate) }
                    try self.keys.truncateLog()
                    continuation.resume()
                } catch let error as DatabaseError {
                    continuation.resume(throwing: JournalFault(error))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// Destroys the keys of streams whose erasure is on disk, and empties the write-ahead logs of what they still hold.
    func destroyKeys(of streams: [StreamID]) async throws {
        try keys.destroy(streams)
        try await checkpoint()
    }

    /// Closes both databases. What waits to be written fails with `closed`.
    ///
    /// Throws `JournalFault`, such as on a disk that failed; what was acknowledged is in the log all the same.
    package func close() throws {
        queue.close()
        try Self.faults {
            try database.close()
            try keys.close()
        }
    }
}

extension JournalFault {
    /// The fault for an error of the database; its message names tables and columns, never values.
    init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_MISUSE, .SQLITE_INTERRUPT: self = .closed
        case .SQLITE_FULL: self = .outage(.diskFull)
        case .SQLITE_READONLY: self = .outage(.diskReadOnly)
        case .SQLITE_IOERR, .SQLITE_CANTOPEN: self = .outage(.diskFailed)
        default: self = .storage(code: Int(error.extendedResultCode.rawValue), message: error.message ?? "")
        }
    }
}
