import Foundation

/// What must be remembered of a tree to let it grow: the roots of its full subtrees, the largest first.
///
/// One for each bit that is set in the number of leaves, so thirty for a billion rows: the tree itself need not be kept.
package struct MerkleFrontier: Sendable, Hashable {
    /// The number of leaves.
    package private(set) var size: Int64
    /// The roots of the full subtrees from left to right, 32 bytes each.
    package private(set) var roots: [Data]

    /// The frontier of the tree without leaves.
    package init() {
        size = 0
        roots = []
    }

    /// A frontier as it was kept; nil if no tree of this size has one like it.
    package init?(size: Int64, roots: [Data]) {
        guard size >= 0, size.nonzeroBitCount == roots.count, roots.allSatisfy({ $0.count == 32 }) else { return nil }
        self.size = size
        self.roots = roots
    }

    /// Adds a leaf at the right end.
    package mutating func add(_ input: Data) {
        var hash = MerkleHash.leaf(input)
        // Each full subtree as large as what comes is joined with it, as a carry goes along the bits of the size.
        var carries = size
        while carries & 1 == 1, let left = roots.popLast() {
            hash = MerkleHash.node(left, hash)
            carries >>= 1
        }
        roots.append(hash)
        size += 1
    }

    /// The root of the whole tree.
    package var root: Data {
        guard var root = roots.last else { return MerkleHash.empty }
        for left in roots.dropLast().reversed() { root = MerkleHash.node(left, root) }
        return root
    }
}
