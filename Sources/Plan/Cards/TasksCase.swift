import Domain

/// One route in one case: what each step asks of whom, by when, and what follows.
package struct TasksCase: Hashable, Sendable {
    package let route: String
    /// The day on which everything told here begins: the route, each step, each clock; what ended before ended on it too.
    package let day: Day
    /// What is known and answered in this case; `group`, `age` and `school-kind` are facts of the child.
    package let answers: Answers

    func lines(by rules: PlanRules, of things: Set<String>) -> [PlanCard.Line] {
        guard let route = rules.procedure(route) else { return [] }
        var facts = Facts(answers, scales: rules.scales)
        facts.answers[PlanRules.today] = .text(day.description)
        var lines: [PlanCard.Line] = []
        lines.add("form", "", route.form.map { NumberTemplate($0).filled(answers.mapValues(\.text)) })
        if things.contains("start") { add(route.start, rules, facts, &lines) }
        for step in route.steps where things.contains("steps.\(step.id)") { add(step, rules, facts, &lines) }
        for clock in route.clocks where clock.when.holds(for: facts) { add(clock, rules, &lines) }
        lines.add("start", "holds-destruction", if: route.holds.contains(.retention))
        for outcome in route.outcomes { add(outcome, rules, &lines) }
        return lines
    }

    private func add(_ start: StartRule, _ rules: PlanRules, _ facts: Facts, _ lines: inout [PlanCard.Line]) {
        let thing = "start"
        lines.add(thing, "by", start.by)
        for before in start.after {
            let outcomes = before.outcomes.map { "\(before.procedure).\($0)" }
            lines.add(thing, "after", outcomes.isEmpty ? [before.procedure] : outcomes)
            lines.add(thing, "until.\(before.procedure)", before.within.map { $0.after(day).description })
        }
        lines.add(thing, "closed", if: !start.when.holds(for: facts))
        add(start.asks, thing, "", rules, facts, &lines)
        add(start.needs, thing, "", facts, &lines)
        lines.add(thing, "plans", start.plans)
        lines.add(thing, "opens", start.opens)
        lines.add(thing, "locks-groeidocument", if: start.locksGroeidocument)
        lines.add(thing, "several-at-once", if: start.repeatable)
        if let inventory = start.inventory {
            lines.add(thing, "each-year.of", inventory.of.map { "\($0.procedure).\($0.outcome)" })
            lines.add(thing, "each-year.fills", inventory.fills)
            lines.add(thing, "each-year.shows", inventory.shows)
        }
    }

    private func add(_ step: StepRule, _ rules: PlanRules, _ facts: Facts, _ lines: inout [PlanCard.Line]) {
        let thing = "steps.\(step.id)"
        lines.add(thing, "by", step.by.functions)
        lines.add(thing, "chosen-in", step.by.chosenIn)
        lines.add(thing, "disciplines", step.by.disciplines)
        lines.add(thing, "somebody-else-than-did", step.by.notActorOf)
        lines.add(thing, "rather-somebody-else-than-did", step.by.warnActorOf)
        lines.add(thing, "not-of-this-school", if: step.by.notOfThisSchool)
        lines.add(thing, "replaced-by", step.by.replacedBy)
        lines.add(thing, "opens-after", step.waitsFor)
        add(step.asks, thing, "", rules, facts, &lines)
        lines.add(thing, "due", step.due?.end(startingAfter: day, holidays: rules.holidays).description)
        if let meeting = step.meeting {
            lines.add(thing, "chair", meeting.chair)
            lines.add(thing, "invited", meeting.required)
            lines.add(thing, "may-be-invited", meeting.optional)
            lines.add(thing, "earliest", meeting.ahead.map { $0.after(day).description })
        }
        for choice in step.choices where choice.when.holds(for: facts) {
            let key = "choices.\(choice.id)."
            add(choice.asks, thing, key, rules, facts, &lines)
            add(choice.needs, thing, key, facts, &lines)
            switch choice.then {
            case .open(let next): lines.add(thing, "\(key)then", next)
            case .end(let outcome): lines.add(thing, "\(key)end", outcome)
            }
            lines.add(thing, "\(key)plans", choice.plans)
            lines.add(thing, "\(key)once", if: choice.once)
            lines.add(thing, "\(key)complete", if: choice.marksComplete)
        }
    }

    /// What is asked in this case: each time, or only when nobody told it before.
    private func add(
        _ asks: [Ask], _ thing: String, _ key: String, _ rules: PlanRules, _ facts: Facts, _ lines: inout [PlanCard.Line]
    ) {
        for ask in asks {
            let field = rules.fields[ask.field]
            guard ask.when.holds(for: facts), field?.when.holds(for: facts) ?? true else { continue }
            lines.add(thing, "\(key)\(ask.anew ? "asks" : "asks-when-unknown")", ask.field)
            if !ask.required || field?.required == false { lines.add(thing, "\(key)may-be-empty", ask.field) }
        }
    }

    private func add(_ needs: [Need], _ thing: String, _ key: String, _ facts: Facts, _ lines: inout [PlanCard.Line]) {
        for need in needs where need.when.holds(for: facts) {
            let key = "\(key)needs"
            switch need.kind {
            case .agreement(let purpose): lines.add(thing, "\(key).agreement", purpose)
            case .groeidocument(let parts, let oldest):
                lines.add(thing, "\(key).groeidocument", parts)
                lines.add(thing, "\(key).changed-since", oldest.map { $0.before(day).description })
            case .field(let field): lines.add(thing, "\(key).field", field)
            case .evidence(let kind): lines.add(thing, "\(key).evidence", kind)
            case .signature: lines.add(thing, "\(key).signature", "guardians-with-authority")
            }
        }
    }

    private func add(_ rule: ClockRule, _ rules: PlanRules, _ lines: inout [PlanCard.Line]) {
        let thing = "clocks.\(rule.id)"
        switch rule.from {
        case .received: lines.add(thing, "from", "received")
        case .complete: lines.add(thing, "from", "complete")
        case .answer(let field): lines.add(thing, "from.field", field)
        case .step(let step): lines.add(thing, "from.step", step)
        }
        let clock = TermClock(started: day, term: rule.within)
        lines.add(thing, "due", clock.dueDay(holidays: rules.holidays)?.description)
        lines.add(thing, "warned", clock.warningDays(warn: rule.warn, holidays: rules.holidays).map(\.description))
        lines.add(thing, "still-in", rule.pausedIn)
        lines.add(thing, "met-by", rule.metBy)
        if let extended = rule.extended {
            let longer = TermClock(started: day, term: rule.within, extensions: [extended.with])
            lines.add(thing, "extended-by", extended.by)
            lines.add(thing, "extended-to", longer.dueDay(holidays: rules.holidays)?.description)
        }
    }

    private func add(_ outcome: OutcomeRule, _ rules: PlanRules, _ lines: inout [PlanCard.Line]) {
        let thing = "outcomes.\(outcome.id)"
        lines.add(thing, "leads-to", outcome.leadsTo)
        lines.add(thing, "grants", outcome.grants.map { NumberTemplate($0).filled(answers.mapValues(\.text)) })
        if let move = outcome.movesTo {
            lines.add(thing, "goes-to", move.field)
            lines.add(thing, "agreement", move.agreement)
            lines.add(thing, "goes-along-without", move.without.map(\.rawValue))
        }
        guard let decision = outcome.decision else { return }
        var values = answers.mapValues(\.text)
        values["swv"] = rules.partnership.code
        values["school-year"] = SchoolYear(containing: day).description
        lines.add(thing, "counted-in", NumberTemplate(decision.counter).filled(values))
        values["seq"] = "1"
        lines.add(thing, "first-number", NumberTemplate(decision.number).filled(values))
        lines.add(thing, "letter", decision.letter)
        lines.add(thing, "reasons", decision.reasonsField)
        lines.add(thing, "rests-on", decision.advices)
        lines.add(thing, "copies", decision.copies)
        for (key, term) in [("objection-until", decision.objection), ("appeal-until", decision.appeal)] {
            lines.add(thing, key, term?.end(startingAfter: day, holidays: rules.holidays).description)
        }
        guard let validity = decision.validity else { return }
        lines.add(thing, "holds-from", validity.beginField)
        lines.add(thing, "holds-until", validity.endField)
        lines.add(thing, "deviation", validity.deviationField)
        lines.add(thing, "table", validity.table)
        lines.add(thing, "never-later", if: validity.neverLater)
        lines.add(thing, "clash-settled-in", validity.conflictField)
        lines.add(
            thing, "whole-school-years",
            if: validity.wholeSchoolYears?.holds(for: Facts(answers, scales: rules.scales)) ?? false)
    }
}
