import Crypto
import Domain
import Foundation
import Synchronization

/// Makes whoever guesses wait longer and longer.
///
/// Kept in memory only: a restart forgets it, and several servers count each for themselves. An attempt counts as failed
/// from its beginning until it has succeeded, so a hundred at once are no way round.
package final class Throttle: Sendable {
    private struct Entry {
        var failures = 0
        var last: Instant
        var until: Instant?
    }

    /// Two generations: when the young half is full it becomes the old half, and the oldest are forgotten.
    private struct State {
        var young: [Data: Entry] = [:]
        var old: [Data: Entry] = [:]
    }

    private let free: Int
    private let longest: Int64
    private let forgottenAfter: Int64
    private let half: Int
    private let state = Mutex(State())

    /// - Parameter free: after how many failures the first wait comes, 1 or more.
    /// - Parameter longest: the most seconds that are waited. The first wait is one second, and each next one twice that.
    /// - Parameter forgottenAfter: seconds without an attempt after which all is forgotten.
    /// - Parameter capacity: the most keys that are remembered.
    package init(free: Int = 5, longest: Int = 300, forgottenAfter: Int = 3600, capacity: Int = 20_000) {
        self.free = max(1, free)
        self.longest = Int64(max(1, longest)) * 1000
        self.forgottenAfter = Int64(max(1, forgottenAfter)) * 1000
        half = max(1, capacity / 2)
    }

    /// The number of keys remembered.
    package var count: Int { state.withLock { $0.young.count + $0.old.count } }

    /// Until when the key has to wait; nil if an attempt would be looked at now.
    package func wait(_ key: String, at moment: Instant) -> Instant? {
        let key = Throttle.digest(key)
        return state.withLock { state in
            guard let until = entry(key, at: moment, &state)?.until, moment < until else { return nil }
            return until
        }
    }

    /// Begins an attempt, counted as failed until `forget` or `takeBack`; returns until when to wait if it may not begin.
    package func begin(_ key: String, at moment: Instant) -> Instant? {
        let key = Throttle.digest(key)
        return state.withLock { state in
            var entry = entry(key, at: moment, &state) ?? Entry(last: moment)
            if let until = entry.until, moment < until { return until }
            entry.failures += 1
            entry.last = moment
            if entry.failures >= free {
                let doublings = min(entry.failures - free, 40)
                entry.until = moment.adding(milliseconds: min(Int64(1000) << doublings, longest))
            }
            if state.young.count >= half, state.young[key] == nil {
                state.old = state.young
                state.young = [:]
            }
            state.young[key] = entry
            state.old.removeValue(forKey: key)
            return nil
        }
    }

    /// The attempt succeeded, and with it all is forgotten that the key did before.
    package func forget(_ key: String) {
        let key = Throttle.digest(key)
        state.withLock { state in
            state.young.removeValue(forKey: key)
            state.old.removeValue(forKey: key)
        }
    }

    /// The attempt succeeded or came to nothing: it alone is no longer counted.
    package func takeBack(_ key: String) {
        let key = Throttle.digest(key)
        state.withLock { state in
            guard var entry = state.young[key] ?? state.old[key] else { return }
            entry.failures = max(0, entry.failures - 1)
            if entry.failures < free { entry.until = nil }
            if state.young[key] != nil { state.young[key] = entry } else { state.old[key] = entry }
        }
    }

    private func entry(_ key: Data, at moment: Instant, _ state: inout State) -> Entry? {
        guard let entry = state.young[key] ?? state.old[key] else { return nil }
        return moment < entry.last.adding(milliseconds: forgottenAfter) ? entry : nil
    }

    /// So that a long key costs no more memory than a short one, and an address is not lying about.
    private static func digest(_ key: String) -> Data { Data(SHA256.hash(data: Data(key.utf8)).prefix(16)) }
}
