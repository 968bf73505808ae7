import Crypto
import Domain
import Foundation

/// The key that everything of one stream is sealed with; destroying it forgets the stream, in every backup as well.
package struct StreamKey: Sendable {
    /// The 256 random bits; other stores seal what belongs to the stream with keys derived from it.
    package let key: SymmetricKey

    private init(_ key: SymmetricKey) { self.key = key }

    /// A fresh random key.
    package static func generate() -> StreamKey { StreamKey(SymmetricKey(size: .bits256)) }

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
            self.init(SymmetricKey(data: plain))
        } catch {
            throw .masterKeyWrong
        }
    }

    private static func label(_ stream: StreamID) -> Data { Data("stream-key|\(stream.rawValue)".utf8) }
}
