import Domain

extension Testland {
    /// The school asks an adviser about a child without naming it.
    package static let questions: [QuestionRule] = [
        QuestionRule(
            id: "adviser", title: words("Vraag aan de adviseur", "Question to the adviser"),
            explanation: words("Zonder naam.", "Without a name."), by: ["ib", "teacher"], answeredBy: ["adviser"],
            writtenIn: "signal", kept: Period(1, .years), source: "Testland, 5.1")
    ]
}
