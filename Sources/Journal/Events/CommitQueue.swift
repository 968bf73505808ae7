import Synchronization

/// Work that waits to be written, gathered into groups that share one commit.
///
/// While one group is being committed the next one gathers; nobody waits on a timer. How a group is committed is the store's
/// own business; `Connection` is what its work writes with.
package final class CommitQueue<Connection>: Sendable {
    /// One piece of work: runs inside the transaction and returns what tells its caller after the commit.
    package struct Item: Sendable {
        /// True for large work: it gets a commit of its own, and no savepoint, whose cost grows with what it holds.
        package let alone: Bool
        package let run: @Sendable (Connection) throws -> @Sendable () -> Void
        package let fail: @Sendable (any Error) -> Void

        package init(
            alone: Bool, run: @escaping @Sendable (Connection) throws -> @Sendable () -> Void,
            fail: @escaping @Sendable (any Error) -> Void
        ) {
            self.alone = alone
            self.run = run
            self.fail = fail
        }
    }

    private struct State {
        var waiting: [Item] = []
        var running = false
        var closed = false
        var commits = 0
    }

    private enum Next { case wait, start, refuse(JournalFault) }

    private let largest: Int
    private let most: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - largest: how many share one commit at most.
    ///   - most: how many may wait; the next one is refused.
    package init(largest: Int, most: Int = .max) {
        self.largest = largest
        self.most = most
    }

    /// The number of groups committed so far.
    package var commits: Int { state.withLock { $0.commits } }

    /// The number of items that wait for the next group.
    package var waiting: Int { state.withLock { $0.waiting.count } }

    /// Takes an item in; it fails at once with `closed`, or with `busy` when too many wait.
    ///
    /// - Returns: true when nobody is committing, so that the caller sees to it that `next` is asked until it gives nothing.
    package func submit(_ item: Item) -> Bool {
        let next = state.withLock { state -> Next in
            guard !state.closed else { return .refuse(.closed) }
            guard state.waiting.count < most else { return .refuse(.busy) }
            state.waiting.append(item)
            if state.running { return .wait }
            state.running = true
            return .start
        }
        switch next {
        case .wait: return false
        case .start: return true
        case .refuse(let fault):
            item.fail(fault)
            return false
        }
    }

    /// The next group; nil when nothing waits, and then the next `submit` starts anew.
    package func next() -> [Item]? {
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

    /// Counts a group that was committed.
    package func committed() { state.withLock { $0.commits += 1 } }

    /// Refuses new work and lets what waits fail; a group that is being committed is finished.
    package func close() {
        let left = state.withLock { state in
            state.closed = true
            let left = state.waiting
            state.waiting = []
            return left
        }
        for item in left { item.fail(JournalFault.closed) }
    }
}
