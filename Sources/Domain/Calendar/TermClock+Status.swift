extension TermClock {
    /// How a term stands on a day.
    package enum Status: Hashable, Sendable {
        /// It runs; 0 days left is the due day itself.
        case running(daysLeft: Int)
        /// It runs and a moment to warn has come.
        case warning(daysLeft: Int)
        /// It stands still from this day on; it had so many days left then.
        case paused(since: Day, daysLeft: Int)
        /// The due day passed so many days ago and it is not done.
        case late(days: Int)
        /// It was done in time.
        case met(on: Day)
        /// It was done, so many days after the due day.
        case breached(on: Day, days: Int)
    }

    /// How the term stands at the end of this day.
    ///
    /// From the day on which completion is asked it is shown as paused, although the law still counts that day. What lies
    /// after the day (a finish, an open pause) is left out, so that a past day can be looked back at.
    ///
    /// - Parameter warn: how long before the due day to warn; the longest of these begins the warning.
    package func status(on day: Day, warn: [Period], holidays: Holidays) -> Status {
        if let finished, finished <= day {
            var clock = self
            // What was asked on the day of the finish or after it cannot have stopped the clock before.
            clock.pauses = pauses.filter { $0.from < finished }
            guard let due = clock.dueDay(holidays: holidays), due < finished else { return .met(on: finished) }
            return .breached(on: finished, days: due.days(until: finished))
        }
        switch standing(on: day, holidays: holidays) {
        case .standsStill(let since, let daysLeft): return .paused(since: since, daysLeft: daysLeft)
        case .due(let due) where due < day: return .late(days: due.days(until: day))
        case .due(let due):
            let left = day.days(until: due)
            return warn.contains { $0.before(due) <= day } ? .warning(daysLeft: left) : .running(daysLeft: left)
        }
    }

    /// Days from this day to the due day, negative when late; while it stands still, the days it had left when it stopped.
    package func remainingDays(on day: Day, holidays: Holidays) -> Int {
        switch standing(on: day, holidays: holidays) {
        case .standsStill(_, let daysLeft): daysLeft
        case .due(let due): day.days(until: due)
        }
    }

    /// The days on which warnings begin, the earliest first; empty while the term stands still without an end.
    ///
    /// No warning comes before the term starts, except of a term without length: that is a day by which something must be
    /// done, and a warning on the day itself is too late.
    package func warningDays(warn: [Period], holidays: Holidays) -> [Day] {
        guard let due = dueDay(holidays: holidays) else { return [] }
        let earliest = term.period.amount == 0 ? Day.earliest : started
        return Set(warn.map { max($0.before(due), earliest) }).sorted()
    }

    /// The result as it shows on a day: a pause that holds on it stops the clock even if its end is known by now.
    private func standing(on day: Day, holidays: Holidays) -> Result {
        var stopped = self
        stopped.pauses = pauses.filter { $0.from <= day }.map { pause in
            guard let last = pause.last, day <= last, pause.first <= last else { return pause }
            return Pause(from: pause.from, to: nil)
        }
        let result = stopped.outcome(holidays: holidays).result
        if case .standsStill = result { return result }
        // Pauses to come that have an end, such as an agreed delay, already move the due day.
        var known = self
        known.pauses = pauses.filter { $0.to != nil || $0.from <= day }
        return known.outcome(holidays: holidays).result
    }
}
