import Crypto
import Domain
import Foundation

/// Goes along the rows in order of sequence and stops at the first that is broken.
package struct ChainVerifier {
    /// What was seen so far.
    package private(set) var verification = Verification()

    private var sequence: Int64 = 0
    private var ends: [StreamID: End] = [:]
    private let isErased: (StreamID) -> Bool
    private let key: ((StreamID) throws(JournalFault) -> StreamKey?)?

    private struct End {
        var version: Int
        var hash: Data
    }

    /// `key` opens contents; without it the rows are checked by themselves alone.
    package init(
        isErased: @escaping (StreamID) -> Bool, key: ((StreamID) throws(JournalFault) -> StreamKey?)?
    ) {
        self.isErased = isErased
        self.key = key
    }

    /// True while no row was broken.
    package var goesOn: Bool { verification.firstBreak == nil }

    /// Looks at the next row.
    package mutating func look(at row: SealedEvent) throws(JournalFault) {
        guard goesOn else { return }
        verification.events += 1
        if let reason = try fault(in: row) {
            verification.firstBreak = Verification.Break(
                sequence: row.sequence, stream: row.stream, version: row.version, reason: reason)
            return
        }
        sequence = row.sequence
        if row.version == 1 { verification.streams += 1 }
        ends[row.stream] = End(version: row.version, hash: row.hash)
    }

    /// Notes a row that does not read as an event.
    package mutating func lookAtUnreadable(sequence: Int64, stream: StreamID, version: Int) {
        guard goesOn else { return }
        verification.events += 1
        verification.firstBreak = Verification.Break(
            sequence: sequence, stream: stream, version: version, reason: .unreadable)
    }

    private mutating func fault(in row: SealedEvent) throws(JournalFault) -> Verification.Reason? {
        let end = ends[row.stream] ?? End(version: 0, hash: SealedEvent.origin)
        if row.sequence != sequence + 1 { return .sequence }
        if row.version != end.version + 1 { return .version }
        if row.previousHash != end.hash { return .previousHash }
        if row.hash != row.computedHash { return .hash }
        let erased = isErased(row.stream)
        guard let payload = row.payload else {
            verification.erased += 1
            if !erased { return .payloadMissing }
            if let key, try key(row.stream) != nil { return .keyKept }
            return nil
        }
        if erased { return .payloadKept }
        if row.payloadDigest != Data(SHA256.hash(data: payload)) { return .payloadDigest }
        guard let key else { return nil }
        guard let streamKey = try key(row.stream) else { return .keyMissing }
        guard let event = try? row.opened(with: streamKey) else { return .seal }
        if row.commitment != SealedEvent.commitment(to: event.payload, version: row.version, key: streamKey) {
            return .commitment
        }
        verification.opened += 1
        return nil
    }
}
