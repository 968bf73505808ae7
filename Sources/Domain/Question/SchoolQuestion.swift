/// A question about a child that nobody named, with what was said to it.
package struct SchoolQuestion: Sendable, Hashable {
    /// Where it stands. The raw values are frozen.
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Waits for an answer.
        case open
        /// Was answered; the school reads it and may ask on.
        case answered
        case closed
        /// Became a dossier: nobody reads it any more.
        case brought
    }

    /// One thing said, by the school or to it.
    package struct Line: Sendable, Hashable {
        package let text: String
        package let by: PersonID
        package let at: Instant
        /// The function by which it was said.
        package let function: String
        package let isAnswer: Bool
    }

    package let id: QuestionID
    package internal(set) var version = 0
    package internal(set) var asked: QuestionEvent.Asked?
    package internal(set) var lines: [Line] = []
    package internal(set) var state: State = .open
    package internal(set) var changedAt: Instant?

    package init(id: QuestionID) { self.id = id }

    /// Who asked.
    package var asker: PersonID? { lines.first?.by }

    package mutating func apply(_ event: QuestionEvent, _ context: EventContext) {
        version = context.version
        changedAt = context.at
        func line(_ text: String, _ function: String, isAnswer: Bool) -> Line {
            Line(text: text, by: context.actor, at: context.at, function: function, isAnswer: isAnswer)
        }
        switch event {
        case .asked(let asked):
            self.asked = asked
            lines.append(line(asked.text, asked.function, isAnswer: false))
        case .told(let told):
            lines.append(line(told.text, told.function, isAnswer: told.isAnswer))
            state = told.isAnswer ? .answered : .open
        case .closed: state = .closed
        case .brought: state = .brought
        }
    }
}

/// Key of a question.
package struct QuestionID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}
