import Foundation
import Synchronization

/// Hashes and checks passwords on threads of its own, a few at a time.
///
/// Each costs a third of a second and 32 MiB on purpose; done on the threads that serve requests it would stop all others.
package final class PasswordHasher: Sendable {
    /// What new hashes cost.
    package let cost: PasswordCost
    private let queue: OperationQueue
    private let waiting = Mutex(0)
    private let most: Int

    /// - Parameter atOnce: how many are worked on at the same time, 1 or more; each holds its memory.
    /// - Parameter most: how many may be worked on or wait; the next one is refused.
    package init(cost: PasswordCost = .standard, atOnce: Int = 2, most: Int = 128) {
        self.cost = cost
        self.most = most
        queue = OperationQueue()
        queue.name = "passwords"
        queue.maxConcurrentOperationCount = max(1, atOnce)
    }

    private init(cost: PasswordCost, queue: OperationQueue, most: Int) {
        self.cost = cost
        self.queue = queue
        self.most = most
    }

    /// One for others, who take turns with everybody who shares this one.
    ///
    /// - Parameter most: how many of these others may be worked on or wait.
    package func sharing(most: Int) -> PasswordHasher { PasswordHasher(cost: cost, queue: queue, most: most) }

    /// Throws `AccountRefusal.busy` if too many wait.
    package func hash(_ password: String) async throws -> PasswordHash {
        let cost = cost
        return try await run { try PasswordHash(password, cost: cost) }
    }

    /// True if the password opens the hash; without a hash the same time is spent and the answer is no.
    ///
    /// Throws `AccountRefusal.busy` if too many wait.
    package func verify(_ password: String, against hash: PasswordHash?) async throws -> Bool {
        let cost = cost
        return try await run {
            let matches = try (hash ?? .decoy(cost: cost)).matches(password)
            return matches && hash != nil && !password.isEmpty && password.utf8.count <= PasswordHash.longestPassword
        }
    }

    private func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        let isFree = waiting.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
        guard isFree else { throw AccountRefusal.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }
}
