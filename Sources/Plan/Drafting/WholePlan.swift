import Domain

/// A version as it holds: with the examples and cards that it inherits beside its own, and what it changed.
///
/// A version that amends has files for what changes alone; whoever reads it wants the whole.
package struct WholePlan: Sendable {
    package let plan: LoadedPlan
    /// Its own examples with what comes out of each, then those it inherits.
    package let results: [ExampleResult]
    /// Its own cards, then those it inherits.
    package let cards: [ToldCard]
    /// What is new or otherwise in it, by the path of the example or card; empty for a full version.
    package let news: [String: PlanTouch.Kind]

    /// - Throws: what keeps the version from being read.
    package init(_ key: PlanKey, from files: any PlanFiles) throws(PlanProblems) {
        let ground = try PlanGround(key, from: files)
        let plan = ground.plan
        let inherited = { (example: PlanExample) in !plan.answers(example) }
        self.plan = plan
        results =
            PlanExamples.run(plan)
            + ground.standing.filter(inherited).map { PlanExamples.run($0.withoutRow, of: plan) }
        cards =
            ToldCard.all(of: plan)
            + ground.cards.filter(inherited).compactMap { ToldCard($0, by: plan, isInherited: true) }
        news =
            plan.rules.amends == nil
            ? [:]
            : Dictionary(
                plan.examples.map { ($0.path, ground.amended.contains($0.path) ? .changed : .added) },
                uniquingKeysWith: { first, _ in first })
    }
}

extension LoadedPlan {
    /// What this version did to a value, by the keys that lead to it; nil for what it left as it was, and in a full version.
    ///
    /// What holds something that changed is changed itself.
    package func news(at path: String) -> PlanTouch.Kind? {
        var news: PlanTouch.Kind?
        for touch in touched {
            if touch.kind == .added, path == touch.path || path.hasPrefix(touch.path + ".") { return .added }
            if touch.path == path || touch.path.hasPrefix(path + ".") || path.hasPrefix(touch.path + ".") { news = .changed }
        }
        return news
    }
}
