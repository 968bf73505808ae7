import Domain

/// A decision about one child as it was taken, to be explained.
package struct TakenDecision: Sendable {
    /// Keys of the route and of its outcome.
    package let procedure: String
    package let outcome: String
    package let decided: Day
    package let begin: Day
    /// What was known, the child's group and day of birth among it.
    package let answers: Answers

    package init(procedure: String, outcome: String, decided: Day, begin: Day, answers: Answers) {
        self.procedure = procedure
        self.outcome = outcome
        self.decided = decided
        self.begin = begin
        self.answers = answers
    }
}

extension PlanExplainer {
    /// How a decision came about; nil when the child's group or birthday is not known, or when it has no end.
    package func explanation(of taken: TakenDecision) -> PlanExplanation? {
        guard let group = taken.answers["group"]?.text, let born = taken.answers["born"]?.day,
            rules.procedure(taken.procedure)?.outcome(taken.outcome)?.decision?.validity != nil
        else { return nil }
        let validity = ValidityExample(
            procedure: taken.procedure, outcome: taken.outcome, group: group, born: born, decided: taken.decided,
            begin: taken.begin, answers: taken.answers, expected: .end(taken.begin, deviates: false), row: nil)
        return explanation(
            of: PlanExample(
                id: "\(taken.procedure).\(taken.outcome)", why: Localized(nl: "", en: ""), source: nil, kind: .validity(validity),
                place: PlanPlace(file: "", line: 0)))
    }
}
