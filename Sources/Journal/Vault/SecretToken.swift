import Crypto
import Foundation

/// A random secret that somebody carries; the store knows only its digest.
///
/// The secret has 256 random bits, so a plain SHA-256 is enough: there is nothing to guess at.
package struct SecretToken: Hashable, Sendable {
    /// The secret itself, in letters, digits, `-` and `_`. Shown or sent once, never stored, never logged.
    package let text: String

    /// A fresh secret behind a prefix that tells its kind.
    package static func generate(prefix: String = "") -> SecretToken {
        SecretToken(text: prefix + letters(SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }))
    }

    /// Bytes in letters, digits, `-` and `_`.
    private static func letters(_ bytes: Data) -> String {
        String(
            bytes.base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }

    /// The secret as somebody sent it; nil if no secret of ours looks like that.
    package init?(_ sent: String) {
        guard (40...80).contains(sent.utf8.count) else { return nil }
        text = sent
    }

    private init(text: String) { self.text = text }

    /// A secret that follows from this one and a text: whoever has both can make it again, and it tells neither.
    package func derived(_ text: String) -> SecretToken {
        let digest = SHA256.hash(data: Data("derived|\(self.text)|\(text)".utf8))
        return SecretToken(text: Self.letters(Data(digest)))
    }

    /// What the store knows it by.
    package var digest: Data { Data(SHA256.hash(data: Data(text.utf8))) }

    /// True if what was sent is this secret. Takes the same time wherever they differ.
    package func matches(_ sent: String) -> Bool {
        // The digest type compares in constant time.
        SHA256.hash(data: Data(text.utf8)) == SHA256.hash(data: Data(sent.utf8.prefix(1024)))
    }
}

extension SecretToken: CustomStringConvertible, CustomReflectable {
    /// Not the secret: what is printed ends in a log.
    package var description: String { "secret" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
