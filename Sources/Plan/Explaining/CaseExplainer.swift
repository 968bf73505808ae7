import Domain

/// Explains how a route stands in a dossier or came out there, by the rules of the version that it follows.
package struct CaseExplainer {
    private let words: PlanExplainer
    private let dossier: Dossier
    private let today: Day
    private var rules: PlanRules { words.rules }

    /// - Parameters:
    ///   - dossier: as it was known at the moment that is explained.
    ///   - today: the day of that moment.
    package init(_ rules: PlanRules, _ dossier: Dossier, on today: Day) {
        words = PlanExplainer(rules)
        self.dossier = dossier
        self.today = today
    }

    // MARK: a run of a route

    /// Explains a run of a route.
    ///
    /// - Parameters:
    ///   - before: the dossier as it was when the last step was taken, for what else it could have led to; nil while it runs.
    ///   - decision: the numbered decision that it ended with.
    ///   - told: the steps done of which may be told; others are left out, with what they answered.
    /// - Returns: nil when the plan has no such route.
    package func explanation(
        of procedure: Procedure, before: Dossier? = nil, decision: Decision? = nil, told: [Procedure.DoneStep]? = nil
    ) -> CaseExplanation? {
        guard let route = rules.procedure(procedure.rule) else { return nil }
        let done = told ?? procedure.done
        let hidden = Set(procedure.done.filter { !done.contains($0) }.flatMap(\.answers.keys))
        let ended = procedure.ended
        let outcome = ended.flatMap { route.outcome($0.outcome) }
        let table = decision.flatMap { explained($0, procedure) }
        let open = procedure.open.compactMap { waiting($0, procedure, route, hidden) }
        let ahead = route.ahead(of: procedure.open.map(\.step))
        return CaseExplanation(
            plan: rules.key, title: rules.title, document: rules.document, inForce: rules.inForce, route: route.title,
            source: route.source, paragraphs: words.paragraphs(in: route.source), started: procedure.received,
            startedUnder: procedure.startedUnder == rules.key ? nil : procedure.startedUnder,
            outcome: ended.map { said($0, outcome, decision) }, ended: ended?.at.day, meaning: outcome?.explanation,
            number: decision?.number, deviates: decision?.deviates ?? false,
            known: known(procedure, without: hidden, decision), steps: way(procedure, route, done, outcome),
            rows: table?.rows ?? [], counted: decision?.explanation.filter { $0.code != "validity.row" } ?? [],
            otherwise: table?.otherwise ?? [], next: next(outcome, decision), ways: passed(procedure, route, before, hidden),
            open: open, clocks: procedure.clocks(route, rules.holidays).map { running($0, route) },
            ahead: route.steps.filter { step in ahead.contains(step.id) && !procedure.open.contains { $0.step == step.id } }
                .map { still($0, route) },
            outcomes: ended == nil ? route.outcomes(of: ahead).map(\.title) : [])
    }

    /// What the start of a route takes that does not run.
    package func explanation(ofStarting route: ProcedureRule) -> CaseExplanation {
        let facts = dossier.facts(rules, on: today, in: nil)
        let follows = dossier.mayFollow(route.start.after, on: today)
        let way = CaseExplanation.Way(
            choice: Localized(
                nl: "Beginnen, door \(words.names(of: route.start.by).nl)", en: "Start, by \(words.names(of: route.start.by).en)"),
            leadsTo: leadsTo(.open(route.start.opens), route), lasts: nil,
            clauses: route.start.when.clauses.map { words.clause($0, facts) }, after: route.start.after.map(words.said),
            isFree: follows, needs: needed(route.start.needs, dossier, facts, on: today),
            asks: asked(route.start.asks, dossier, nil, on: today), source: route.source)
        return CaseExplanation(
            plan: rules.key, title: rules.title, document: rules.document, inForce: rules.inForce, route: route.title,
            source: route.source, paragraphs: words.paragraphs(in: route.source), started: nil, startedUnder: nil, outcome: nil,
            ended: nil, meaning: nil, number: nil, deviates: false, known: [], steps: [], rows: [], counted: [], otherwise: [],
            next: [], ways: [way], open: [], clocks: [], ahead: [], outcomes: route.outcomes.map(\.title))
    }

    // MARK: what came out

    /// The rows of the table that the end of a decision rests on, and what another answer would have made of it.
    private func explained(_ decision: Decision, _ procedure: Procedure) -> PlanExplanation? {
        guard let begin = decision.begin else { return nil }
        let facts = dossier.facts(rules, on: decision.issued, in: procedure)
        return words.explanation(
            of: TakenDecision(
                procedure: procedure.rule, outcome: decision.outcome, decided: decision.issued, begin: begin,
                answers: facts.answers))
    }

    private func said(
        _ ended: Procedure.Ending, _ outcome: OutcomeRule?, _ decision: Decision?
    ) -> PlanExplanation.Outcome {
        let title = outcome?.title ?? Localized(same: ended.outcome)
        let day = ended.at.day.said
        let number = decision.map { ", \($0.number)" } ?? ""
        let end = decision?.end?.said
        return PlanExplanation.Outcome(
            Localized(
                nl: "\(title.nl), op \(day.nl)\(number)" + (end.map { ", tot en met \($0.nl)" } ?? ""),
                en: "\(title.en), on \(day.en)\(number)" + (end.map { ", until \($0.en)" } ?? "")))
    }

    /// What was chosen, counted or a day in this route and in what the decision copies; a text is nobody's ground here.
    private func known(
        _ procedure: Procedure, without hidden: Set<String>, _ decision: Decision?
    ) -> [CaseExplanation.Known] {
        var seen: Set<String> = []
        let copied = (decision?.copies ?? [:]).sorted { $0.key < $1.key }
        let given = procedure.answers.sorted { $0.key < $1.key }.filter { !hidden.contains($0.key) }
        return (copied + given).compactMap { id, answer in
            guard let field = rules.fields[id], field.kind.isCounted, !answer.isEmpty, seen.insert(id).inserted else {
                return nil
            }
            return CaseExplanation.Known(
                question: field.title, value: Localized.list(answer.values.map { words.title(of: $0, fact: id) }))
        }
    }

    /// What was done: the start, each step with its choice, and of the last one what it came to.
    private func way(
        _ procedure: Procedure, _ route: ProcedureRule, _ done: [Procedure.DoneStep], _ outcome: OutcomeRule?
    ) -> [PlanExplanation.Step] {
        let day = procedure.received.said
        var steps = [
            PlanExplanation.Step(
                text: Localized(
                    nl: "Begonnen op \(day.nl), door \(words.names(of: route.start.by).nl)",
                    en: "Started on \(day.en), by \(words.names(of: route.start.by).en)"), source: route.source)
        ]
        steps += done.map { done in
            let step = route.step(done.step)
            let title = step?.title ?? Localized(same: done.step)
            let choice = step?.choice(done.choice)?.title ?? Localized(same: done.choice)
            let who = words.names(of: step?.by.functions ?? [])
            let day = done.at.day.said
            return PlanExplanation.Step(
                text: Localized(
                    nl: "\(title.nl): ‘\(choice.nl)’ op \(day.nl), door \(who.nl)",
                    en: "\(title.en): ‘\(choice.en)’ on \(day.en), by \(who.en)"),
                source: step?.source ?? step?.by.source)
        }
        if let rule = outcome?.decision, let reasons = rules.fields[rule.reasonsField]?.title {
            let rests = rule.advices.compactMap { route.step($0)?.title }
            let on = Localized.all(rests)
            steps.append(
                PlanExplanation.Step(
                    text: Localized(
                        nl: (rests.isEmpty ? "" : "Het besluit rust op: \(on.nl). ")
                            + "Waarom, staat in het besluit zelf, bij ‘\(reasons.nl)’",
                        en: (rests.isEmpty ? "" : "The decision rests on: \(on.en). ")
                            + "Why stands in the decision itself, under ‘\(reasons.en)’"), source: rule.source))
        }
        return steps
    }

    /// How one goes against it, and what it leads to.
    private func next(_ outcome: OutcomeRule?, _ decision: Decision?) -> [Localized] {
        var next: [Localized] = []
        if let day = decision?.objectionUntil?.said, let term = outcome?.decision?.objection?.period.said {
            next.append(
                Localized(
                    nl: "Bezwaar kan tot en met \(day.nl): binnen \(term.nl)",
                    en: "An objection can be made until \(day.en): within \(term.en)"))
        }
        if let day = decision?.appealUntil?.said, let term = outcome?.decision?.appeal?.period.said {
            next.append(
                Localized(
                    nl: "Beroep kan tot en met \(day.nl): binnen \(term.nl)",
                    en: "An appeal can be made until \(day.en): within \(term.en)"))
        }
        let routes = Localized.list((outcome?.leadsTo ?? []).compactMap { rules.procedure($0)?.title })
        if !routes.nl.isEmpty {
            next.append(Localized(nl: "Hierna kan beginnen: \(routes.nl)", en: "After this can begin: \(routes.en)"))
        }
        return next
    }

    /// What else the step that ended it could have led to, by what was known then.
    private func passed(
        _ procedure: Procedure, _ route: ProcedureRule, _ before: Dossier?, _ hidden: Set<String>
    ) -> [CaseExplanation.Way] {
        guard procedure.ended != nil, let last = procedure.done.last, let step = route.step(last.step), let before,
            let then = before.procedure(procedure.id)
        else { return [] }
        return step.choices.filter { $0.id != last.choice }
            .map { way($0, of: step, route, before, then, on: last.at.day, hidden) }
    }

    // MARK: what runs

    private func waiting(
        _ open: Procedure.OpenStep, _ procedure: Procedure, _ route: ProcedureRule, _ hidden: Set<String>
    ) -> CaseExplanation.Waiting? {
        guard let step = route.step(open.step) else { return nil }
        let names = words.names(of: step.by.functions)
        let chosen = step.by.chosenIn.flatMap { rules.fields[$0]?.title }
        return CaseExplanation.Waiting(
            step: step.title,
            by: Localized(
                nl: names.nl + (chosen.map { ", wie is gekozen bij ‘\($0.nl)’" } ?? ""),
                en: names.en + (chosen.map { ", whoever was chosen in ‘\($0.en)’" } ?? "")),
            since: open.since.day, because: opener(of: open, procedure, route),
            meeting: step.meeting == nil ? nil : procedure.meetings.last { $0.step == step.id }?.day,
            within: step.due?.period.said, due: procedure.due(open, route, rules.holidays), source: step.source ?? step.by.source,
            paragraphs: (step.source ?? step.by.source).map(words.paragraphs(in:)) ?? [],
            ways: step.choices.map { way($0, of: step, route, dossier, procedure, on: today, hidden) })
    }

    /// What opened a step: the start, or the choice that was made at that moment.
    private func opener(
        of open: Procedure.OpenStep, _ procedure: Procedure, _ route: ProcedureRule
    ) -> Localized {
        guard let done = procedure.done.last(where: { $0.at == open.since }), let step = route.step(done.step) else {
            return Localized(nl: "het begin van de procedure opende deze stap", en: "the start of the procedure opened this step")
        }
        let choice = step.choice(done.choice)?.title ?? Localized(same: done.choice)
        let waited = route.step(open.step)?.waitsFor.compactMap { route.step($0)?.title } ?? []
        guard waited.isEmpty else {
            let all = Localized.all(waited)
            return Localized(
                nl: "alles waarop deze stap wacht is gedaan: \(all.nl)", en: "all that it waits for is done: \(all.en)")
        }
        return Localized(
            nl: "‘\(choice.nl)’ bij ‘\(step.title.nl)’ opende deze stap",
            en: "‘\(choice.en)’ in ‘\(step.title.en)’ opened this step")
    }

    private func still(_ step: StepRule, _ route: ProcedureRule) -> Localized {
        let who = words.names(of: step.by.functions)
        let waits = Localized.all(step.waitsFor.compactMap { route.step($0)?.title })
        return Localized(
            nl: "\(step.title.nl), door \(who.nl)" + (waits.nl.isEmpty ? "" : ", na: \(waits.nl)"),
            en: "\(step.title.en), by \(who.en)" + (waits.en.isEmpty ? "" : ", after: \(waits.en)"))
    }

    // MARK: ways

    private func way(
        _ choice: ChoiceRule, of step: StepRule, _ route: ProcedureRule, _ dossier: Dossier, _ procedure: Procedure, on day: Day,
        _ hidden: Set<String>
    ) -> CaseExplanation.Way {
        let facts = dossier.facts(rules, on: day, in: procedure)
        let asks = dossier.asks(of: choice, step, route, rules, on: day, in: procedure)
        // What this very form asks is not settled yet: it is told under what is to be filled in.
        let anew = Set((step.asks + asks).filter(\.anew).map(\.field))
        let clauses = choice.when.clauses.filter { !anew.contains($0.fact) && !hidden.contains($0.fact) }
        let isSpent = choice.once && procedure.done.contains { $0.step == step.id && $0.choice == choice.id }
        return CaseExplanation.Way(
            choice: choice.title, leadsTo: leadsTo(choice.then, route), lasts: lasts(choice, route, facts, dossier, on: day),
            clauses: clauses.map { words.clause($0, facts) }, after: [], isFree: !isSpent,
            needs: needed(choice.needs, dossier, facts, on: day),
            asks: asked(step.asks + asks, dossier, procedure, on: day), source: step.source)
    }

    private func leadsTo(_ next: ChoiceRule.Next, _ route: ProcedureRule) -> Localized {
        switch next {
        case .end(let id):
            let title = route.outcome(id)?.title ?? Localized(same: id)
            return Localized(nl: "afgelopen met ‘\(title.nl)’", en: "ended with ‘\(title.en)’")
        case .open(let ids):
            let titles = Localized.all(ids.map { route.step($0)?.title ?? Localized(same: $0) })
            return Localized(nl: "aan de beurt: \(titles.nl)", en: "next: \(titles.en)")
        }
    }

    /// Until when the table lets it last what a choice grants; nil when it grants nothing with an end, or too little is known.
    private func lasts(
        _ choice: ChoiceRule, _ route: ProcedureRule, _ facts: Facts, _ dossier: Dossier, on day: Day
    ) -> Localized? {
        guard case .end(let id) = choice.then, let rule = route.outcome(id)?.decision?.validity,
            let validity = try? dossier.validity(rule, rules, facts, on: day)
        else { return nil }
        if validity.clashes, let earliest = validity.earliest {
            return words.clash(table: validity.latest.said, law: earliest.said)
        }
        let end = (validity.proposed ?? validity.latest).said
        let most = validity.proposed == nil
        return Localized(
            nl: "\(most ? "hooguit " : "")tot en met \(end.nl) (\(validity.row.source))",
            en: "until \(end.en)\(most ? " at most" : "") (\(validity.row.source))")
    }

    private func asked(_ asks: [Ask], _ dossier: Dossier, _ procedure: Procedure?, on day: Day) -> [Localized] {
        dossier.asked(asks, rules, on: day, in: procedure).filter { $0.known == nil && $0.field.required && !$0.isConditional }
            .map(\.field.title)
    }

    // MARK: needs

    private func needed(_ needs: [Need], _ dossier: Dossier, _ facts: Facts, on day: Day) -> [CaseExplanation.Needed] {
        dossier.states(of: needs, rules, facts: facts, on: day).map { state in
            CaseExplanation.Needed(what: what(state.need), lacks: state.lack.map(said), source: state.need.source)
        }
    }

    private func what(_ need: Need) -> Localized {
        switch need.kind {
        case .agreement(let purpose):
            let title = rules.purpose(purpose)?.title ?? Localized(same: purpose)
            return Localized(nl: "akkoord van de ouders: \(title.nl)", en: "agreement of the parents: \(title.en)")
        case .groeidocument(let parts, let notOlderThan):
            let titles = Localized.all(parts.map { rules.part($0)?.title ?? Localized(same: $0) })
            let young = notOlderThan?.said
            let document = rules.groeidocument.title
            return Localized(
                nl: "\(document.nl), ingevuld: \(titles.nl)" + (young.map { ", bijgewerkt in \($0.nl)" } ?? ""),
                en: "\(document.en), filled in: \(titles.en)" + (young.map { ", brought up to date within \($0.en)" } ?? ""))
        case .field(let field): return words.question(field)
        case .evidence(let kind):
            return rules.evidence.first { $0.id == kind }?.title ?? Localized(same: kind)
        case .signature:
            return Localized(nl: "handtekening van de ouders met gezag", en: "signature of the parents with authority")
        }
    }

    /// What lacks, in numbers: who has not agreed is for whoever may read about the family.
    private func said(_ lack: NeedState.Lack) -> Localized {
        let count = { (number: Int, nl: (String, String), en: (String, String)) in
            Localized(
                nl: "\(number) \(number == 1 ? nl.0 : nl.1)", en: "\(number) \(number == 1 ? en.0 : en.1)")
        }
        switch lack {
        case .agreements(let who):
            return count(
                who.count, ("ouder of voogd moet het nog geven", "ouders of voogden moeten het nog geven"),
                ("parent or guardian has yet to give it", "parents or guardians have yet to give it"))
        case .childAgreement:
            return Localized(nl: "het kind moet het zelf nog geven", en: "the child has yet to give it itself")
        case .signatures(let who):
            return count(
                who.count, ("ouder of voogd moet nog tekenen", "ouders of voogden moeten nog tekenen"),
                ("parent or guardian has yet to sign", "parents or guardians have yet to sign"))
        case .noGuardian:
            return Localized(
                nl: "in het dossier staat niemand met gezag", en: "the dossier names nobody with parental authority")
        case .fields(let ids):
            let titles = Localized.list(ids.map(words.question))
            return Localized(nl: "nog leeg: \(titles.nl)", en: "still empty: \(titles.en)")
        case .stale(let day):
            return Localized(nl: "het laatst gewijzigd op \(day.said.nl)", en: "last changed on \(day.said.en)")
        case .evidence: return Localized(nl: "zit niet in het dossier", en: "is not in the dossier")
        case .noVersion:
            return Localized(nl: "er is nog geen vaste versie om te tekenen", en: "no version was locked yet to sign")
        }
    }

    // MARK: terms

    private func running(_ state: ClockState, _ route: ProcedureRule) -> CaseExplanation.Running {
        let status = state.clock?.status(on: today, warn: state.rule.warn, holidays: rules.holidays)
        return CaseExplanation.Running(
            clock: state.rule.title, within: state.rule.within.period.said, ground: state.rule.ground,
            from: from(state.rule.from, route), started: state.clock?.started, due: state.due, standing: standing(status),
            counted: state.explanation, source: state.rule.source, paragraphs: words.paragraphs(in: state.rule.source))
    }

    private func from(_ from: ClockRule.From, _ route: ProcedureRule) -> Localized {
        switch from {
        case .received: return Localized(nl: "vanaf het begin", en: "from the start")
        case .complete:
            return Localized(nl: "vanaf de dag dat de aanvraag compleet is", en: "from the day the request is complete")
        case .answer(let field):
            let asked = words.question(field)
            return Localized(nl: "vanaf de dag bij ‘\(asked.nl)’", en: "from the day given in ‘\(asked.en)’")
        case .step(let step):
            let title = route.step(step)?.title ?? Localized(same: step)
            return Localized(nl: "vanaf de dag van ‘\(title.nl)’", en: "from the day of ‘\(title.en)’")
        }
    }

    private func standing(_ status: TermClock.Status?) -> Localized {
        func days(_ number: Int) -> Localized { Period(number, .days).said }
        switch status {
        case nil: return Localized(nl: "nog niet begonnen", en: "not begun yet")
        case .running(let left), .warning(let left):
            return Localized(nl: "loopt, nog \(days(left).nl)", en: "runs, \(days(left).en) left")
        case .paused(let since, let left):
            return Localized(
                nl: "staat stil sinds \(since.said.nl), met nog \(days(left).nl)",
                en: "stands still since \(since.said.en), with \(days(left).en) left")
        case .late(let late): return Localized(nl: "\(days(late).nl) te laat", en: "\(days(late).en) late")
        case .met(let day): return Localized(nl: "gehaald op \(day.said.nl)", en: "met on \(day.said.en)")
        case .breached(let day, let late):
            return Localized(
                nl: "gedaan op \(day.said.nl), \(days(late).nl) te laat", en: "done on \(day.said.en), \(days(late).en) late")
        }
    }
}

extension Field.Kind {
    /// Whether an answer is a choice, a number or a day: what rules decide by, and never what somebody wrote.
    fileprivate var isCounted: Bool {
        switch self {
        case .choice, .choices, .yesNo, .number, .day, .week: true
        case .text, .paragraph, .moment, .texts, .person, .school: false
        }
    }
}
