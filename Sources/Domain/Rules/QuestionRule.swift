/// A question that a school can ask about a child without naming it.
package struct QuestionRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    /// To whoever asks: what can be asked, and when there is an answer.
    package let explanation: Localized
    /// Functions at a school whose holders ask, and read what colleagues asked.
    package let by: [String]
    /// Functions whose holders answer.
    package let answeredBy: [String]
    /// The field of the groeidocument that takes it up when it becomes a dossier.
    package let writtenIn: String
    /// How long it is kept after it was closed.
    package let kept: Period
    package let source: String

    package init(
        id: String, title: Localized, explanation: Localized, by: [String], answeredBy: [String], writtenIn: String,
        kept: Period, source: String
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.by = by
        self.answeredBy = answeredBy
        self.writtenIn = writtenIn
        self.kept = kept
        self.source = source
    }
}

extension PlanRules {
    /// A kind of question by its key.
    package func question(_ id: String) -> QuestionRule? { questions.first { $0.id == id } }
}
