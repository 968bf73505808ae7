import Foundation
import Testing

@testable import Journal

/// The eight leaves, the roots and the proofs are the public test vectors of Certificate Transparency.
@Suite("The tree over all rows")
struct MerkleTreeTests {
    private static let inputs = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].map(bytes)

    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ].map(bytes)

    @Test("has the roots that the public vectors have, however it is made")
    func roots() throws {
        let tree = MerkleTree(Self.inputs)
        var frontier = MerkleFrontier()
        for (size, root) in Self.roots.enumerated() {
            #expect(tree.root(at: Int64(size)) == root)
            #expect(frontier.root == root)
            #expect(MerkleFrontier(size: frontier.size, roots: frontier.roots) == frontier)
            if size < Self.inputs.count { frontier.add(Self.inputs[size]) }
        }
        #expect(tree.root(at: 9) == nil)
        #expect(MerkleFrontier(size: 3, roots: [Self.roots[1]]) == nil)
        #expect(MerkleFrontier(size: 1, roots: [Data([1])]) == nil)
    }

    @Test(
        "proves that a leaf is in it, by the path of the public vectors",
        arguments: [
            (0, 1, []),
            (
                0, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                5, 8,
                [
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
            (
                1, 5,
                [
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ] as [(Int64, Int64, [String])])
    func inclusion(leaf: Int64, size: Int64, path: [String]) throws {
        let proof = try #require(MerkleTree(Self.inputs).inclusion(of: leaf, at: size))
        #expect(proof.path == path.map(bytes))
        #expect(proof.shows(Self.inputs[Int(leaf)], in: Self.roots[Int(size)]))
    }

    @Test(
        "proves that it only grew, by the path of the public vectors",
        arguments: [
            (1, 1, []),
            (
                1, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                6, 8,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (
                2, 5,
                [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ] as [(Int64, Int64, [String])])
    func consistency(first: Int64, second: Int64, path: [String]) throws {
        let proof = try #require(MerkleTree(Self.inputs).consistency(from: first, to: second))
        #expect(proof.path == path.map(bytes))
        #expect(proof.shows(Self.roots[Int(first)], begins: Self.roots[Int(second)]))
    }

    /// The whole of a square of sizes, so that every shape of the right edge comes by.
    private static let sizes: Int64 = 66
    private static let many = (0..<66).map { Data("row \($0)".utf8) }

    @Test("every proof of every size is short, shows what it says, and nothing else")
    func everySize() throws {
        let tree = MerkleTree(Self.many)
        let roots = try (0...Self.sizes).map { try #require(tree.root(at: $0)) }
        for size in 1...Self.sizes {
            let depth = Int64.bitWidth - (size - 1).leadingZeroBitCount
            for leaf in 0..<size {
                let proof = try #require(tree.inclusion(of: leaf, at: size))
                #expect(proof.path.count <= depth)
                #expect(proof.shows(Self.many[Int(leaf)], in: roots[Int(size)]))
                #expect(!proof.shows(Data("another row".utf8), in: roots[Int(size)]))
                #expect(!proof.shows(Self.many[Int(leaf)], in: roots[Int(size) - 1]))
            }
            for first in 1...size {
                let proof = try #require(tree.consistency(from: first, to: size))
                #expect(proof.path.count <= depth + 1)
                #expect(proof.shows(roots[Int(first)], begins: roots[Int(size)]))
                #expect(!proof.shows(roots[Int(first) - 1], begins: roots[Int(size)]))
                #expect(!proof.shows(roots[Int(first)], begins: roots[Int(size) - 1]) || first == size - 1 && size == 1)
            }
        }
        #expect(tree.inclusion(of: 3, at: 3) == nil)
        #expect(tree.inclusion(of: 0, at: Self.sizes + 1) == nil)
        #expect(tree.consistency(from: 0, to: 5) == nil)
        #expect(tree.consistency(from: 5, to: 4) == nil)
    }

    @Test("a proof in which anything was altered shows nothing any more")
    func altered() throws {
        let tree = MerkleTree(Self.many)
        for (first, second) in [(1, 8), (3, 7), (6, 8), (33, 66), (64, 66), (65, 66), (5, 61)] as [(Int64, Int64)] {
            let (old, new) = (try #require(tree.root(at: first)), try #require(tree.root(at: second)))
            let growth = try #require(tree.consistency(from: first, to: second))
            let place = try #require(tree.inclusion(of: first - 1, at: second))
            let input = Self.many[Int(first) - 1]
            for (index, hash) in growth.path.enumerated() {
                var path = growth.path
                path[index] = MerkleHash.leaf(hash)
                #expect(!ConsistencyProof(first: first, second: second, path: path).shows(old, begins: new))
                path.remove(at: index)
                #expect(!ConsistencyProof(first: first, second: second, path: path).shows(old, begins: new))
            }
            for (index, hash) in place.path.enumerated() {
                var path = place.path
                path[index] = MerkleHash.leaf(hash)
                #expect(!InclusionProof(leaf: first - 1, size: second, path: path).shows(input, in: new))
                path.remove(at: index)
                #expect(!InclusionProof(leaf: first - 1, size: second, path: path).shows(input, in: new))
            }
            #expect(!InclusionProof(leaf: first - 1, size: second, path: place.path + [old]).shows(input, in: new))
            #expect(!ConsistencyProof(first: first, second: second, path: growth.path + [old]).shows(old, begins: new))
            #expect(!InclusionProof(leaf: first, size: second, path: place.path).shows(input, in: new))
            #expect(!InclusionProof(leaf: -1, size: second, path: place.path).shows(input, in: new))
            #expect(!InclusionProof(leaf: second, size: second, path: place.path).shows(input, in: new))
            #expect(!ConsistencyProof(first: 0, second: second, path: growth.path).shows(old, begins: new))
            #expect(!ConsistencyProof(first: second, second: first, path: growth.path).shows(old, begins: new))
        }
        #expect(!ConsistencyProof(first: 3, second: 3, path: []).shows(MerkleHash.empty, begins: MerkleHash.leaf(Data())))
        #expect(!ConsistencyProof(first: 3, second: 5, path: []).shows(MerkleHash.empty, begins: MerkleHash.empty))
    }
}

/// The bytes of hexadecimal digits.
private func bytes(_ digits: String) -> Data {
    var data = Data()
    var rest = Substring(digits)
    while !rest.isEmpty {
        data.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
    }
    return data
}
