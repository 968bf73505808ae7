import Crypto
import Foundation

/// The key that checkpoints are signed with: Ed25519, in a file of its own.
///
/// It opens nothing. Who has it can sign for this journal, so whoever keeps checkpoints trusts those that they got in time.
package struct CheckpointKey: Sendable {
    /// The name of the journal.
    package let name: String
    private let key: Curve25519.Signing.PrivateKey

    /// - Throws: `JournalFault.keyFile` when the name cannot be that of a key.
    private init(name: String, key: Curve25519.Signing.PrivateKey) throws(JournalFault) {
        guard SignedNote.isName(name) else { throw .keyFile("a name has no spaces and no plus sign") }
        self.name = name
        self.key = key
    }

    /// A fresh key that is in no file.
    package static func generate(name: String) throws(JournalFault) -> CheckpointKey {
        try CheckpointKey(name: name, key: Curve25519.Signing.PrivateKey())
    }

    /// The key in a file, made when there is none yet.
    ///
    /// - Throws: `JournalFault`: `keyFile`, `keyFileExposed`.
    package static func loadOrCreate(at file: URL, name: String) throws(JournalFault) -> CheckpointKey {
        let secret =
            FileManager.default.fileExists(atPath: file.path) ? try KeyFile.load(from: file) : try KeyFile.create(at: file)
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else { throw .keyFile("not a key") }
        return try CheckpointKey(name: name, key: key)
    }

    /// What others check signatures with.
    package var verifier: VerifierKey { VerifierKey(name: name, key: key.publicKey) }

    func signature(of text: String) throws(JournalFault) -> SignedNote.Signature {
        do {
            let bytes = try key.signature(for: Data(text.utf8))
            return SignedNote.Signature(name: name, keyID: verifier.id, bytes: bytes)
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }
}

/// The public half of a key that signs checkpoints; its text is that of C2SP signed-note.
package struct VerifierKey: Sendable, CustomStringConvertible {
    package let name: String
    private let key: Curve25519.Signing.PublicKey

    /// The kind of signature, before the bytes of the key.
    private static let ed25519 = Data([1])

    init(name: String, key: Curve25519.Signing.PublicKey) {
        self.name = name
        self.key = key
    }

    private var bytes: Data { Self.ed25519 + key.rawRepresentation }

    /// The first four bytes of the hash over name and key.
    package var id: Data { Data(SHA256.hash(data: Data("\(name)\n".utf8) + bytes).prefix(4)) }

    /// `name+id+key`: id in hexadecimal, key in base 64.
    package var description: String {
        "\(name)+\(id.hexadecimal)+\(bytes.base64EncodedString())"
    }

    /// Reads such a text; nil if it is none, or its parts do not belong together.
    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, SignedNote.isName(parts[0]), let bytes = Data(base64Encoded: parts[2]),
            bytes.prefix(1) == Self.ed25519,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(bytes.dropFirst()))
        else { return nil }
        self.init(name: parts[0], key: key)
        guard description == text else { return nil }
    }

    func accepts(_ signature: Data, for text: String) -> Bool { key.isValidSignature(signature, for: Data(text.utf8)) }
}
