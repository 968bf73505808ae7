import Domain
import Foundation

/// Plans in a folder on disk: `law/` and a folder for each partnership, with one for each version.
package struct PlanFolder: PlanFiles {
    package let root: String

    /// - Parameter root: the folder that holds all plans, such as `plans`.
    package init(_ root: String) { self.root = root }

    /// The folder of all plans and the key of the version that a path such as `plans/name/2020` stands for.
    ///
    /// Nothing is looked up: a path with fewer than two parts gives nil.
    package static func locate(_ path: String) -> (folder: PlanFolder, key: PlanKey)? {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        let version = url.lastPathComponent
        let partnership = url.deletingLastPathComponent()
        let root = partnership.deletingLastPathComponent()
        guard !version.isEmpty, version != "/", partnership.lastPathComponent != "/" else { return nil }
        return (PlanFolder(root.path), PlanKey("\(partnership.lastPathComponent)/\(version)"))
    }

    package func names(in folder: String) -> [String]? {
        // Files that begin with a dot are an editor's or the system's, never part of a plan.
        (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)"))?.filter { !$0.hasPrefix(".") }.sorted()
    }

    package func text(of path: String) -> String? {
        FileManager.default.contents(atPath: "\(root)/\(path)").flatMap { String(data: $0, encoding: .utf8) }
    }
}
