import Crypto
import Domain
import Foundation

/// A file as it goes into a backup.
package struct BackupSource: Hashable, Sendable {
    /// Below the data folder.
    package let path: String
    /// Where its bytes are now.
    package let file: URL
    /// Whether what lies under this path never changes, so that one that is in the last backup needs not be read again.
    package let isFixed: Bool

    /// The number of bytes of a piece of it, four pages of a database: a page stays in its place, so what did not change is in the
    /// same piece, and one act touches pages all over. What never changes is cut into few.
    var pieceSize: Int { isFixed ? 1_048_576 : 16_384 }

    package init(_ path: String, at file: URL, isFixed: Bool = false) {
        self.path = path
        self.file = file
        self.isFixed = isFixed
    }
}

extension BackupPlace {
    /// Adds files as one backup, which is there when this returns; pieces that lie here already are not written again.
    ///
    /// Only while nobody else works here. When it throws, the earlier backups are as they were.
    ///
    /// - Returns: the manifest, and how many bytes were new.
    /// - Throws: `vanished` when a file went away meanwhile, `file` when the disk is full or does not work.
    package func add(
        _ sources: [BackupSource], _ make: ([BackupManifest.File]) -> BackupManifest
    ) throws(BackupFault) -> (manifest: BackupManifest, added: Int64) {
        let last = try? newest()
        let before = Dictionary((last?.files ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var added: Int64 = 0
        var touched: Set<String> = []
        var files: [BackupManifest.File] = []
        for source in sources.sorted(by: { $0.path < $1.path }) {
            if source.isFixed, let same = before[source.path], isHere(same, source) {
                files.append(same)
            } else {
                files.append(try add(source, &added, &touched))
            }
        }
        // The names of the pieces before the manifest that speaks of them.
        for name in touched { try DurableFile.flush(pieceFolder.appending(path: name)) }
        try DurableFile.flush(pieceFolder)
        let manifest = make(files)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let name = Self.name(of: manifest.moment)
        guard let bytes = try? encoder.encode(manifest) + Data("\n".utf8) else {
            throw .file("encode", path: name, code: EINVAL)
        }
        try DurableFile.replace(momentFolder.appending(path: name), with: bytes, by: unfinished.appending(path: name))
        return (manifest, added + Int64(bytes.count))
    }

    /// Whether a file of the last backup is whole here by the names and sizes of its pieces, and as long as it is now.
    private func isHere(_ file: BackupManifest.File, _ source: BackupSource) -> Bool {
        var status = stat()
        guard stat(DurableFile.path(source.file), &status) == 0, Int64(status.st_size) == file.size else { return false }
        return file.pieces.enumerated().allSatisfy { index, piece in
            let rest = file.size - Int64(index * source.pieceSize)
            return has(piece, Int(min(rest, Int64(source.pieceSize))))
        }
    }

    private func has(_ piece: String, _ size: Int) -> Bool {
        var status = stat()
        return stat(DurableFile.path(file(of: piece)), &status) == 0 && Int(status.st_size) == size
    }

    private func add(
        _ source: BackupSource, _ added: inout Int64, _ touched: inout Set<String>
    ) throws(BackupFault) -> BackupManifest.File {
        let descriptor = open(DurableFile.path(source.file), O_RDONLY | O_CLOEXEC)
        if descriptor < 0 && errno == ENOENT { throw .vanished(source.path) }
        try DurableFile.check(descriptor, "open", source.file)
        defer { close(descriptor) }
        var whole = SHA256()
        var size: Int64 = 0
        var names: [String] = []
        while true {
            let bytes = try DurableFile.read(descriptor, upTo: source.pieceSize, source.file)
            if bytes.isEmpty { break }
            whole.update(data: bytes)
            size += Int64(bytes.count)
            let name = SHA256.hash(data: bytes).hexadecimal
            names.append(name)
            if !has(name, bytes.count) {
                let folder = String(name.prefix(2))
                if touched.insert(folder).inserted { try DurableFile.makeFolder(pieceFolder.appending(path: folder)) }
                try DurableFile.put(bytes, at: file(of: name), by: unfinished.appending(path: name))
                added += Int64(bytes.count)
            }
            if bytes.count < source.pieceSize { break }
        }
        return BackupManifest.File(path: source.path, size: size, sha256: whole.finalize().hexadecimal, pieces: names)
    }
}
