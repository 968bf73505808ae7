import Crypto
import Foundation

/// Takes the rows of a register in order of key and gives its digest.
package struct RegisterDigester {
    private let table: String
    private var rows = 0
    private var hasher = SHA256()

    package init(table: String) { self.table = table }

    /// Takes the next row.
    package mutating func add(_ values: [RegisterValue]) {
        var bytes = CanonicalBytes()
        bytes.append(Int64(values.count))
        for value in values { bytes.append(value) }
        hasher.update(data: bytes.bytes)
        rows += 1
    }

    /// The digest of the rows taken so far.
    package var digest: RegisterDigest {
        return RegisterDigest(table: table, rows: rows, digest: hasher.finalize().hexadecimal)
    }
}
