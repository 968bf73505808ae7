import Domain
import Foundation
import Journal

extension Installation {
    /// How long somebody's unsent draft is kept, in days.
    private static let draftDays = 30

    /// Clears what has no use any more: ended sessions, old drafts, and contents of documents that no event speaks of.
    ///
    /// - Parameter since: when this was done last.
    /// - Returns: how many sessions, drafts and contents went.
    package func tidy(since: Instant) async throws -> (sessions: Int, drafts: Int, blobs: Int) {
        let now = clock.now()
        let sessions = try await vault.accounts.sweepSessions(at: now)
        let drafts = try await vault.drafts.purge(before: now.adding(days: -Self.draftDays))
        // What was stored within the hour may belong to an act that is still under way.
        let blobs = try await vault.blobs.sweep(from: since, until: now.adding(milliseconds: -3_600_000)) { stream, blob in
            guard let key = stream.rawValue.split(separator: "-", maxSplits: 1).last else { return true }
            return try await load(DossierID(String(key))).documents.contains { $0.blob == blob }
        }
        return (sessions, drafts, blobs)
    }
}
