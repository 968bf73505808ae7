import ArgumentParser
import Domain

/// A moment as typed: `2026-11-02T09:00` on the clock in Amsterdam.
struct LocalTime: ExpressibleByArgument {
    let text: String
    let instant: Instant

    init?(argument: String) {
        guard let moment = LocalMoment(argument) else { return nil }
        text = argument
        instant = .amsterdam(moment.day, hour: moment.hour, minute: moment.minute)
    }
}

extension Day: ExpressibleByArgument {
    /// A day as typed: `2026-11-02`.
    public init?(argument: String) {
        guard let day = Day(argument) else { return nil }
        self = day
    }
}
