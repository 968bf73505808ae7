import Domain
import Foundation
import Plan

extension PlanWords {
    /// What of the plan comes from each paragraph, in the order of the plan.
    struct SourceUses {
        private(set) var links: [String: [Link]] = [:]

        mutating func add(_ references: [String], _ link: Link) {
            for reference in references
            where links[reference]?.contains(where: { $0.label == link.label }) != true {
                links[reference, default: []].append(link)
            }
        }
    }

    /// What a source names, each once.
    private func names(_ source: String?) -> [String] {
        guard let source else { return [] }
        return references(in: source).reduce(into: []) { if !$0.contains($1.name) { $0.append($1.name) } }
    }

    /// Everything of the plan that has a source, by what the source names.
    func sourceUses(_ results: [ExampleResult]) -> SourceUses {
        var uses = SourceUses()
        func use(_ source: String?, _ title: String, _ address: Address, _ anchor: String? = nil) {
            uses.add(names(source), Link(title, place.href(address, anchor)))
        }
        for form in rules.tiers.flatMap(\.forms) { use(form.source, form.title[language], .plan, PlanPlace.form(form.id)) }
        for function in rules.functions {
            use(function.source, function.title[language], .plan, PlanPlace.function(function.id))
        }
        for purpose in rules.purposes {
            use(
                purpose.source, texts("planPage.agreementTo", ["purpose": purpose.title[language]]), .plan,
                PlanPlace.purpose(purpose.id))
        }
        let document = rules.groeidocument
        use(document.source, document.title[language], .plan, "document")
        for part in document.parts {
            use(part.source, "\(document.title[language]): \(part.title[language])", .plan, PlanPlace.part(part.id))
            for field in part.fields {
                use(rules.fields[field]?.source, words.field(field), .plan, PlanPlace.part(part.id))
            }
        }
        for route in rules.procedures {
            gather(route, &uses)
            let examples = place.href(.planProcedure(route.id), "voorbeelden")
            for result in results where concerns(result.example, route) {
                uses.add(
                    names(result.example.source),
                    Link("\(route.title[language]): \(texts("planPage.examples").lowercased())", examples))
            }
        }
        return uses
    }

    private func gather(_ route: ProcedureRule, _ uses: inout SourceUses) {
        let address = Address.planProcedure(route.id)
        let name = route.title[language]
        func use(_ source: String?, _ title: String? = nil, _ anchor: String? = nil) {
            uses.add(names(source), Link(title.map { "\(name): \($0)" } ?? name, place.href(address, anchor)))
        }
        func ask(_ asks: [Ask], _ anchor: String?) {
            for ask in asks { use(rules.fields[ask.field]?.source, words.field(ask.field), anchor) }
        }
        use(route.source)
        ask(route.start.asks, nil)
        for need in route.start.needs { use(need.source, words.need(need)) }
        for step in route.steps {
            let anchor = PlanPlace.step(step.id)
            use(step.source, step.title[language], anchor)
            use(step.by.source, step.title[language], anchor)
            use(step.meeting?.aheadSource, step.title[language], anchor)
            ask(step.asks, anchor)
            for choice in step.choices {
                ask(choice.asks, anchor)
                for need in choice.needs { use(need.source, words.need(need), anchor) }
            }
        }
        for clock in route.clocks {
            use(clock.source, clock.title[language], PlanPlace.clock(clock.id))
            use(clock.extended?.source, clock.title[language], PlanPlace.clock(clock.id))
        }
        for outcome in route.outcomes {
            use(outcome.decision?.source, outcome.title[language], PlanPlace.outcome(outcome.id))
            guard let validity = outcome.decision?.validity, let table = rules.tables[validity.table] else { continue }
            let place = PlanPlace.table(table.id)
            use(validity.wholeSchoolYearsSource, table.title[language], place)
            for row in table.rows { use(row.source, table.title[language], place) }
            use(table.source, table.title[language], place)
        }
    }

    /// The paragraphs of the source in their order, each with what was made of it; then the law, and what was chosen.
    func sourcePage(version: String?, _ results: [ExampleResult], _ cards: [ToldCard]) -> PlanSourcePage {
        let uses = sourceUses(results).links
        func paragraph(_ name: String, _ number: String, _ title: String?) -> PlanSourcePage.Paragraph {
            PlanSourcePage.Paragraph(anchor: PlanPlace.source(name), number: number, title: title, uses: uses[name] ?? [])
        }
        let outline = rules.outline
        var chapters = outline.chapters.map { chapter in
            PlanSourcePage.Chapter(
                anchor: PlanPlace.chapter(chapter.id), title: chapter.title[language],
                paragraphs: chapter.paragraphs.map { paragraph($0.reference, $0.reference, $0.title[language]) })
        }
        let law = outline.law.filter { uses[$0.reference] != nil }
        if !law.isEmpty {
            chapters.append(
                PlanSourcePage.Chapter(
                    anchor: PlanPlace.chapter("wet"), title: texts("planPage.law"),
                    paragraphs: law.map { paragraph($0.reference, $0.reference, "\($0.title[language]) (\($0.law[language]))") }))
        }
        let known = Set(outline.paragraphs.map(\.reference) + outline.law.map(\.reference))
        let rest = uses.keys.filter { !known.contains($0) }.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
        let chosen = rest.filter { $0 == Self.chosen || $0.hasPrefix(Self.chosen + " ") }
        if !chosen.isEmpty {
            chapters.append(
                PlanSourcePage.Chapter(
                    anchor: PlanPlace.chapter("gekozen"), title: texts("planPage.chosen"),
                    paragraphs: chosen.map { name in
                        let note = name.dropFirst(Self.chosen.count + 1)
                        return paragraph(
                            name,
                            note.isEmpty ? texts("planPage.chosenHere") : texts("planPage.chosenNote", ["note": String(note)]),
                            nil)
                    }))
        }
        let others = rest.filter { !chosen.contains($0) }
        if !others.isEmpty {
            chapters.append(
                PlanSourcePage.Chapter(
                    anchor: PlanPlace.chapter("overig"), title: chapters.isEmpty ? nil : texts("planPage.otherSources"),
                    paragraphs: others.map { paragraph($0, $0, nil) }))
        }
        return PlanSourcePage(
            title: texts("plan.sources"), back: Link(texts("plan.back"), place.href(.plan)), version: version,
            lead: texts("plan.sourcesLead", ["document": rules.document]),
            contents: chapters.compactMap { chapter in chapter.title.map { Link($0, "#\(chapter.anchor)") } },
            chapters: chapters, cards: self.cards(cards) { $0 == .paragraphs }.map { [$0] } ?? [])
    }
}
