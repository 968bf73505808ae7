import Crypto
import Domain
import Foundation

/// The key that everything of one stream is sealed with; destroying it forgets the stream, in every backup as well.
package struct StreamKey: Sendable {
    /// The 256 random bits; other stores seal what belongs to the stream with keys derived from it.
    package let key: SymmetricKey

    /// What salts are expanded from: the extraction of HKDF, done once a key instead of once an event.
    private let saltSource: SymmetricKey

    private init(_ key: SymmetricKey) {
        self.key = key
        saltSource = SymmetricKey(data: HKDF<SHA256>.extract(inputKeyMaterial: key, salt: nil as Data?))
    }

    /// The key of these 32 bytes.
    init(bytes: Data) { self.init(SymmetricKey(data: bytes)) }

    /// A fresh random key.
    package static func generate() -> StreamKey { StreamKey(SymmetricKey(size: .bits256)) }

    /// The 32 bytes that HKDF-SHA-256 (RFC 5869) without a salt gives from this key for a purpose.
    func derived(_ info: String) -> Data {
        // One round of the expansion, which is all that 32 bytes take.
        var message = Data(info.utf8)
        message.append(1)
        return Data(HMAC<SHA256>.authenticationCode(for: message, using: saltSource))
    }

    /// The key as it may be stored: sealed by the master key, and only for this stream.
    package func wrapped(by master: MasterKey, for stream: StreamID) throws(JournalFault) -> Data {
        do {
            let plain = key.withUnsafeBytes { Data($0) }
            let box = try AES.GCM.seal(plain, using: master.key, authenticating: StreamKey.label(stream))
            guard let combined = box.combined else { throw JournalFault.unexpected(type: "nonce") }
            return combined
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    /// Unwraps what `wrapped(by:for:)` gave. Throws `masterKeyWrong` if it was wrapped by another key or for another stream.
    package init(wrapped: Data, by master: MasterKey, for stream: StreamID) throws(JournalFault) {
        do {
            let box = try AES.GCM.SealedBox(combined: wrapped)
            let plain = try AES.GCM.open(box, using: master.key, authenticating: StreamKey.label(stream))
            self.init(bytes: plain)
        } catch {
            throw .masterKeyWrong
        }
    }

    private static func label(_ stream: StreamID) -> Data { Data("stream-key|\(stream.rawValue)".utf8) }
}
