import Domain

/// Questions, by how they are answered: a day, yes or no, one of these, somebody who…
package struct FormCase: Hashable, Sendable {
    /// A part of the groeidocument: these are all its questions; nil for questions from anywhere.
    package let part: String?
    /// What is known, for questions that are asked only then.
    package let answers: Answers

    /// - Parameter told: the questions that the card speaks of.
    func lines(by rules: PlanRules, of told: [PlanCard.Line]) -> [PlanCard.Line] {
        let facts = Facts(answers, scales: rules.scales)
        var names = Set(told.map(Self.question))
        if let part { names.formUnion(rules.part(part)?.fields ?? []) }
        var lines: [PlanCard.Line] = []
        for (id, field) in rules.fields.sorted(by: { $0.key < $1.key }) where names.contains(id) {
            add(field, id, &lines)
            lines.add("may-be-empty", "", field.required ? nil : id)
            lines.add("not-asked", "", field.when.holds(for: facts) ? nil : id)
            for clause in field.when.clauses { lines.add("asked-when", "\(id).\(clause.fact)", Self.words(clause, rules)) }
            lines.add("without-name", "", field.withoutName ? id : nil)
            if let voice = field.voice { lines.add("words-of", voice, id) }
        }
        return lines
    }

    /// The question that one line of a card speaks of.
    private static func question(_ line: PlanCard.Line) -> String {
        switch line.thing {
        case "words-of": line.value
        case "asked-when": line.key.split(separator: ".").first.map(String.init) ?? line.value
        default: line.key.isEmpty ? line.value : line.key
        }
    }

    /// What one fact must be for a question to be asked, as a plan writes it; of a list each value.
    private static func words(_ clause: Condition.Clause, _ rules: PlanRules) -> [String] {
        let name = { (place: Int?) in
            place.map { place in rules.scales[clause.fact]?.first { $0.value == place }?.key ?? String(place) } ?? ""
        }
        return switch clause.match {
        case .oneOf(let values): values
        case .absent: ["none"]
        case .present: ["any"]
        case .range(let from, let to): ["\(name(from))..\(name(to))"]
        case .calendar(let from, let to): ["\(from?.description ?? "")..\(to?.description ?? "")"]
        }
    }

    private func add(_ field: Field, _ id: String, _ lines: inout [PlanCard.Line]) {
        switch field.kind {
        case .text: lines.add("text", "", id)
        case .texts: lines.add("texts", "", id)
        case .paragraph: lines.add("paragraph", "", id)
        case .day: lines.add("day", "", id)
        case .moment: lines.add("moment", "", id)
        case .yesNo: lines.add("yes-no", "", id)
        case .choice: lines.add("choice", id, field.options.map(\.id))
        case .choices: lines.add("choices", id, field.options.map(\.id))
        case .person(let function, let disciplines):
            lines.add("person", id, function)
            lines.add("person-disciplines", id, disciplines)
        case .school(let kinds): lines.add("school", id, kinds.isEmpty ? ["any"] : kinds)
        case .week(let rule):
            lines.add("week", id, field.options.map(\.id))
            lines.add("week-own", id, rule.own)
            if rule.dayparts != WeekRule.halfDays { lines.add("week-dayparts", id, rule.dayparts.map(\.id)) }
            lines.add("week-most-elsewhere", id, rule.mostElsewhere.map { String($0) })
        case .number(let rule):
            let most = rule.most == NumberRule.largest ? "" : String(rule.most)
            lines.add("number", id, "\(rule.least)..\(most) \(rule.unit.rawValue)")
            lines.add("not-above", id, rule.mostField)
            lines.add("counted-with", id, rule.togetherWith)
        }
        if field.atLeast != 1 { lines.add("at-least", id, String(field.atLeast)) }
        if let most = field.atMost { lines.add("at-most", id, String(most)) }
    }
}
