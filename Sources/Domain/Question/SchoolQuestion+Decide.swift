/// What somebody wants with a question.
package enum QuestionCommand: Sendable, Hashable {
    case ask(kind: String, school: OrganisationID, group: String?, text: String)
    /// An answer, or something added by who asked.
    case tell(text: String)
    case close
    /// It was taken up in a dossier.
    case bring
}

/// As what somebody takes part in a question.
package enum QuestionPart: Sendable, Hashable {
    /// At the school that asks, in this function.
    case school(function: String)
    /// Whom it is asked of, in this function.
    case answerer(function: String)

    package var function: String {
        switch self {
        case .school(let function), .answerer(let function): function
        }
    }
}

extension Actor {
    /// As what this person takes part in questions of a kind that a school asks; nil for whom they are not there.
    ///
    /// Who holds both asks: nobody answers their own school's question by their other hat.
    package func part(in rule: QuestionRule, of school: OrganisationID, _ rules: PlanRules, on day: Day) -> QuestionPart? {
        let held = functions.filter { $0.isHeld(on: day) }
        if let asks = held.first(where: { rule.by.contains($0.function) && $0.organisation == school }) {
            return .school(function: asks.function)
        }
        let answers = held.first { held in
            rule.answeredBy.contains(held.function)
                && held.organisation == (rules.function(held.function)?.place == .school ? school : .partnership)
        }
        return answers.map { .answerer(function: $0.function) }
    }
}

extension SchoolQuestion {
    /// What a command leads to.
    ///
    /// - Parameters:
    ///   - names: words by which children of the school are called, as far as the one who writes may see them.
    /// - Throws: `Refused` beside `text` when nothing is written, it is too long, or it tells who the child is; `notOpened` for
    ///   whom the question isn't there.
    package func decide(
        _ command: QuestionCommand, names: Set<String>, by actor: Actor, at now: Instant, _ rules: PlanRules
    ) throws(Refused) -> [QuestionEvent] {
        switch command {
        case .ask(let kind, let school, let group, let text):
            guard asked == nil else { return [] }
            guard let rule = rules.question(kind) else { throw Refused(.notOpened) }
            guard case .school(let function) = actor.part(in: rule, of: school, rules, on: now.day) else {
                throw Refused(.notAllowed)
            }
            if let group, !rules.groups.contains(where: { $0.id == group }) { throw Refused(.unknownGroup, field: "group") }
            try check(text, names, on: now.day)
            return [.asked(.init(kind: kind, school: school, group: group, function: function, text: text))]
        case .tell(let text):
            let part = try part(of: actor, rules, on: now.day)
            guard state != .closed, state != .brought else { throw Refused(.closed) }
            try check(text, names, on: now.day)
            if case .answerer = part { return [.told(.init(text: text, function: part.function, isAnswer: true))] }
            return [.told(.init(text: text, function: part.function, isAnswer: false))]
        case .close:
            // The school knows whether it was helped.
            guard case .school = try part(of: actor, rules, on: now.day) else { throw Refused(.notAllowed) }
            return state == .closed ? [] : [.closed]
        case .bring:
            guard case .school = try part(of: actor, rules, on: now.day) else { throw Refused(.notAllowed) }
            return state == .brought ? [] : [.brought]
        }
    }

    /// As what somebody takes part in this question.
    ///
    /// - Throws: `notOpened` for whom it isn't there.
    package func part(of actor: Actor, _ rules: PlanRules, on day: Day) throws(Refused) -> QuestionPart {
        guard let asked, let rule = rules.question(asked.kind),
            let part = actor.part(in: rule, of: asked.school, rules, on: day)
        else { throw Refused(.notOpened) }
        return part
    }

    private func check(_ text: String, _ names: Set<String>, on day: Day) throws(Refused) {
        if text.allSatisfy(\.isWhitespace) { throw Refused(.required, field: "text") }
        if Field.isLonger(text, than: Field.longestParagraph) {
            throw Refused(.tooLong, field: "text", values: ["most": String(Field.longestParagraph)])
        }
        if let found = Recognisable.found(in: text, names: names, on: day) { throw Refused([found.refusal(field: "text")]) }
    }
}
