import Foundation
import Journal

/// A proof as it is written down; hashes in base 64.
struct WrittenProof: Codable {
    let origin: String
    /// The number of rows of the checkpoint that it is for.
    let size: Int64
    /// The sequence of the row that is proved to be there, 1…
    var row: Int64?
    /// The hash that this row carries in the journal.
    var hash: Data?
    /// The number of rows of the smaller journal.
    var since: Int64?
    let path: [Data]

    /// Whether it shows what it says, to somebody who has these checkpoints; nil when one that it speaks of is not among
    /// them.
    func holds(for checkpoints: [Checkpoint]) -> Bool? {
        func root(_ size: Int64) -> Data? { checkpoints.first { $0.size == size && $0.origin == origin }?.root }
        guard let whole = root(size) else { return nil }
        if let row, let hash, since == nil { return InclusionProof(leaf: row - 1, size: size, path: path).shows(hash, in: whole) }
        guard let since, row == nil else { return false }
        guard let before = root(since) else { return nil }
        return ConsistencyProof(first: since, second: size, path: path).shows(before, begins: whole)
    }
}
