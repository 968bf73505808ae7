import GRDB
import Journal
import Synchronization

/// Commits waiting work together, so that concurrent writers share one fsync.
///
/// A group's callers hear the outcome only after the commit, those whose work failed as well: what they collided with is
/// then visible to them.
///
/// After an fsync that failed nothing is written until the store is settled. The system forgets what it could not bring to the
/// disk, so a second fsync that succeeds proves nothing of what was written before it, and of the group it is not known whether
/// a start after a crash would find it in the log. Settling brings all that was acknowledged from the log into the database,
/// with an fsync of its own, and empties the log of what was not.
final class GroupCommit: Sendable {
    typealias Item = CommitQueue<Database>.Item

    private let database: any DatabaseWriter
    private let keys: SQLiteKeys
    private let queue: CommitQueue<Database>
    /// Whether an fsync failed and the store was not settled since.
    private let isUnsettled = Mutex(false)

    init(database: any DatabaseWriter, keys: SQLiteKeys, largest: Int) {
        self.database = database
        self.keys = keys
        queue = CommitQueue(largest: largest)
    }

    /// The number of groups committed so far.
    var commits: Int { queue.commits }

    /// The number of items that wait for the next group.
    var waiting: Int { queue.waiting }

    func submit(_ item: Item) {
        guard queue.submit(item) else { return }
        database.asyncWriteWithoutTransaction { db in
            while let group = self.queue.next() { self.commit(group, db) }
        }
    }

    /// Refuses new work and lets what waits fail; a group that is being committed is finished.
    func close() { queue.close() }

    private func commit(_ group: [Item], _ db: Database) {
        var outcomes: [@Sendable () -> Void] = []
        outcomes.reserveCapacity(group.count)
        do {
            try settle(db)
            try db.beginTransaction(.immediate)
            if group.count == 1 {
                // Alone, its failure may end the transaction itself.
                outcomes.append(try group[0].run(db))
            } else {
                for item in group { outcomes.append(try outcome(of: item, db)) }
            }
            try keys.flush()
            try db.commit()
            queue.committed()
        } catch {
            keys.discard()
            if db.isInsideTransaction { try? db.rollback() }
            let fault = fault(after: error, db)
            for item in group { item.fail(fault) }
            return
        }
        for tell in outcomes { tell() }
    }

    /// What the callers of a group hear: that nothing was written, or after an fsync that failed and a store that cannot be
    /// settled either, that it is not known.
    private func fault(after error: any Error, _ db: Database) -> any Error {
        guard let error = error as? DatabaseError, error.isOfSync else { return error }
        isUnsettled.withLock { $0 = true }
        do {
            try settle(db)
            return error
        } catch {
            return JournalFault.uncertain
        }
    }

    private func settle(_ db: Database) throws {
        guard isUnsettled.withLock({ $0 }) else { return }
        do {
            if db.configuration.label != SQLiteStore.memoryLabel { _ = try db.checkpoint(.truncate) }
            try keys.truncateLog()
        } catch {
            throw JournalFault.outage(.diskFailed)
        }
        isUnsettled.withLock { $0 = false }
    }

    /// Runs one item in a savepoint; throws only if the transaction as a whole is lost.
    private func outcome(of item: Item, _ db: Database) throws -> @Sendable () -> Void {
        try db.cachedStatement(sql: "SAVEPOINT item").execute()
        do {
            let tell = try item.run(db)
            try db.cachedStatement(sql: "RELEASE item").execute()
            return tell
        } catch {
            // A full disk or an I/O error ends the transaction by itself; then nothing of the group stands.
            guard db.isInsideTransaction else { throw error }
            try db.cachedStatement(sql: "ROLLBACK TO item").execute()
            try db.cachedStatement(sql: "RELEASE item").execute()
            return { item.fail(error) }
        }
    }
}

extension DatabaseError {
    /// Whether the system said that it could not bring to the disk what was written.
    fileprivate var isOfSync: Bool {
        [.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC].contains(extendedResultCode)
    }
}
