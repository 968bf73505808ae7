import Domain

/// An example of one plan that comes out otherwise by the rules of another.
package struct ExampleTurn: Hashable, Sendable {
    package let example: PlanExample
    /// The plan that gives the example.
    package let from: PlanKey
    /// The plan whose rules were tried.
    package let by: PlanKey
    /// What comes out by its own plan, and what by the other: `end 2024-07-31`, `refused reasonsRequired`.
    package let expected: String
    package let got: String

    /// Every example of either plan that the other one answers otherwise: those of the first plan first.
    ///
    /// Only what comes out is compared; that a row has another name is no other outcome.
    package static func all(_ before: LoadedPlan, _ after: LoadedPlan) -> [ExampleTurn] {
        turned(before, by: after.rules) + turned(after, by: before.rules)
    }

    /// The examples of one plan that other rules answer otherwise.
    ///
    /// - Parameter rows: whether the row that applies counts too.
    static func turned(_ plan: LoadedPlan, by rules: PlanRules, rows: Bool = false) -> [ExampleTurn] {
        turned(plan.examples, of: plan.rules.key, by: rules, rows: rows)
    }

    private static func turned(
        _ examples: [PlanExample], of key: PlanKey, by rules: PlanRules, rows: Bool
    ) -> [ExampleTurn] {
        examples.compactMap { example in
            // What a plan says word for word, or tells of a whole route, differs wherever the plan does; that is told as the
            // differences themselves.
            guard example.isSituation else { return nil }
            let result = PlanExamples.run(rows ? example : example.withoutRow, by: rules)
            guard !result.passed else { return nil }
            return ExampleTurn(example: example, from: key, by: rules.key, expected: result.expected, got: result.got)
        }
    }

    /// What holds in a version and comes out otherwise in one that amends it, which does not say of it what comes out instead.
    package static func unanswered(_ ground: PlanGround, by plan: LoadedPlan) -> [ExampleTurn] {
        turned(ground.standing.filter { !plan.answers($0) }, of: ground.key, by: plan.rules, rows: false)
    }
}

extension PlanExample {
    /// The same example without the row that must apply.
    var withoutRow: PlanExample {
        guard case .validity(let validity) = kind else { return self }
        let free = ValidityExample(
            procedure: validity.procedure, outcome: validity.outcome, group: validity.group, born: validity.born,
            decided: validity.decided, begin: validity.begin, answers: validity.answers, expected: validity.expected, row: nil)
        return PlanExample(id: id, why: why, source: source, kind: .validity(free), place: place)
    }
}
