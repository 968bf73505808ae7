import Foundation
import Journal

extension DataFolder {
    /// Where a backup is put back on trial: in the folder itself, where the keys are anyway.
    var trial: URL { root.appending(path: ".checking", directoryHint: .isDirectory) }

    /// What of the folder goes into a backup beside the databases and the contents of documents.
    struct Besides {
        /// What goes with the contents, because it is known to hold no secret.
        var settings: [BackupSource] = []
        /// All else, which goes with the keys, because it may be one.
        var secrets: [BackupSource] = []
        /// Master keys, which go nowhere.
        var leftOut: [String] = []
    }

    /// The stores copy these themselves, or they are of this folder alone.
    private static let ownNames: Set<String> = [
        "blobs", BackupRecord.fileName, ".\(BackupRecord.fileName).unfinished", ".checking",
    ]
    private static let storeNames = ["journal.sqlite", "keys.sqlite"]
    private static let plainNames: Set<String> = ["plans", "sign-in.yaml", "erasures.place", "demo.json"]

    /// Goes through the folder, following links.
    ///
    /// - Throws: `CommandRefusal` when something cannot be read.
    func besides() throws -> Besides {
        var besides = Besides()
        let names = try Self.names(in: root)
        for name in names where !Self.ownNames.contains(name) && !name.hasPrefix(".bench-") {
            guard !Self.storeNames.contains(where: { name == $0 || name.hasPrefix("\($0)-") }) else { continue }
            try add(name, to: &besides, isPlain: Self.plainNames.contains(name))
        }
        // With the master key elsewhere the key of the checkpoints is there as well.
        let inside = "keys/checkpoint.key"
        if !besides.secrets.contains(where: { $0.path == inside }),
            FileManager.default.fileExists(atPath: checkpointKeyFile.path(percentEncoded: false))
        {
            besides.secrets.append(BackupSource(inside, at: checkpointKeyFile))
        }
        return besides
    }

    private func add(_ path: String, to besides: inout Besides, isPlain: Bool, depth: Int = 0) throws {
        let file = root.appending(path: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false), isDirectory: &isFolder), depth < 64 else {
            throw CommandRefusal("\(path) leads nowhere: take it out of the data folder, or mend it")
        }
        if isFolder.boolValue {
            for name in try Self.names(in: file) {
                try add("\(path)/\(name)", to: &besides, isPlain: isPlain, depth: depth + 1)
            }
        } else if isMasterKey(file, path) {
            besides.leftOut.append(path)
        } else if isPlain {
            besides.settings.append(BackupSource(path, at: file))
        } else {
            besides.secrets.append(BackupSource(path, at: file))
        }
    }

    /// Whether it is the master key, or another that reads like one: the next one, or the last.
    private func isMasterKey(_ file: URL, _ path: String) -> Bool {
        if file.resolvingSymlinksInPath() == keyFile.resolvingSymlinksInPath() { return true }
        guard !["keys/checkpoint.key", "keys/transfer.key"].contains(path), let handle = try? FileHandle(forReadingFrom: file),
            let bytes = try? handle.read(upToCount: 66)
        else { return false }
        return bytes.count <= 65 && bytes.prefix(64).count == 64
            && bytes.prefix(64).allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    private static func names(in folder: URL) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        } catch {
            throw CommandRefusal("\(folder.path(percentEncoded: false)) cannot be read")
        }
    }
}
