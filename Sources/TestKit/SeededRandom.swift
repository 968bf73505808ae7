/// Numbers that look random and are the same in every run for the same seed (SplitMix64).
///
/// For simulations and property tests: the seed is printed when a test fails, so that the same run can be had again.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    /// What it was begun with.
    package let seed: UInt64
    private var state: UInt64

    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in the range.
    package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True so many times in a hundred.
    package mutating func happens(_ percent: Int) -> Bool { number(1...100) <= percent }

    /// One of these; nil when there is none.
    package mutating func one<Choices: Collection>(of choices: Choices) -> Choices.Element? {
        choices.randomElement(using: &self)
    }

    /// A key of 12 letters and digits.
    package mutating func key() -> String {
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return String((0..<12).map { _ in letters[Int(next() & 31)] })
    }
}
