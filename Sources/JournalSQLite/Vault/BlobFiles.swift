import Foundation
import Journal
import Synchronization

/// Sealed contents as files in one folder, each under its id.
///
/// A file has its name only when all of it is on disk, and the name is on disk before the writing is acknowledged.
/// Everything here blocks, so it runs on a queue of its own.
final class BlobFiles: Sendable {
    private let folder: URL
    private let queue = DispatchQueue(label: "blobs", attributes: .concurrent)
    /// Ids that are being stored, so that a sweep at the same time leaves them alone.
    private let busy = Mutex(Set<String>())

    private static let unfinished = ".part"

    init(_ folder: URL) { self.folder = folder }

    func begin(_ id: String) { _ = busy.withLock { $0.insert(id) } }
    func end(_ id: String) { _ = busy.withLock { $0.remove(id) } }

    /// Throws `VaultFault.file`.
    func write(_ id: String, _ make: @escaping @Sendable () throws -> Data) async throws {
        try await aside {
            let bytes = try make()
            try self.makeFolder()
            let unfinished = self.path(id + BlobFiles.unfinished)
            do {
                try BlobFiles.writeNew(bytes, to: unfinished)
                try BlobFiles.check(rename(unfinished, self.path(id)), "rename")
                try BlobFiles.syncFolder(self.folder)
            } catch {
                unlink(unfinished)
                throw error
            }
        }
    }

    /// The bytes of the file, or nil if there is none. Throws `VaultFault.file`.
    func read(_ id: String) async throws -> Data? {
        try await aside {
            let path = self.path(id)
            guard access(path, F_OK) == 0 else { return nil }
            do {
                return try Data(contentsOf: URL(filePath: path))
            } catch {
                throw VaultFault.file("read", code: errno)
            }
        }
    }

    func delete(_ ids: [String]) async throws {
        guard !ids.isEmpty else { return }
        try await aside {
            for id in ids where unlink(self.path(id)) != 0 && errno != ENOENT { throw VaultFault.file("unlink", code: errno) }
            if access(self.folder.path(percentEncoded: false), F_OK) == 0 { try BlobFiles.syncFolder(self.folder) }
        }
    }

    /// The names of the files last written before a moment (milliseconds since 1970) that nobody is storing now: contents
    /// under their id, and what was never finished.
    func old(before milliseconds: Int64) async throws -> (ids: [String], unfinished: [String]) {
        try await aside {
            let path = self.folder.path(percentEncoded: false)
            guard access(path, F_OK) == 0 else { return ([], []) }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                throw VaultFault.file("list", code: errno)
            }
            let busy = self.busy.withLock { $0 }
            let old = names.filter { name in
                var status = stat()
                guard stat(self.path(name), &status) == 0 else { return false }
                let id = name.hasSuffix(BlobFiles.unfinished) ? String(name.dropLast(BlobFiles.unfinished.count)) : name
                let written = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
                return written < milliseconds && !busy.contains(id)
            }
            return (old.filter { !$0.hasSuffix(BlobFiles.unfinished) }, old.filter { $0.hasSuffix(BlobFiles.unfinished) })
        }
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    private func makeFolder() throws {
        let path = folder.path(percentEncoded: false)
        guard access(path, F_OK) != 0 else { return }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw VaultFault.file("mkdir", code: errno) }
        try BlobFiles.syncFolder(folder.deletingLastPathComponent())
    }

    private static func writeNew(_ bytes: Data, to path: String) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        try check(descriptor, "open")
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw VaultFault.file("write", code: errno) }
                done += count
            }
        }
        try check(fsync(descriptor), "fsync")
    }

    /// Without this the name of a new file can be gone after a power cut, though its contents are on disk.
    private static func syncFolder(_ folder: URL) throws {
        let descriptor = open(folder.path(percentEncoded: false), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try check(descriptor, "open")
        defer { close(descriptor) }
        try check(fsync(descriptor), "fsync")
    }

    private static func check(_ result: Int32, _ what: String) throws {
        if result < 0 { throw VaultFault.file(what, code: errno) }
    }

    /// Runs blocking work where no request waits for a thread.
    func aside<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
