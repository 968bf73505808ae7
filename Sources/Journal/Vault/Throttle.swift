import Crypto
import Domain
import Foundation
import Synchronization

/// Counts attempts in memory, for a store that one process has alone; a restart forgets them.
package final class Throttle: Attempts {
    private typealias Entry = AttemptCount

    /// Two generations: when the young half is full it becomes the old half, and the oldest are forgotten.
    private struct State {
        var young: [Data: Entry] = [:]
        var old: [Data: Entry] = [:]
    }

    private let rule: AttemptRule
    private let half: Int
    private let state = Mutex(State())

    /// - Parameter capacity: the most keys that are remembered.
    package init(_ rule: AttemptRule, capacity: Int = 20_000) {
        self.rule = rule
        half = max(1, capacity / 2)
    }

    /// - Parameters:
    ///   - longest: in seconds.
    ///   - forgottenAfter: in seconds.
    ///   - capacity: the most keys that are remembered.
    package convenience init(free: Int = 5, longest: Int = 300, forgottenAfter: Int = 3600, capacity: Int = 20_000) {
        self.init(AttemptRule(free: free, longest: longest, forgottenAfter: forgottenAfter), capacity: capacity)
    }

    /// The number of keys remembered.
    package var count: Int { state.withLock { $0.young.count + $0.old.count } }

    /// Until when the key has to wait; nil if an attempt would be looked at now.
    package func wait(_ key: String, at moment: Instant) -> Instant? {
        let key = Throttle.digest(key)
        return state.withLock { state in entry(key, at: moment, &state)?.wait(at: moment, by: rule) }
    }

    package func begin(_ key: String, at moment: Instant) -> Instant? {
        let key = Throttle.digest(key)
        return state.withLock { state in
            var entry = entry(key, at: moment, &state) ?? Entry(last: moment)
            if let until = entry.begin(at: moment, by: rule) { return until }
            if state.young.count >= half, state.young[key] == nil {
                state.old = state.young
                state.young = [:]
            }
            state.young[key] = entry
            state.old.removeValue(forKey: key)
            return nil
        }
    }

    package func forget(_ key: String) {
        let key = Throttle.digest(key)
        state.withLock { state in
            state.young.removeValue(forKey: key)
            state.old.removeValue(forKey: key)
        }
    }

    package func takeBack(_ key: String) {
        let key = Throttle.digest(key)
        state.withLock { state in
            guard var entry = state.young[key] ?? state.old[key] else { return }
            entry.takeBack(by: rule)
            if state.young[key] != nil { state.young[key] = entry } else { state.old[key] = entry }
        }
    }

    private func entry(_ key: Data, at moment: Instant, _ state: inout State) -> Entry? {
        guard let entry = state.young[key] ?? state.old[key] else { return nil }
        return entry.counts(at: moment, by: rule) ? entry : nil
    }

    /// So that a long key costs no more memory than a short one, and an address is not lying about.
    package static func digest(_ key: String) -> Data { Data(SHA256.hash(data: Data(key.utf8)).prefix(16)) }
}
