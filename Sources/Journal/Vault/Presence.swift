import Domain
import Synchronization

/// Who writes where, in the memory of the one process that serves; a restart forgets it.
package final class Presence: Presences {
    /// A part of one dossier.
    private struct Place: Hashable {
        let dossier: DossierID
        let part: String
    }

    private let state = Mutex<[Place: [PersonID: Instant]]>([:])
    /// How long somebody counts as there after opening or saving, in milliseconds.
    package static let lasts: Int64 = 120_000
    /// Beyond this many places everything that has expired is dropped.
    private static let most = 1_000

    package init() {}

    package func note(_ person: PersonID, in part: String, of dossier: DossierID, at now: Instant) {
        state.withLock { state in
            if state.count >= Self.most { Self.sweep(&state, at: now) }
            state[Place(dossier: dossier, part: part), default: [:]][person] = now
        }
    }

    package func others(than person: PersonID, in part: String? = nil, of dossier: DossierID, at now: Instant) -> [PersonID] {
        let found = state.withLock { state in
            state.filter { $0.key.dossier == dossier && (part == nil || $0.key.part == part) }.values.flatMap { people in
                people.filter { Self.isThere($0.value, at: now) }.keys
            }
        }
        return Set(found).subtracting([person]).sorted()
    }

    private static func isThere(_ seen: Instant, at now: Instant) -> Bool {
        now.milliseconds - seen.milliseconds < lasts
    }

    private static func sweep(_ state: inout [Place: [PersonID: Instant]], at now: Instant) {
        state = state.mapValues { $0.filter { isThere($0.value, at: now) } }.filter { !$0.value.isEmpty }
    }
}
