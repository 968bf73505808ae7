import Domain

// The terms of a route.
extension PlanInspection {
    func inspect(_ clock: ClockRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(clock.title, at: "\(path).title")
        inspect(clock.ground, at: "\(path).ground")
        inspect(clock.note, at: "\(path).note")
        inspect(source: clock.source, at: path)
        refer(to: clock.pausedIn, .step, among: procedure.steps.map(\.id), at: "\(path).paused-in")
        refer(to: clock.metBy, .step, among: procedure.steps.map(\.id), at: "\(path).met-by")
        inspectWarnings(of: clock, "\(path).warn")
        inspectWhen(of: clock, procedure, "\(path).when")
        inspectExtension(of: clock, procedure, "\(path).extended")
        if case .answer(let field) = clock.from { inspect(start: field, of: procedure, "\(path).from") }
        if case .step(let step) = clock.from {
            refer(to: step, .step, among: procedure.steps.map(\.id), at: "\(path).from")
        }
        if clock.from == .complete, !procedure.steps.contains(where: { $0.choices.contains(where: \.marksComplete) }) {
            add(
                .neverComplete, "\(path).from", nl: "geen enkele keuze maakt de aanvraag compleet (marks-complete)",
                en: "no choice makes the request complete (marks-complete)",
                hint: Localized(
                    nl: "zet marks-complete: true bij de keuze die zegt dat alles er is, of neem from: received",
                    en: "write marks-complete: true at the choice that says that all is there, or take from: received"))
        }
    }

    /// A warning comes after the begin of the term that it warns of; one that never does would be there from the first day.
    private func inspectWarnings(of clock: ClockRule, _ path: String) {
        // From an answered day that lies ahead a warning can come before the term begins.
        if case .answer = clock.from { return }
        // Months differ, so a warning is only told when it comes too early in all of them.
        let begins = (1...12).compactMap { Day(year: 2021, month: $0, day: 1) }
        for warn in clock.warn {
            let isEarly = begins.allSatisfy { warn.before(clock.within.period.after($0)) <= $0 }
            guard isEarly else { continue }
            let (within, early) = (clock.within.period.said, warn.said)
            add(
                .badValue, path,
                nl: "\(early.nl) van tevoren waarschuwen kan niet: de termijn zelf is \(within.nl)",
                en: "a warning \(early.en) ahead cannot be: the term itself is \(within.en)",
                hint: Localized(
                    nl: "neem bij ‘warn’ een kortere duur dan bij ‘within’",
                    en: "take a shorter period for ‘warn’ than for ‘within’"))
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
                        en: "a clock can only depend on what this procedure asks",
                        hint: Localized(
                            nl: "neem een vraag uit ‘asks’ van deze procedure", en: "take a field from ‘asks’ of this procedure"))
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
            add(
                .badValue, "\(path).with", nl: "dit maakt de termijn niet langer", en: "this makes the term no longer",
                hint: Localized(nl: "neem ten minste P1D", en: "take at least P1D"))
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
                en: "‘\(step)’ meets the term already (met-by), so it cannot extend it",
                hint: Localized(nl: "haal de stap weg bij ‘met-by’ of bij ‘by’", en: "remove the step from ‘met-by’ or from ‘by’")
            )
        }
    }
}
