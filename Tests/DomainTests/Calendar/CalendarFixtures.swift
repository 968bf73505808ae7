import Domain
import Testing

extension Day {
    /// The day that a test writes; a date that does not exist fails the test.
    static func written(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Day {
        guard let day = Day(text) else {
            Issue.record("\(text) is no date", sourceLocation: sourceLocation)
            return .earliest
        }
        return day
    }
}

extension Instant {
    /// The moment that a test writes; an unreadable one fails the test.
    static func written(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Instant {
        guard let instant = Instant(text) else {
            Issue.record("\(text) is no moment", sourceLocation: sourceLocation)
            return Instant(milliseconds: 0)
        }
        return instant
    }
}

extension Term {
    /// A term under the Algemene termijnenwet.
    static func legal(_ amount: Int, _ unit: Period.Unit) -> Term {
        Term(Period(amount, unit), countsBy: .termijnenwet)
    }
}

/// Numbers that look random and are the same in every run (splitmix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
