import Domain
import UseCases

// What was done in dossiers, or waits there, and what another plan makes of it.
extension DifferenceWords {
    /// What it is: the route, its step and the choice.
    package func what(_ turn: PlanReplay.ActTurn) -> String {
        let route = found(turn) { $0.title[texts.language] } ?? turn.procedure
        switch turn.act {
        case .start: return texts("comparing.acts.start", ["route": route])
        case .did(let step, let choice), .waits(let step, let choice):
            let step = found(turn) { $0.step(step) }
            return texts(
                "comparing.acts.choice",
                [
                    "route": route, "step": step?.title[texts.language] ?? "",
                    "choice": step?.choice(choice)?.title[texts.language] ?? choice,
                ])
        }
    }

    /// How it is now.
    package func was(_ turn: PlanReplay.ActTurn) -> String {
        switch turn.act {
        case .start: texts("comparing.acts.started", ["day": format.plainDay(turn.on)])
        case .did: texts("comparing.acts.done", ["day": format.plainDay(turn.on)])
        case .waits: texts(turn.would == .possible ? "comparing.acts.closed" : "comparing.acts.open")
        }
    }

    /// What becomes of it.
    package func would(_ turn: PlanReplay.ActTurn) -> String {
        switch turn.would {
        case .not(let reasons):
            var seen: Set<String> = []
            let all = reasons.map { reason($0, turn) }.filter { seen.insert($0).inserted }
            return texts("comparing.acts.not", ["reasons": all.joined(separator: "; ")])
        case .possible: return texts("comparing.acts.possible")
        case .absent: return texts("comparing.acts.absent")
        case .leads(.end(let outcome)):
            let title = after.rules.procedure(turn.procedure)?.outcome(outcome)?.title[texts.language] ?? outcome
            return texts("comparing.acts.ends", ["outcome": title])
        case .leads(.open(let steps)):
            let route = after.rules.procedure(turn.procedure)
            let titles = steps.map { route?.step($0)?.title[texts.language] ?? $0 }
            return texts("comparing.acts.opens", ["steps": format.list(titles)])
        }
    }

    /// One of them in a line.
    package func line(_ turn: PlanReplay.ActTurn) -> String {
        texts("comparing.acts.line", ["what": what(turn), "was": was(turn), "would": would(turn)])
    }

    /// A term that would end on another day, in a line.
    package func line(_ turn: PlanReplay.TermTurn) -> String {
        texts("comparing.acts.line", ["what": what(turn), "was": due(turn.was), "would": due(turn.would)])
    }

    /// A term by the title of its route and its own.
    package func what(_ turn: PlanReplay.TermTurn) -> String {
        let routes = [before, after].compactMap { $0.rules.procedure(turn.procedure) }
        let clock = routes.compactMap { $0.clocks.first { $0.id == turn.clock } }.first
        return [routes.first?.title[texts.language], clock?.title[texts.language]].compactMap(\.self).joined(separator: ": ")
    }

    // MARK: why not

    private func reason(_ refusal: Refusal, _ turn: PlanReplay.ActTurn) -> String {
        guard let route = after.rules.procedure(turn.procedure) else { return texts.whyNot(refusal.code.rawValue) }
        let step: StepRule?
        let choice: ChoiceRule?
        switch turn.act {
        case .start: (step, choice) = (nil, nil)
        case .did(let id, let chosen), .waits(let id, let chosen):
            step = route.step(id)
            choice = step?.choice(chosen)
        }
        switch refusal.code {
        case .startClosed, .choiceClosed:
            let when = choice?.when ?? route.start.when
            guard when != .always else { break }
            return texts("comparing.acts.only", ["condition": after.condition(when)])
        case .needMissing:
            let needs = choice?.needs ?? route.start.needs
            guard let need = needs.first(where: { $0.id == refusal.values["need"] }) else { break }
            return texts("comparing.acts.need", ["need": after.need(need)])
        case .notAfter:
            let before = route.start.after.map { followed in
                let rule = after.rules.procedure(followed.procedure)
                let title = rule?.title[texts.language] ?? followed.procedure
                let outcomes = followed.outcomes.map { rule?.outcome($0)?.title[texts.language] ?? $0 }
                return outcomes.isEmpty ? title : "\(title) (\(format.list(outcomes)))"
            }
            return texts("comparing.acts.after", ["after": before.joined(separator: " \(texts("rule.or")) ")])
        case .mayNotStart: return texts("comparing.acts.by", ["actor": after.functions(route.start.by)])
        case .notYourStep, .wrongDiscipline, .boundToSchool, .samePerson:
            guard let step else { break }
            return texts("comparing.acts.by", ["actor": after.actor(step.by, of: route)])
        default: break
        }
        let why = texts.whyNot(refusal.code.rawValue)
        let asked = refusal.field.flatMap { after.rules.fields[$0]?.title[texts.language] }
        return asked.map { texts("comparing.acts.answer", ["question": $0, "why": why]) } ?? why
    }

    /// What either plan has of the route, the first one before the other.
    private func found<Part>(_ turn: PlanReplay.ActTurn, _ part: (ProcedureRule) -> Part?) -> Part? {
        [before, after].compactMap { $0.rules.procedure(turn.procedure).flatMap(part) }.first
    }
}
