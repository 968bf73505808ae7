import Domain
import Foundation
import Journal
import JournalSQLite
import Plan
import UseCases

/// An installation that could not be made, of which something must stay: what is in a database is not taken away from here.
struct HalfMade: Error {
    let cause: any Error
}

extension DataFolder {
    /// Makes an installation: the folder, the plan with the law and a new master key, and then what `fill` puts in it.
    ///
    /// The folder, its key and its list of erasures are taken away again when something fails, so that it can be tried once more;
    /// nothing that was there before is.
    /// - Throws: `CommandRefusal` when the folder holds something; `PlanProblems` when the plan cannot be used; `JournalFault`
    ///   when the key cannot be written; and what `fill` throws, after `HalfMade` with all left as it is.
    static func make<Made>(
        _ path: String, plan: PlanSource, keyFile: String? = nil, erasures: String? = nil,
        fill: (DataFolder, PlanShelf) async throws -> Made
    ) async throws -> Made {
        let files = FileManager.default
        let folder = DataFolder(
            URL(filePath: path, directoryHint: .isDirectory), keyFile: keyFile.map { URL(filePath: $0) },
            erasures: erasures.map { URL(filePath: $0) })
        var isFolder: ObjCBool = false
        let existed = files.fileExists(atPath: folder.root.path, isDirectory: &isFolder)
        guard !existed || isFolder.boolValue, try !existed || files.contentsOfDirectory(atPath: folder.root.path).isEmpty else {
            throw CommandRefusal("\(path) is not empty: nothing was changed")
        }
        // Also a link to what is away for now is there.
        let isThere = { (place: URL) in (try? files.attributesOfItem(atPath: place.path(percentEncoded: false))) != nil }
        let (hadRoot, hadErasures) = (existed || isThere(folder.root), isThere(folder.erasures))
        var madeKey = false
        do {
            let closed: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
            try files.createDirectory(at: folder.root, withIntermediateDirectories: true, attributes: closed)
            try plan.copy(to: folder.plans)
            let shelf = try folder.shelf()
            if keyFile == nil {
                let place = folder.keyFile.deletingLastPathComponent()
                try files.createDirectory(at: place, withIntermediateDirectories: true, attributes: closed)
            }
            _ = try MasterKey.create(at: folder.keyFile)
            madeKey = true
            return try await fill(folder, shelf)
        } catch let half as HalfMade {
            throw half
        } catch {
            // The folder was empty, so all that is in it was made just now. A key that was there before is nobody's to take away.
            for name in (try? files.contentsOfDirectory(atPath: folder.root.path)) ?? [] {
                try? files.removeItem(at: folder.root.appending(path: name))
            }
            if !hadRoot { try? files.removeItem(at: folder.root) }
            if madeKey { try? files.removeItem(at: folder.keyFile) }
            if !hadErasures { try? files.removeItem(at: folder.erasures) }
            throw error
        }
    }
}
