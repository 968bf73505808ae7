import Foundation

/// The tree over all rows, for making proofs: it holds the hash of every leaf, 32 bytes a row.
package struct MerkleTree: Sendable {
    private var leaves: [Data] = []

    /// The tree of these leaves.
    package init(_ inputs: some Sequence<Data> = []) { leaves = inputs.map(MerkleHash.leaf) }

    /// The number of leaves.
    package var size: Int64 { Int64(leaves.count) }

    /// Adds a leaf at the right end.
    package mutating func add(_ input: Data) { leaves.append(MerkleHash.leaf(input)) }

    /// The root of the tree as it was with this many leaves, 0…`size`; nil for another number.
    package func root(at size: Int64) -> Data? {
        guard (0...self.size).contains(size) else { return nil }
        return size == 0 ? MerkleHash.empty : root(of: 0..<Int(size))
    }

    /// That a leaf, 0…, is in the tree of a size; nil if it is not (RFC 9162, 2.1.3.1).
    package func inclusion(of leaf: Int64, at size: Int64) -> InclusionProof? {
        guard size <= self.size, (0..<size).contains(leaf) else { return nil }
        var path: [Data] = []
        var range = 0..<Int(size)
        while range.count > 1 {
            let middle = range.lowerBound + Self.split(range.count)
            if leaf < middle {
                path.append(root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return InclusionProof(leaf: leaf, size: size, path: path.reversed())
    }

    /// That the tree of one size is the beginning of the tree of another; nil unless 0 < first ≤ second ≤ `size`
    /// (RFC 9162, 2.1.4.1).
    package func consistency(from first: Int64, to second: Int64) -> ConsistencyProof? {
        guard first > 0, first <= second, second <= size else { return nil }
        var path: [Data] = []
        var range = 0..<Int(second)
        let old = Int(first)
        // As long as the old tree is the left part of what is looked at, its root is known to whoever asks.
        var isWhole = true
        while old != range.upperBound {
            let middle = range.lowerBound + Self.split(range.count)
            if old <= middle {
                path.append(root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
                isWhole = false
            }
        }
        if !isWhole { path.append(root(of: range)) }
        return ConsistencyProof(first: first, second: second, path: path.reversed())
    }

    /// Of a range that is not empty.
    private func root(of range: Range<Int>) -> Data {
        if range.count == 1 { return leaves[range.lowerBound] }
        let middle = range.lowerBound + Self.split(range.count)
        return MerkleHash.node(root(of: range.lowerBound..<middle), root(of: middle..<range.upperBound))
    }

    /// The largest power of two below a number of 2 or more: how many leaves stand left of the root.
    private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount - 1) }
}
