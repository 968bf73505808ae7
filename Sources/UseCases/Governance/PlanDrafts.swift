import Domain
import Journal
import Plan
import Synchronization

/// The versions that drafts are laid over, each read once.
package final class PlanGrounds: Sendable {
    private let known = Mutex<[PlanKey: (from: Day, ground: PlanGround)]>([:])

    package init() {}

    /// A version that is followed, as drafts need it.
    ///
    /// - Throws: what keeps it from being read.
    func ground(_ rules: PlanRules, in files: any PlanFiles) throws(PlanProblems) -> PlanGround {
        if let found = known.withLock({ $0[rules.key] }), found.from == rules.inForce { return found.ground }
        let ground = try PlanGround(rules.key, from: files)
        known.withLock { $0[rules.key] = (rules.inForce, ground) }
        return ground
    }
}

extension Installation {
    /// Whether somebody writes drafts by the plan in force.
    package func mayWrite(_ actor: Actor) -> Bool {
        guard let writers = rules.governance?.functions(for: .write) else { return false }
        return actor.functions.contains { writers.contains($0.function) && $0.isHeld(on: today) }
    }

    /// A draft with its version, for somebody who writes it.
    ///
    /// - Parameter at: the version of the stream to look at; nil for how it is now.
    /// - Throws: `NotFound` for whoever may not write, and for what is no open draft of a version that is followed.
    package func draft(
        _ key: PlanKey, at earlier: Int? = nil, as actor: Actor
    ) async throws -> (version: PlanVersion, draft: PlanDraft) {
        guard mayWrite(actor), let files = plans.files else { throw NotFound() }
        var version = try await planVersion(key)
        guard version.isOpen, let amends = version.amends, let rules = shelf[amends] else { throw NotFound() }
        if let earlier, earlier < version.version {
            version = PlanVersion(key: key)
            for event in try await journal.read(Projection.stream(key)) where event.version <= earlier {
                try version.fold(event)
            }
            guard version.exists else { throw NotFound() }
        }
        return (version, PlanDraft(key, files: version.texts, over: try grounds.ground(rules, in: files)))
    }

    /// The drafts that somebody can go on with, by key.
    package func openDrafts(for actor: Actor) async throws -> [PlanVersion] {
        guard mayWrite(actor) else { return [] }
        return try await planVersions().filter { $0.isOpen && $0.amends.map { shelf[$0] != nil } == true }
    }

    /// Keeps what changed in the files of a draft, on top of the version that it was made from.
    ///
    /// - Throws: `Refused` with `fieldChangedMeanwhile` when somebody else wrote the same file since.
    package func keep(
        _ changes: PlanDraft.Changes, of key: PlanKey, basedOn version: Int, as actor: Actor
    ) async throws -> PlanVersion {
        try await perform(
            .write(changes.sorted { $0.key < $1.key }.map { .init(file: $0.key, text: $0.value) }, basedOn: version),
            on: key, as: actor)
    }
}
