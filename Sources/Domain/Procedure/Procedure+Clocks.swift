/// One clock of a running or ended procedure: when it is due and how that was counted.
package struct ClockState: Sendable, Hashable {
    package let rule: ClockRule
    /// Nil as long as the clock has not begun: nothing is complete yet.
    package let clock: TermClock?
    /// Nil while not begun, or standing still for as long as it takes; while it stands still for a set time, the day it is
    /// due when that time passes unused.
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
        let facts = Facts(answers)
        return route.clocks.filter { $0.when.holds(for: facts) }.map { rule in
            guard let start = start(of: rule) else { return ClockState(rule: rule, clock: nil, due: nil, explanation: []) }
            var clock = TermClock(
                started: start, term: rule.within, pauses: pauses(rule, route, holidays), finished: met(rule))
            if isExtended(rule, clock, holidays), let extended = rule.extended { clock.extensions = [extended.with] }
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

    /// Whether a clock was extended: by a step that was done while it still ran, because a term that has passed cannot be
    /// lengthened.
    private func isExtended(_ rule: ClockRule, _ clock: TermClock, _ holidays: Holidays) -> Bool {
        guard let given = rule.extended.flatMap({ extended in done.first(where: extended.isGiven) }) else { return false }
        let due = clock.dueDay(holidays: holidays)
        return given.at.day >= clock.started && due.map { given.at.day <= $0 } ?? true
    }

    /// The day on which a clock was met: by the first of its steps, or by the end of everything.
    private func met(_ rule: ClockRule) -> Day? {
        done.first { rule.metBy.contains($0.step) }?.at.day ?? ended?.at.day
    }

    /// The times in which a clock stood still: while a step it pauses in was open (Awb 4:15).
    ///
    /// Where that step has a term, the clock runs again when the term passes unused, whether anybody says so or not.
    package func pauses(_ rule: ClockRule, _ route: ProcedureRule, _ holidays: Holidays) -> [Pause] {
        func pause(_ step: String, since: Instant, answered: Day?) -> Pause? {
            guard rule.pausedIn.contains(step) else { return nil }
            let given = route.step(step)?.due?.end(startingAfter: since.day, holidays: holidays)
            return Pause(from: since.day, givenUntil: given, answered: answered)
        }
        let past = done.compactMap { pause($0.step, since: $0.since, answered: $0.at.day) }
        let now = open.compactMap { pause($0.step, since: $0.since, answered: nil) }
        let closed = ended.map { ended in
            ended.closed.compactMap { pause($0.step, since: $0.since, answered: ended.at.day) }
        }
        return past + now + (closed ?? [])
    }

    /// The day an open step is due by its own term or by the nearest clock, whichever comes first.
    ///
    /// A clock that stands still in the step says nothing about it: it counts the time of others.
    package func due(_ open: OpenStep, _ route: ProcedureRule, _ holidays: Holidays) -> Day? {
        let own = route.step(open.step)?.due?.end(startingAfter: open.since.day, holidays: holidays)
        let meeting = route.step(open.step)?.meeting != nil ? meetings.last { $0.step == open.step }?.day : nil
        let clock = clocks(route, holidays)
            .filter { $0.clock?.finished == nil && !$0.rule.pausedIn.contains(open.step) }.compactMap(\.due).min()
        return [own, meeting, clock].compactMap { $0 }.min()
    }

    /// The first day on which an open step is warned about: by the clocks that its due day can come from.
    package func warnFrom(_ open: OpenStep, _ route: ProcedureRule, _ holidays: Holidays) -> Day? {
        clocks(route, holidays)
            .filter { $0.clock?.finished == nil && !$0.rule.pausedIn.contains(open.step) }
            .compactMap { $0.warnFrom(holidays) }.min()
    }
}
