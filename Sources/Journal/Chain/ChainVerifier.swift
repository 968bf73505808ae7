import Crypto
import Domain
import Foundation

/// Goes along the rows in order of sequence and stops at the first that is broken.
package struct ChainVerifier {
    /// What was seen so far.
    package private(set) var verification = Verification()

    private var sequence: Int64 = 0
    private var ends: [StreamID: End] = [:]
    private var frontier = MerkleFrontier()
    /// The size of the last checkpoint that agreed.
    private var agreed: Int64 = 0
    /// What is to be met yet, the largest first.
    private var expected: [Checkpoint]
    private let isErased: (StreamID) -> Bool
    private let key: ((StreamID) throws(JournalFault) -> StreamKey?)?

    private struct End {
        var version: Int
        var hash: Data
    }

    /// - Parameters:
    ///   - checkpoints: what the rows are held to beside their own chain, in any order.
    ///   - key: opens contents; without it the rows are checked by themselves alone.
    package init(
        checkpoints: [Checkpoint] = [], isErased: @escaping (StreamID) -> Bool,
        key: ((StreamID) throws(JournalFault) -> StreamKey?)?
    ) {
        expected = checkpoints.sorted { $0.size > $1.size }
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
        guard !expected.isEmpty else { return }
        frontier.add(row.hash)
        hold()
    }

    /// Says that there are no more rows; a checkpoint of more than there were tells that the end was cut off.
    package mutating func finish() {
        guard goesOn else { return }
        hold()
        guard verification.firstMismatch == nil, let next = expected.last else { return }
        verification.firstMismatch = Verification.Mismatch(
            checkpoint: next, firstRow: verification.events + 1, isCutOff: true)
    }

    /// Holds the rows so far to the checkpoints of just so many rows.
    private mutating func hold() {
        while let next = expected.last, next.size == frontier.size {
            expected.removeLast()
            guard verification.firstMismatch == nil else { continue }
            if next.root == frontier.root {
                verification.checkpoints += 1
                agreed = next.size
            } else {
                verification.firstMismatch = Verification.Mismatch(
                    checkpoint: next, firstRow: agreed + 1, isCutOff: false)
            }
        }
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
