import Domain

extension PlanWords {
    /// A route as a picture.
    func picture(of route: ProcedureRule) -> RoutePicture {
        let places = Dictionary(
            route.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let numbers = { (ids: [String]) in words.format.list(ids.compactMap { places[$0].map { String($0 + 1) } }) }
        let short = { (clock: ClockRule) in
            clock.within.period.amount == 0
                ? clock.title[language]
                : texts("picture.term", ["title": clock.title[language], "period": words.period(clock.within.period)])
        }
        let steps = route.steps.map { step in
            var notes: [RoutePicture.Note] = []
            if step.waitsFor.count > 1 {
                notes.append(RoutePicture.Note(.joins, texts("picture.joins", ["steps": numbers(step.waitsFor)])))
            }
            if let due = step.due { notes.append(RoutePicture.Note(.due, words.within(due))) }
            for clock in route.clocks where clock.from == .step(step.id) {
                notes.append(RoutePicture.Note(.begins, texts("picture.afterwards", ["term": short(clock)])))
            }
            for clock in route.clocks where clock.pausedIn.contains(step.id) {
                notes.append(RoutePicture.Note(.pauses, texts("picture.pauses", ["title": clock.title[language]])))
            }
            for clock in route.clocks where clock.metBy.contains(step.id) {
                notes.append(RoutePicture.Note(.met, texts("picture.met", ["title": clock.title[language]])))
            }
            for clock in clocks(of: route, answeredIn: step.asks) { notes.append(RoutePicture.Note(.begins, short(clock))) }
            return RoutePicture.Step(
                step.title[language], who: words.functions(step.by.functions), isMeeting: step.meeting != nil, notes: notes,
                choices: step.choices.map { choice in
                    let next: RoutePicture.Choice.Next =
                        switch choice.then {
                        case .open(let ids): .steps(ids.compactMap { places[$0] })
                        case .end(let id):
                            .end(
                                RoutePicture.End(
                                    title: route.outcome(id)?.title[language] ?? id,
                                    isDecision: route.outcome(id)?.decision != nil))
                        }
                    let begun =
                        (choice.marksComplete ? route.clocks.filter { $0.from == .complete } : [])
                        + clocks(of: route, answeredIn: choice.asks)
                    return RoutePicture.Choice(
                        choice.title[language], next, notes: begun.map { RoutePicture.Note(.begins, short($0)) })
                }, waitsFor: step.waitsFor.count)
        }
        let begun = route.clocks.filter { $0.from == .received } + clocks(of: route, answeredIn: route.start.asks)
        let before = route.start.after.map { rules.procedure($0.procedure)?.title[language] ?? $0.procedure }
        let who = words.functions(route.start.by)
        return RoutePicture(
            title: texts("picture.title", ["route": route.title[language]]),
            description: texts.count("picture.description", route.steps.count), id: "route-\(route.id)",
            start: RoutePicture.Start(
                title: before.isEmpty
                    ? texts("picture.start", ["who": who])
                    : texts("picture.startAfter", ["who": who, "before": before.joined(separator: " \(texts("rule.or")) ")]),
                notes: begun.map { RoutePicture.Note(.begins, short($0)) },
                opens: route.start.opens.compactMap { places[$0] }), steps: steps)
    }

    /// The clocks that run from a day that is asked here.
    private func clocks(of route: ProcedureRule, answeredIn asks: [Ask]) -> [ClockRule] {
        route.clocks.filter { clock in asks.contains { clock.from == .answer($0.field) } }
    }
}
