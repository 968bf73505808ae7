import Crypto
import Domain
import Foundation
import Synchronization

/// Places in memory, for a store that one process has alone; a restart forgets them, and then all counts together.
final class KnownPlaces: Places {
    /// Two generations: when the young half is full it becomes the old half, and the oldest are forgotten.
    private struct State {
        var young: Set<Data> = []
        var old: Set<Data> = []
    }

    private let half: Int
    private let state = Mutex(State())

    /// - Parameter capacity: the most places that are remembered.
    init(capacity: Int = 20_000) { half = max(1, capacity / 2) }

    /// An account at an address, as one text; no two pairs have the same.
    static func place(_ email: String, _ source: String) -> String { "\(source.utf8.count)|\(source)|\(email)" }

    func contains(_ place: String) -> Bool {
        let place = KnownPlaces.digest(place)
        return state.withLock { $0.young.contains(place) || $0.old.contains(place) }
    }

    func insert(_ place: String, at: Instant) {
        let place = KnownPlaces.digest(place)
        state.withLock { state in
            guard !state.young.contains(place) else { return }
            if state.young.count >= half {
                state.old = state.young
                state.young = []
            }
            state.young.insert(place)
            state.old.remove(place)
        }
    }

    /// So that no address is lying about.
    private static func digest(_ place: String) -> Data { Data(SHA256.hash(data: Data(place.utf8)).prefix(16)) }
}
