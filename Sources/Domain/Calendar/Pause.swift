/// A time in which a term stands still (Awb art. 4:15).
///
/// Named by the days on which it was decided, because these are what is recorded: the term stands still from the day after
/// somebody was asked to complete a request *until* the day it is complete, which counts again (lid 1). Whoever may read
/// that last word in two ways gets the earlier due day.
package struct Pause: Hashable, Sendable, Codable {
    /// The day on which completion was asked: the last day that still counted.
    package let from: Day
    /// The day on which the request was complete: the first day that counts again; nil while that is awaited.
    package let to: Day?

    /// A pause from the day after the request until the day it was answered, nil if it has not been.
    package init(from: Day, to: Day?) {
        self.from = from
        self.to = to
    }

    /// A pause of these days, both included: a delay that the applicant agreed to in writing, or force majeure (lid 2).
    package init(first: Day, last: Day) {
        self.init(from: first.adding(days: -1), to: last.adding(days: 1))
    }

    /// A pause from the day after the request whose time to complete passed unused: its last day still stands still.
    package init(from: Day, unusedUntil last: Day) {
        self.init(from: from, to: last.adding(days: 1))
    }

    /// The first day that stands still.
    package var first: Day { from.adding(days: 1) }
    /// The last day that stands still; nil while the pause is open.
    package var last: Day? { to?.adding(days: -1) }
}
