import Foundation

/// That nothing of a smaller tree was altered in a larger one, shown by at most ⌈log₂ second⌉ + 1 hashes.
package struct ConsistencyProof: Sendable, Hashable {
    /// The number of leaves of the smaller tree, 1…
    package let first: Int64
    /// The number of leaves of the larger tree, at least `first`.
    package let second: Int64
    /// From below up; none when both are the same.
    package let path: [Data]

    package init(first: Int64, second: Int64, path: [Data]) {
        self.first = first
        self.second = second
        self.path = path
    }

    /// Whether the tree with one root is the beginning of the tree with the other (RFC 9162, 2.1.4.2).
    package func shows(_ firstRoot: Data, begins secondRoot: Data) -> Bool {
        guard first > 0, first <= second else { return false }
        if first == second { return path.isEmpty && firstRoot == secondRoot }
        // A full tree stands in the larger one as it is, so its root is left out of the path.
        var rest = first.nonzeroBitCount == 1 ? [firstRoot] + path : path
        guard !rest.isEmpty else { return false }
        let start = rest.removeFirst()
        var way = MerkleWay(from: first - 1, last: second - 1)
        way.passFull()
        var old = start
        var new = start
        for other in rest {
            guard !way.isAtRoot else { return false }
            if way.hasLeft {
                old = MerkleHash.node(other, old)
                new = MerkleHash.node(other, new)
            } else {
                new = MerkleHash.node(new, other)
            }
            way.goUp()
        }
        return way.isAtRoot && old == firstRoot && new == secondRoot
    }
}
