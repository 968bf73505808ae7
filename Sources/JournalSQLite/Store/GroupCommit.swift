import GRDB
import Journal
import Synchronization

/// Collects waiting work and commits it together, so that concurrent writers share one fsync.
///
/// While one group is being committed the next one gathers; nobody waits on a timer. A group's callers hear the outcome
/// only after the commit, those whose work failed as well: what they collided with is then visible to them.
final class GroupCommit: Sendable {
    /// One piece of work: runs inside the transaction and returns what tells its caller after the commit.
    struct Item: Sendable {
        /// True for large work: it gets a commit of its own, and no savepoint, whose cost grows with what it holds.
        let alone: Bool
        let run: @Sendable (Database) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Item] = []
        var running = false
        var closed = false
        var commits = 0
    }

    private let database: any DatabaseWriter
    private let keys: SQLiteKeys
    private let largest: Int
    private let state = Mutex(State())

    init(database: any DatabaseWriter, keys: SQLiteKeys, largest: Int) {
        self.database = database
        self.keys = keys
        self.largest = largest
    }

    /// The number of groups committed so far.
    var commits: Int { state.withLock { $0.commits } }

    /// The number of items that wait for the next group.
    var waiting: Int { state.withLock { $0.waiting.count } }

    func submit(_ item: Item) {
        enum Next { case wait, start, refuse }
        let next = state.withLock { state -> Next in
            guard !state.closed else { return .refuse }
            state.waiting.append(item)
            if state.running { return .wait }
            state.running = true
            return .start
        }
        switch next {
        case .wait: break
        case .start: database.asyncWriteWithoutTransaction { self.drain($0) }
        case .refuse: item.fail(JournalFault.closed)
        }
    }

    /// Refuses new work and lets what waits fail; a group that is being committed is finished.
    func close() {
        let left = state.withLock { state in
            state.closed = true
            let left = state.waiting
            state.waiting = []
            return left
        }
        for item in left { item.fail(JournalFault.closed) }
    }

    private func drain(_ db: Database) {
        while let group = next() { commit(group, db) }
    }

    private func next() -> [Item]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running = false
                return nil
            }
            let together = state.waiting.prefix(largest).prefix { !$0.alone }
            let group = Array(together.isEmpty ? state.waiting.prefix(1) : together)
            state.waiting.removeFirst(group.count)
            return group
        }
    }

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
            state.withLock { $0.commits += 1 }
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
