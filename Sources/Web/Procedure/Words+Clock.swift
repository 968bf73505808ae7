import Domain
import UseCases

extension Words {
    /// A clock as a card: when it is due, and line by line how that was counted.
    func clock(_ state: ClockState, of procedure: Procedure) -> Clock {
        let holidays = rules.holidays
        let status = state.clock?.status(on: today, warn: state.rule.warn, holidays: holidays)
        var days = [Fact(texts("clock.received"), format.day(procedure.received))]
        if let complete = procedure.complete { days.append(Fact(texts("clock.complete"), format.day(complete))) }
        var isPaused = false
        if case .paused = status { isPaused = true }
        for pause in state.clock?.pauses ?? [] where isFelt(pause, by: state.clock) { days.append(fact(pause)) }
        return Clock(
            title: state.rule.title[language], chip: chip(status, state.rule),
            // While it stands still the day is not fixed: the sentence tells what happens when nothing comes.
            due: isPaused ? nil : state.due.map { format.day($0) }, sentence: sentence(status, state, procedure), days: days,
            counts: state.explanation.map { Clock.Count(day: "", what: explained($0), days: nil, source: nil) },
            source: Link(
                state.rule.source,
                PlanPlace(key: rules.key, isNamed: true).href(.planProcedure(procedure.rule), PlanPlace.clock(state.rule.id))),
            gone: gone(state),
            paused: isPaused,
            late: { if case .late = status { true } else { false } }())
    }

    /// A time in which the clock stands or stood still; one whose end was set beforehand says so until it is over.
    private func fact(_ pause: Pause) -> Fact {
        let from = format.plainDay(pause.first)
        guard let to = pause.to, let last = pause.last else {
            return Fact(texts("clock.nowStill"), texts("clock.pausedFrom", ["from": from]))
        }
        guard pause.isUnused, last >= today else {
            return Fact(texts("clock.stoodStill"), texts("clock.pausedFromTo", ["from": from, "to": format.plainDay(to)]))
        }
        return Fact(texts("clock.nowStill"), texts("clock.pausedUntil", ["from": from, "last": format.plainDay(last)]))
    }

    /// Whether a clock stood still in a pause: not before it began, nor when it was asked and answered on one day.
    private func isFelt(_ pause: Pause, by clock: TermClock?) -> Bool {
        guard let clock else { return false }
        return pause.to.map { $0 > max(pause.first, clock.started) } ?? true
    }

    private func chip(_ status: TermClock.Status?, _ rule: ClockRule) -> Chip {
        switch status {
        case nil: Chip(texts(rule.from == .complete ? "clock.notBegun" : "clock.notKnown"))
        case .running(let left): Chip(texts.count("clock.left", left))
        case .warning(let left): Chip(texts.count("clock.left", left), .wait)
        case .paused: Chip(texts("clock.standsStill"), .wait)
        case .late(let days): Chip(texts.count("time.late", days), .late)
        case .met: Chip(texts("clock.met"), .ok)
        case .breached(_, let days): Chip(texts.count("time.late", days), .late)
        }
    }

    private func sentence(_ status: TermClock.Status?, _ state: ClockState, _ procedure: Procedure) -> String {
        switch status {
        case nil:
            let sentence = state.rule.from == .complete ? "clock.sentence.notBegun" : "clock.sentence.notKnown"
            return texts(sentence, ["ground": state.rule.ground[language]])
        case .paused(let since, let left):
            let resumes = state.clock?.pauses.first { $0.isUnused && $0.first == since }?.to
            if let resumes, let due = state.due {
                return texts(
                    "clock.sentence.pausedForTerm",
                    ["day": format.plainDay(since), "resumes": format.plainDay(resumes), "due": format.plainDay(due)])
            }
            return texts("clock.sentence.paused", ["day": format.plainDay(since), "n": String(left)])
        case .met(let on): return texts("clock.sentence.met", ["day": format.plainDay(on)])
        case .breached(let on, let days):
            return texts("clock.sentence.breached", ["day": format.plainDay(on), "n": String(days)])
        case .running, .warning, .late:
            return texts("clock.sentence.due", ["ground": state.rule.ground[language]])
        }
    }

    private func gone(_ state: ClockState) -> Int? {
        guard let clock = state.clock, let due = state.due else { return nil }
        let whole = clock.started.days(until: due)
        guard whole > 0 else { return nil }
        return min(100, max(0, clock.started.days(until: min(today, clock.finished ?? today)) * 100 / whole))
    }
}
