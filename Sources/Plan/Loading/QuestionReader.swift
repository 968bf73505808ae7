import Domain

/// Reads what a school can ask about a child without naming it.
struct QuestionReader {
    func rules(_ root: PlanSection) -> [QuestionRule] {
        root.things("questions", needed: false) { id, section in
            QuestionRule(
                id: id, title: section.text("title"), explanation: section.text("explanation"),
                by: section.neededKeys("by"), answeredBy: section.neededKeys("answered-by"),
                writtenIn: section.string("written-in"), kept: section.period("kept"), source: section.string("source"))
        }
    }
}
