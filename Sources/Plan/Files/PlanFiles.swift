/// Where plans are read from: a folder on disk, or texts in memory.
///
/// Paths are relative to the folder that holds all plans, with `/` between their parts: `law/termijnenwet.yaml`.
package protocol PlanFiles: Sendable {
    /// Names of the files and folders in a folder, in order; nil when there is no such folder. `.` is the folder of all plans.
    func names(in folder: String) -> [String]?
    /// The text of a file; nil when there is none, or when it is not UTF-8.
    func text(of path: String) -> String?
}

/// Plans in memory, by path: for tests, and for a plan that is tried before it is saved.
package struct PlanTexts: PlanFiles {
    package var texts: [String: String]

    package init(_ texts: [String: String]) { self.texts = texts }

    package func names(in folder: String) -> [String]? {
        let prefix = folder == "." ? "" : folder + "/"
        let below = texts.keys.filter { $0.hasPrefix(prefix) }
        guard !below.isEmpty else { return nil }
        return Set(below.compactMap { $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init) }).sorted()
    }

    package func text(of path: String) -> String? { texts[path] }
}
