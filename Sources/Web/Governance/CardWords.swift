import Domain
import Plan
import UseCases

/// Says cards in the reader's language, with what is so beside what they tell.
struct CardWords {
    let plan: PlanWords

    init(_ plan: PlanWords) { self.plan = plan }

    var rules: PlanRules { plan.rules }
    var texts: Texts { plan.texts }
    var words: Words { plan.words }

    /// Cards under one heading; nil without any.
    func part(_ cards: [ToldCard]) -> PlanCardsPart? {
        guard let kind = cards.first.map({ Self.kind($0.card) }) else { return nil }
        let failed = cards.count { !$0.isSame }
        let verdict = failed == 0 ? texts("card.allHold") : texts.count("card.someFail", failed)
        return PlanCardsPart(
            anchor: "kaarten-\(kind)", title: texts("card.title.\(kind)"), lead: "\(texts("card.lead.\(kind)")) \(verdict)",
            cards: cards.map { told in
                PlanCardsPart.Card(
                    why: told.example.why[plan.language], situation: situation(told.card),
                    things: things(told.entries, of: told.card), source: plan.source(told.example.source),
                    chip: told.isSame ? nil : Chip(texts("card.fails"), .late), mark: plan.mark(of: told.example))
            })
    }

    private static func kind(_ card: PlanCard) -> String {
        switch card.subject {
        case .sight: "sight"
        case .tasks: "tasks"
        case .form: "form"
        case .paragraphs: "paragraphs"
        case .plan: "plan"
        }
    }

    /// The route of which a card tells.
    func route(_ card: PlanCard) -> ProcedureRule? {
        guard case .tasks(let tasks) = card.subject else { return nil }
        return rules.procedure(tasks.route)
    }

    // MARK: Situations

    /// In which case the card speaks, a sentence for each thing that is given.
    func situation(_ card: PlanCard) -> [String] {
        switch card.subject {
        case .sight(let sight):
            var lines: [String] = []
            if !sight.named.isEmpty { lines.append(texts("card.named", ["who": words.functions(sight.named)])) }
            if let ended = sight.ended { lines.append(texts("card.ended", ["period": words.period(ended)])) }
            if let left = sight.left { lines.append(texts("card.left", ["period": words.period(left)])) }
            return lines
        case .tasks(let tasks):
            return [texts("card.day", ["day": words.format.plainDay(tasks.day)])] + plan.answers(tasks.answers)
        case .form(let form):
            let part = form.part.flatMap { rules.part($0) }
            return (part.map { [texts("card.part", ["part": $0.title[plan.language]])] } ?? []) + plan.answers(form.answers)
        case .paragraphs, .plan: return []
        }
    }

    // MARK: What is told

    /// What a card tells, each thing under its title; things without a title stand together.
    func things(_ entries: [CardEntry], of card: PlanCard) -> [PlanCardsPart.Thing] {
        var things: [(thing: String, title: String?, facts: [Fact])] = []
        for entry in entries {
            let title = title(ofThing: entry.thing, of: card)
            let fact = fact(entry, of: card)
            if let last = things.last, last.thing == entry.thing || (title == nil && last.title == nil) {
                // What a choice does stands under that choice.
                if let before = last.facts.last, before.term == fact.term, last.thing == entry.thing {
                    things[things.count - 1].facts[last.facts.count - 1] = Fact(before.term, lines: before.lines + fact.lines)
                } else {
                    things[things.count - 1].facts.append(fact)
                }
            } else {
                things.append((entry.thing, title, [fact]))
            }
        }
        return things.map { PlanCardsPart.Thing(title: $0.title, facts: $0.facts) }
    }

    private func fact(_ entry: CardEntry, of card: PlanCard) -> Fact {
        let label = label(entry, of: card)
        let said = values(entry.said, entry, of: card)
        guard let choice = label.choice else {
            return Fact(label.text, lines: said.isEmpty ? [label.nothing] : said)
        }
        let isAlone = said == [texts("form.yes")]
        return Fact(
            texts("card.choice", ["choice": choice]), lines: [isAlone ? label.text : "\(label.text): \(Self.joined(said))"])
    }

    /// Values in one line; of several questions without their marks.
    private static func joined(_ said: [String]) -> String {
        guard said.count > 1 else { return said.first ?? "" }
        return said.map { $0.hasSuffix("?") ? String($0.dropLast()) : $0 }.joined(separator: "; ")
    }

    /// What is otherwise: each with what the card tells and what is so now.
    func changes(_ entries: [CardEntry], of card: PlanCard) -> [Fact] {
        entries.filter { !$0.isSame }.map { entry in
            let label = label(entry, of: card)
            let parts = [title(ofThing: entry.thing, of: card), label.choice.map { texts("card.choice", ["choice": $0]) }]
            let sides = [("card.said", entry.said), ("card.got", entry.got)].map { key, values in
                let words = self.values(values, entry, of: card)
                return texts(key, ["what": words.isEmpty ? label.nothing : Self.joined(words)])
            }
            return Fact((parts.compactMap(\.self) + [label.text]).joined(separator: ", "), lines: sides)
        }
    }

    /// How a thing is headed; nil where its facts say it themselves.
    private func title(ofThing thing: String, of card: PlanCard) -> String? {
        guard let route = route(card) else { return nil }
        if thing == "start" { return texts("card.thing.start") }
        let parts = thing.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        let id = parts[1]
        let title: Localized? =
            switch parts[0] {
            case "steps": route.step(id)?.title
            case "clocks": route.clocks.first { $0.id == id }?.title
            default: route.outcome(id)?.title
            }
        return texts("card.thing.\(parts[0])", ["title": title?[plan.language] ?? id])
    }
}

extension PlanPage {
    /// Puts the cards of a version where what they tell of is read.
    mutating func show(_ cards: [ToldCard], _ plan: PlanWords) {
        let kind = { (isMeant: (PlanCard.Subject) -> Bool) in plan.cards(cards, isMeant).map { [$0] } ?? [] }
        sightCards = kind { if case .sight = $0 { true } else { false } }
        formCards = kind { if case .form = $0 { true } else { false } }
        planCards = kind { $0 == .plan }
    }
}

extension PlanWords {
    /// The cards of a version that tell of a route, as part of its page; nil without any.
    func cards(_ cards: [ToldCard], of route: ProcedureRule) -> PlanCardsPart? {
        CardWords(self).part(
            cards.filter { if case .tasks(let tasks) = $0.card.subject { tasks.route == route.id } else { false } })
    }

    /// Cards of one kind that stand beside the plan as a whole; nil without any.
    func cards(_ cards: [ToldCard], _ isMeant: (PlanCard.Subject) -> Bool) -> PlanCardsPart? {
        CardWords(self).part(cards.filter { isMeant($0.card.subject) })
    }
}
