import Domain
import Foundation
import Journal

extension Installation {
    /// How long somebody's unsent draft is kept, in days.
    private static let draftDays = 30
    /// How long an act takes at most between storing contents and speaking of them, in milliseconds: generously an hour.
    private static let underWay: Int64 = 3_600_000

    /// Forgets in memory what was destroyed, on whichever node that was done.
    package func forgetErased(_ streams: some Sequence<StreamID>) {
        let person = "person-"
        for stream in streams {
            if let dossier = Projection.dossier(of: stream) { cache.forget(dossier) }
            if stream.rawValue.hasPrefix(person) {
                names.forget(person: PersonID(String(stream.rawValue.dropFirst(person.count))))
            }
        }
    }

    /// Clears what has no use any more: ended sessions, old drafts, and contents of documents that no event speaks of.
    ///
    /// - Parameter since: when this was done last.
    /// - Returns: how many sessions, drafts and contents went.
    package func tidy(since: Instant) async throws -> (sessions: Int, drafts: Int, blobs: Int) {
        let now = clock.now()
        let sessions = try await vault.accounts.sweepSessions(at: now.adding(days: -Accounts.rememberedDays))
        let drafts = try await vault.drafts.purge(before: now.adding(days: -Self.draftDays))
        // What was stored within the hour may belong to an act that is still under way; the next time looks at it.
        let blobs = try await vault.blobs.sweep(
            from: since.adding(milliseconds: -Self.underWay), until: now.adding(milliseconds: -Self.underWay)
        ) { stream, blob in
            if let key = Projection.planKey(of: stream) {
                // A version that this program cannot read keeps its papers.
                return try await readableVersion(key)?.steps.contains { $0.document?.blob == blob } ?? true
            }
            guard let id = Projection.dossier(of: stream) else { return true }
            do {
                let dossier = try await folded(id)
                return dossier.documents.contains { $0.blob == blob }
                    || dossier.rights.contains { $0.decided?.what.copy?.blob == blob }
            } catch is NotFound {
                return false
            }
        }
        return (sessions, drafts, blobs)
    }
}
