import Domain
import Synchronization

/// What searches showed to whom a short while ago, so that the read log holds one line of it and not one for every letter.
///
/// Only what is in the log already is remembered here. After a start it is empty, and a line more is written.
package final class Searches: Sendable {
    private struct Shown: Hashable {
        let person: PersonID
        let dossier: DossierID
    }

    private struct State {
        var shown: [Shown: (parts: Set<DossierPart>, at: Instant)] = [:]
    }

    private let state = Mutex(State())
    /// How long one line stands for what follows, in milliseconds: ten minutes.
    private static let stands: Int64 = 600_000
    /// Beyond this many the memory starts anew: a bound, not a tuning.
    private static let most = 50_000

    package init() {}

    /// Whether the log holds a line of not long ago that says as much.
    func isKnown(_ dossier: DossierID, _ parts: Set<DossierPart>, by person: PersonID, at now: Instant) -> Bool {
        state.withLock { state in
            guard let known = state.shown[Shown(person: person, dossier: dossier)] else { return false }
            // A clock that was set back makes nothing younger.
            return known.parts.isSuperset(of: parts) && abs(now.milliseconds - known.at.milliseconds) < Self.stands
        }
    }

    /// Remembers a line that was written.
    func remember(_ dossier: DossierID, _ parts: Set<DossierPart>, by person: PersonID, at now: Instant) {
        state.withLock { state in
            if state.shown.count >= Self.most { state.shown = [:] }
            state.shown[Shown(person: person, dossier: dossier)] = (parts, now)
        }
    }
}
