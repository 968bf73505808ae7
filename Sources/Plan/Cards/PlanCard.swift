import Domain

/// What a plan comes to in one situation, listed as somebody who works by it would: who reads along, what a route asks of whom,
/// how questions are answered, where a paragraph of the source is carried out.
///
/// A card tells the whole of each thing that it names: whatever the plan has there and the card does not say is wrong too.
package struct PlanCard: Hashable, Sendable {
    /// What is told, with the situation in which.
    package enum Subject: Hashable, Sendable {
        case sight(SightCase)
        case tasks(TasksCase)
        case form(FormCase)
        case paragraphs
        case plan
    }

    /// One thing that is told: `steps.check`, `by` and `secretary`.
    package struct Line: Hashable, Sendable {
        /// What it is told of; nothing else may hold of it.
        let thing: String
        let key: String
        let value: String

        init(_ thing: String, _ key: String, _ value: String) {
            self.thing = thing
            self.key = key
            self.value = value
        }

        var words: String { key.isEmpty ? "\(thing): \(value)" : "\(thing).\(key): \(value)" }
    }

    package let subject: Subject
    /// Everything that is told of, also that of which there is nothing to tell.
    let things: [String]
    let lines: [Line]
}

extension PlanCard {
    /// What differs: first what is told and is not so, then what is so and is not told.
    func differences(by rules: PlanRules, sources: [WrittenSource]) -> (missing: [String], extra: [String]) {
        let told = Set(lines)
        let things = Set(things)
        var found: [Line] = []
        switch subject {
        case .sight(let sight): found = sight.lines(by: rules, of: things)
        case .tasks(let tasks): found = tasks.lines(by: rules, of: things)
        case .form(let form): found = form.lines(by: rules, of: self.lines)
        case .paragraphs: found = Self.paragraphs(rules.outline, sources, of: things)
        case .plan: found = Self.plan(rules)
        }
        let known = Set(found)
        return (
            lines.filter { !known.contains($0) }.map(\.words),
            found.filter { things.contains($0.thing) && !told.contains($0) }.map(\.words)
        )
    }

    /// Which values rest on a paragraph of the document or an article of law, by the keys that lead to them.
    private static func paragraphs(_ outline: PlanOutline, _ sources: [WrittenSource], of things: Set<String>) -> [Line] {
        sources.filter { !$0.path.hasPrefix("examples.") }.flatMap { source in
            let path = source.path.hasSuffix(".source") ? String(source.path.dropLast(7)) : source.path
            let names = outline.references(in: source.text).compactMap { reference -> String? in
                switch reference.target {
                case .paragraph(let paragraph): paragraph.reference
                case .law(let article): article.reference
                case .chosen, .unknown: nil
                }
            }
            return Set(names).intersection(things).map { Line($0, "", path) }
        }
    }
}

extension [PlanCard.Line] {
    /// Notes each of several values.
    mutating func add(_ thing: String, _ key: String, _ values: some Sequence<String>) {
        for value in values { append(PlanCard.Line(thing, key, value)) }
    }

    mutating func add(_ thing: String, _ key: String, _ value: String?) {
        if let value { append(PlanCard.Line(thing, key, value)) }
    }

    /// Notes what holds; nothing for what does not.
    mutating func add(_ thing: String, _ key: String, if holds: Bool) {
        if holds { append(PlanCard.Line(thing, key, "true")) }
    }
}
