import Crypto
import Domain
import Foundation

/// What lets somebody in whose telephone is gone: once, instead of a code.
package enum RecoveryCode {
    /// How many somebody gets.
    package static let count = 10

    /// Three groups of four digits, for the keys of a telephone: 40 bits, at which is guessed slower and slower.
    static func generate() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<3).map { _ in
            let number = String(Int.random(in: 0..<10_000, using: &random))
            return String(repeating: "0", count: 4 - number.count) + number
        }.joined(separator: " ")
    }

    /// What the store is given of it, which seals it once more. How it was typed, in groups or not, does not matter.
    static func digest(_ code: String, of person: PersonID) -> Data {
        Data(SHA256.hash(data: Data("recovery|\(person)|\(code.filter(\.isNumber))".utf8)))
    }
}
