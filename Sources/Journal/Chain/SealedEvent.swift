import Crypto
import Domain
import Foundation

/// One row of the journal as it is stored: contents sealed, linked to the row before it in its stream.
///
/// All digests are SHA-256, 32 bytes.
package struct SealedEvent: Hashable, Sendable {
    package let sequence: Int64
    package let stream: StreamID
    package let version: Int
    package let type: String
    package let at: Instant
    package let actor: PersonID
    package let onBehalfOf: PersonID?
    /// Nonce, ciphertext and tag of AES-GCM under the stream's key; nil once the stream is erased.
    package let payload: Data?
    /// Of the sealed bytes.
    package let payloadDigest: Data
    /// Of a salt and the plain contents; the salt comes from the stream's key and so dies with it.
    package let commitment: Data
    /// The hash of the stream's row before this one, 32 zero bytes for the first.
    package let previousHash: Data
    /// Of everything above but the sequence and the sealed bytes themselves.
    package let hash: Data

    package init(
        sequence: Int64, stream: StreamID, version: Int, type: String, at: Instant, actor: PersonID, onBehalfOf: PersonID?,
        payload: Data?, payloadDigest: Data, commitment: Data, previousHash: Data, hash: Data
    ) {
        self.sequence = sequence
        self.stream = stream
        self.version = version
        self.type = type
        self.at = at
        self.actor = actor
        self.onBehalfOf = onBehalfOf
        self.payload = payload
        self.payloadDigest = payloadDigest
        self.commitment = commitment
        self.previousHash = previousHash
        self.hash = hash
    }

    /// What the first row of a stream names as the hash before it.
    package static let origin = Data(repeating: 0, count: 32)
}

extension SealedEvent {
    /// Seals an event with its stream's key and links it to the row before.
    package init(sealing event: RecordedEvent, with key: StreamKey, after previousHash: Data) throws(JournalFault) {
        let label = Self.label(event.stream, event.version, event.type)
        let box: Data?
        do {
            box = try AES.GCM.seal(event.payload, using: key.key, authenticating: label).combined
        } catch {
            throw .unexpected(type: "\(Swift.type(of: error))")
        }
        guard let box else { throw .unexpected(type: "nonce") }
        let digest = Data(SHA256.hash(data: box))
        let commitment = Self.commitment(to: event.payload, version: event.version, key: key)
        self.init(
            sequence: event.sequence, stream: event.stream, version: event.version, type: event.type, at: event.at,
            actor: event.actor, onBehalfOf: event.onBehalfOf, payload: box, payloadDigest: digest, commitment: commitment,
            previousHash: previousHash,
            hash: Self.hash(
                stream: event.stream, version: event.version, type: event.type, at: event.at, actor: event.actor,
                onBehalfOf: event.onBehalfOf, payloadDigest: digest, commitment: commitment, previousHash: previousHash))
    }

    /// The event with its contents opened. Throws `erased` or `unsealable`.
    package func opened(with key: StreamKey) throws(JournalFault) -> RecordedEvent {
        guard let payload else { throw .erased(stream) }
        let plain: Data
        do {
            let box = try AES.GCM.SealedBox(combined: payload)
            plain = try AES.GCM.open(box, using: key.key, authenticating: Self.label(stream, version, type))
        } catch {
            throw .unsealable(stream, version: version)
        }
        return RecordedEvent(
            sequence: sequence, stream: stream, version: version, type: type, at: at, actor: actor, onBehalfOf: onBehalfOf,
            payload: plain)
    }

    /// The hash that this row must carry.
    package var computedHash: Data {
        Self.hash(
            stream: stream, version: version, type: type, at: at, actor: actor, onBehalfOf: onBehalfOf,
            payloadDigest: payloadDigest, commitment: commitment, previousHash: previousHash)
    }

    /// The commitment that a row of this version with these contents must carry.
    package static func commitment(to payload: Data, version: Int, key: StreamKey) -> Data {
        var hasher = SHA256()
        hasher.update(data: key.derived("commitment|\(version)"))
        hasher.update(data: payload)
        return Data(hasher.finalize())
    }

    /// What the seal is bound to, so that sealed contents cannot be moved to another row.
    private static func label(_ stream: StreamID, _ version: Int, _ type: String) -> Data {
        Data("\(stream.rawValue)|\(version)|\(type)".utf8)
    }

    private static func hash(
        stream: StreamID, version: Int, type: String, at: Instant, actor: PersonID, onBehalfOf: PersonID?, payloadDigest: Data,
        commitment: Data, previousHash: Data
    ) -> Data {
        var bytes = CanonicalBytes(reserving: 320)
        bytes.append("sentrum.event.v1")
        bytes.append(previousHash)
        bytes.append(stream.rawValue)
        bytes.append(Int64(version))
        bytes.append(type)
        bytes.append(at.milliseconds)
        bytes.append(actor.rawValue)
        bytes.append(onBehalfOf?.rawValue)
        bytes.append(commitment)
        bytes.append(payloadDigest)
        return Data(SHA256.hash(data: bytes.bytes))
    }
}
