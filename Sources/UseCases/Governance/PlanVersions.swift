import Domain
import Foundation
import Journal
import Plan

// Versions of the plan: few streams, read by their prefix. A page of drafts asks `planVersion` for the files, `tryOut` for what
// a change would give, and `perform(.write(…))` to keep it.

extension Installation {
    /// How many streams are asked for at once.
    private static let versionsPage = 200

    /// A version as it is now; one without events when there is no such stream.
    ///
    /// - Throws: the journal's fault, or the decoder's error for events that this program cannot read.
    package func planVersion(_ key: PlanKey) async throws -> PlanVersion {
        var version = plans.folded(key) ?? PlanVersion(key: key)
        for event in try await journal.read(Projection.stream(key), after: version.version) { try version.fold(event) }
        plans.keep(version)
        return version
    }

    /// Every version of which something was recorded, by key; one whose events do not read is left out.
    package func planVersions() async throws -> [PlanVersion] { try await everyVersion().versions }

    private func everyVersion() async throws -> (versions: [PlanVersion], unreadable: [PlanKey]) {
        var versions: [PlanVersion] = []
        var unreadable: [PlanKey] = []
        var last: StreamID?
        while true {
            let streams = try await journal.streams(
                prefix: Projection.stream(PlanKey("")).rawValue, after: last, limit: Self.versionsPage)
            guard let end = streams.last else { return (versions, unreadable) }
            last = end
            for key in streams.compactMap({ Projection.planKey(of: $0) }) {
                if let version = try await readableVersion(key) {
                    versions.append(version)
                } else {
                    unreadable.append(key)
                }
            }
        }
    }

    /// A version as it is now; nil when its events are not ones that this program can read.
    package func readableVersion(_ key: PlanKey) async throws -> PlanVersion? {
        do {
            return try await planVersion(key)
        } catch is UnknownEvent {
            return nil
        } catch is DecodingError {
            return nil
        }
    }

    /// Follows what was put in force, here or by another process, since this was done last.
    ///
    /// - Returns: whether the shelf holds other versions than before.
    /// - Throws: the journal's fault; a version that does not read is left out instead (`plans.faults`).
    @discardableResult
    package func followVersions() async throws -> Bool {
        let before = shelf.versions.map { [$0.key.rawValue, $0.inForce.description, $0.until?.description ?? ""] }
        let found = try await everyVersion()
        plans.follow(found.versions, unreadable: found.unreadable)
        return before != shelf.versions.map { [$0.key.rawValue, $0.inForce.description, $0.until?.description ?? ""] }
    }

    /// Carries out a command on a version of the plan: load, fold, allow, decide, append; then follow it if it is in force.
    ///
    /// Submitting and putting in force try the version first: it must read and hold together, and every example must come
    /// out, its own and those of the version that it changes of which it does not say what comes out instead.
    /// - Returns: the version as it is afterwards.
    /// - Throws: `NotFound` for a version that this person may not see, `Refused`, or the journal's fault.
    package func perform(_ command: PlanVersionCommand, on key: PlanKey, as actor: Actor) async throws -> PlanVersion {
        let after = try await deciding {
            let before = try await planVersion(key)
            guard !before.exists || before.isSeen(by: actor, rules, on: today) else { throw NotFound() }
            var trial: PlanVersionSetting.Trial?
            switch command {
            case .submit, .enact:
                // What is refused anyway is not read and tried first.
                _ = try before.decide(command, setting(actor, nil))
                if !before.isKnown {
                    let tried = tryOut(before, from: command.from)
                    trial = PlanVersionSetting.Trial(
                        errors: tried.errors.count, failing: tried.failing.count + tried.turned.count)
                }
            default: break
            }
            let now = clock.now()
            let events = try before.decide(command, setting(actor, trial))
            guard !events.isEmpty else { return before }
            let act = Act(events: try events.map { NewEvent(type: $0.name, payload: try $0.payload()) })
            let recorded = try await journal.append(
                Appending(
                    stream: Projection.stream(key), expectedVersion: before.version, at: now, actor: actor.person,
                    make: { _ in act }))
            var after = before
            for event in recorded { try after.fold(event) }
            plans.keep(after)
            return after
        }
        switch command {
        case .enact, .withdraw: try await followVersions()
        default: break
        }
        return after
    }

    private func setting(_ actor: Actor, _ trial: PlanVersionSetting.Trial?) -> PlanVersionSetting {
        let versions = shelf.versions
        return PlanVersionSetting(
            now: clock.now(), actor: actor, rules: rules,
            standing: Dictionary(versions.map { ($0.key, $0.inForce) }, uniquingKeysWith: { first, _ in first }), trial: trial)
    }

    /// The first `plan.yaml` of a draft that changes a version, for `PlanVersionCommand.Draft.files`.
    ///
    /// - Parameter from: the day that is aimed at; the day that counts is decided when it is put in force.
    package func firstFile(of key: PlanKey, amends: PlanKey, title: Localized, from: Day) -> [String: String] {
        var text = PlanFileText.beginning(key, amends: amends, title: title, from: from)
        // A last day of the version before would end this one before it begins.
        if let until = shelf[amends]?.until, until < from { text += (text.hasSuffix("\n") ? "" : "\n") + "until: ~\n" }
        return ["plan.yaml": text]
    }

    /// Reads a version beside those that are followed, checks it and runs its examples; nothing is kept.
    ///
    /// - Parameters:
    ///   - changes: what is tried on top of its files; nil takes a file out.
    ///   - from: the day it would be in force from; as its own files say when nil.
    package func tryOut(_ version: PlanVersion, changes: [String: String?] = [:], from: Day? = nil) -> PlanTrial {
        guard let files = plans.files else { return PlanTrial(version.key, plan: nil, problems: [], results: []) }
        var texts = version.dated
        for (file, text) in changes { texts[file] = text }
        if let from, let plan = texts["plan.yaml"] { texts["plan.yaml"] = PlanFileText.dated(plan, from: from, until: nil) }
        return PlanTrial(version.key, amends: version.amends, from: PlanOverlay(files, [version.key: texts]))
    }

    /// Whether somebody has a part in how the plan comes about: these see drafts, questions and papers.
    package func hasPart(_ actor: Actor) -> Bool { actor.hasPart(in: rules, on: today) }

    /// A version with its steps, for whoever may see it: it is followed, it was adopted, or they have a part in it.
    ///
    /// One that is followed and of which nothing was recorded comes without steps, and so does one whose events do not read,
    /// which is there for those alone who can do something about it.
    /// - Throws: `NotFound` for everybody else; whether there is such a version is not told.
    package func planVersion(_ key: PlanKey, for actor: Actor?) async throws -> PlanVersion {
        let version = try await readableVersion(key) ?? PlanVersion(key: key)
        let isBroken = plans.faults[key] != nil && actor.map { hasPart($0) } == true
        guard
            version.isSeen(by: actor, rules, on: today) || !version.exists && (shelf[key] != nil || isBroken)
        else { throw NotFound() }
        return version
    }

    /// Stores a paper of a step of a version, for the command that speaks of it.
    ///
    /// - Throws: `NotFound`, `Refused`, or `DocumentRefusal` with what is wrong with the file.
    package func addPlanDocument(
        _ contents: Data, name: String, to key: PlanKey, as actor: Actor
    ) async throws -> PlanDocument {
        let version = try await planVersion(key, for: actor)
        guard version.exists else { throw NotFound() }
        guard !version.doings(of: actor, rules, on: today).isEmpty else { throw Refused(.notAllowed) }
        let format = try DocumentFormat.recognise([UInt8](contents), name: name)
        // Should the step be refused, the contents are an orphan that the sweep finds: nothing speaks of them.
        let blob = try await vault.blobs.store(contents, for: Projection.stream(key), at: clock.now())
        return PlanDocument(
            id: DocumentID(chance.key()), name: FileName.cleaned(name, as: format), format: format.rawValue, size: blob.size,
            digest: blob.sha256, blob: blob.id)
    }

    /// A paper of a step with its contents, for somebody with a part in the plan.
    package func planDocument(
        _ id: DocumentID, of key: PlanKey, as actor: Actor
    ) async throws -> (document: PlanDocument, contents: Data) {
        guard hasPart(actor) else { throw NotFound() }
        let version = try await planVersion(key)
        guard let found = version.steps.compactMap(\.document).first(where: { $0.id == id }) else { throw NotFound() }
        return (
            found,
            try await vault.blobs.read(
                BlobReference(id: found.blob, sha256: found.digest, size: found.size), of: Projection.stream(key))
        )
    }
}

/// What reading and trying a version gave.
package struct PlanTrial: Sendable {
    package let key: PlanKey
    /// The plan as it was read; nil when it does not read at all.
    package let plan: LoadedPlan?
    /// Everything that `plan check` says, warnings included.
    package let problems: [PlanProblem]
    /// Its own examples with what came out.
    package let results: [ExampleResult]
    /// What holds in the version that it changes and comes out otherwise, without its saying what comes out instead.
    package let turned: [ExampleTurn]

    package init(
        _ key: PlanKey, plan: LoadedPlan?, problems: [PlanProblem], results: [ExampleResult], turned: [ExampleTurn] = []
    ) {
        self.key = key
        self.plan = plan
        self.problems = problems
        self.results = results
        self.turned = turned
    }

    /// Reads, checks and tries one version.
    ///
    /// - Parameter amends: the version that it must change, whatever its file says.
    init(_ key: PlanKey, amends: PlanKey?, from files: PlanOverlay) {
        do throws(PlanProblems) {
            let plan = try PlanLoader.open(key, from: files)
            var problems = PlanCheck.problems(of: plan)
            if plan.rules.amends != amends {
                problems.append(
                    PlanProblem(
                        .wrongVersion, at: PlanPlace(file: "\(key)/plan.yaml", line: 1), path: "amends",
                        message: Localized(
                            nl: "deze versie is begonnen als wijziging van ‘\(amends?.rawValue ?? "-")’, en dat blijft zo",
                            en: "this version began as a change of ‘\(amends?.rawValue ?? "-")’, and stays so")))
            }
            let ground = plan.rules.amends.flatMap { try? PlanGround($0, from: files) }
            self.init(
                key, plan: plan, problems: problems, results: PlanExamples.run(plan),
                turned: ground.map { ExampleTurn.unanswered($0, by: plan) } ?? [])
        } catch {
            self.init(key, plan: nil, problems: error.problems, results: [])
        }
    }

    /// What stops the version: not what stops no installation and was there before it (`PlanCheck.harmless`).
    package var errors: [PlanProblem] {
        problems.filter { problem in
            problem.severity == .error
                && (!PlanCheck.harmless.contains(problem.code) || problem.place?.file.hasPrefix("\(key)/") == true)
        }
    }
    /// Examples that do not come out as they say.
    package var failing: [ExampleResult] { results.filter { !$0.passed } }
}

extension PlanVersion {
    /// Folds a recorded event in.
    package mutating func fold(_ event: RecordedEvent) throws {
        apply(
            try PlanVersionEvent(name: event.type, payload: event.payload),
            EventContext(version: event.version, at: event.at, actor: event.actor))
    }
}

extension PlanVersionCommand {
    /// The first day in force that it asks for.
    fileprivate var from: Day? {
        guard case .enact(let from, _, _) = self else { return nil }
        return from
    }
}
