import Domain
import Foundation

/// A checkpoint as the journal keeps it, with what lets the tree grow on from it.
package struct KeptCheckpoint: Sendable, Hashable {
    /// The note as it was signed.
    package let note: String
    /// When it was made.
    package let at: Instant
    /// The tree at that moment.
    package let frontier: MerkleFrontier

    package init(note: String, at: Instant, frontier: MerkleFrontier) {
        self.note = note
        self.at = at
        self.frontier = frontier
    }

    /// The number of rows that it covers.
    package var size: Int64 { frontier.size }
}

/// The checkpoints of a journal, and how far each witness was told.
package protocol Checkpoints: Sendable {
    /// The hashes of the rows after a sequence, in order: the leaves of the tree.
    func hashes(after sequence: Int64, limit: Int) async throws(JournalFault) -> [Data]

    /// The one with the most rows; nil before the first.
    func lastCheckpoint() async throws(JournalFault) -> KeptCheckpoint?

    /// Those with more rows than a number, in order.
    func checkpoints(after size: Int64, limit: Int) async throws(JournalFault) -> [KeptCheckpoint]

    /// Keeps one; false, and nothing is kept, if there is one of as many rows or more.
    func keep(_ checkpoint: KeptCheckpoint) async throws(JournalFault) -> Bool

    /// The number of rows of the last checkpoint that a witness has; 0 for one that has none.
    func told(_ witness: String) async throws(JournalFault) -> Int64

    /// Notes that a witness has the checkpoints up to this number of rows.
    func setTold(_ witness: String, size: Int64) async throws(JournalFault)
}

extension Checkpoints {
    /// Makes and keeps a checkpoint of the journal as it stands.
    ///
    /// - Returns: nil when no row was added since the last one, or another process was first.
    /// - Throws: `JournalFault.shortened` when rows are gone that the last one covers.
    package func makeCheckpoint(by key: CheckpointKey, at: Instant) async throws(JournalFault) -> KeptCheckpoint? {
        let last = try await lastCheckpoint()
        var frontier = last?.frontier ?? MerkleFrontier()
        // To sign for a journal whose end is gone would hide that.
        if let last, try await hashes(after: last.size - 1, limit: 1).isEmpty { throw .shortened }
        while true {
            let hashes = try await hashes(after: frontier.size, limit: 10_000)
            if hashes.isEmpty { break }
            for hash in hashes { frontier.add(hash) }
        }
        guard frontier.size > last?.size ?? 0 else { return nil }
        let checkpoint = Checkpoint(origin: key.name, size: frontier.size, root: frontier.root, at: at)
        let kept = KeptCheckpoint(note: try SignedNote(checkpoint.text, by: key).whole, at: at, frontier: frontier)
        return try await keep(kept) ? kept : nil
    }

    /// The tree over the rows up to a sequence, for proofs; over all that there are when they are fewer.
    package func tree(to sequence: Int64) async throws(JournalFault) -> MerkleTree {
        var tree = MerkleTree()
        while tree.size < sequence {
            let hashes = try await hashes(after: tree.size, limit: Int(min(10_000, sequence - tree.size)))
            if hashes.isEmpty { break }
            for hash in hashes { tree.add(hash) }
        }
        return tree
    }
}
