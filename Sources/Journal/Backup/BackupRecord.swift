import Domain
import Foundation

/// When the last backup of an installation succeeded: a file in the data folder, for whoever watches over it.
package struct BackupRecord: Hashable, Sendable, Codable {
    /// The moment of the backup.
    package let at: Instant
    /// The number of bytes of all its files, those of the keys included.
    package let bytes: Int64
    /// The number of bytes that were new in it.
    package let added: Int64
    /// When a backup was last put back on trial and found whole; nil when that was never done.
    package var checkedAt: Instant?

    package init(at: Instant, bytes: Int64, added: Int64, checkedAt: Instant? = nil) {
        self.at = at
        self.bytes = bytes
        self.added = added
        self.checkedAt = checkedAt
    }

    package static let fileName = "backup.json"

    /// The record of this data folder; nil when no backup was ever made, or it cannot be read.
    package static func read(in folder: URL) -> BackupRecord? {
        guard let bytes = try? Data(contentsOf: folder.appending(path: fileName)) else { return nil }
        return try? JSONDecoder().decode(BackupRecord.self, from: bytes)
    }

    /// Writes it in place of the one that is there, all of it or nothing.
    package func write(in folder: URL) throws(BackupFault) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let file = folder.appending(path: Self.fileName)
        guard let bytes = try? encoder.encode(self) + Data("\n".utf8) else {
            throw .file("encode", path: Self.fileName, code: EINVAL)
        }
        try DurableFile.replace(file, with: bytes, by: folder.appending(path: ".\(Self.fileName).unfinished"))
    }
}
