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
    /// Throws `masterKeyFile` if the file is missing or does not read so, `masterKeyExposed` if others than its owner may
    /// read or write it.
    package static func load(from file: URL) throws(JournalFault) -> MasterKey {
        let path = file.path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
        else { throw .masterKeyFile("missing") }
        guard mode & 0o077 == 0 else { throw .masterKeyExposed("mode \(String(mode, radix: 8))") }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw .masterKeyFile("unreadable") }
        let digits = Array(text.utf8.prefix { $0 != UInt8(ascii: "\n") })
        guard digits.count == 64 else { throw .masterKeyFile("not 64 digits") }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            guard pair.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }), let byte = UInt8(pair, radix: 16)
            else { throw .masterKeyFile("not hexadecimal") }
            bytes.append(byte)
        }
        return MasterKey(SymmetricKey(data: bytes))
    }

    /// Makes a random key and writes it to a new file that only its owner may read; an existing file is never replaced.
    ///
    /// Returns when the file and its name are on disk. Throws `masterKeyFile`.
    package static func create(at file: URL) throws(JournalFault) -> MasterKey {
        let master = generate()
        let text = master.key.withUnsafeBytes { bytes in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n"
        }
        let descriptor = open(file.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .masterKeyFile(errno == EEXIST ? "exists already" : "cannot be made") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw .masterKeyFile("cannot be written")
        }
        let folder = open(file.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .masterKeyFile("folder cannot be read") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .masterKeyFile("folder cannot be written") }
        return master
    }

    /// Sixteen bytes that tell this key from another without telling anything about it.
    package var mark: Data {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("sentrum master mark".utf8), outputByteCount: 16)
            .withUnsafeBytes { Data($0) }
    }
}
