import Domain
import Foundation

/// A folder in which backups lie: a manifest for each moment, and the pieces that they share.
///
/// `backup-place.json` says what it is, `moments/` has the manifests, `pieces/` what files are cut into, under the SHA-256 of
/// their bytes, and `unfinished/` what is being written. A backup is there once its manifest is: that comes last, and goes first.
package struct BackupPlace: Sendable {
    /// What lies in a place. The keys are never in the same one as what they open.
    package enum Kind: String, Sendable, Codable {
        case contents, keys
    }

    package let folder: URL
    package let kind: Kind

    private static let markName = "backup-place.json"
    var momentFolder: URL { folder.appending(path: "moments", directoryHint: .isDirectory) }
    var pieceFolder: URL { folder.appending(path: "pieces", directoryHint: .isDirectory) }
    /// Where something may lie while a backup is made; emptied before the next.
    package var unfinished: URL { folder.appending(path: "unfinished", directoryHint: .isDirectory) }

    private struct Mark: Codable {
        let format: Int
        let kind: Kind
    }

    /// A place that is there.
    ///
    /// - Throws: `notOurs`.
    package init(_ folder: URL, _ kind: Kind) throws(BackupFault) {
        guard let bytes = try? Data(contentsOf: folder.appending(path: Self.markName)),
            let mark = try? JSONDecoder().decode(Mark.self, from: bytes), mark.format == BackupManifest.currentFormat,
            mark.kind == kind
        else { throw .notOurs(DurableFile.path(folder)) }
        (self.folder, self.kind) = (folder, kind)
    }

    /// The place, made when the folder is empty or not there.
    ///
    /// - Throws: `notEmpty` when it holds anything else, `notOurs` when it has backups of the other kind, `file`.
    package static func make(_ folder: URL, _ kind: Kind) throws(BackupFault) -> BackupPlace {
        let path = DurableFile.path(folder)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .file("mkdir", path: path, code: errno)
        }
        let mark = folder.appending(path: markName)
        if !FileManager.default.fileExists(atPath: DurableFile.path(mark)) {
            // A disk of its own has this in its root; what a stop left of the mark itself is ours.
            let others = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
                .filter { $0 != "lost+found" && $0 != ".\(markName)" }
            guard others.isEmpty else { throw .notEmpty(path) }
            guard let bytes = try? JSONEncoder().encode(Mark(format: BackupManifest.currentFormat, kind: kind)) else {
                throw .file("encode", path: path, code: EINVAL)
            }
            try DurableFile.replace(mark, with: bytes + Data("\n".utf8), by: folder.appending(path: ".\(markName)"))
        }
        let place = try BackupPlace(folder, kind)
        for inside in [place.momentFolder, place.pieceFolder, place.unfinished] { try DurableFile.makeFolder(inside) }
        return place
    }

    /// Takes away what a backup that was broken off left. Only while nobody else works here.
    package func clear() throws(BackupFault) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: DurableFile.path(unfinished))) ?? [] {
            let file = unfinished.appending(path: name)
            do { try FileManager.default.removeItem(at: file) } catch {
                throw .file("remove", path: DurableFile.path(file), code: errno)
            }
        }
    }

    /// The manifests that lie here, the oldest first.
    ///
    /// - Throws: `manifest` for one that cannot be read.
    package func manifests() throws(BackupFault) -> [BackupManifest] {
        var found: [BackupManifest] = []
        for name in try names() { found.append(try manifest(name)) }
        return found.sorted { $0.moment < $1.moment }
    }

    /// Those that can be read, the oldest first, and the names of those that cannot: one is not in the way of the others.
    package func look() throws(BackupFault) -> (readable: [BackupManifest], unreadable: [String]) {
        var (readable, unreadable): ([BackupManifest], [String]) = ([], [])
        for name in try names() {
            if let manifest = try? manifest(name) { readable.append(manifest) } else { unreadable.append(name) }
        }
        return (readable.sorted { $0.moment < $1.moment }, unreadable)
    }

    /// The moments of which there is a backup, the oldest first.
    package func moments() throws(BackupFault) -> [Instant] { try manifests().map(\.moment) }

    /// The names of the manifests, which are their moments.
    func names() throws(BackupFault) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: DurableFile.path(momentFolder)) else {
            throw .manifest(DurableFile.path(momentFolder))
        }
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }

    func manifest(_ name: String) throws(BackupFault) -> BackupManifest {
        let file = momentFolder.appending(path: name)
        guard let bytes = try? Data(contentsOf: file), let manifest = try? JSONDecoder().decode(BackupManifest.self, from: bytes),
            manifest.format == BackupManifest.currentFormat, Self.name(of: manifest.moment) == name,
            manifest.files.allSatisfy(\.staysBelow), (manifest.journal == nil) == (kind == .keys)
        else { throw .manifest(DurableFile.path(file)) }
        return manifest
    }

    /// The newest backup at or before a moment, and the newest of all when none is given; others may be unreadable.
    ///
    /// - Throws: `none`, or `manifest` when that one cannot be read.
    package func newest(at moment: Instant? = nil) throws(BackupFault) -> BackupManifest {
        let last = moment.map { Self.name(of: $0) }
        // Their names sort as their moments do.
        guard let name = try names().last(where: { name in last.map { name <= $0 } ?? true }) else {
            throw .none(DurableFile.path(folder))
        }
        return try manifest(name)
    }

    /// Refuses backups of another journal: the newest of one would be taken for the newest of the other.
    ///
    /// - Throws: `otherInstallation`.
    package func hold(to origin: String) throws(BackupFault) {
        guard let last = try look().readable.last, !last.origin.isEmpty, last.origin != origin else { return }
        throw .otherInstallation(DurableFile.path(folder))
    }

    /// The first moment from this one on at which there is no backup: a clock that was put back takes none away.
    package func free(_ moment: Instant) throws(BackupFault) -> Instant {
        let taken = Set(try names())
        var moment = moment
        while taken.contains(Self.name(of: moment)) { moment = moment.adding(milliseconds: 1) }
        return moment
    }

    /// Without colons, which some disks do not take; always as long, so that names sort as moments do.
    static func name(of moment: Instant) -> String { "\(moment)".replacing(":", with: "-") + ".json" }

    /// Where a piece lies.
    func file(of piece: String) -> URL { pieceFolder.appending(path: "\(piece.prefix(2))/\(piece)") }
}
