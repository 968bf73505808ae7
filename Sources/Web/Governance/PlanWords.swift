import Domain
import Plan
import UseCases

/// Says a plan in the reader's language, each part with its source and the place where this site shows it.
struct PlanWords: Sendable {
    let words: Words
    let place: PlanPlace
    /// The version with what it changed in the one it amends; nil where nothing is marked.
    let whole: WholePlan?

    var rules: PlanRules { words.rules }
    var texts: Texts { words.texts }
    var language: Language { words.language }

    init(_ words: Words, isNamed: Bool, _ whole: WholePlan? = nil) {
        self.words = words
        self.whole = whole
        place = PlanPlace(key: words.rules.key, isNamed: isNamed)
    }

    // MARK: Sources

    /// A source with a link for each paragraph; nil without one.
    func source(_ source: String?) -> SourceNote? {
        guard let source, !source.isEmpty else { return nil }
        return SourceNote(
            references(in: source).map {
                SourceNote.Piece(text: $0.text, href: place.href(.planSource, PlanPlace.source($0.name)))
            })
    }

    /// One thing that a source names: as it is written, and what all that name it have in common.
    struct Reference: Hashable {
        let text: String
        let name: String
    }

    /// The paragraphs and articles that a source names. What was chosen because no source says it goes by the note that tells so.
    func references(in source: String) -> [Reference] {
        rules.outline.references(in: source).map { reference in
            switch reference.target {
            case .paragraph(let paragraph): Reference(text: reference.text, name: paragraph.reference)
            case .law(let article): Reference(text: reference.text, name: article.reference)
            case .chosen(let note): Reference(text: reference.text, name: Self.chosen + (note.map { " \($0)" } ?? ""))
            case .unknown: Reference(text: reference.text, name: reference.text)
            }
        }
    }

    /// What choices without a source are called among the sources.
    static let chosen = "gekozen"

    // MARK: Links

    /// A route, as it is called.
    func link(route id: String) -> Link {
        Link(rules.procedure(id)?.title[language] ?? id, place.href(.planProcedure(id)))
    }

    // MARK: Questions and needs

    /// A question as it is asked at one place.
    func asked(_ ask: Ask) -> PlanProcedurePage.Asked {
        let field = rules.fields[ask.field]
        var notes: [String] = []
        if !ask.required || field?.required == false { notes.append(texts("planPage.optional")) }
        for condition in [field?.when ?? .always, ask.when] where condition != .always {
            notes.append(texts("planPage.onlyWhen", ["when": words.condition(condition)]))
        }
        if let mark = mark(ofField: ask.field) { notes.append(mark + ".") }
        if let bounds = field.flatMap({ words.bounds($0) }) { notes.append(bounds) }
        return PlanProcedurePage.Asked(
            title: words.field(ask.field), why: field?.why?[language], note: notes.joined(separator: " "),
            options: field?.options.map { $0.title[language] } ?? [], source: source(field?.source))
    }

    /// Something that must be there first.
    func needed(_ need: Need) -> PlanProcedurePage.Line {
        let condition = need.when == .always ? [] : [texts("planPage.onlyWhen", ["when": words.condition(need.when)])]
        return PlanProcedurePage.Line(
            title: words.need(need), text: words.paragraphs(need.why[language]) + condition, source: source(need.source))
    }

    // MARK: Terms

    /// How long a term is, and how its last day is found: "6 weken; eindigt de termijn in een weekend …".
    ///
    /// A term of no days ends on the day on which it begins.
    func length(_ term: Term) -> String {
        if term.period.amount == 0 { return texts("planPage.sameDay") }
        return term.countsBy == .termijnenwet
            ? texts("planPage.byLaw", ["period": words.period(term.period)]) : words.period(term.period)
    }

    /// From when a clock runs.
    func from(_ from: ClockRule.From, of route: ProcedureRule) -> String {
        switch from {
        case .received: texts("comparing.from.received")
        case .complete: texts("comparing.from.complete")
        case .answer(let field): texts("comparing.from.answer", ["field": words.field(field)])
        case .step(let step): texts("comparing.from.step", ["step": route.step(step)?.title[language] ?? step])
        }
    }

    /// A clock in words: from when, how long, when it stands still, what meets it.
    func sentences(_ clock: ClockRule, of route: ProcedureRule) -> [String] {
        let steps = { (ids: [String]) in words.format.list(ids.map { "‘\(route.step($0)?.title[language] ?? $0)’" }) }
        var sentences = [
            texts("planPage.clock", ["length": length(clock.within), "from": from(clock.from, of: route)])
        ]
        if clock.when != .always { sentences.append(texts("planPage.onlyWhen", ["when": words.condition(clock.when)])) }
        if let extended = clock.extended {
            // A choice of a step is told by its step.
            let by = steps(extended.by.map { String($0.prefix { $0 != "." }) })
            sentences.append(texts("planPage.extended", ["period": words.period(extended.with.period), "steps": by]))
        }
        if !clock.pausedIn.isEmpty { sentences.append(texts("planPage.paused", ["steps": steps(clock.pausedIn)])) }
        if !clock.metBy.isEmpty { sentences.append(texts("planPage.met", ["steps": steps(clock.metBy)])) }
        if !clock.warn.isEmpty {
            sentences.append(texts("planPage.warn", ["periods": words.format.list(clock.warn.map { words.period($0) })]))
        }
        sentences.append(clock.ground[language])
        return sentences
    }

    /// A decision table.
    func table(_ table: DecisionTable) -> PlanTable {
        PlanTable(
            anchor: PlanPlace.table(table.id), title: table.title[language],
            policy: texts("plan.hit.\(table.hit.rawValue)"), columns: [texts("decision.when"), texts("decision.then")],
            rows: table.rows.map { row in
                PlanTable.Row(
                    cells: [words.condition(row.when), words.until(row.until)], note: row.note?[language],
                    source: source(row.source), mark: mark(at: "rules.\(table.id).rows.\(row.id)"))
            }, source: source(table.source), mark: mark(at: "rules.\(table.id)"))
    }
}
