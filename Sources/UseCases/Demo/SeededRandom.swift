/// Random numbers that are the same for the same seed, on every machine and with every version of the compiler.
///
/// SplitMix64; the choices below are made here and not by the standard library, whose ways may change.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Numbers for a seed; another `part` gives numbers that have nothing to do with these.
    package init(seed: UInt64, part: Int = 0) {
        state = seed &+ UInt64(bitPattern: Int64(part)) &* 0xD1B5_4A32_D192_ED03
        state = next() ^ seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 up to and without the bound; 0 for a bound below 1.
    package mutating func below(_ bound: Int) -> Int {
        bound > 1 ? Int(next().multipliedFullWidth(by: UInt64(bound)).high) : 0
    }

    /// A whole number in the range.
    package mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// 0 up to and without 1.
    package mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// True so often.
    package mutating func chance(_ share: Double) -> Bool { fraction() < share }

    /// One of the list; nil if it is empty.
    package mutating func pick<Element>(_ list: [Element]) -> Element? { list.isEmpty ? nil : list[below(list.count)] }

    /// One of the list, each as often as its weight says; nil if no weight is above 0.
    package mutating func pick<Element>(_ list: [Element], weight: (Element) -> Double) -> Element? {
        let weights = list.map { max(0, weight($0)) }
        var left = fraction() * weights.reduce(0, +)
        for (element, weight) in zip(list, weights) where weight > 0 {
            left -= weight
            if left < 0 { return element }
        }
        return list.indices.last { weights[$0] > 0 }.map { list[$0] }
    }

    /// A key such as the program makes.
    package mutating func key() -> String { Key.text(next(), next()) }
}
