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
        package let thing: String
        package let key: String
        package let value: String

        init(_ thing: String, _ key: String, _ value: String) {
            self.thing = thing
            self.key = key
            self.value = value
        }

        var words: String { key.isEmpty ? "\(thing): \(value)" : "\(thing).\(key): \(value)" }
    }

    package let subject: Subject
    /// Everything that is told of, also that of which there is nothing to tell.
    package let things: [String]
    package let lines: [Line]
}

/// What a card says of one thing by one key, beside what is so by a plan.
package struct CardEntry: Hashable, Sendable {
    /// `steps.check`, with `by`; the key is empty where the thing has values of its own, and where nothing is told of it.
    package let thing: String
    package let key: String
    /// What the card says, in its order, and what is so. Both empty: there is nothing to tell, and the card says so.
    package let said: [String]
    package let got: [String]

    package init(thing: String, key: String, said: [String], got: [String]) {
        self.thing = thing
        self.key = key
        self.said = said
        self.got = got
    }

    package var isSame: Bool { Set(said) == Set(got) }
}

extension PlanCard {
    /// What differs: first what is told and is not so, then what is so and is not told.
    func differences(by rules: PlanRules, sources: [WrittenSource]) -> (missing: [String], extra: [String]) {
        let told = Set(lines)
        let things = Set(things)
        let found = found(by: rules, sources: sources)
        let known = Set(found)
        return (
            lines.filter { !known.contains($0) }.map(\.words),
            found.filter { things.contains($0.thing) && !told.contains($0) }.map(\.words)
        )
    }

    /// Everything that the card tells beside what is so, in the order of the card; what it does not tell stands behind each thing.
    ///
    /// - Parameter sources: every source of the plan as it is written; what is told of paragraphs rests on them.
    package func entries(by rules: PlanRules, sources: [WrittenSource]) -> [CardEntry] {
        let found = Dictionary(grouping: found(by: rules, sources: sources)) { $0.thing }
        let told = Dictionary(grouping: lines) { $0.thing }
        return things.flatMap { thing -> [CardEntry] in
            let (said, got) = (told[thing] ?? [], found[thing] ?? [])
            let keys = (said + got).reduce(into: [String]()) { if !$0.contains($1.key) { $0.append($1.key) } }
            guard !keys.isEmpty else { return [CardEntry(thing: thing, key: "", said: [], got: [])] }
            return keys.map { key in
                let values = { (lines: [Line]) in
                    lines.filter { $0.key == key }.map(\.value).reduce(into: [String]()) {
                        if !$0.contains($1) { $0.append($1) }
                    }
                }
                return CardEntry(thing: thing, key: key, said: values(said), got: values(got))
            }
        }
    }

    /// Everything that is so of what the card tells, and of more.
    private func found(by rules: PlanRules, sources: [WrittenSource]) -> [Line] {
        let things = Set(things)
        return switch subject {
        case .sight(let sight): sight.lines(by: rules, of: things)
        case .tasks(let tasks): tasks.lines(by: rules, of: things)
        case .form(let form): form.lines(by: rules, of: self.lines)
        case .paragraphs: Self.paragraphs(rules.outline, sources, of: things)
        case .plan: Self.plan(rules)
        }
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
