import Domain
import Foundation
import Journal

/// The list of erasures as a file of lines of JSON that only ever grows.
///
/// A line counts when its end is on disk: of a line that was being written when the machine stopped nothing was done yet.
package final class ErasureFile: ErasureList, Sendable {
    private let file: URL

    /// The list at this place; the file is made by the first entry, or by `create`.
    package init(_ file: URL) { self.file = file }

    private struct Line: Codable {
        /// The first line: what this file is.
        var list: String?
        var erase: ErasureEntry?
        var done: String?
    }

    private static let name = "sentrum erasures 1"

    /// Whether the file is there.
    package var exists: Bool { FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) }

    /// Makes the file if it is not there.
    package func create() throws(JournalFault) {
        guard !exists else { return }
        try append([])
    }

    package func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>) {
        guard exists else { return ([], []) }
        var entries: [ErasureEntry] = []
        var finished: Set<String> = []
        for line in try lines() {
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(line)) else {
                throw .erasureList("a line cannot be read")
            }
            if let entry = line.erase, !entries.contains(where: { $0.id == entry.id }) { entries.append(entry) }
            if let done = line.done { finished.insert(done) }
        }
        return (entries, finished)
    }

    package func add(_ entry: ErasureEntry) throws(JournalFault) { try append([Line(erase: entry)]) }

    package func finish(_ id: String) throws(JournalFault) { try append([Line(done: id)]) }

    /// The whole lines, without an unfinished one at the end.
    private func lines() throws(JournalFault) -> [ArraySlice<UInt8>] {
        guard let bytes = try? Data(contentsOf: file) else { throw .erasureList("unreadable") }
        var lines = [UInt8](bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        lines.removeLast()
        guard let first = lines.first else { return [] }
        guard let head = try? JSONDecoder().decode(Line.self, from: Data(first)), head.list == Self.name else {
            throw .erasureList("not a list of erasures")
        }
        return Array(lines.dropFirst())
    }

    private func append(_ lines: [Line]) throws(JournalFault) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isNew = !exists
        let path = file.path(percentEncoded: false)
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .erasureList("cannot be written") }
        defer { close(descriptor) }
        // A command beside the server may write as well: one after the other, or one cuts off the line of the other.
        guard flock(descriptor, LOCK_EX) == 0 else { throw .erasureList("cannot be locked") }
        // What was being written when the machine stopped is cut off: the next line would be read as part of it.
        guard let before = try? Data(contentsOf: file) else { throw .erasureList("unreadable") }
        let whole = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard ftruncate(descriptor, off_t(whole)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw .erasureList("cannot be written")
        }
        var bytes: [UInt8] = []
        for line in (whole == 0 ? [Line(list: Self.name)] : []) + lines {
            guard let encoded = try? encoder.encode(line) else { throw .erasureList("cannot be written") }
            bytes += encoded + [UInt8(ascii: "\n")]
        }
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw .erasureList("cannot be written")
        }
        guard isNew else { return }
        let folder = open(file.deletingLastPathComponent().path(percentEncoded: false), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .erasureList("folder cannot be read") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .erasureList("folder cannot be written") }
    }
}
