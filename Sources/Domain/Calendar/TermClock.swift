/// One running term: when it began, what moved it, when it is due, and whether it was kept.
///
/// A value computed from facts whenever it is asked for; nothing ticks. A running term follows the plan version it started
/// under, so its `terms` are kept with it.
package struct TermClock: Hashable, Sendable, Codable {
    /// The day of the event that set it going: receipt, completeness, bekendmaking. The term starts the day after.
    package let started: Day
    /// Its length and reckoning.
    package let term: Term
    /// Extensions in the order they were given (Awb art. 4:14, 7:10 lid 3; WPO art. 40 lid 6), each counted from the end
    /// of what came before, as that end was moved.
    package var extensions: [Term]
    /// When it stood still, in any order; days that two pauses share count once.
    package var pauses: [Pause]
    /// The day on which what was asked was done; nil while it is not.
    package var finished: Day?

    /// A term that was set going on this day, with what has happened to it since.
    package init(
        started: Day, term: Term, extensions: [Term] = [], pauses: [Pause] = [], finished: Day? = nil
    ) {
        self.started = started
        self.term = term
        self.extensions = extensions
        self.pauses = pauses
        self.finished = finished
    }

    /// The due day and how it was found.
    package struct Outcome: Hashable, Sendable {
        /// What the computation ends in.
        package let result: Result
        /// The steps in the order of the computation.
        package let explanation: [Explained]
    }

    /// What the computation of a due day ends in.
    package enum Result: Hashable, Sendable {
        /// The last day on which the term is kept.
        case due(Day)
        /// A pause without an end: there is no due day, and when the clock stopped it had so many days left.
        case standsStill(since: Day, daysLeft: Int)
    }

    /// The last day on which the term is kept; nil while it stands still without an end.
    package func dueDay(holidays: Holidays) -> Day? {
        guard case .due(let day) = outcome(holidays: holidays).result else { return nil }
        return day
    }

    /// Step by step how the due day was found.
    package func explanation(holidays: Holidays) -> [Explained] { outcome(holidays: holidays).explanation }

    /// Finds the due day.
    ///
    /// Per part (the term, then each extension): the calendar end; moved on by every pause that begins before that part
    /// ends, as many days as it lasts; then the Algemene termijnenwet for the last day. A pause that begins after the end
    /// changes nothing: a term that has passed cannot be suspended.
    package func outcome(holidays: Holidays) -> Outcome {
        var steps: [Explained] = [.term(.starts, ["event": started, "first": started.adding(days: 1)])]
        var waiting = TermClock.joined(pauses)[...]
        var end = started
        for (index, part) in ([term] + extensions).enumerated() {
            let start = end
            var calendarEnd = part.period.after(start)
            steps.append(
                index == 0
                    ? .term(.wouldEnd, ["period": part.period, "day": calendarEnd])
                    : .term(.extended, ["period": part.period, "from": start, "day": calendarEnd]))
            var suspended: [ClosedRange<Day>] = []
            var closed = part.closed(calendarEnd, startedAfter: start, suspended: suspended, holidays: holidays)
            while let pause = waiting.first, pause.first <= closed.end {
                waiting.removeFirst()
                let first = max(pause.first, start.adding(days: 1))
                guard let last = pause.last else {
                    let left = first.adding(days: -1).days(until: closed.end)
                    steps.append(.term(.standsStill, ["first": first, "daysLeft": left]))
                    return Outcome(result: .standsStill(since: first, daysLeft: left), explanation: steps)
                }
                guard last >= first else {
                    steps.append(.term(.pauseOutside, ["first": pause.first, "end": closed.end]))
                    continue
                }
                let days = first.days(until: last) + 1
                // A pause that begins in the days by which the law moved the end leaves the day on which it stops.
                calendarEnd = max(calendarEnd.adding(days: days), last.adding(days: 1))
                suspended.append(first...last)
                steps.append(
                    .term(
                        pause.isUnused ? .pausedUnused : .paused,
                        ["first": first, "last": last, "days": days, "day": calendarEnd]))
                closed = part.closed(calendarEnd, startedAfter: start, suspended: suspended, holidays: holidays)
            }
            steps += closed.steps
            end = closed.end
        }
        steps += waiting.map { .term(.pauseOutside, ["first": $0.first, "end": end]) }
        steps.append(.term(.due, ["day": end]))
        return Outcome(result: .due(end), explanation: steps)
    }

    /// The pauses that hold at least one day, in order, those that overlap or touch made one.
    private static func joined(_ pauses: [Pause]) -> [Pause] {
        var joined: [Pause] = []
        for pause in pauses.sorted(by: { $0.from < $1.from }) {
            if let last = pause.last, last < pause.first { continue }
            guard let before = joined.last, let beforeTo = before.to else {
                if joined.isEmpty { joined.append(pause) }
                continue
            }
            if pause.from < beforeTo {
                let last = pause.to.map { $0 < beforeTo } ?? false ? before : pause
                joined[joined.count - 1] = Pause(from: before.from, to: last.to, isUnused: last.isUnused)
            } else {
                joined.append(pause)
            }
        }
        return joined
    }
}
