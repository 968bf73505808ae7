import Crypto
import Foundation

/// A text with signatures under it, in the form of C2SP signed-note: what leaves the machine, by mail or on paper.
package struct SignedNote: Sendable, Hashable {
    /// The text that is signed, its last line end included.
    package let text: String
    /// In their order; those of keys that a reader does not know are passed over.
    package let signatures: [Signature]

    /// One line under the text.
    package struct Signature: Sendable, Hashable {
        /// The name of the key.
        package let name: String
        /// The first four bytes of a hash over the key, to find it by.
        package let keyID: Data
        /// Of Ed25519, 64 bytes.
        package let bytes: Data
    }

    private init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Signs a text.
    ///
    /// - Throws: `JournalFault.unexpected` when the key cannot sign.
    package init(_ text: String, by key: CheckpointKey) throws(JournalFault) {
        self.init(text: text, signatures: [try key.signature(of: text)])
    }

    private static let mark = "\u{2014} "

    /// The whole note.
    package var whole: String {
        let lines = signatures.map { "\(Self.mark)\($0.name) \(($0.keyID + $0.bytes).base64EncodedString())\n" }
        return "\(text)\n\(lines.joined())"
    }

    /// Reads a note; nil if it is none. Nothing is believed of it before `isSigned`.
    package init?(whole: String) {
        guard whole.utf8.count <= 10_000, whole.hasSuffix("\n"), let gap = whole.range(of: "\n\n", options: .backwards) else {
            return nil
        }
        let text = String(whole[..<whole.index(after: gap.lowerBound)])
        var signatures: [Signature] = []
        for line in whole[gap.upperBound...].dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.dropFirst(Self.mark.count).split(separator: " ", omittingEmptySubsequences: false)
            guard line.hasPrefix(Self.mark), words.count == 2, Self.isName(String(words[0])),
                let bytes = Data(base64Encoded: String(words[1])), bytes.count > 4
            else { return nil }
            signatures.append(Signature(name: String(words[0]), keyID: bytes.prefix(4), bytes: Data(bytes.dropFirst(4))))
        }
        guard !signatures.isEmpty else { return nil }
        self.init(text: text, signatures: signatures)
    }

    /// Whether one of the signatures is this key's.
    package func isSigned(by key: VerifierKey) -> Bool {
        signatures.contains { $0.name == key.name && $0.keyID == key.id && key.accepts($0.bytes, for: text) }
    }

    /// All notes in a text, one below the other with other lines between them: a file that mails were put in.
    ///
    /// A note begins with the line that names its journal.
    package static func all(in text: String, of origin: String) -> [SignedNote] {
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        var notes: [SignedNote] = []
        for start in lines.indices where lines[start] == origin {
            guard let gap = lines[start...].firstIndex(of: "") else { break }
            let end = lines[(gap + 1)...].prefix { $0.hasPrefix(mark) }.endIndex
            if let note = SignedNote(whole: lines[start..<end].joined(separator: "\n") + "\n") { notes.append(note) }
        }
        return notes
    }

    /// Whether a name can stand before a signature and in the text of a key.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { $0 != "+" && !$0.properties.isWhitespace && $0.value >= 0x20 }
    }
}
