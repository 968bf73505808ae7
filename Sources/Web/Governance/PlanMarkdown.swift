import Domain
import Plan
import UseCases

/// A version of the plan as text in Markdown: the same words as its pages, for a parent as well as for a lawyer.
package struct PlanMarkdown {
    private let plan: PlanWords
    private let results: [ExampleResult]
    private let cards: [ToldCard]
    private var lines: [String] = []

    package init(_ whole: WholePlan, _ texts: Texts) {
        let rules = whole.plan.rules
        plan = PlanWords(Words(texts, rules, today: rules.inForce), isNamed: false, whole)
        results = whole.results
        cards = whole.cards
        write()
    }

    /// The whole text.
    package var text: String {
        // Two empty lines say no more than one.
        var kept: [String] = []
        for line in lines where !(line.isEmpty && kept.last?.isEmpty != false) { kept.append(line) }
        return kept.joined(separator: "\n")
    }

    private mutating func write() {
        let texts = plan.texts
        var page = plan.page(version: nil, versions: [], comparisons: [], examples: nil)
        page.show(cards, plan)
        heading(1, page.title)
        paragraph(page.lead)
        heading(2, texts("plan.fan"))
        for tier in page.tiers {
            heading(3, tier.title)
            for form in tier.forms { item(form.title, [form.about ?? ""], form.source) }
        }
        people(page)
        document(page.document)
        for told in page.formCards { cards(told, 3) }
        if !page.terms.isEmpty {
            heading(2, texts("planPage.terms"))
            table(
                [
                    texts("planPage.termColumn"), texts("planPage.lengthColumn"), texts("planPage.fromColumn"),
                    texts("planPage.groundColumn"), texts("decision.source"),
                ],
                page.terms.map { ["\($0.title) (\($0.route.label))", $0.length, $0.from, $0.ground, $0.source?.text ?? ""] })
        }
        for route in plan.rules.procedures {
            self.route(plan.page(of: route, version: nil, examples: plan.examples(results, of: route)))
            if let told = plan.cards(cards, of: route) { self.cards(told, 3) }
        }
        letters(page.letters)
        if !page.paper.isEmpty {
            heading(2, texts("planPage.paper"))
            for line in page.paper { item(line.title, line.text, line.source) }
        }
        for told in page.planCards { self.cards(told, 2) }
        sources(plan.sourcePage(version: nil, results, cards))
    }

    private mutating func cards(_ part: PlanCardsPart, _ level: Int) {
        heading(level, part.title)
        paragraph(part.lead)
        for card in part.cards {
            item(card.why, card.situation + [card.chip.map { "(\($0.text))" } ?? ""], card.source)
            for thing in card.things {
                if let title = thing.title { detail(title) }
                for fact in thing.facts { detail("\(fact.term): \(fact.lines.joined(separator: "; "))") }
            }
        }
    }

    private mutating func people(_ page: PlanPage) {
        heading(2, plan.texts("planPage.people"))
        for group in page.people {
            heading(3, group.title)
            for person in group.people {
                item(person.title, [person.about], person.source)
                for fact in person.facts { detail("\(fact.term): \(fact.lines.joined(separator: "; "))") }
            }
        }
        for told in page.sightCards { cards(told, 3) }
        guard !page.purposes.isEmpty else { return }
        heading(2, plan.texts("planPage.purposes"))
        for purpose in page.purposes { item(purpose.title, [purpose.about], purpose.source) }
    }

    private mutating func document(_ document: PlanPage.Document) {
        heading(2, document.title)
        for part in document.parts {
            heading(3, part.title)
            paragraph(part.about + sourced(part.source))
            for question in part.questions { asked(question) }
        }
    }

    // MARK: Routes

    private mutating func route(_ page: PlanProcedurePage) {
        let texts = plan.texts
        heading(2, page.title)
        for text in page.about { paragraph(text) }
        paragraph(sourced(page.source))
        for fact in page.facts { lines.append("- \(fact.term): \(fact.lines.joined(separator: "; "))") }
        for before in page.after { lines.append("- \(texts("planPage.after")): \(before.label)") }
        if !page.needs.isEmpty {
            heading(3, texts("plan.needs"))
            for need in page.needs { item(need.title, need.text, need.source) }
        }
        if !page.asks.isEmpty {
            heading(3, texts("plan.asks"))
            for ask in page.asks { asked(ask) }
        }
        heading(3, texts("plan.steps"))
        for (place, step) in page.steps.enumerated() { self.step(step, place + 1) }
        if !page.terms.isEmpty {
            heading(3, texts("plan.terms"))
            for term in page.terms { item(term.title, term.text, term.source) }
        }
        heading(3, texts("plan.outcomes"))
        for outcome in page.outcomes {
            item(outcome.title, outcome.text, outcome.source)
            for fact in outcome.facts { detail("\(fact.term): \(fact.lines.joined(separator: "; "))") }
            if !outcome.links.isEmpty {
                detail("\(texts("planPage.further")) \(outcome.links.map(\.label).joined(separator: "; "))")
            }
        }
        for table in page.tables {
            heading(3, table.title)
            paragraph(table.policy + sourced(table.source))
            self.table(
                table.columns + [texts("decision.source")],
                table.rows.map { row in
                    row.cells + [[row.source?.text, row.note].compactMap { $0 }.joined(separator: ". ")]
                })
        }
        if !page.conflicts.isEmpty {
            heading(3, texts("plan.conflicts"))
            for conflict in page.conflicts { item(conflict.title, conflict.text, conflict.source) }
        }
        guard let examples = page.examples else { return }
        heading(3, texts("planPage.examples"))
        paragraph(examples.lead)
        for example in examples.groups.flatMap(\.examples) {
            item(example.outcome, example.situation + [example.why, "(\(example.chip.text))"], example.source)
        }
    }

    private mutating func step(_ step: PlanProcedurePage.Step, _ number: Int) {
        let texts = plan.texts
        heading(4, "\(number). \(step.title)")
        paragraph(([step.who] + step.terms).joined(separator: ", ") + "." + sourced(step.source))
        for text in step.text { paragraph(text) }
        for fact in step.meeting { lines.append("- \(fact.term): \(fact.lines.joined(separator: "; "))") }
        if !step.questions.isEmpty {
            lines.append("- \(texts("planPage.questions")):")
            for question in step.questions { detail(question) }
        }
        for ask in step.asks { asked(ask) }
        for choice in step.choices {
            lines.append("- **\(choice.title)** → \(choice.goals.map(\.label).joined(separator: "; "))")
            for text in choice.about + choice.notes { detail(text) }
            for ask in choice.asks { detail("\(texts("planPage.choiceAsks")) \(ask.title)\(sourced(ask.source))") }
            for need in choice.needs { detail("\(texts("planPage.choiceNeeds")) \(need.title)\(sourced(need.source))") }
        }
    }

    // MARK: The rest

    private mutating func letters(_ letters: [PlanPage.Letter]) {
        guard !letters.isEmpty else { return }
        heading(2, plan.texts("planPage.letters"))
        paragraph(plan.texts("planPage.lettersText"))
        for letter in letters {
            heading(3, letter.title)
            for text in letter.text {
                lines.append("> " + text)
                lines.append(">")
            }
        }
    }

    private mutating func sources(_ page: PlanSourcePage) {
        heading(2, page.title)
        paragraph(page.lead)
        for chapter in page.chapters {
            if let title = chapter.title { heading(3, title) }
            for paragraph in chapter.paragraphs {
                let name = [paragraph.number, paragraph.title].compactMap { $0 }.joined(separator: ", ")
                let uses = paragraph.uses.map(\.label).joined(separator: "; ")
                lines.append("- **\(name)**: \(uses.isEmpty ? plan.texts("plan.unused") : uses)")
            }
        }
    }

    // MARK: Lines

    private mutating func heading(_ level: Int, _ text: String) {
        lines += ["", String(repeating: "#", count: level) + " " + text, ""]
    }

    private mutating func paragraph(_ text: String) {
        guard !text.isEmpty else { return }
        lines += ["", text.drop { $0 == " " }.description, ""]
    }

    private mutating func item(_ title: String, _ texts: [String], _ source: SourceNote?) {
        let text = texts.filter { !$0.isEmpty }.joined(separator: " ")
        let end = title.last.map { ".:?".contains($0) } ?? false
        lines.append("- **\(title)**\(text.isEmpty ? "" : end ? " " + text : ": " + text)\(sourced(source))")
    }

    private mutating func detail(_ text: String) { lines.append("  - " + text) }

    private mutating func asked(_ ask: PlanProcedurePage.Asked) {
        let options = ask.options.isEmpty ? "" : "(\(ask.options.joined(separator: "; ")))"
        item(ask.title, [options, ask.why ?? "", ask.note], ask.source)
    }

    private mutating func table(_ columns: [String], _ rows: [[String]]) {
        let line = { (cells: [String]) in
            "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }
        lines += ["", line(columns), line(columns.map { _ in "---" })] + rows.map(line) + [""]
    }

    private func sourced(_ source: SourceNote?) -> String { source.map { " *(\($0.text))*" } ?? "" }
}
