import Domain

/// Files with versions laid over them that stand nowhere yet: drafts, and what was put in force from the journal.
///
/// A version that is laid over hides a folder of the same name whole, so that two never mix.
package struct PlanOverlay: PlanFiles {
    private let base: any PlanFiles
    private let versions: [String: PlanTexts]

    /// - Parameter versions: the text of each file by its path inside the folder of the version.
    package init(_ base: any PlanFiles, _ versions: [PlanKey: [String: String]]) {
        self.base = base
        self.versions = Dictionary(
            versions.map { key, texts in
                (key.rawValue, PlanTexts(Dictionary(texts.map { ("\(key)/\($0)", $1) }, uniquingKeysWith: { $1 })))
            }, uniquingKeysWith: { $1 })
    }

    /// The version that a path lies in, among those laid over.
    private func version(of path: String) -> PlanTexts? {
        let parts = path.split(separator: "/")
        return parts.count < 2 ? nil : versions[parts.prefix(2).joined(separator: "/")]
    }

    package func names(in folder: String) -> [String]? {
        if let version = version(of: folder) { return version.names(in: folder) }
        let prefix = folder == "." ? "" : "\(folder)/"
        let below = versions.keys.filter { $0.hasPrefix(prefix) }
            .compactMap { $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init) }
        guard let names = base.names(in: folder) else { return below.isEmpty ? nil : Set(below).sorted() }
        return Set(names + below).sorted()
    }

    package func text(of path: String) -> String? {
        if let version = version(of: path) { return version.text(of: path) }
        return base.text(of: path)
    }
}

/// The lines of `plan.yaml` that a program writes itself.
package enum PlanFileText {
    /// The first `plan.yaml` of a version that changes another one.
    package static func beginning(_ key: PlanKey, amends: PlanKey, title: Localized, from: Day) -> String {
        """
        key: \(key)
        amends: \(amends)
        title: { nl: \(quoted(title.nl)), en: \(quoted(title.en)) }
        in-force: \(from)

        """
    }

    /// The same text with the first and the last day that were decided.
    ///
    /// - Parameter until: nil leaves what the text says of the last day.
    package static func dated(_ text: String, from: Day, until: Day?) -> String {
        let told = with("in-force", from.description, in: text)
        return until.map { with("until", $0.description, in: told) } ?? told
    }

    private static func with(_ key: String, _ value: String, in text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let index = lines.firstIndex(where: { $0.hasPrefix("\(key):") }) {
            lines[index] = "\(key): \(value)"
        } else {
            if lines.last?.isEmpty == true { lines.removeLast() }
            lines += ["\(key): \(value)", ""]
        }
        return lines.joined(separator: "\n")
    }

    /// A text between quotation marks, as YAML reads it back.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ")
        return "\"\(escaped)\""
    }
}
