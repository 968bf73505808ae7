import Crypto
import Foundation

/// Passwords that leaked and are tried first: some 26,000, of two public lists, each kept by the beginning of its digest only.
///
/// Nobody needs to read them, and many are words that nobody wants to read. `scripts/common-passwords` writes the file.
enum CommonPasswords {
    /// Bytes of each digest that are kept: enough that no other word is taken for one of these.
    private static let width = 8

    /// The first bytes of each SHA-256 as a number, rising.
    static let digests: [UInt64] = {
        guard let file = Bundle.module.url(forResource: "common-passwords", withExtension: "bin", subdirectory: "Resources"),
            let data = try? Data(contentsOf: file)
        else { return [] }
        return stride(from: 0, to: data.count - width + 1, by: width).map { number(data.dropFirst($0)) }
    }()

    /// Whether a word, folded to small letters without accents, is one of them.
    static func contains(_ word: String) -> Bool {
        let sought = number(Data(SHA256.hash(data: Data(word.utf8))))
        var low = 0
        var high = digests.count
        while low < high {
            let middle = (low + high) / 2
            if digests[middle] < sought { low = middle + 1 } else { high = middle }
        }
        return low < digests.count && digests[low] == sought
    }

    private static func number(_ bytes: Data) -> UInt64 { bytes.prefix(width).reduce(0) { $0 << 8 | UInt64($1) } }
}
