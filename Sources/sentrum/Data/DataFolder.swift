import Domain
import Foundation
import Journal
import Plan
import UseCases

/// Where everything of an installation lies.
///
/// `journal.sqlite` and `keys.sqlite`, `blobs/`, `keys/master.key` and `keys/checkpoint.key` (or elsewhere), and `plans/` with
/// every version of the plan that ever held here, so that an old procedure always finds its rules. A demo has `demo.json` and `demo-people.json`.
struct DataFolder {
    let root: URL
    let keyFile: URL

    init(_ root: URL, keyFile: URL? = nil) {
        self.root = root
        self.keyFile = keyFile ?? root.appending(path: "keys/master.key")
    }

    /// Where the key lies that signs checkpoints: beside the master key.
    var checkpointKeyFile: URL { keyFile.deletingLastPathComponent().appending(path: "checkpoint.key") }
    /// The name of this journal, which stands in its checkpoints.
    func journalName() throws -> String { "sentrum/\(try partnership())" }

    var plans: URL { root.appending(path: "plans", directoryHint: .isDirectory) }
    var demo: URL { root.appending(path: "demo.json") }
    var demoPeople: URL { root.appending(path: "demo-people.json") }
    /// Whether all people in it are invented.
    var isDemo: Bool { FileManager.default.fileExists(atPath: demo.path) }

    /// The folder of an installation that is there.
    ///
    /// - Throws: `CommandRefusal` when there is none.
    static func find(_ path: String, keyFile: String? = nil) throws -> DataFolder {
        let folder = DataFolder(URL(filePath: path, directoryHint: .isDirectory), keyFile: keyFile.map { URL(filePath: $0) })
        guard FileManager.default.fileExists(atPath: folder.root.appending(path: "journal.sqlite").path) else {
            throw CommandRefusal("\(path) holds no installation: make one with `sentrum init` or `sentrum demo`")
        }
        return folder
    }

    /// The partnership whose plan is here.
    func partnership() throws -> String {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: plans.path)) ?? []
        let partnerships = found.filter { $0 != "law" && !$0.hasPrefix(".") }
        guard partnerships.count == 1, let partnership = partnerships.first else {
            throw CommandRefusal("\(plans.path) must hold the plan of one partnership beside law")
        }
        return partnership
    }

    /// The plan in all its versions, read and checked.
    ///
    /// - Throws: `PlanProblems`, or `CommandRefusal` when it is not there.
    func shelf() throws -> PlanShelf { try PlanLoader.shelf(try partnership(), from: PlanFolder(plans.path)) }

    /// Makes an empty installation: the folder, the plan with the law, and a new master key.
    ///
    /// - Throws: `CommandRefusal` when the folder holds something; `PlanProblems` when the plan cannot be used;
    ///   `JournalFault` when the key cannot be written. What was made before is taken away again.
    static func make(_ path: String, plan: PlanSource, keyFile: String? = nil) throws -> (folder: DataFolder, shelf: PlanShelf) {
        let files = FileManager.default
        let folder = DataFolder(URL(filePath: path, directoryHint: .isDirectory), keyFile: keyFile.map { URL(filePath: $0) })
        var isFolder: ObjCBool = false
        let existed = files.fileExists(atPath: folder.root.path, isDirectory: &isFolder)
        guard !existed || isFolder.boolValue, try !existed || files.contentsOfDirectory(atPath: folder.root.path).isEmpty else {
            throw CommandRefusal("\(path) is not empty: nothing was changed")
        }
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
            return (folder, shelf)
        } catch {
            // The folder was empty, so all that is in it was made just now.
            for name in (try? files.contentsOfDirectory(atPath: folder.root.path)) ?? [] {
                try? files.removeItem(at: folder.root.appending(path: name))
            }
            if !existed { try? files.removeItem(at: folder.root) }
            throw error
        }
    }
}
