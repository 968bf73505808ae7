/// Questions about children whom nobody named: those of one's school, or those that one answers.
struct QuestionsPage: Page {
    static let template = "question/list"

    struct Row: Sendable {
        /// "Vraag over een kind in groep 4"
        let title: String
        let href: String
        let school: String
        let asked: String
        let chip: Chip
    }

    let title: String
    let lead: String
    let rows: [Row]
    /// Asking a new one: one for each kind and school.
    let ask: [Link]
}

/// One question with what was said to it.
struct QuestionPage: Page {
    static let template = "question/question"

    struct Line: Sendable {
        let who: String
        let when: String
        let text: [String]
        let isAnswer: Bool
    }

    let title: String
    let lead: String
    let chip: Chip
    let back: Link
    let lines: [Line]
    /// Answering, or asking on; nil when it is closed.
    let tell: Form?
    let close: Form?
    /// Making it a dossier, for whoever may open one.
    let open: Link?
    let kept: String
}

/// Asking a question.
struct NewQuestionPage: Page {
    static let template = "question/new"

    let title: String
    let lead: [String]
    let back: Link
    let form: Form
    let source: SourceNote?
}
