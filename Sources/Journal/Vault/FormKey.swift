import Crypto
import Foundation

/// What is made from the key of a form, so that the same form sent twice names the same thing.
package enum FormKey {
    /// 128 bits that follow from these parts and say nothing of them; nobody can choose parts for bits that they want.
    package static func bits(_ parts: [String]) -> (high: UInt64, low: UInt64) {
        var hash = SHA256()
        for part in parts { hash.update(data: Data("\(part.utf8.count)|\(part)".utf8)) }
        let bytes = Array(hash.finalize())
        func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        return (number(bytes[0..<8]), number(bytes[8..<16]))
    }
}
