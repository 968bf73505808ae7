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
        var place = leaf
        var last = size - 1
        var hash = MerkleHash.leaf(input)
        for other in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = MerkleHash.node(other, hash)
                // At the right edge a node may have stood alone on several levels.
                while place & 1 == 0, place > 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleHash.node(hash, other)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}
