import Domain
import Synchronization

/// Folded dossiers kept in memory, the least recently used first to go.
///
/// It saves time, never truth: whoever uses one asks the journal for what came after its version.
package final class DossierCache: Sendable {
    private struct Entry {
        var dossier: Dossier
        var used: UInt64
    }

    private struct State {
        var entries: [DossierID: Entry] = [:]
        var clock: UInt64 = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: the most dossiers kept; one takes some tens of kilobytes.
    package init(limit: Int) { self.limit = limit }

    package subscript(_ id: DossierID) -> Dossier? {
        state.withLock { state in
            guard state.entries[id] != nil else { return nil }
            state.clock += 1
            state.entries[id]?.used = state.clock
            return state.entries[id]?.dossier
        }
    }

    /// Keeps a dossier, unless a younger version is there.
    package func keep(_ dossier: Dossier) {
        guard limit > 0 else { return }
        state.withLock { state in
            if let known = state.entries[dossier.id], known.dossier.version > dossier.version { return }
            state.clock += 1
            state.entries[dossier.id] = Entry(dossier: dossier, used: state.clock)
            guard state.entries.count > limit else { return }
            // Dropping a tenth at once costs one sort for many insertions.
            let oldest = state.entries.sorted { $0.value.used < $1.value.used }.prefix(max(1, limit / 10))
            for (id, _) in oldest { state.entries[id] = nil }
        }
    }

    /// Forgets a dossier.
    package func forget(_ id: DossierID) {
        state.withLock { $0.entries[id] = nil }
    }
}
