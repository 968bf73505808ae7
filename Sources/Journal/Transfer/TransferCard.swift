import Crypto
import Foundation

/// What a partnership gives to others so that they can hand a dossier over: its name, what its packages are signed with, and
/// what packages for it are sealed with. There is no secret in it; that it is really theirs is heard by voice, by its words.
package struct TransferCard: Sendable, Hashable, CustomStringConvertible {
    /// The name of the partnership, on one line.
    package let name: String
    let signing: Data
    let sealing: Data

    static let firstLine = "sentrum-card/1"
    /// In letters.
    private static let longestName = 200

    /// - Returns: nil when the name is no line of text, or a key is none.
    init?(name: String, signing: Data, sealing: Data) {
        guard !name.isEmpty, name.count <= Self.longestName, !name.contains(where: \.isNewline),
            name == name.trimmingCharacters(in: .whitespaces),
            (try? Curve25519.Signing.PublicKey(rawRepresentation: signing)) != nil,
            (try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: sealing)) != nil
        else { return nil }
        self.name = name
        self.signing = signing
        self.sealing = sealing
    }

    /// Reads a card as it is written; nil when it is none.
    package init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard lines.count == 4, lines[0] == Self.firstLine else { return nil }
        func value(_ line: String, _ key: String) -> String? {
            line.hasPrefix("\(key): ") ? String(line.dropFirst(key.count + 2)) : nil
        }
        guard let name = value(lines[1], "name"), let signing = value(lines[2], "signing").flatMap({ Data(base64Encoded: $0) }),
            let sealing = value(lines[3], "sealing").flatMap({ Data(base64Encoded: $0) })
        else { return nil }
        self.init(name: name, signing: signing, sealing: sealing)
    }

    /// As it is written: four lines.
    package var description: String {
        """
        \(Self.firstLine)
        name: \(name)
        signing: \(signing.base64EncodedString())
        sealing: \(sealing.base64EncodedString())

        """
    }

    /// By what a package names its sender and its receiver: the keys alone, because a partnership that is renamed is the same.
    var keys: String { Data(SHA256.hash(data: signing + sealing)).hexadecimal }

    /// Eight groups of four signs that two people read to each other: 128 bits of the hash over all of it, so that no other card
    /// has the same.
    package var fingerprint: String {
        let digits = Array(Data(SHA256.hash(data: Data(description.utf8)).prefix(16)).hexadecimal)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
