import Domain
import Foundation

/// Where new keys come from; the core never draws, it is given.
package protocol Chance: Sendable {
    /// A new key: lower-case letters and digits, never the same twice.
    func key() -> String
}

/// Keys from the machine's cryptographic random numbers: 128 bits in base 32, so an address cannot be guessed.
package struct SystemChance: Chance {
    package init() {}

    package func key() -> String {
        var generator = SystemRandomNumberGenerator()
        return Key.text(generator.next(), generator.next())
    }
}

/// The text form of a key.
package enum Key {
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// 26 letters and digits for 128 bits, without the letters that are mistaken for others.
    package static func text(_ high: UInt64, _ low: UInt64) -> String {
        var high = high
        var low = low
        return String(
            unsafeUninitializedCapacity: 26
        ) { buffer in
            for index in (0..<26).reversed() {
                buffer[index] = letters[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
            return 26
        }
    }
}
