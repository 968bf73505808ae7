import Domain
import Testing

/// A clock that shows what a test sets it to.
package struct FixedClock: Sendable, Hashable {
    /// What it shows.
    package var time: Instant

    package init(_ time: Instant) { self.time = time }

    /// A clock at a time of day in Amsterdam, ten in the morning when not said.
    package init(_ day: String, _ time: String = "10:00", sourceLocation: SourceLocation = #_sourceLocation) {
        self.time = .of(day, time, sourceLocation: sourceLocation)
    }

    package func now() -> Instant { time }

    /// Moves it on, days first: across a change of the clock the local time differs an hour.
    package mutating func advance(days: Int = 0, milliseconds: Int64 = 0) {
        time = time.adding(days: days).adding(milliseconds: milliseconds)
    }
}

extension Day {
    /// The day that a test writes; a date that does not exist fails the test.
    package static func of(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Day {
        guard let day = Day(text) else {
            Issue.record("\(text) is no date", sourceLocation: sourceLocation)
            return .earliest
        }
        return day
    }
}

extension Instant {
    /// A time of day in Amsterdam, `2021-11-02` and `10:00`; what does not exist fails the test.
    package static func of(
        _ day: String, _ time: String = "10:00", sourceLocation: SourceLocation = #_sourceLocation
    ) -> Instant {
        guard let moment = LocalMoment("\(day)T\(time)") else {
            Issue.record("\(day) \(time) is no moment", sourceLocation: sourceLocation)
            return Instant(milliseconds: 0)
        }
        return .amsterdam(moment.day, hour: moment.hour, minute: moment.minute)
    }
}
