import Domain
import Journal
import Plan
import Synchronization

/// The versions that drafts are laid over, each read once, and the drafts that were read, checked and tried last.
///
/// Reading and trying a large plan takes longer than all else that a page of a draft does, and a draft is looked at more often
/// than it is changed.
package final class PlanGrounds: Sendable {
    /// How many drafts are kept; a partnership writes one or two at a time.
    private static let most = 8

    private struct Read {
        let draft: PlanDraft
        let from: Day
        var judgement: PlanJudgement?
    }

    private let known = Mutex<[PlanKey: (from: Day, ground: PlanGround)]>([:])
    private let read = Mutex<[Read]>([])

    package init() {}

    /// A version that is followed, as drafts need it.
    ///
    /// - Throws: what keeps it from being read.
    package func ground(_ rules: PlanRules, in files: any PlanFiles) throws(PlanProblems) -> PlanGround {
        if let found = known.withLock({ $0[rules.key] }), found.from == rules.inForce { return found.ground }
        let ground = try PlanGround(rules.key, from: files)
        known.withLock { $0[rules.key] = (rules.inForce, ground) }
        return ground
    }

    /// A draft by its files, read anew when they were not read last.
    func draft(_ key: PlanKey, files: [String: String], over ground: PlanGround) -> PlanDraft {
        let from = ground.plan.rules.inForce
        if let found = read.withLock({ $0.first { $0.from == from && $0.draft.isSame(key, files, ground) } }) {
            return found.draft
        }
        let draft = PlanDraft(key, files: files, over: ground)
        keep(draft)
        return draft
    }

    /// Keeps a draft that was read already, because it is what is asked for next.
    package func keep(_ draft: PlanDraft, _ judgement: PlanJudgement? = nil) {
        read.withLock { read in
            read.removeAll { $0.draft.isSame(draft.key, draft.files, draft.ground) }
            read.insert(Read(draft: draft, from: draft.ground.plan.rules.inForce, judgement: judgement), at: 0)
            if read.count > Self.most { read.removeLast() }
        }
    }

    /// What a draft comes to, found once.
    package func judgement(of draft: PlanDraft) -> PlanJudgement {
        let known = read.withLock { read in
            read.first { $0.judgement != nil && $0.draft.isSame(draft.key, draft.files, draft.ground) }?.judgement
        }
        if let known { return known }
        let judgement = draft.judgement()
        keep(draft, judgement)
        return judgement
    }
}

extension PlanDraft {
    /// Whether it is a draft of these files over this version.
    fileprivate func isSame(_ key: PlanKey, _ files: [String: String], _ ground: PlanGround) -> Bool {
        self.key == key && self.ground.key == ground.key && self.files == files
            && self.ground.plan.rules.inForce == ground.plan.rules.inForce
    }
}

extension Installation {
    /// Whether somebody writes drafts by the plan in force.
    package func mayWrite(_ actor: Actor) -> Bool {
        guard let writers = rules.governance?.functions(for: .write) else { return false }
        return actor.functions.contains { writers.contains($0.function) && $0.isHeld(on: today) }
    }

    /// Begins a draft of this partnership that changes a version.
    ///
    /// - Parameters:
    ///   - name: what it is called behind the partnership's own key.
    ///   - from: the day that is aimed at.
    /// - Throws: `Refused` with the field `key`, `title-nl`, `title-en` or `amends`, or for whoever may not write.
    package func beginDraft(
        _ name: String, title: Localized, amends: PlanKey, from: Day, as actor: Actor
    ) async throws -> PlanVersion {
        let key = PlanKey("\(rules.key.rawValue.prefix { $0 != "/" })/\(name)")
        let files = firstFile(of: key, amends: amends, title: title, from: from)
        return try await perform(.draft(.init(title: title, amends: amends, files: files)), on: key, as: actor)
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
        return (version, grounds.draft(key, files: version.texts, over: try grounds.ground(rules, in: files)))
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
