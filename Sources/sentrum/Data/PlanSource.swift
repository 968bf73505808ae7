import Domain
import Foundation
import Plan

/// Where the plan of a new installation comes from: the folder of a partnership, or of one version of its plan.
struct PlanSource {
    private let folder: URL
    private let law: URL
    let partnership: String
    /// The one version that is taken, with what it amends; all when nil.
    private let version: String?

    /// - Throws: `CommandRefusal` when there is no plan.
    init(_ path: String, law: String?) throws {
        let given = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        let files = FileManager.default
        if files.fileExists(atPath: given.appending(path: "plan.yaml").path) {
            folder = given.deletingLastPathComponent()
            version = given.lastPathComponent
        } else {
            folder = given
            version = nil
        }
        partnership = folder.lastPathComponent
        self.law =
            law.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? folder.deletingLastPathComponent().appending(path: "law", directoryHint: .isDirectory)
        guard !versions.isEmpty else { throw CommandRefusal("\(path) holds no plan") }
        guard files.fileExists(atPath: self.law.path) else {
            throw CommandRefusal("the rules of law are not beside the plan: name their folder with --law")
        }
    }

    /// The folder with which a demo is made.
    var demo: URL { folder.appending(path: "demo", directoryHint: .isDirectory) }

    private var versions: [String] {
        PlanLoader.keys(of: partnership, in: PlanFolder(folder.deletingLastPathComponent().path))
            .compactMap { $0.rawValue.split(separator: "/").last.map(String.init) }
    }

    /// The versions to take: all, or one with those that it amends.
    private func wanted() -> [String] {
        guard let version else { return versions }
        let plans = PlanFolder(folder.deletingLastPathComponent().path)
        var found: [String] = []
        var next: String? = version
        while let name = next, versions.contains(name), !found.contains(name) {
            found.append(name)
            let lines = plans.text(of: "\(partnership)/\(name)/plan.yaml")?.split(separator: "\n") ?? []
            let amends = lines.first { $0.hasPrefix("amends:") }?.dropFirst("amends:".count)
            next = amends?.split(separator: "/").last.map { $0.filter { !$0.isWhitespace && $0 != "\"" } }
        }
        return found
    }

    func copy(to plans: URL) throws {
        let files = FileManager.default
        let own = plans.appending(path: partnership, directoryHint: .isDirectory)
        try files.createDirectory(at: own, withIntermediateDirectories: true)
        for name in wanted() {
            try Self.copy(folder.appending(path: name), to: own.appending(path: name))
        }
        // What its writer chose where no source decides; the plan's sources name its items.
        let notes = "NOTES.md"
        if files.fileExists(atPath: folder.appending(path: notes).path) {
            try Self.copy(folder.appending(path: notes), to: own.appending(path: notes))
        }
        try Self.copy(law, to: plans.appending(path: "law"))
    }

    /// Copies what is in a file or a folder, and not whose it is or what may be done with it: a plan that came with a package is the
    /// system's, and the copy is the installation's own.
    private static func copy(_ source: URL, to target: URL) throws {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: source.path, isDirectory: &isFolder), isFolder.boolValue else {
            return try Data(contentsOf: source).write(to: target)
        }
        try files.createDirectory(at: target, withIntermediateDirectories: false)
        for name in try files.contentsOfDirectory(atPath: source.path) {
            try copy(source.appending(path: name), to: target.appending(path: name))
        }
    }
}
