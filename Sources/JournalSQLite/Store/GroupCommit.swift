import GRDB
import Journal

/// Commits waiting work together, so that concurrent writers share one fsync.
///
/// A group's callers hear the outcome only after the commit, those whose work failed as well: what they collided with is
/// then visible to them.
final class GroupCommit: Sendable {
    typealias Item = CommitQueue<Database>.Item

    private let database: any DatabaseWriter
    private let keys: SQLiteKeys
    private let queue: CommitQueue<Database>

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
            for item in group { item.fail(error) }
            return
        }
        for tell in outcomes { tell() }
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
