import Domain

/// Explains situations by the rules that the engine follows: it tries them, and tries them again with each fact another.
package struct PlanExplainer {
    let rules: PlanRules
    /// Every source of the plan as it is written: what a card tells of paragraphs rests on them.
    let sources: [WrittenSource]

    package init(_ rules: PlanRules) { self.init(rules, sources: []) }

    /// Explains everything of a plan as it was read, its cards included.
    package init(_ plan: LoadedPlan) { self.init(plan.rules, sources: plan.sources) }

    private init(_ rules: PlanRules, sources: [WrittenSource]) {
        self.rules = rules
        self.sources = sources
    }

    /// How a situation comes out, why, and what would make it otherwise.
    package func explanation(of example: PlanExample) -> PlanExplanation {
        switch example.kind {
        case .validity(let validity): explanation(of: validity, example)
        case .term(let term): explanation(of: term, example)
        case .route(let route): explanation(of: route, example)
        case .says(let says): written(example, says.differences(by: rules))
        case .card(let card): written(example, card.differences(by: rules, sources: sources))
        }
    }

    /// What tells of the plan itself: where it differs, by the keys that the files have, for whoever wrote it.
    private func written(
        _ example: PlanExample, _ differing: (missing: [String], extra: [String])
    ) -> PlanExplanation {
        let steps = [
            (differing.missing, Localized(nl: "staat er, maar is niet zo", en: "is written, but is not so")),
            (differing.extra, Localized(nl: "is zo, maar staat er niet", en: "is so, but is not written")),
        ].flatMap { lines, what in
            lines.map { line in
                PlanExplanation.Step(
                    text: Localized(nl: "\(what.nl): \(line)", en: "\(what.en): \(line)"), source: nil)
            }
        }
        return explained(by: example, rows: [], steps: steps, otherwise: [])
    }

    /// The parts of every explanation, with what came out.
    func explained(
        by example: PlanExample, rows: [PlanExplanation.Row], steps: [PlanExplanation.Step],
        otherwise: [PlanExplanation.Otherwise]
    ) -> PlanExplanation {
        let result = PlanExamples.run(example, by: rules, sources: sources)
        return PlanExplanation(
            plan: rules.key, title: rules.title, document: rules.document, inForce: rules.inForce, outcome: words(of: example),
            rows: rows, steps: steps, counted: result.explanation, otherwise: otherwise)
    }

    // MARK: the end of something granted

    private func explanation(of validity: ValidityExample, _ example: PlanExample) -> PlanExplanation {
        guard let rule = rules.procedure(validity.procedure)?.outcome(validity.outcome)?.decision?.validity,
            let table = rules.tables[rule.table]
        else { return explained(by: example, rows: [], steps: [], otherwise: []) }
        let facts = validity.facts(by: rules, rule)
        var seen: Set<String> = []
        let asked = (table.rows.map(\.when) + [rule.wholeSchoolYears].compactMap(\.self)).flatMap(\.clauses).map(\.fact)
            .filter { seen.insert($0).inserted }
        let now = words(of: example)
        var otherwise: [PlanExplanation.Otherwise] = []
        let attempt = { (change: Localized, other: ValidityExample) in
            let outcome = words(of: example.with(.validity(other)))
            guard outcome != now, !otherwise.contains(where: { $0.change == change }) else { return }
            otherwise.append(PlanExplanation.Otherwise(change: change, outcome: outcome))
        }
        for group in rules.groups where group.id != validity.group {
            attempt(
                Localized(
                    nl: "in \(inSentence(group.title.nl)) in plaats van \(inSentence(title(ofGroup: validity.group).nl))",
                    en: "in \(inSentence(group.title.en)) instead of \(inSentence(title(ofGroup: validity.group).en))"),
                validity.with(group: group.id))
        }
        for fact in asked where fact != "group" {
            if fact == "age" || fact == "born" {
                for (years, nl, en) in [(-1, "een jaar ouder", "a year older"), (1, "een jaar jonger", "a year younger")] {
                    attempt(Localized(nl: nl, en: en), validity.with(born: validity.born.adding(years: years)))
                }
            }
            for (value, change) in others(for: fact, than: validity.answers[fact]) {
                attempt(change, validity.with(answers: validity.answers.merging([fact: value]) { $1 }))
            }
        }
        for (days, nl, en) in [(-1, "een dag eerder", "a day earlier"), (1, "een dag later", "a day later")] {
            attempt(
                Localized(nl: "met \(nl) als eerste dag", en: "with \(en) as the first day"),
                validity.with(begin: validity.begin.adding(days: days)))
        }
        if validity.answers[rule.endField] != nil {
            attempt(
                Localized(nl: "zonder gekozen einddatum", en: "without a chosen last day"),
                validity.with(answers: validity.answers.filter { $0.key != rule.endField }))
        }
        return explained(
            by: example, rows: table.rows.map { row($0, of: table, facts) }, steps: [], otherwise: otherwise)
    }

    func row(_ row: DecisionTable.Row, of table: DecisionTable, _ facts: Facts) -> PlanExplanation.Row {
        PlanExplanation.Row(
            table: table.id, row: row.id, source: row.source,
            paragraphs: paragraphs(in: row.source), note: row.note, clauses: row.when.clauses.map { clause($0, facts) })
    }

    /// What a source names, with the titles of the paragraphs.
    func paragraphs(in source: String) -> [Localized] {
        rules.outline.paragraphs(in: source).map { paragraph in
            Localized(nl: "\(paragraph.reference) \(paragraph.title.nl)", en: "\(paragraph.reference) \(paragraph.title.en)")
        }
    }

    func clause(_ clause: Condition.Clause, _ facts: Facts) -> PlanExplanation.Clause {
        let value = facts[clause.fact].flatMap { $0.isEmpty ? nil : $0 }
        return PlanExplanation.Clause(
            fact: clause.fact, question: question(clause.fact), wanted: wanted(clause),
            value: value.map { answer in
                let titles = answer.values.map { title(of: $0, fact: clause.fact) }
                return Localized(nl: titles.map(\.nl).joined(separator: ", "), en: titles.map(\.en).joined(separator: ", "))
            }, holds: clause.holds(for: facts))
    }

    // MARK: a term

    private func explanation(of term: TermExample, _ example: PlanExample) -> PlanExplanation {
        var steps: [PlanExplanation.Step] = []
        if case .clock(let procedure, let id) = term.subject,
            let clock = rules.procedure(procedure)?.clocks.first(where: { $0.id == id })
        {
            steps.append(PlanExplanation.Step(text: clock.title, source: clock.source))
            steps.append(PlanExplanation.Step(text: clock.ground, source: nil))
        }
        let now = words(of: example)
        let others: [(Localized, TermExample)] = [
            (Localized(nl: "een dag eerder begonnen", en: "begun a day earlier"), term.with(from: term.from.adding(days: -1))),
            (Localized(nl: "een dag later begonnen", en: "begun a day later"), term.with(from: term.from.adding(days: 1))),
            (Localized(nl: "zonder dat de termijn stilstond", en: "without standing still"), term.with(pauses: [])),
        ]
        let otherwise = others.compactMap { change, other -> PlanExplanation.Otherwise? in
            let outcome = words(of: example.with(.term(other)))
            return outcome == now ? nil : PlanExplanation.Otherwise(change: change, outcome: outcome)
        }
        return explained(by: example, rows: [], steps: steps, otherwise: otherwise)
    }
}
