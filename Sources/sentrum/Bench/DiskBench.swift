import Foundation

/// How long the disk takes until something is really on it.
struct DiskBench {
    let folder: URL

    /// Bytes written before each wait: two pages of the database.
    private static let block = 8_192
    /// The blocks are written round and round, so that the size of the file never changes.
    private static let blocks = 512

    /// Thrown when the file cannot be written.
    struct Unwritable: Error {
        let code: Int32
    }

    /// Writes 8 KiB and waits for the disk, over and over.
    func sync(for time: Duration) throws -> Rate {
        let path = folder.appending(path: "sync").path
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Unwritable(code: errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 7, count: Self.block)
        for number in 0..<Self.blocks { try write(bytes, number, descriptor) }
        guard fsync(descriptor) == 0 else { throw Unwritable(code: errno) }
        var number = 0
        let (times, whole) = try timed(for: time) {
            bytes[0] &+= 1
            try write(bytes, number % Self.blocks, descriptor)
            #if os(Linux)
                guard fdatasync(descriptor) == 0 else { throw Unwritable(code: errno) }
            #else
                guard fsync(descriptor) == 0 else { throw Unwritable(code: errno) }
            #endif
            number += 1
        }
        return Rate("sync", "disk: write 8 KiB and wait until it is there", times, in: whole)
    }

    private func write(_ bytes: [UInt8], _ number: Int, _ descriptor: Int32) throws {
        guard pwrite(descriptor, bytes, bytes.count, off_t(number * Self.block)) == bytes.count else {
            throw Unwritable(code: errno)
        }
    }
}
