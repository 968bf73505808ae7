import Crypto
import Foundation

/// The key that wraps the keys of all streams: 256 bits, in a file of its own that is in neither database nor their backups.
package struct MasterKey: Sendable {
    let key: SymmetricKey

    private init(_ key: SymmetricKey) { self.key = key }

    /// A fresh random key that is in no file; for tests and for stores in memory.
    package static func generate() -> MasterKey { MasterKey(SymmetricKey(size: .bits256)) }

    /// Reads the key from its file: 64 hexadecimal digits and a line end.
    ///
    /// Throws `keyFile` if the file is missing or does not read so, `keyFileExposed` if others than its owner may read or
    /// write it.
    package static func load(from file: URL) throws(JournalFault) -> MasterKey {
        MasterKey(SymmetricKey(data: try KeyFile.load(from: file)))
    }

    /// Makes a random key and writes it to a new file that only its owner may read; an existing file is never replaced.
    ///
    /// Returns when the file and its name are on disk. Throws `keyFile`.
    package static func create(at file: URL) throws(JournalFault) -> MasterKey {
        MasterKey(SymmetricKey(data: try KeyFile.create(at: file)))
    }

    /// Sixteen bytes that tell this key from another without telling anything about it.
    package var mark: Data {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("sentrum master mark".utf8), outputByteCount: 16)
            .withUnsafeBytes { Data($0) }
    }
}
