import Domain
import Plan
import Synchronization

/// Versions with all examples and cards that hold in them, each read and tried once: a version that is followed never changes.
package final class TriedPlans: Sendable {
    private let known = Mutex<[PlanKey: WholePlan]>([:])

    package init() {}

    /// The version with its examples; nil when it cannot be read here.
    package func plan(_ key: PlanKey, from files: (any PlanFiles)?) -> WholePlan? {
        if let plan = known.withLock({ $0[key] }) { return plan }
        guard let files, let plan = try? WholePlan(key, from: files) else { return nil }
        known.withLock { $0[key] = plan }
        return plan
    }
}
