import Foundation

/// Files that are on disk when the call returns, and whole or not there under their name.
enum DurableFile {
    /// Writes new bytes under another name, and gives them their name when they are on disk; the folder is not flushed.
    static func put(_ bytes: Data, at file: URL, by unfinished: URL) throws(BackupFault) {
        unlink(path(unfinished))
        do throws(BackupFault) {
            let descriptor = open(path(unfinished), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
            try check(descriptor, "open", unfinished)
            defer { close(descriptor) }
            try write(bytes, to: descriptor, unfinished)
            try check(fsync(descriptor), "fsync", unfinished)
            try check(rename(path(unfinished), path(file)), "rename", file)
        } catch {
            unlink(path(unfinished))
            throw error
        }
    }

    /// The same, and flushes the folder: after this the name stays too.
    static func replace(_ file: URL, with bytes: Data, by unfinished: URL) throws(BackupFault) {
        try put(bytes, at: file, by: unfinished)
        try flush(file.deletingLastPathComponent())
    }

    static func write(_ bytes: Data, to descriptor: Int32, _ file: URL) throws(BackupFault) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            try check(count < 0 ? -1 : 0, "write", file)
            done += count
        }
    }

    /// Reads up to so many bytes; fewer only at the end of the file.
    static func read(_ descriptor: Int32, upTo most: Int, _ file: URL) throws(BackupFault) -> Data {
        var bytes = Data(count: most)
        var done = 0
        while done < most {
            let count = bytes.withUnsafeMutableBytes {
                Foundation.read(descriptor, $0.baseAddress?.advanced(by: done), most - done)
            }
            if count < 0 && errno == EINTR { continue }
            try check(count < 0 ? -1 : 0, "read", file)
            if count == 0 { break }
            done += count
        }
        return bytes.prefix(done)
    }

    /// Without this the name of a new file can be gone after a power cut, though its contents are on disk.
    static func flush(_ folder: URL) throws(BackupFault) {
        let descriptor = open(path(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try check(descriptor, "open", folder)
        defer { close(descriptor) }
        try check(fsync(descriptor), "fsync", folder)
    }

    /// Makes a folder for its owner alone, if it is not there.
    static func makeFolder(_ folder: URL) throws(BackupFault) {
        let made = mkdir(path(folder), 0o700)
        if made < 0 && errno == EEXIST { return }
        try check(made, "mkdir", folder)
    }

    static func check(_ result: Int32, _ what: String, _ file: URL) throws(BackupFault) {
        if result < 0 { throw .file(what, path: path(file), code: errno) }
    }

    static func path(_ file: URL) -> String { file.path(percentEncoded: false) }
}
