import Crypto
import Domain
import Foundation

/// Seals what belongs to a stream and is no event, with keys derived from the stream's own.
///
/// Destroying the stream's key makes all of it unreadable as well.
package struct VaultSeal: Sendable {
    private let key: SymmetricKey
    private let label: Data

    /// Contents are sealed in pieces of this many bytes, so that a large one never lies sealed and open in memory at once.
    package static let chunk = 1 << 20

    private init(_ stream: StreamKey, _ label: String) {
        self.label = Data(label.utf8)
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: stream.key, info: Data("sentrum vault ".utf8) + self.label, outputByteCount: 32)
    }

    /// For one draft. What it is sealed for is part of the seal: put in another person's place it does not open.
    package static func draft(_ key: StreamKey, person: PersonID, form: String, stream: StreamID) -> VaultSeal {
        VaultSeal(
            key, "draft|\(stream.rawValue.utf8.count)|\(stream.rawValue)|\(person.rawValue.utf8.count)|\(person.rawValue)|\(form)"
        )
    }

    /// For the secret that somebody's authenticator app has.
    package static func secondFactor(_ key: StreamKey, person: PersonID) -> VaultSeal {
        VaultSeal(key, "second-factor|\(person.rawValue)")
    }

    /// For who people are at a provider elsewhere.
    package static func identities(_ key: StreamKey, provider: String) -> VaultSeal {
        VaultSeal(key, "identities|\(provider)")
    }

    /// For the contents with one id.
    package static func blob(_ key: StreamKey, id: String, stream: StreamID) -> VaultSeal {
        VaultSeal(key, "blob|\(stream.rawValue.utf8.count)|\(stream.rawValue)|\(id)")
    }

    /// What something is known by without being kept: whoever has no key cannot even try what it was.
    package func mark(_ bytes: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data("mark|".utf8) + bytes, using: key))
    }

    /// The sealed form, piece after piece: each its nonce, its bytes and its tag.
    package func sealed(_ bytes: Data) throws -> Data {
        var sealed = Data()
        let count = VaultSeal.pieces(bytes.count)
        sealed.reserveCapacity(bytes.count + count * 28)
        for index in 0..<count {
            let piece = VaultSeal.piece(of: bytes, index, width: VaultSeal.chunk)
            let box = try AES.GCM.seal(piece, using: key, authenticating: context(index, of: count, size: bytes.count))
            sealed += box.nonce
            sealed += box.ciphertext
            sealed += box.tag
        }
        return sealed
    }

    /// The bytes that were sealed; nil if anything was altered, cut off, exchanged or sealed for something else.
    package func opened(_ sealed: Data) -> Data? {
        let width = VaultSeal.chunk + 28
        let count = (sealed.count + width - 1) / width
        let size = sealed.count - count * 28
        guard count > 0, size >= 0, VaultSeal.pieces(size) == count else { return nil }
        var bytes = Data()
        bytes.reserveCapacity(size)
        for index in 0..<count {
            let piece = VaultSeal.piece(of: sealed, index, width: width)
            guard let box = try? AES.GCM.SealedBox(combined: piece),
                let opened = try? AES.GCM.open(box, using: key, authenticating: context(index, of: count, size: size))
            else { return nil }
            bytes += opened
        }
        return bytes
    }

    /// No bytes at all are one empty piece, so that nothing can stand for it.
    private static func pieces(_ size: Int) -> Int { max(1, (size + chunk - 1) / chunk) }

    private static func piece(of bytes: Data, _ index: Int, width: Int) -> Data {
        let start = bytes.startIndex + index * width
        return bytes[start..<min(start + width, bytes.endIndex)]
    }

    /// Which piece of how many: without it pieces could be left out or change places.
    private func context(_ index: Int, of count: Int, size: Int) -> Data { label + Data("|\(index)|\(count)|\(size)".utf8) }
}
