import Domain
import Foundation
import Journal
import JournalSQLite
import Plan
import UseCases

/// Where everything of an installation lies.
///
/// `journal.sqlite` and `keys.sqlite`, `blobs/`, `keys/master.key` and `keys/checkpoint.key` (or elsewhere), and `plans/` with
/// every version of the plan that ever held here, so that an old procedure always finds its rules. A demo has `demo.json` and `demo-people.json`;
/// `backup.json` says when the last backup succeeded.
struct DataFolder {
    let root: URL
    let keyFile: URL
    /// The list of erasures, outside the folder: whoever copies the folder does not copy it along.
    let erasures: URL

    /// - Parameter erasures: where the list of erasures is; where the folder says, or beside it under its name, when not given.
    init(_ root: URL, keyFile: URL? = nil, erasures: URL? = nil) {
        self.root = root
        self.keyFile = keyFile ?? root.appending(path: "keys/master.key")
        self.erasures = erasures ?? Self.noted(in: root) ?? Self.beside(root)
    }

    /// Where the folder says that its list of erasures is.
    private static func place(in root: URL) -> URL { root.appending(path: "erasures.place") }

    /// The list that the folder names; nil when it names none.
    static func noted(in root: URL) -> URL? {
        (try? String(contentsOf: place(in: root), encoding: .utf8)).map { URL(filePath: $0.trimmed) }
    }

    /// Where the list is when nobody said: beside the folder, under its name.
    static func beside(_ root: URL) -> URL {
        var path = root.standardizedFileURL.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return URL(filePath: "\(path).erasures")
    }

    /// Makes the list of erasures, and notes in the folder where it is: a copy of the folder then finds it too.
    func keepErasures() throws {
        try ErasureFile(erasures).create()
        try noteErasures()
    }

    private func noteErasures() throws {
        try Data("\(erasures.standardizedFileURL.path(percentEncoded: false))\n".utf8).write(to: Self.place(in: root))
    }

    /// The list of erasures.
    ///
    /// - Throws: `CommandRefusal` when the folder had one and it is not there: what must stay forgotten is not known then.
    ///
    /// - Parameter shared: the list that several nodes share; the file beside it is kept when there is one.
    func erasureList(_ shared: (any ErasureList)? = nil) throws -> any ErasureList {
        let list = ErasureFile(erasures)
        if let shared, !list.exists, Self.noted(in: root) == nil { return shared }
        guard list.exists || Self.noted(in: root) == nil else {
            throw CommandRefusal(
                "the list of erasures is not at \(erasures.path(percentEncoded: false)): say where with --erasures",
                details: ["without it a backup would bring back what was destroyed; see docs/how-to/keys.md"])
        }
        // Where it was found this time is where it is looked for the next time.
        if list.exists, Self.noted(in: root)?.standardizedFileURL != erasures.standardizedFileURL { try noteErasures() }
        let noted = NotedErasures(list, of: self)
        return if let shared { DoubledErasures(shared: shared, other: noted) } else { noted }
    }

    /// Where the key lies that signs checkpoints: beside the master key.
    var checkpointKeyFile: URL { keyFile.deletingLastPathComponent().appending(path: "checkpoint.key") }
    /// Where the key lies with which dossiers are handed over: always in the folder, because it opens nothing that is kept here.
    var transferKeyFile: URL { root.appending(path: "keys/transfer.key") }
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
    ///
    /// - Parameter place: where its stores are; with a database the folder has the plan and the master key alone.
    static func find(
        _ path: String, keyFile: String? = nil, erasures: String? = nil, in place: StorePlace = .folder
    ) throws -> DataFolder {
        let folder = DataFolder(
            URL(filePath: path, directoryHint: .isDirectory), keyFile: keyFile.map { URL(filePath: $0) },
            erasures: erasures.map { URL(filePath: $0) })
        let needed = if case .folder = place { folder.root.appending(path: "journal.sqlite") } else { folder.plans }
        guard FileManager.default.fileExists(atPath: needed.path) else {
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
}
