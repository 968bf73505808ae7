import Domain
import Foundation

/// Where the time comes from; the core never asks, it is told.
package protocol Clock: Sendable {
    func now() -> Instant
}

/// The clock of this machine.
package struct SystemClock: Clock {
    package init() {}
    package func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// A clock that runs as fast as the machine's but started at another moment: for demonstrations and tests.
package struct ShiftedClock: Clock {
    private let shift: Int64

    /// A clock that shows `start` now.
    package init(startingAt start: Instant) {
        shift = start.milliseconds - SystemClock().now().milliseconds
    }

    package func now() -> Instant { SystemClock().now().adding(milliseconds: shift) }
}
