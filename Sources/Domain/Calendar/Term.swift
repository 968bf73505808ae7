/// How long somebody has for something, and how its last day is found.
///
/// A term starts the day after the event that sets it going (Awb art. 6:8 lid 1 for objection; the same reckoning is used
/// for all terms here), so a term of weeks ends on the weekday of that event.
package struct Term: Hashable, Sendable, Codable {
    /// Its length.
    package let period: Period
    /// Its reckoning.
    package let countsBy: CountsBy

    /// A term of this length, counted in this way.
    package init(_ period: Period, countsBy: CountsBy) {
        self.period = period
        self.countsBy = countsBy
    }

    /// The last day of the term when the event that sets it going falls on this day.
    ///
    /// Under the Algemene termijnenwet, for terms it holds for (art. 4: not above the limits in `holidays`): a last day on a
    /// Saturday, Sunday or feestdag becomes the next day that is none (art. 1 lid 1), and a short term grows until it holds
    /// two working days (art. 2).
    package func end(startingAfter day: Day, holidays: Holidays) -> Day {
        closed(period.after(day), startedAfter: day, suspended: [], holidays: holidays).end
    }

    /// The last day on which something is still a whole term before an event: "at least one week ahead of the meeting".
    ///
    /// Terms counted back from an event are never moved (Algemene termijnenwet art. 1 lid 2), whatever the reckoning.
    package func latestDay(before event: Day) -> Day { period.before(event) }

    /// Applies the reckoning to an end that was found by the calendar (and moved by pauses), and says what it did.
    ///
    /// - Parameter suspended: days on which the term stood still; these are not among its working days.
    func closed(
        _ calendarEnd: Day, startedAfter start: Day, suspended: [ClosedRange<Day>], holidays: Holidays
    ) -> (end: Day, steps: [Explained]) {
        guard countsBy == .termijnenwet else { return (calendarEnd, []) }
        guard holidays.holds(for: period) else {
            guard !holidays.isWorkingDay(calendarEnd) else { return (calendarEnd, []) }
            return (calendarEnd, [.term(.tooLongToMove, ["day": calendarEnd, "period": period])])
        }
        var steps: [Explained] = []
        var end = holidays.workingDay(onOrAfter: calendarEnd)
        if end != calendarEnd {
            let code: Explained.TermCode = holidays.isHoliday(calendarEnd) ? .movedFromHoliday : .movedFromWeekend
            steps.append(.term(code, ["from": calendarEnd, "to": end]))
        }
        let unstretched = end
        while lacksWorkingDays(from: start, to: end, suspended: suspended, holidays: holidays), end < .latest {
            end = holidays.workingDay(onOrAfter: end.adding(days: 1))
        }
        if end != unstretched {
            steps.append(.term(.stretched, ["from": unstretched, "to": end, "workingDays": holidays.limits.workingDays]))
        }
        return (end, steps)
    }

    private func lacksWorkingDays(
        from start: Day, to end: Day, suspended: [ClosedRange<Day>], holidays: Holidays
    ) -> Bool {
        let limits = holidays.limits
        if period.unit == .days, period.amount < limits.protectedFromDays { return false }
        var found = 0
        var day = start
        // Stops as soon as enough are found, so a term of twelve weeks costs no more than one of three days.
        while found < limits.workingDays, day < end {
            day = day.adding(days: 1)
            if holidays.isWorkingDay(day), !suspended.contains(where: { $0.contains(day) }) { found += 1 }
        }
        return found < limits.workingDays
    }
}
