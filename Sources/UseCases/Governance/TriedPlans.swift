import Domain
import Plan
import Synchronization

/// One version of the plan with its examples, each of them tried by the rules that the engine follows.
package struct TriedPlan: Sendable {
    package let plan: LoadedPlan
    package let results: [ExampleResult]
    /// Its cards, each laid beside the version.
    package let cards: [ToldCard]
}

/// Versions that were read with their examples, each read and tried once: a version that is followed never changes.
package final class TriedPlans: Sendable {
    private let known = Mutex<[PlanKey: TriedPlan]>([:])

    package init() {}

    /// The version with its examples; nil when it cannot be read here.
    package func plan(_ key: PlanKey, from files: (any PlanFiles)?) -> TriedPlan? {
        if let plan = known.withLock({ $0[key] }) { return plan }
        guard let files, let plan = try? PlanLoader.open(key, from: files) else { return nil }
        let tried = TriedPlan(plan: plan, results: PlanExamples.run(plan), cards: ToldCard.all(of: plan))
        known.withLock { $0[key] = tried }
        return tried
    }
}
