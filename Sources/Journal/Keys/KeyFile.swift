import Foundation

/// A file that holds 32 secret bytes: 64 hexadecimal digits and a line end, for its owner only.
enum KeyFile {
    /// Reads the bytes.
    ///
    /// - Throws: `keyFile` if the file is missing or does not read so, `keyFileExposed` if others than its owner may read or
    ///   write it.
    static func load(from file: URL) throws(JournalFault) -> Data {
        let path = file.path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
        else { throw .keyFile("missing") }
        guard mode & 0o077 == 0 else { throw .keyFileExposed("mode \(String(mode, radix: 8))") }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw .keyFile("unreadable") }
        let digits = Array(text.utf8.prefix { $0 != UInt8(ascii: "\n") })
        guard digits.count == 64 else { throw .keyFile("not 64 digits") }
        var bytes = Data()
        for index in stride(from: 0, to: 64, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            guard pair.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }), let byte = UInt8(pair, radix: 16)
            else { throw .keyFile("not hexadecimal") }
            bytes.append(byte)
        }
        return bytes
    }

    /// Draws 32 random bytes and writes them to a new file; an existing file is never replaced.
    ///
    /// Returns when the file and its name are on disk.
    ///
    /// - Throws: `keyFile`.
    static func create(at file: URL) throws(JournalFault) -> Data {
        var random = SystemRandomNumberGenerator()
        let secret = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        let bytes = Array((secret.hexadecimal + "\n").utf8)
        let descriptor = open(file.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .keyFile(errno == EEXIST ? "exists already" : "cannot be made") }
        defer { close(descriptor) }
        do throws(JournalFault) {
            guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
                throw .keyFile("cannot be written")
            }
            let folder = open(file.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { throw .keyFile("folder cannot be read") }
            defer { close(folder) }
            guard fsync(folder) == 0 else { throw .keyFile("folder cannot be written") }
        } catch {
            // A key that may not last is none; it would only stand in the way of one that does.
            unlink(file.path)
            throw error
        }
        return secret
    }
}
