import Domain

// The terms of a route.
extension PlanInspection {
    func inspect(_ clock: ClockRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(clock.title, at: "\(path).title")
        inspect(clock.ground, at: "\(path).ground")
        inspect(source: clock.source, at: path)
        refer(to: clock.pausedIn, .step, among: procedure.steps.map(\.id), at: "\(path).paused-in")
        refer(to: clock.metBy, .step, among: procedure.steps.map(\.id), at: "\(path).met-by")
        inspectWhen(of: clock, procedure, "\(path).when")
        inspectExtension(of: clock, procedure, "\(path).extended")
        if case .answer(let field) = clock.from { inspect(start: field, of: procedure, "\(path).from") }
        if case .step(let step) = clock.from {
            refer(to: step, .step, among: procedure.steps.map(\.id), at: "\(path).from")
        }
        if clock.from == .complete, !procedure.steps.contains(where: { $0.choices.contains(where: \.marksComplete) }) {
            add(
                .neverComplete, "\(path).from", nl: "geen enkele keuze maakt de aanvraag compleet (marks-complete)",
                en: "no choice makes the request complete (marks-complete)")
        }
    }

    /// Whether a clock runs can hang on what this procedure asks: what is known from elsewhere is about another case.
    private func inspectWhen(of clock: ClockRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(clock.when, at: path)
        for clause in clock.when.clauses {
            let path = "\(path).\(clause.fact)"
            guard rules.fields[clause.fact] != nil else {
                if PlanFacts.reserved.contains(clause.fact) {
                    add(
                        .badField, path, nl: "een termijn kan alleen afhangen van wat deze procedure vraagt",
                        en: "a clock can only depend on what this procedure asks")
                }
                continue
            }
            referToField(clause.fact, askedIn: procedure, at: path)
            inspectAnew(clause.fact, in: procedure, path)
        }
    }

    /// What extends a clock: steps and choices there are, by a period, with a source.
    private func inspectExtension(of clock: ClockRule, _ procedure: ProcedureRule, _ path: String) {
        guard let extended = clock.extended else { return }
        inspect(source: extended.source, at: path)
        if extended.with.period.amount < 1 {
            add(.badValue, "\(path).with", nl: "dit maakt de termijn niet langer", en: "this makes the term no longer")
        }
        for written in extended.by {
            let parts = written.split(separator: ".", maxSplits: 1).map(String.init)
            refer(to: parts.first ?? "", .step, among: procedure.steps.map(\.id), at: "\(path).by")
            guard parts.count == 2, let step = procedure.step(parts[0]) else { continue }
            refer(to: parts[1], .choice, among: step.choices.map(\.id), at: "\(path).by")
        }
        let meets = extended.by.filter { clock.metBy.contains(String($0.prefix { $0 != "." })) }
        for step in meets {
            add(
                .neverHolds, "\(path).by", nl: "‘\(step)’ haalt de termijn al (met-by) en kan hem dus niet verlengen",
                en: "‘\(step)’ meets the term already (met-by), so it cannot extend it")
        }
    }
}
