import Domain

// What a school can ask about a child without naming it.
extension PlanComparison {
    /// For whoever asks and whoever answers.
    func compareSchoolQuestions() {
        let at = { (rule: QuestionRule, sources: PlanSources) in
            Spot(
                path: "questions.\(rule.id)", thing: rule.title, concerns: self.audience(rule.by + rule.answeredBy),
                sources: sources)
        }
        things(before.questions, after.questions, key: \.id) {
            add(.listAdded, at($0, PlanSources(nil, $0.source)), nil, .text($0.explanation))
        } removed: {
            add(.listRemoved, at($0, PlanSources($0.source, nil)))
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            node(spot, was, now, told: ["title", "explanation", "by", "answeredBy", "writtenIn", "kept"]) {
                reworded(.title, spot, was.title, now.title)
                reworded(.explanation, spot, was.explanation, now.explanation)
                doers(.askedByGained, .askedByLost, spot, was.by, now.by)
                doers(.answeredByGained, .answeredByLost, spot, was.answeredBy, now.answeredBy)
                changed(.writtenIn, spot, was.writtenIn, now.writtenIn) { self.fields([$0]) }
                changed(.kept, spot, was.kept, now.kept) { .period($0) }
            }
        }
    }
}
