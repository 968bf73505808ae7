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
    /// Whether it ends because the time that was given for an answer passes unused, and not by an answer.
    package let isUnused: Bool

    /// A pause from the day after the request until the day it was answered, nil if it has not been.
    package init(from: Day, to: Day?) {
        self.init(from: from, to: to, isUnused: false)
    }

    init(from: Day, to: Day?, isUnused: Bool) {
        self.from = from
        self.to = to
        self.isUnused = isUnused
    }

    /// A pause of these days, both included: a delay that the applicant agreed to in writing, or force majeure (lid 2).
    package init(first: Day, last: Day) {
        self.init(from: first.adding(days: -1), to: last.adding(days: 1))
    }

    /// A pause from the day after the request whose time to complete passed unused: its last day still stands still.
    package init(from: Day, unusedUntil last: Day) {
        self.init(from: from, to: last.adding(days: 1), isUnused: true)
    }

    /// A pause from the day after the request whose time to complete was set: it ends by the answer, or by that time passing
    /// unused, whichever is first (Awb art. 4:15 lid 1 onder a).
    ///
    /// - Parameters:
    ///   - last: the last day of the time that was given; nil when none was.
    ///   - answered: the day of the answer; nil while there is none.
    package init(from: Day, givenUntil last: Day?, answered: Day?) {
        if let last, answered.map({ $0 > last }) ?? true {
            self.init(from: from, unusedUntil: last)
        } else {
            self.init(from: from, to: answered)
        }
    }

    /// The first day that stands still.
    package var first: Day { from.adding(days: 1) }
    /// The last day that stands still; nil while the pause is open.
    package var last: Day? { to?.adding(days: -1) }
}

extension Pause {
    private enum CodingKeys: String, CodingKey { case from, to, isUnused }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            from: try values.decode(Day.self, forKey: .from), to: try values.decodeIfPresent(Day.self, forKey: .to),
            isUnused: try values.decodeIfPresent(Bool.self, forKey: .isUnused) ?? false)
    }
}
