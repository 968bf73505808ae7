import Crypto
import Domain
import Foundation

extension BackupPlace {
    /// Puts the files of a backup into a folder that holds none of them yet, and holds every byte to its hash.
    ///
    /// - Parameter settingAside: takes pieces that are not what they were out of the way, so that the next backup writes them anew.
    /// - Throws: `damaged` with the file that cannot be made; what was written before lies in the folder then.
    package func restore(
        _ manifest: BackupManifest, into target: URL, settingAside: Bool = false
    ) throws(BackupFault) {
        for file in manifest.files {
            var folder = target
            for part in file.path.split(separator: "/").dropLast() {
                folder = folder.appending(path: String(part), directoryHint: .isDirectory)
                try DurableFile.makeFolder(folder)
            }
            try restore(file, to: target.appending(path: file.path), settingAside)
            try DurableFile.flush(folder)
        }
        try DurableFile.flush(target)
    }

    private func restore(_ file: BackupManifest.File, to place: URL, _ settingAside: Bool) throws(BackupFault) {
        let descriptor = open(DurableFile.path(place), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        try DurableFile.check(descriptor, "open", place)
        defer { close(descriptor) }
        var whole = SHA256()
        for piece in file.pieces {
            guard Self.isName(piece), let bytes = try? Data(contentsOf: self.file(of: piece)) else {
                throw .damaged(file: file.path, piece: piece, reason: .missing)
            }
            guard SHA256.hash(data: bytes).hexadecimal == piece else {
                if settingAside {
                    rename(DurableFile.path(self.file(of: piece)), DurableFile.path(unfinished.appending(path: piece)))
                }
                throw .damaged(file: file.path, piece: piece, reason: .altered)
            }
            whole.update(data: bytes)
            try DurableFile.write(bytes, to: descriptor, place)
        }
        guard whole.finalize().hexadecimal == file.sha256 else {
            throw .damaged(file: file.path, piece: file.sha256, reason: .altered)
        }
        try DurableFile.check(fsync(descriptor), "fsync", place)
    }

    /// Gives a folder that was filled its name, in one step; an empty folder of that name gives way, a full one does not.
    package static func name(_ filled: URL, _ target: URL) throws(BackupFault) {
        try DurableFile.check(rename(plain(filled), plain(target)), "rename", target)
        try DurableFile.flush(target.standardizedFileURL.deletingLastPathComponent())
    }

    /// Without a slash at the end, which a rename does not take everywhere.
    private static func plain(_ folder: URL) -> String {
        var path = DurableFile.path(folder.standardizedFileURL)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Whether it is a SHA-256 in hexadecimal, and no way to another place.
    static func isName(_ piece: String) -> Bool {
        piece.utf8.count == 64 && piece.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
