import Foundation
import Testing

/// One simulated history: the plan it follows and the seed that it is drawn from.
struct Run: Sendable, Hashable, CustomTestStringConvertible {
    let partnership: String
    let seed: UInt64

    var testDescription: String { "\(partnership), seed \(seed)" }

    /// `SENTRUM_SIMULATE=200`: so many seeds of each plan; without it a few, so that the tests stay quick.
    static let seeds = number("SENTRUM_SIMULATE") ?? 2
    /// `SENTRUM_SIMULATE_STEPS=2000`: how long each history is.
    static let steps = number("SENTRUM_SIMULATE_STEPS") ?? 120
    /// `SENTRUM_SIMULATE_SEED=17`: the first seed, to have one history again.
    static let first = number("SENTRUM_SIMULATE_SEED") ?? 1

    /// Every plan with every seed.
    static let all: [Run] = ["testland", "spow", "heuvelrug"].flatMap { partnership in
        (0..<max(1, seeds)).map { Run(partnership: partnership, seed: UInt64(first + $0)) }
    }

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap(Int.init) }
}
