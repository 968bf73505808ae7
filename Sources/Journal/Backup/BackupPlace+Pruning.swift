import Domain
import Foundation

extension BackupPlace {
    /// What pruning took away.
    package struct Pruned: Hashable, Sendable {
        /// How many backups.
        package var backups = 0
        /// How many pieces that no backup has any more.
        package var pieces = 0
        /// The bytes of these pieces.
        package var bytes: Int64 = 0

        package init() {}
    }

    /// Takes away the backups that are not kept, and then the pieces that none of the others has.
    ///
    /// Only while nobody else works here. The manifests go first and are gone on disk before a piece goes, so a stop in between
    /// leaves pieces too many and never a backup too few; the next time takes them away.
    ///
    /// - Parameter keeps: which of these moments are kept.
    /// - Throws: `manifest` when one cannot be read: then nothing goes, because what it needs is not known.
    package func prune(_ keeps: ([Instant]) -> Set<Instant>) throws(BackupFault) -> Pruned {
        let manifests = try manifests()
        let kept = keeps(manifests.map(\.moment))
        var pruned = Pruned()
        for manifest in manifests where !kept.contains(manifest.moment) {
            let file = momentFolder.appending(path: Self.name(of: manifest.moment))
            try DurableFile.check(unlink(DurableFile.path(file)), "unlink", file)
            pruned.backups += 1
        }
        try DurableFile.flush(momentFolder)
        let needed = Set(manifests.filter { kept.contains($0.moment) }.flatMap { $0.files.flatMap(\.pieces) })
        for folder in (try? FileManager.default.contentsOfDirectory(atPath: DurableFile.path(pieceFolder))) ?? [] {
            let place = pieceFolder.appending(path: folder, directoryHint: .isDirectory)
            for name in (try? FileManager.default.contentsOfDirectory(atPath: DurableFile.path(place))) ?? []
            where Self.isName(name) && !needed.contains(name) {
                let file = place.appending(path: name)
                var status = stat()
                if stat(DurableFile.path(file), &status) == 0 { pruned.bytes += Int64(status.st_size) }
                try DurableFile.check(unlink(DurableFile.path(file)), "unlink", file)
                pruned.pieces += 1
            }
        }
        return pruned
    }
}
