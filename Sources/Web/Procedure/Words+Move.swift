import Domain
import UseCases

/// What moving a procedure to another version changes, in sentences: the words of the version it follows, and of the other.
struct MoveWords {
    let before: Words
    let after: Words
    let route: ProcedureRule
    let move: ProcedureMove

    private var texts: Texts { before.texts }

    /// Everything that is compared, side by side.
    var parts: [MovePage.Part] { named.map { MovePage.Part(title: texts("move.part.\($0.key)"), rows: $0.rows) } }

    /// The same by the key of each part.
    var named: [(key: String, rows: [MovePage.Row])] {
        let found: [(key: String, rows: [MovePage.Row])] = [
            ("steps", steps), ("choices", choices), ("clocks", clocks), ("needs", needs), ("route", others),
            ("outcomes", outcomes + remedies), ("ends", ends), ("answers", answers), ("start", start),
        ]
        return found.filter { !$0.rows.isEmpty }
    }

    private var none: String { texts("move.none") }

    private func row(_ label: String, _ before: String, _ after: String) -> MovePage.Row {
        MovePage.Row(label: label, before: before, after: after, changes: before != after)
    }

    private var steps: [MovePage.Row] {
        move.steps.flatMap { step -> [MovePage.Row] in
            let title = step.before.title[before.language]
            var rows = [
                row(
                    title, stands(step.before, step.dueBefore, before),
                    step.after.map { stands($0, step.dueAfter, after) } ?? texts("move.notThere"))
            ]
            if !step.asked.isEmpty || !step.dropped.isEmpty {
                rows.append(
                    row(
                        texts("move.asksOf", ["step": title]), list(step.dropped.map { before.field($0) }),
                        list(step.asked.map { after.field($0) })))
            }
            return rows
        }
    }

    private func stands(_ step: StepRule, _ due: Day?, _ words: Words) -> String {
        let who = words.functions(step.by.functions)
        return due.map { texts("move.whoBy", ["who": who, "day": words.format.plainDay($0)]) } ?? who
    }

    private var clocks: [MovePage.Row] {
        move.clocks.map { clock in
            let title = (clock.before ?? clock.after)?.rule.title[before.language] ?? clock.id
            return row(title, stands(clock.before, before), stands(clock.after, after))
        }
    }

    /// When a term is due, and by how much it can still be lengthened.
    private func stands(_ state: ClockState?, _ words: Words) -> String {
        guard let state, let extended = state.rule.extended else { return due(state) }
        let key = state.clock?.extensions.isEmpty == false ? "move.extended" : "move.extensible"
        return texts(key, ["due": due(state), "period": words.period(extended.with.period)])
    }

    /// Choices that can be made in fewer cases there, and in more.
    private var choices: [MovePage.Row] {
        move.narrower.map { choice(of: $0, texts("move.possible"), texts($0.isGone ? "move.notThere" : "move.fewerCases")) }
            + move.wider.map { choice(of: $0, texts($0.isGone ? "move.notThere" : "move.fewerCases"), texts("move.possible")) }
    }

    private func choice(of ahead: ProcedureMove.ChoiceAhead, _ before: String, _ after: String) -> MovePage.Row {
        let language = self.before.language
        return row("\(ahead.step.title[language]): \(ahead.choice.title[language])", before, after)
    }

    /// Terms to object or to go to court that are other ones there.
    private var remedies: [MovePage.Row] {
        move.remedies.map { remedy in
            row(
                texts("move.\(remedy.kind.rawValue)", ["outcome": title(remedy.outcome, \.outcomes, \.id, \.title)]),
                remedy.before.map { before.within($0) } ?? none, remedy.after.map { after.within($0) } ?? none)
        }
    }

    private var start: [MovePage.Row] {
        move.isClosedToChild ? [row(route.title[before.language], texts("move.forChild"), texts("move.notForChild"))] : []
    }

    private func due(_ state: ClockState?) -> String {
        guard let state else { return texts("move.notThere") }
        if let day = state.due { return before.format.plainDay(day) }
        return texts(state.clock == nil ? "move.notBegun" : "move.standsStill")
    }

    private var needs: [MovePage.Row] {
        move.dropped.map { row($0.need.why[before.language], texts("move.needed"), texts("move.notNeeded")) }
            + move.needed.map { row($0.need.why[before.language], texts("move.notNeeded"), texts("move.needed")) }
    }

    private var others: [MovePage.Row] {
        move.goneSteps.map { row($0.title[before.language], texts("move.comes"), texts("move.notThere")) }
            + move.newSteps.map { row($0.title[before.language], texts("move.notThere"), texts("move.comes")) }
    }

    private var outcomes: [MovePage.Row] {
        move.goneOutcomes.map { row($0.title[before.language], texts("move.possible"), texts("move.notThere")) }
            + move.newOutcomes.map { row($0.title[before.language], texts("move.notThere"), texts("move.possible")) }
    }

    private var ends: [MovePage.Row] {
        move.ends.map { end in
            let outcome = route.outcome(end.outcome)?.title[before.language] ?? end.outcome
            let supposed = end.supposing.sorted { $0.key < $1.key }.compactMap { id, answer -> String? in
                guard
                    let (field, words) = before.rules.fields[id].map({ ($0, before) })
                        ?? after.rules.fields[id].map({ ($0, after) })
                else { return nil }
                return "\(field.title[before.language]): \(words.answer(answer, to: field))"
            }
            return row(
                supposed.isEmpty
                    ? outcome : texts("move.supposing", ["outcome": outcome, "facts": supposed.joined(separator: "; ")]),
                self.end(end.before), end.after.map { self.end($0) } ?? none)
        }
    }

    private func end(_ end: ProcedureMove.End) -> String {
        switch end {
        case .day(let day): before.format.plainDay(day)
        case .atMost(let day): texts("move.atMost", ["day": before.format.plainDay(day)])
        }
    }

    private var answers: [MovePage.Row] {
        move.lostAnswers.map { row(before.field($0), texts("move.given"), texts("move.notKnown")) }
    }

    private func list(_ texts: [String]) -> String { texts.isEmpty ? none : before.format.list(texts) }

    /// A reason why it cannot be moved, with what the plan calls the step, term or outcome.
    func lost(_ refusal: Refusal) -> String {
        var values = refusal.values
        values["step"] = values["step"].map { title($0, \.steps, \.id, \.title) }
        values["choice"] = values["choice"].map { key in
            let steps = [route, after.rules.procedure(route.id)].compactMap { $0?.step(refusal.values["step"] ?? "") }
            return steps.lazy.compactMap { $0.choice(key) }.first?.title[before.language] ?? key
        }
        values["outcome"] = values["outcome"].map { title($0, \.outcomes, \.id, \.title) }
        values["clock"] = values["clock"].map { title($0, \.clocks, \.id, \.title) }
        values["field"] = values["field"].map { id in before.rules.fields[id] == nil ? after.field(id) : before.field(id) }
        return before.refusal(Refusal(refusal.code, field: refusal.field, values: values, source: refusal.source))
    }

    private func title<Thing>(
        _ key: String, _ things: (ProcedureRule) -> [Thing], _ id: (Thing) -> String, _ title: (Thing) -> Localized
    ) -> String {
        let routes = [route, after.rules.procedure(route.id)].compactMap(\.self)
        return routes.lazy.flatMap(things).first { id($0) == key }.map { title($0)[before.language] } ?? key
    }
}
