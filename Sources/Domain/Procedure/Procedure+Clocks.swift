/// One clock of a running or ended procedure: when it is due and how that was counted.
package struct ClockState: Sendable, Hashable {
    package let rule: ClockRule
    /// Nil as long as the clock has not begun: nothing is complete yet.
    package let clock: TermClock?
    /// Nil while not begun or standing still.
    package let due: Day?
    package let explanation: [Explained]

    /// The first day on which a warning is shown.
    package func warnFrom(_ holidays: Holidays) -> Day? {
        guard clock?.finished == nil else { return nil }
        return clock?.warningDays(warn: rule.warn, holidays: holidays).first
    }
}

extension Procedure {
    /// The clocks of this procedure as they stand, by the rules it started under.
    package func clocks(_ route: ProcedureRule, _ holidays: Holidays) -> [ClockState] {
        route.clocks.map { rule in
            guard let start = start(of: rule) else { return ClockState(rule: rule, clock: nil, due: nil, explanation: []) }
            let clock = TermClock(started: start, term: rule.within, pauses: pauses(rule), finished: met(rule))
            let outcome = clock.outcome(holidays: holidays)
            let due: Day? = if case .due(let day) = outcome.result { day } else { nil }
            return ClockState(rule: rule, clock: clock, due: due, explanation: outcome.explanation)
        }
    }

    /// The day that a clock counts from; nil as long as it is not known.
    private func start(of rule: ClockRule) -> Day? {
        switch rule.from {
        case .received: received
        case .complete: complete
        case .answer(let field): answers[field]?.day
        case .step(let step): done.first { $0.step == step }?.at.day
        }
    }

    /// The day on which a clock was met: by the first of its steps, or by the end of everything.
    private func met(_ rule: ClockRule) -> Day? {
        done.first { rule.metBy.contains($0.step) }?.at.day ?? ended?.at.day
    }

    /// The times in which a clock stood still: while a step it pauses in was open (Awb 4:15).
    package func pauses(_ rule: ClockRule) -> [Pause] {
        let past = done.filter { rule.pausedIn.contains($0.step) }.map { Pause(from: $0.since.day, to: $0.at.day) }
        let now = open.filter { rule.pausedIn.contains($0.step) }.map { Pause(from: $0.since.day, to: nil) }
        let closed = ended.map { ended in
            ended.closed.filter { rule.pausedIn.contains($0.step) }.map { Pause(from: $0.since.day, to: ended.at.day) }
        }
        return past + now + (closed ?? [])
    }

    /// The day an open step is due by its own term or by the nearest clock, whichever comes first.
    package func due(_ open: OpenStep, _ route: ProcedureRule, _ holidays: Holidays) -> Day? {
        let own = route.step(open.step)?.due?.end(startingAfter: open.since.day, holidays: holidays)
        let meeting = route.step(open.step)?.meeting != nil ? meetings.last { $0.step == open.step }?.day : nil
        let clock = clocks(route, holidays).filter { $0.clock?.finished == nil }.compactMap(\.due).min()
        return [own, meeting, clock].compactMap { $0 }.min()
    }
}
