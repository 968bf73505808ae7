import Domain
import UseCases

/// What came of dossiers tried by another plan, kept for a while: going through all of them takes long.
actor Replays {
    private struct Asked: Hashable {
        let before: PlanKey
        let after: PlanKey
    }

    /// How long a count stays good enough, in milliseconds: ten minutes.
    private static let lasts: Int64 = 600_000
    private var known: [Asked: (replay: PlanReplay, at: Instant)] = [:]
    private var running: [Asked: Task<PlanReplay, any Error>] = [:]

    /// The dossiers under one plan, tried by another; those who ask at the same time wait for one count.
    func replay(from before: PlanRules, by after: PlanRules, _ installation: Installation) async throws -> PlanReplay {
        let asked = Asked(before: before.key, after: after.key)
        let now = installation.clock.now()
        if let found = known[asked], now.milliseconds - found.at.milliseconds < Self.lasts { return found.replay }
        let task = running[asked] ?? Task { try await installation.replay(from: before, by: after) }
        running[asked] = task
        defer { running[asked] = nil }
        let replay = try await task.value
        known[asked] = (replay, now)
        return replay
    }
}
