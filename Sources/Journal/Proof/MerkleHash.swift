import Crypto
import Foundation

/// The hashes of the tree over all rows (RFC 9162, 2.1.1): SHA-256, leaves and nodes told apart by their first byte.
///
/// Without that byte a node could be passed off as a leaf.
package enum MerkleHash {
    /// The root of the tree without leaves: the hash of nothing.
    package static let empty = Data(SHA256.hash(data: Data()))

    /// The hash of a leaf.
    package static func leaf(_ input: Data) -> Data {
        var hasher = SHA256()
        hasher.update(data: [0])
        hasher.update(data: input)
        return Data(hasher.finalize())
    }

    /// The hash of a node with these two below it.
    package static func node(_ left: Data, _ right: Data) -> Data {
        var hasher = SHA256()
        hasher.update(data: [1])
        hasher.update(data: left)
        hasher.update(data: right)
        return Data(hasher.finalize())
    }
}
