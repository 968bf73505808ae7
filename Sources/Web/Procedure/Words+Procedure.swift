import Domain
import UseCases

extension Words {
    /// A text as paragraphs: one for each block between blank lines, or each line.
    func paragraphs(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// What happens after the start, one sentence a step.
    func next(of route: ProcedureRule) -> [String] {
        route.steps.map { step in
            texts("start.nextStep", ["step": step.title[language], "who": functions(step.by.functions)])
        }
    }

    /// Who will read along because of this route.
    func readers(of route: ProcedureRule) -> String? {
        let functions = rules.functions.filter { rule in
            rule.sight.contains { sight in
                if case .during(let procedures, _) = sight { procedures.contains(route.id) } else { false }
            } || route.steps.contains { $0.by.functions.contains(rule.id) && $0.by.chosenIn != nil }
        }
        guard !functions.isEmpty else { return nil }
        return texts("start.readersAre", ["who": self.functions(functions.map(\.id))])
    }

    /// Where a procedure stands, in a word or two.
    func standing(of procedure: Procedure, _ route: ProcedureRule) -> Chip {
        if let ended = procedure.ended {
            let outcome = route.outcome(ended.outcome)
            let title = outcome?.title[language] ?? ended.outcome
            return outcome?.grants == nil ? Chip(title) : Chip(title, .ok)
        }
        guard let open = procedure.open.first, let step = route.step(open.step) else { return Chip(texts("procedure.running")) }
        return Chip(step.title[language], .now)
    }

    /// For whom a procedure waits, as a sentence.
    func sentence(of procedure: Procedure, _ route: ProcedureRule) -> String {
        if let ended = procedure.ended {
            let outcome = route.outcome(ended.outcome)
            return outcome?.explanation?[language]
                ?? texts("procedure.ended", ["outcome": outcome?.title[language] ?? ended.outcome])
        }
        let waits = procedure.open.compactMap { open in
            route.step(open.step).map { step in
                texts("procedure.waitsFor", ["step": step.title[language], "who": functions(step.by.functions)])
            }
        }
        return waits.joined(separator: " ")
    }

    /// What is asked of this reader in a procedure.
    func asks(of procedure: Procedure, _ route: ProcedureRule, _ seen: SeenDossier) -> [DossierPage.Ask] {
        seen.toDo(in: procedure, route, rules).compactMap { open in
            guard let step = route.step(open.step) else { return nil }
            let due = procedure.due(open, route, rules.holidays)
            let facts = seen.dossier.facts(rules, on: today, in: procedure)
            let needs = step.choices.flatMap { seen.dossier.states(of: $0.needs, rules, facts: facts, on: today) }
            let meeting =
                step.meeting == nil ? nil : procedure.meetings.last { $0.step == step.id }.flatMap { LocalMoment($0.moment) }
            return DossierPage.Ask(
                title: texts("ask.title", ["step": step.title[language]]),
                text: meeting.map { appointment($0) } ?? step.explanation?[language]
                    ?? (seen.sight.isFamily ? route.why[language] : ""),
                remaining: meeting != nil
                    ? nil : due.map { texts("ask.due", ["day": format.plainDay($0), "due": format.due($0, today: today)]) },
                late: due.map { $0 < today } ?? false, items: needs.map { item($0, in: seen) },
                primary: Link(
                    texts("ask.open"), .step(seen.dossier.id.rawValue, procedure.id.rawValue, step.id)),
                secondary: meeting.flatMap { _ in
                    guard seen.sight.sees(.procedures) else { return nil }
                    return Link(texts("procedure.invitation"), .invitation(seen.dossier.id.rawValue, procedure.id.rawValue))
                })
        }
    }

    /// The decisions that a family can still object to, the last first: it reads those before anything else.
    func decisions(_ seen: SeenDossier, _ shelf: PlanShelf) -> [DossierPage.Ask] {
        guard seen.sight.isFamily, seen.sight.sees(.decisions) else { return [] }
        return seen.dossier.decisions.reversed().compactMap { decision in
            guard let until = decision.objectionUntil, until >= today,
                let procedure = seen.dossier.procedure(decision.instance),
                let outcome = shelf[procedure.plan]?.procedure(procedure.rule)?.outcome(decision.outcome)
            else { return nil }
            return DossierPage.Ask(
                title: texts("decision.there", ["outcome": outcome.title[language]]),
                text: outcome.explanation?[language] ?? "",
                remaining: texts("decision.objectUntil", ["day": format.day(until)]), late: false, items: [],
                // The page tells of the procedure as well; to whom that is closed, the letter is open.
                primary: Link(
                    texts("decision.read"),
                    seen.sight.sees(.procedures)
                        ? .decision(seen.dossier.id.rawValue, decision.instance.rawValue)
                        : .decisionFile(seen.dossier.id.rawValue, decision.instance.rawValue)),
                secondary: nil)
        }
    }

    /// When a meeting is, or was: "Het overleg is op donderdag 12 november 2026, 15.30 uur: over 10 dagen."
    func appointment(_ meeting: LocalMoment) -> String {
        texts(
            meeting.day < today ? "ask.met" : "ask.meeting",
            ["when": moment(meeting), "distance": format.distance(to: meeting.day, today: today)])
    }

    /// Who did a step, and for whom: "Jet Vos, in plaats van Marie Dam".
    private func doer(of done: Procedure.DoneStep, _ names: [PersonID: String]) -> String {
        let name = names[done.by] ?? ""
        guard let absent = done.inPlaceOf else { return name }
        return texts("replacing.done", ["name": name, "absent": names[absent] ?? texts("somebody")])
    }

    /// The steps on the way: done, now, ahead.
    func steps(
        of procedure: Procedure, _ route: ProcedureRule, _ names: [PersonID: String], _ dossier: String
    ) -> [ProcedurePage.Step] {
        route.steps.map { step in
            let open = procedure.open.contains { $0.step == step.id }
            let done = procedure.lastDone(step.id)
            let who: String? =
                if open, let chosen = step.by.chosenIn.flatMap({ procedure.answers[$0] }), let name = names[PersonID(chosen.text)]
                {
                    name
                } else if open || done == nil {
                    format.list(step.by.functions.map { function($0) })
                } else {
                    done.map { "\(doer(of: $0, names)), \(format.plainDay($0.at.day))" }
                }
            let state: ProcedurePage.Step.State = open ? .now : done != nil ? .done : procedure.isRunning ? .ahead : .skipped
            return ProcedurePage.Step(
                title: step.title[language], state: state, who: who,
                note: open ? nil : done.flatMap { step.choice($0.choice)?.title[language] },
                href: open ? Address.step(dossier, procedure.id.rawValue, step.id).path : nil)
        }
    }

    /// What can come out of a meeting, for an invitation.
    func possibleOutcomes(of step: StepRule, _ route: ProcedureRule) -> [InvitationPage.Outcome] {
        step.choices.map { choice in
            var text = choice.explanation?[language]
            if text == nil, case .end(let id) = choice.then { text = route.outcome(id)?.explanation?[language] }
            return InvitationPage.Outcome(title: choice.title[language], text: text)
        }
    }

    /// How a decision's end was found: the table with the row that applied.
    func explanation(of decision: Decision, _ rule: DecisionRule, _ route: ProcedureRule) -> [DecisionPage.Explanation] {
        guard let validity = rule.validity, let table = rules.tables[validity.table] else { return [] }
        let matched = decision.explanation.first { $0.code == "validity.row" }?.values["row"]
        let lines = decision.explanation.filter { $0.code != "validity.row" && $0.code != "validity.clash" }
        let clash = decision.explanation.first { $0.code == "validity.clash" }.map { explained($0) }
        var sentence = lines.map { explained($0) }.joined(separator: " ")
        if decision.deviates, clash == nil { sentence += " " + texts("decision.deviates") }
        return [
            DecisionPage.Explanation(
                title: table.title[language], sentence: sentence,
                rows: table.rows.map { row in
                    DecisionPage.Row(
                        when: condition(row.when), then: until(row.until), source: source(row.source), matched: row.id == matched)
                }, conflict: clash,
                source: paragraph(table.source, .planProcedure(route.id), PlanPlace.table(table.id)))
        ]
    }
}

extension Site {
    /// A frame without a visitor, for paper.
    func guestChrome(_ words: Words) -> Chrome {
        Chrome(
            face: face, language: words.language, section: nil, viewer: nil, csrf: "", path: "/",
            partnership: words.rules.partnership.name, planName: words.rules.title[words.language])
    }
}
