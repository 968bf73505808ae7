import Domain
import Plan
import Synchronization

/// The versions of the plan that this installation follows, which grow while it runs.
///
/// Those of the folder of plans are there from the start; those that were put in force here join them from the journal.
/// Safe to use from everywhere at once.
package final class PlanLibrary: Sendable {
    /// Why a version that was put in force is not followed.
    package enum Fault: Sendable, Hashable {
        /// Its events cannot be read by this program.
        case unreadable
        /// What `plan check` says of it.
        case problems([PlanProblem])
        /// It begins on the day on which this version begins.
        case dayTaken(PlanKey)
    }

    private struct State {
        var shelf: PlanShelf
        var folded: [PlanKey: PlanVersion] = [:]
        /// The rules of versions that joined, with the days that they were read for.
        var joined: [PlanKey: (rules: PlanRules, from: Day, until: Day?)] = [:]
        var faults: [PlanKey: Fault] = [:]
        var overlay: [PlanKey: [String: String]] = [:]
        /// The rules of a draft as they were read at a version of its stream; nil when it did not read.
        var drafts: [PlanKey: (version: Int, rules: PlanRules?)] = [:]
    }

    /// The versions of the folder of plans.
    package let standing: PlanShelf
    private let folder: (any PlanFiles)?
    private let state: Mutex<State>

    /// - Parameter files: where the standing versions were read; nil where there are none, and then no version joins.
    package init(_ standing: PlanShelf, files: (any PlanFiles)? = nil) {
        self.standing = standing
        folder = files
        state = Mutex(State(shelf: standing))
    }

    /// What is followed now.
    package var shelf: PlanShelf { state.withLock { $0.shelf } }

    /// Versions that were put in force and cannot be followed, with the reason.
    package var faults: [PlanKey: Fault] { state.withLock { $0.faults } }

    /// The files of all versions that are followed; nil where there are none.
    package var files: (any PlanFiles)? {
        folder.map { PlanOverlay($0, state.withLock { $0.overlay }) }
    }

    /// The rules of a version that is not followed yet, as its files say now; nil when they do not read.
    ///
    /// Read once for each change of it: a page of it is asked for more often than it changes.
    package func rules(of version: PlanVersion) -> PlanRules? {
        if let followed = shelf[version.key] { return followed }
        guard let files else { return nil }
        if let known = state.withLock({ $0.drafts[version.key] }), known.version == version.version { return known.rules }
        let rules = try? PlanLoader.open(version.key, from: PlanOverlay(files, [version.key: version.dated])).rules
        state.withLock { $0.drafts[version.key] = (version.version, rules) }
        return rules
    }

    /// A version as it was folded last.
    func folded(_ key: PlanKey) -> PlanVersion? { state.withLock { $0.folded[key] } }

    func keep(_ version: PlanVersion) {
        state.withLock { state in
            guard (state.folded[version.key]?.version ?? 0) < version.version else { return }
            state.folded[version.key] = version
        }
    }

    /// Follows what was put in force, and nothing else beside the folder.
    ///
    /// A version that cannot be read, or that begins on a day that is taken, is left out and told in `faults`: it never keeps
    /// the program from its work. The one that was put in force first has the day.
    ///
    /// - Parameter unreadable: versions whose events do not read.
    func follow(_ versions: [PlanVersion], unreadable: [PlanKey] = []) {
        for version in versions { keep(version) }
        // Reading takes a while; what was put in force meanwhile is not lost by an older look at it.
        while !follow(unreadable: unreadable) {}
    }

    /// - Returns: false when another version was folded meanwhile: then nothing is changed.
    private func follow(unreadable: [PlanKey]) -> Bool {
        guard let folder else { return true }
        let (folded, known) = state.withLock { ($0.folded, $0.joined) }
        var faults = Dictionary(unreadable.map { ($0, Fault.unreadable) }, uniquingKeysWith: { $1 })
        var joined: [PlanKey: (rules: PlanRules, from: Day, until: Day?)] = [:]
        var overlay: [PlanKey: [String: String]] = [:]
        for version in folded.values.enacted where standing[version.key] == nil {
            guard let from = version.from else { continue }
            let taken = standing.versions.first { $0.inForce == from }?.key ?? joined.first { $0.value.from == from }?.key
            if let taken {
                faults[version.key] = .dayTaken(taken)
                continue
            }
            let texts = version.dated
            if let read = known[version.key], read.from == from, read.until == version.until {
                joined[version.key] = read
                overlay[version.key] = texts
                continue
            }
            do throws(PlanProblems) {
                let files = PlanOverlay(folder, overlay.merging([version.key: texts]) { $1 })
                joined[version.key] = (try PlanLoader.load(version.key, from: files), from, version.until)
                overlay[version.key] = texts
            } catch {
                faults[version.key] = .problems(error.problems)
            }
        }
        guard let shelf = PlanShelf(standing.versions + joined.values.map(\.rules)) else { return true }
        return state.withLock { state in
            guard state.folded.mapValues(\.version) == folded.mapValues(\.version) else { return false }
            state.shelf = shelf
            state.joined = joined
            state.faults = faults
            state.overlay = overlay
            return true
        }
    }
}

extension Dictionary<PlanKey, PlanVersion>.Values {
    /// Those that were put in force here, in the order in which that was done.
    fileprivate var enacted: [PlanVersion] {
        filter { $0.state == .enacted && !$0.isKnown }
            .sorted { ($0.step(.enacted)?.at.milliseconds ?? 0, $0.key) < ($1.step(.enacted)?.at.milliseconds ?? 0, $1.key) }
    }
}

extension PlanVersion {
    /// Its files with the days that were decided, as they are followed and exported; as they are before that.
    package var dated: [String: String] {
        guard let from, let plan = texts["plan.yaml"] else { return texts }
        return texts.merging(["plan.yaml": PlanFileText.dated(plan, from: from, until: until)]) { $1 }
    }
}
