import Domain
import Plan
import UseCases

extension PlanWords {
    /// The examples of a route, of its terms and of its table, each with what came out; nil without any.
    func examples(_ results: [ExampleResult], of route: ProcedureRule) -> PlanExamplesPart? {
        let own = results.filter { concerns($0.example, route) }
        guard !own.isEmpty else { return nil }
        var groups: [(title: String, examples: [PlanExamplesPart.Example])] = []
        for result in own {
            let title = group(result.example, route)
            if let place = groups.firstIndex(where: { $0.title == title }) {
                groups[place].examples.append(example(result))
            } else {
                groups.append((title, [example(result)]))
            }
        }
        return PlanExamplesPart(
            lead: lead(own),
            groups: groups.map { group in
                PlanExamplesPart.Group(
                    title: texts.count("example.group", group.examples.count, ["title": group.title]), examples: group.examples)
            })
    }

    /// Whether an example tries a route, one of its terms, or how long what it gives is valid.
    func concerns(_ example: PlanExample, _ route: ProcedureRule) -> Bool {
        switch example.kind {
        case .validity(let validity): validity.procedure == route.id
        case .term(let term): if case .clock(let procedure, _) = term.subject { procedure == route.id } else { false }
        case .route(let walked): walked.route == route.id
        // What a plan says word for word, or tells of a whole route, is the plan itself, and no situation.
        case .says, .card: false
        }
    }

    /// How many examples there are, and whether all of them come out so.
    func lead(_ results: [ExampleResult]) -> String {
        let failed = results.count { !$0.passed }
        let tried = texts.count("example.tried", results.count)
        return failed == 0
            ? tried + " " + texts("example.allHold") : tried + " " + texts.count("example.someFail", failed)
    }

    private func group(_ example: PlanExample, _ route: ProcedureRule) -> String {
        switch example.kind {
        case .validity(let validity):
            texts("example.validity", ["outcome": route.outcome(validity.outcome)?.title[language] ?? validity.outcome])
        case .term: texts("example.terms")
        case .route, .says, .card: texts("example.routes")
        }
    }

    private func example(_ result: ExampleResult) -> PlanExamplesPart.Example {
        PlanExamplesPart.Example(
            situation: situation(result.example), outcome: outcome(result.expected, of: result.example),
            why: result.example.why[language], source: source(result.example.source),
            chip: result.passed
                ? Chip(texts("example.holds"), .ok)
                : Chip(texts("example.fails", ["got": outcome(result.got, of: result.example)]), .late),
            mark: mark(of: result.example))
    }

    // MARK: Situations

    /// The situation of an example, a sentence for each thing that is given.
    func situation(_ example: PlanExample) -> [String] {
        switch example.kind {
        case .validity(let validity): situation(validity)
        case .term(let term): situation(term)
        case .route(let route): situation(route)
        case .says, .card: []
        }
    }

    private func situation(_ example: ValidityExample) -> [String] {
        let day = { (day: Day) in words.format.plainDay(day) }
        return [
            texts("example.child", ["group": words.value(example.group, of: "group"), "born": day(example.born)]),
            texts("example.decided", ["decided": day(example.decided), "begin": day(example.begin)]),
        ] + answers(example.answers)
    }

    private func situation(_ example: TermExample) -> [String] {
        var title = ""
        switch example.subject {
        case .clock(let procedure, let clock):
            title = rules.procedure(procedure)?.clocks.first { $0.id == clock }?.title[language] ?? clock
        case .term(let term): title = length(term)
        }
        var lines = [texts("example.begins", ["term": title, "day": words.format.plainDay(example.from)])]
        for pause in example.pauses {
            let from = words.format.plainDay(pause.first)
            lines.append(
                pause.to.map { texts("example.paused", ["from": from, "to": words.format.plainDay($0)]) }
                    ?? texts("example.pausedSince", ["from": from]))
        }
        return lines
    }

    private func situation(_ example: RouteExample) -> [String] {
        guard let route = rules.procedure(example.route) else { return [] }
        var lines: [String] = []
        if let before = example.after {
            let other = rules.procedure(before.procedure)
            lines.append(
                texts(
                    "example.after",
                    [
                        "route": other?.title[language] ?? before.procedure,
                        "outcome": other?.outcome(before.outcome)?.title[language] ?? before.outcome,
                    ]))
        }
        if let by = example.start.by { lines.append(texts("example.startedBy", ["who": words.function(by)])) }
        lines += answers(example.start.answers) + lacks(example.start.lacks, route.start.needs)
        for taken in example.steps {
            let step = route.step(taken.step)
            let choice = step?.choice(taken.choice)
            var line = texts(
                "example.taken",
                ["step": step?.title[language] ?? taken.step, "choice": choice?.title[language] ?? taken.choice])
            if let by = taken.form.by { line += " " + texts("example.takenBy", ["who": words.functions([by])]) }
            lines.append(line)
            lines += answers(taken.form.answers) + lacks(taken.form.lacks, choice?.needs ?? [])
        }
        // Where nothing is particular, what is tried is that it begins at all.
        return lines.isEmpty ? [texts("example.begun", ["route": route.title[language]])] : lines
    }

    func answers(_ answers: Answers) -> [String] {
        guard !answers.isEmpty else { return [] }
        let order = rules.fields.keys.sorted()
        let sorted = answers.sorted { (order.firstIndex(of: $0.key) ?? 0, $0.key) < (order.firstIndex(of: $1.key) ?? 0, $1.key) }
        return [
            sorted.map { name, answer in
                let title = words.field(name)
                let value = words.format.list(answer.values.map { words.value($0, of: name) })
                return "\(title.hasSuffix("?") ? String(title.dropLast()) : title): \(value)"
            }.joined(separator: "; ") + "."
        ]
    }

    private func lacks(_ ids: [String], _ needs: [Need]) -> [String] {
        guard !ids.isEmpty else { return [] }
        let titles = ids.map { id in needs.first { $0.id == id }.map { words.need($0) } ?? id }
        return [texts("example.lacks", ["what": words.format.list(titles)])]
    }

    // MARK: Outcomes

    /// What comes out of an example, in words: `end 2024-07-31`, `outcome placed` and their like are the words of the engine.
    func outcome(_ result: String, of example: PlanExample) -> String {
        let parts = result.split(separator: " ").map { $0.filter { $0 != "," } }
        let rest = result.split(separator: " ", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let day = { (place: Int) in
            parts.indices.contains(place) ? Day(parts[place]).map { words.format.plainDay($0) } ?? parts[place] : ""
        }
        var route: ProcedureRule?
        if case .route(let walked) = example.kind { route = rules.procedure(walked.route) }
        switch parts.first {
        case "end": return texts(result.contains("deviates") ? "example.deviates" : "example.end", ["day": day(1)])
        case "due": return texts("example.due", ["day": day(1)])
        case "stands": return texts("example.still")
        case "conflict": return texts("example.conflict", ["table": day(2), "law": day(4)])
        case "outcome": return texts("example.outcome", ["outcome": route?.outcome(rest)?.title[language] ?? rest])
        case "open" where rest.isEmpty: return texts("example.nothingOpen")
        case "open":
            let steps = rest.split(separator: ",").map { String($0).trimmed }
            return texts(
                "example.open", ["steps": words.format.list(steps.map { "‘\(route?.step($0)?.title[language] ?? $0)’" })])
        case "refused":
            let isEnd = if case .validity = example.kind { true } else { false }
            let reason = texts.whyNot(parts.dropFirst().first ?? "", ofEnd: isEnd)
            return texts("example.refused", ["reason": reason])
        default: return texts("example.gone")
        }
    }
}
