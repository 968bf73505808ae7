extension ProcedureRule {
    /// The steps that can still come from these on, themselves included.
    ///
    /// - Parameter passed: a step that is not taken again.
    package func ahead(of open: some Sequence<String>, without passed: String? = nil) -> Set<String> {
        var ahead: Set<String> = []
        var waiting = open.compactMap(step)
        while let step = waiting.popLast() {
            guard step.id != passed, ahead.insert(step.id).inserted else { continue }
            for case .open(let next) in step.choices.map(\.then) { waiting += next.compactMap(self.step) }
        }
        return ahead
    }

    /// The outcomes that these steps can come to, in the order of the route.
    package func outcomes(of ahead: Set<String>) -> [OutcomeRule] {
        let ends = steps.filter { ahead.contains($0.id) }.flatMap(\.choices).compactMap { choice -> String? in
            if case .end(let outcome) = choice.then { outcome } else { nil }
        }
        return outcomes.filter { ends.contains($0.id) }
    }

    /// The fields that these steps ask, whichever choice is made.
    package func fields(of ahead: Set<String>) -> Set<String> {
        Set(steps.filter { ahead.contains($0.id) }.flatMap { step in (step.asks + step.choices.flatMap(\.asks)).map(\.field) })
    }
}
