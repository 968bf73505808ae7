import Domain
import Foundation
import Testing

@testable import Journal

@Suite("A sealed event")
struct SealedEventTests {
    private let key = StreamKey(bytes: Data(repeating: 7, count: 32))

    private func digest(from first: UInt8) -> Data { Data((first..<first + 32)) }

    // Both digests were computed by a program in another language from the description of `CanonicalBytes`.
    @Test(
        "has the hash that its format says, for ever",
        arguments: [
            (
                3, "procedure.decided.v1", 1_767_225_600_123, "person-é", "person-b", true,
                "94617be813a5cbc9197f6a24ce3a051a0b6354716e4fefb034a47f9607f1d0f8"
            ),
            (
                1, "dossier.opened.v1", -1, "person-a", nil, false,
                "5416c58c599643e8770e7fca19522a8c938cefa43543bbd923595d4548ad9a56"
            ),
        ] as [(Int, String, Int64, String, String?, Bool, String)])
    func hashIsFrozen(
        version: Int, type: String, at: Int64, actor: String, onBehalfOf: String?, hasPrevious: Bool, expected: String
    ) {
        let row = SealedEvent(
            sequence: 9, stream: "dossier-1", version: version, type: type, at: Instant(milliseconds: at),
            actor: PersonID(rawValue: actor), onBehalfOf: onBehalfOf.map { PersonID(rawValue: $0) }, payload: Data([1]),
            payloadDigest: digest(from: 64), commitment: digest(from: 32),
            previousHash: hasPrevious ? digest(from: 0) : SealedEvent.origin, hash: Data())
        #expect(hexadecimal(row.computedHash) == expected)
    }

    // Computed likewise: SHA-256 over HKDF-SHA-256 (no salt, info "commitment|3", 32 bytes) and the contents.
    @Test("commits to its contents with a salt that comes from the stream's key")
    func commitmentIsFrozen() {
        let commitment = SealedEvent.commitment(to: Data("{\"a\":1}".utf8), version: 3, key: key)
        #expect(hexadecimal(commitment) == "bac9a1ab287910a9ab290f7e2a365b8393dc96b85add89342e94ec11ec3676dc")
        let other = StreamKey(bytes: Data(repeating: 8, count: 32))
        #expect(SealedEvent.commitment(to: Data("{\"a\":1}".utf8), version: 3, key: other) != commitment)
        #expect(SealedEvent.commitment(to: Data("{\"a\":1}".utf8), version: 4, key: key) != commitment)
    }

    private let event = RecordedEvent(
        sequence: 5, stream: "dossier-1", version: 2, type: "sample.noted.v1", at: minute(1), actor: "person-a",
        onBehalfOf: nil, payload: Data("{\"name\":\"Anna\"}".utf8))

    @Test("opens with its key to what was sealed, and says nothing without it")
    func opens() throws {
        let row = try SealedEvent(sealing: event, with: key, after: SealedEvent.origin)
        #expect(try row.opened(with: key) == event)
        let payload = try #require(row.payload)
        #expect(payload.count == event.payload.count + 28)
        #expect(payload.range(of: Data("Anna".utf8)) == nil)
        #expect(throws: JournalFault.unsealable("dossier-1", version: 2)) { try row.opened(with: StreamKey.generate()) }
    }

    @Test("sealed twice gives other bytes and the same commitment")
    func sealsAnew() throws {
        let first = try SealedEvent(sealing: event, with: key, after: SealedEvent.origin)
        let second = try SealedEvent(sealing: event, with: key, after: SealedEvent.origin)
        #expect(first.payload != second.payload)
        #expect(first.commitment == second.commitment)
    }

    @Test("does not open in another place", arguments: ["stream", "version", "type"])
    func isBoundToItsPlace(part: String) throws {
        let row = try SealedEvent(sealing: event, with: key, after: SealedEvent.origin)
        let moved = SealedEvent(
            sequence: 5, stream: part == "stream" ? "dossier-2" : "dossier-1", version: part == "version" ? 3 : 2,
            type: part == "type" ? "sample.other.v1" : "sample.noted.v1", at: row.at, actor: row.actor, onBehalfOf: nil,
            payload: row.payload, payloadDigest: row.payloadDigest, commitment: row.commitment,
            previousHash: row.previousHash, hash: row.hash)
        #expect(throws: JournalFault.self) { try moved.opened(with: key) }
    }

    private func hexadecimal(_ data: Data) -> String { data.map { String(format: "%02x", $0) }.joined() }
}

@Suite("Canonical bytes")
struct CanonicalBytesTests {
    @Test("keep apart what would run together")
    func keepsApart() {
        func bytes(_ write: (inout CanonicalBytes) -> Void) -> [UInt8] {
            var bytes = CanonicalBytes()
            write(&bytes)
            return bytes.bytes
        }
        let all: [[UInt8]] = [
            bytes {
                $0.append("ab")
                $0.append("c")
            },
            bytes {
                $0.append("a")
                $0.append("bc")
            },
            bytes { $0.append("abc") }, bytes { $0.append(Data("abc".utf8)) }, bytes { $0.append("") },
            bytes { $0.append(nil as String?) }, bytes { $0.append(0) }, bytes { $0.append("\0\0\0\0\0\0\0\0") },
        ]
        #expect(Set(all).count == all.count)
        #expect(bytes { $0.append("ab") } == [1, 0, 0, 0, 2, 97, 98])
        #expect(bytes { $0.append(-2) } == [3, 0, 0, 0, 8, 255, 255, 255, 255, 255, 255, 255, 254])
    }
}
