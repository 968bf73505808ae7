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
        guard let folder else { return }
        let known = state.withLock { $0.joined }
        var faults = Dictionary(unreadable.map { ($0, Fault.unreadable) }, uniquingKeysWith: { $1 })
        var joined: [PlanKey: (rules: PlanRules, from: Day, until: Day?)] = [:]
        var overlay: [PlanKey: [String: String]] = [:]
        let enacted = versions.filter { $0.state == .enacted && !$0.isKnown && standing[$0.key] == nil }
            .sorted { ($0.step(.enacted)?.at.milliseconds ?? 0, $0.key) < ($1.step(.enacted)?.at.milliseconds ?? 0, $1.key) }
        for version in enacted {
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
        guard let shelf = PlanShelf(standing.versions + joined.values.map(\.rules)) else { return }
        state.withLock { state in
            state.shelf = shelf
            state.joined = joined
            state.faults = faults
            state.overlay = overlay
        }
    }
}

extension PlanVersion {
    /// Its files with the days that were decided, as they are followed and exported; as they are before that.
    package var dated: [String: String] {
        guard let from, let plan = texts["plan.yaml"] else { return texts }
        return texts.merging(["plan.yaml": PlanFileText.dated(plan, from: from, until: until)]) { $1 }
    }
}
