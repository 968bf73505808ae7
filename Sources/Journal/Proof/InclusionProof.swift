import Foundation

/// That one row is in a tree, shown by the hashes beside its way to the root: at most ⌈log₂ size⌉ of them.
package struct InclusionProof: Sendable, Hashable {
    /// Which leaf, 0…
    package let leaf: Int64
    /// The number of leaves of the tree.
    package let size: Int64
    /// From the leaf up.
    package let path: [Data]

    package init(leaf: Int64, size: Int64, path: [Data]) {
        self.leaf = leaf
        self.size = size
        self.path = path
    }

    /// Whether this input is that leaf of the tree with that root (RFC 9162, 2.1.3.2).
    package func shows(_ input: Data, in root: Data) -> Bool {
        guard leaf >= 0, leaf < size else { return false }
        var way = MerkleWay(from: leaf, last: size - 1)
        var hash = MerkleHash.leaf(input)
        for other in path {
            guard !way.isAtRoot else { return false }
            hash = way.hasLeft ? MerkleHash.node(other, hash) : MerkleHash.node(hash, other)
            way.goUp()
        }
        return way.isAtRoot && hash == root
    }
}
