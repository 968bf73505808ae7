import Domain
import UseCases

extension PlanWords {
    /// A route as a page.
    func page(of route: ProcedureRule, version: String?, examples: PlanExamplesPart?) -> PlanProcedurePage {
        let forms = rules.forms(route.form).compactMap { rules.form($0)?.title[language] }
        let tables = Set(route.outcomes.compactMap { $0.decision?.validity?.table }).sorted().compactMap { rules.tables[$0] }
        let key = "procedures.\(route.id)"
        var page = PlanProcedurePage(
            title: route.title[language], back: Link(texts("plan.back"), place.href(.plan)), version: version,
            about: words.paragraphs(route.why[language]), picture: picture(of: route), facts: facts(route, forms),
            after: route.start.after.map { before(route, $0) },
            needs: route.start.needs.map { needed($0) }, asks: route.start.asks.map { asked($0) },
            steps: route.steps.map { step($0, of: route) },
            terms: route.clocks.map { clock in
                PlanProcedurePage.Line(
                    anchor: PlanPlace.clock(clock.id), title: clock.title[language],
                    text: sentences(clock, of: route) + noted(clock.note),
                    source: source(clock.source), mark: mark(at: "\(key).clocks.\(clock.id)"))
            }, outcomes: route.outcomes.map { outcome($0, of: route) }, tables: tables.map { table($0) },
            conflicts: route.outcomes.compactMap { outcome -> PlanProcedurePage.Line? in
                guard let field = outcome.decision?.validity?.conflictField, let known = rules.fields[field] else { return nil }
                return PlanProcedurePage.Line(
                    title: known.title[language], text: known.why.map { words.paragraphs($0[language]) } ?? [],
                    source: source(known.source))
            }, examples: examples, source: source(route.source))
        page.mark = mark(at: key)
        page.startMark = mark(at: "\(key).start")
        return page
    }

    private func facts(_ route: ProcedureRule, _ forms: [String]) -> [Fact] {
        var facts = [
            Fact(texts("plan.who"), words.format.list(route.start.by.map { words.function($0) })),
            Fact(texts("plan.form"), forms.isEmpty ? texts("plan.noForm") : words.format.list(forms)),
        ]
        if route.start.when != .always { facts.append(Fact(texts("planPage.onlyFor"), words.condition(route.start.when))) }
        if route.start.locksGroeidocument {
            facts.append(
                Fact(
                    texts("planPage.shared"),
                    texts("planPage.locks", ["groeidocument": rules.groeidocument.inSentence[language]])))
        }
        if route.start.repeatable { facts.append(Fact(texts("planPage.again"), texts("planPage.repeatable"))) }
        return facts
    }

    /// What must have come before: the route, with the outcomes and for how long after.
    private func before(_ route: ProcedureRule, _ after: StartRule.After) -> Link {
        let other = rules.procedure(after.procedure)
        var label = other?.title[language] ?? after.procedure
        let outcomes = after.outcomes.compactMap { other?.outcome($0)?.title[language] }
        if !outcomes.isEmpty { label += ": " + outcomes.joined(separator: " \(texts("rule.or")) ") }
        if let within = after.within {
            label = texts("planPage.afterWithin", ["before": label, "period": words.period(within)])
        }
        return Link(label, place.href(.planProcedure(after.procedure)))
    }

    private func step(_ step: StepRule, of route: ProcedureRule) -> PlanProcedurePage.Step {
        PlanProcedurePage.Step(
            anchor: PlanPlace.step(step.id), title: step.title[language], who: words.actor(step.by, of: route),
            text: (step.explanation.map { words.paragraphs($0[language]) } ?? []) + conditions(step, of: route)
                + noted(step.note),
            terms: step.due.map { [words.within($0)] } ?? [], meeting: step.meeting.map { facts($0) } ?? [],
            questions: step.meeting?.questions.map { $0[language] } ?? [], asks: step.asks.map { asked($0) },
            choices: step.choices.map { choice($0, of: route) }, source: source(both(step.source, step.by.source)),
            mark: mark(at: "procedures.\(route.id).steps.\(step.id)"))
    }

    /// What the writer of the plan says about it to its readers.
    private func noted(_ note: Localized?) -> [String] { note.map { [texts("planPage.noted", ["note": $0[language]])] } ?? [] }

    /// Two sources as one; what both name is named once.
    private func both(_ one: String?, _ other: String?) -> String? {
        guard let one, let other else { return one ?? other }
        let parts = { (source: String) in source.split(separator: ";").map { String($0).trimmed } }
        let first = parts(one)
        return (first + parts(other).filter { !first.contains($0) }).joined(separator: "; ")
    }

    /// What else holds for a step: what it waits for, who chose the person, who may replace.
    private func conditions(_ step: StepRule, of route: ProcedureRule) -> [String] {
        var lines: [String] = []
        if !step.waitsFor.isEmpty {
            let titles = step.waitsFor.map { "‘\(route.step($0)?.title[language] ?? $0)’" }
            lines.append(texts("planPage.waitsFor", ["steps": words.format.list(titles)]))
        }
        if let chosen = step.by.chosenIn { lines.append(texts("planPage.chosenIn", ["field": words.field(chosen)])) }
        if !step.by.replacedBy.isEmpty {
            lines.append(texts("planPage.replacedBy", ["who": words.functions(step.by.replacedBy)]))
        }
        for other in step.by.warnActorOf {
            lines.append(texts("planPage.betterNot", ["step": route.step(other)?.title[language] ?? other]))
        }
        return lines
    }

    private func facts(_ meeting: MeetingRule) -> [Fact] {
        let titles = { (ids: [String]) in words.format.list(ids.map { words.function($0) }) }
        var facts = [
            Fact(texts("planPage.chair"), words.function(meeting.chair)),
            Fact(texts("planPage.present"), titles(meeting.required)),
        ]
        if !meeting.optional.isEmpty { facts.append(Fact(texts("planPage.invited"), titles(meeting.optional))) }
        if let ahead = meeting.ahead {
            facts.append(
                Fact(
                    texts("planPage.ahead"), texts("planPage.aheadBy", ["period": words.period(ahead)]),
                    note: meeting.aheadSource))
        }
        if let bring = meeting.bring { facts.append(Fact(texts("planPage.bring"), lines: words.paragraphs(bring[language]))) }
        return facts
    }

    private func choice(_ choice: ChoiceRule, of route: ProcedureRule) -> PlanProcedurePage.Choice {
        var notes: [String] = []
        let goals: [Link]
        let isEnd: Bool
        switch choice.then {
        case .open(let steps):
            isEnd = false
            goals = steps.map { Link(route.step($0)?.title[language] ?? $0, "#" + PlanPlace.step($0)) }
            if steps.count > 1 { notes.append(texts("planPage.atOnce")) }
        case .end(let outcome):
            isEnd = true
            goals = [Link(route.outcome(outcome)?.title[language] ?? outcome, "#" + PlanPlace.outcome(outcome))]
        }
        if choice.when != .always { notes.append(texts("planPage.onlyWhen", ["when": words.condition(choice.when)])) }
        if choice.once { notes.append(texts("planPage.once")) }
        if choice.marksComplete { notes.append(texts("planPage.marksComplete")) }
        if let planned = choice.plans.flatMap(route.step) {
            notes.append(texts("planPage.plans", ["step": planned.title[language]]))
        }
        return PlanProcedurePage.Choice(
            title: choice.title[language], about: choice.explanation.map { words.paragraphs($0[language]) } ?? [], goals: goals,
            isEnd: isEnd, notes: notes, asks: choice.asks.map { asked($0) }, needs: choice.needs.map { needed($0) })
    }

    private func outcome(_ outcome: OutcomeRule, of route: ProcedureRule) -> PlanProcedurePage.Outcome {
        var facts: [Fact] = []
        var links = outcome.leadsTo.map { link(route: $0) }
        let granted = rules.forms(outcome.grants).compactMap { rules.form($0)?.title[language] }
        if !granted.isEmpty {
            facts.append(Fact(texts("planPage.grants"), granted.joined(separator: " \(texts("rule.or")) ")))
        }
        if let decision = outcome.decision {
            if let objection = decision.objection {
                facts.append(Fact(texts("planPage.objection"), words.within(objection)))
            }
            if let appeal = decision.appeal { facts.append(Fact(texts("planPage.appeal"), words.within(appeal))) }
            if let letter = rules.letters[decision.letter] {
                links.append(
                    Link(
                        texts("planPage.letterOf", ["letter": letter.title[language]]),
                        place.href(.plan, PlanPlace.letter(letter.id))))
            }
            if let table = decision.validity.flatMap({ rules.tables[$0.table] }) {
                links.append(Link(table.title[language], "#" + PlanPlace.table(table.id)))
            }
        }
        return PlanProcedurePage.Outcome(
            anchor: PlanPlace.outcome(outcome.id), title: outcome.title[language],
            text: (outcome.explanation.map { words.paragraphs($0[language]) } ?? []) + noted(outcome.note), facts: facts,
            links: links,
            source: source(outcome.decision?.source), mark: mark(at: "procedures.\(route.id).outcomes.\(outcome.id)"))
    }
}
