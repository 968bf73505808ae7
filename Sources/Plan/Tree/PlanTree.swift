import Domain

/// All files of one version as one tree: the keys of plan.yaml, and a branch for each other file or folder.
struct PlanTree: Sendable {
    /// The merged tree: that of the amended version with the changes of this one.
    var root: PlanNode
    /// The files of the examples; a version has its own only.
    var examples: [(file: String, node: PlanNode)]
    /// What this version changes in the one it amends.
    var touched: [PlanTouch]

    /// Branches that are files of their own, with whether a full version needs them.
    static let files = [
        "functions": true, "waaier": true, "groeidocument": true, "fields": false, "letters": false, "paragraphs": false,
        "governance": false, "retention": false,
    ]
    /// Branches that are folders with a file for each key.
    static let folders = ["procedures", "rules"]
}

/// Reads versions into trees, each once, and merges those that amend.
final class PlanTrees {
    let files: any PlanFiles
    private let readsExamples: Bool
    var problems: [PlanProblem] = []
    private var trees: [PlanKey: PlanTree] = [:]
    private var owns: [PlanKey: PlanTree] = [:]
    /// Files that every version reads, each once.
    private var shared: [String: PlanNode?] = [:]
    private var noteNumbers: [String: Set<Int>] = [:]
    private var reading: [PlanKey] = []

    /// - Parameters:
    ///   - known: trees that were read before, so that they are not read again.
    ///   - readsExamples: false for who follows the rules and tries nothing: the examples are most of what a plan has to read.
    init(_ files: any PlanFiles, known: [PlanKey: PlanTree] = [:], readsExamples: Bool = true) {
        self.files = files
        self.readsExamples = readsExamples
        trees = known
    }

    /// The tree of a version; nil when it cannot be read at all. What is wrong is added to `problems`.
    func tree(_ key: PlanKey) -> PlanTree? {
        if let known = trees[key] { return known }
        guard let names = files.names(in: key.rawValue), names.contains("plan.yaml") else {
            add(
                .noSuchPlan, at: nil, path: key.rawValue, nl: "hier is geen plan: plan.yaml ontbreekt",
                en: "there is no plan here: plan.yaml is missing")
            return nil
        }
        reading.append(key)
        defer { reading.removeLast() }
        guard let own = ownTree(key, names: names) else { return nil }
        owns[key] = own
        guard let tree = merged(own) else { return nil }
        trees[key] = tree
        return tree
    }

    /// What stands in the version's own files, as it is written; nil before its tree was asked for.
    func own(_ key: PlanKey) -> PlanTree? { owns[key] }

    /// A version's own tree laid over that of the version it amends; itself for a full version.
    func merged(_ own: PlanTree) -> PlanTree? {
        var tree = own
        if let amends = tree.root["amends"], let text = amends.scalar {
            let base = PlanKey(text)
            guard !reading.contains(base) else {
                add(
                    .amendsItself, at: amends.place, path: "amends", nl: "dit plan wijzigt uiteindelijk zichzelf",
                    en: "this plan amends itself in the end")
                return nil
            }
            guard files.names(in: text)?.contains("plan.yaml") == true else {
                add(
                    .amendsUnknown, at: amends.place, path: "amends", nl: "er is geen plan ‘\(text)’ om te wijzigen",
                    en: "there is no plan ‘\(text)’ to amend")
                return nil
            }
            guard let before = self.tree(base) else { return nil }
            var amendment = PlanAmendment()
            let root = amendment.merge(tree.root, into: before.root, path: "")
            problems += amendment.problems
            tree = PlanTree(root: root, examples: tree.examples, touched: amendment.touched)
        }
        return tree
    }

    /// What stands in the version's own files.
    private func ownTree(_ key: PlanKey, names: [String]) -> PlanTree? {
        let folder = key.rawValue
        guard let plan = node("\(folder)/plan.yaml") else { return nil }
        guard plan.isMap else {
            add(
                .wrongKind, at: plan.place, path: "", nl: "hier hoort ‘sleutel: waarde’ te staan",
                en: "this should be ‘key: value’")
            return nil
        }
        var entries: [PlanNode.Entry] = []
        for entry in plan.entries {
            if PlanTree.files[entry.key] != nil || PlanTree.folders.contains(entry.key) {
                add(
                    .unknownKey, at: entry.place, path: entry.key, nl: "dit hoort in een eigen bestand of map",
                    en: "this belongs in a file or folder of its own")
            } else {
                entries.append(entry)
            }
        }
        var tree = PlanTree(root: plan, examples: [], touched: [])
        for name in names where name != "plan.yaml" && name != "README.md" {
            let path = "\(folder)/\(name)"
            if name.hasSuffix(".yaml"), PlanTree.files[String(name.dropLast(5))] != nil {
                let node = node(path) ?? PlanNode(.unread, at: PlanPlace(file: path, line: 1))
                entries.append(PlanNode.Entry(key: String(name.dropLast(5)), place: node.place, value: node))
            } else if PlanTree.folders.contains(name) {
                let files = yamlFiles(in: path)
                let place = PlanPlace(file: path, line: 1)
                let branch = files.map { PlanNode.Entry(key: $0.name, place: $0.node.place, value: $0.node) }
                entries.append(PlanNode.Entry(key: name, place: place, value: PlanNode(.map(branch), at: place)))
            } else if name == "examples" {
                if readsExamples { tree.examples = yamlFiles(in: path).map { ("\(path)/\($0.name).yaml", $0.node) } }
            } else if name != "letters" || files.names(in: path) == nil {
                unknownFile(path)
            }
        }
        if names.contains("letters") { addLetters("\(folder)/letters", to: &entries) }
        tree.root = PlanNode(.map(entries), at: plan.place)
        return tree
    }

    private func yamlFiles(in folder: String) -> [(name: String, node: PlanNode)] {
        (files.names(in: folder) ?? []).compactMap { name in
            if name == "README.md" { return nil }
            guard name.hasSuffix(".yaml") else {
                unknownFile("\(folder)/\(name)")
                return nil
            }
            return node("\(folder)/\(name)").map { (String(name.dropLast(5)), $0) }
        }
    }

    /// Puts the texts of the letters beside their titles, under keys that nobody can write in letters.yaml by mistake.
    private func addLetters(_ folder: String, to entries: inout [PlanNode.Entry]) {
        let place = PlanPlace(file: folder, line: 1)
        let index = entries.firstIndex { $0.key == "letters" }
        var letters = index.map { entries[$0].value.entries } ?? []
        for name in files.names(in: folder) ?? [] where name != "README.md" {
            let parts = name.split(separator: ".", maxSplits: 1)
            let path = "\(folder)/\(name)"
            guard parts.count == 2, ["nl.mustache", "en.mustache"].contains(parts[1]) else {
                unknownFile(path)
                continue
            }
            guard let text = files.text(of: path) else {
                unreadable(path)
                continue
            }
            let start = PlanPlace(file: path, line: 1)
            let body = PlanNode.Entry(
                key: String(parts[1]), place: start, value: PlanNode(text.isEmpty ? .empty : .scalar(text), at: start))
            if let known = letters.firstIndex(where: { $0.key == parts[0] }) {
                letters[known].value.content = .map(letters[known].value.entries + [body])
            } else {
                letters.append(PlanNode.Entry(key: String(parts[0]), place: start, value: PlanNode(.map([body]), at: start)))
            }
        }
        if let index {
            entries[index].value.content = .map(letters)
        } else if !letters.isEmpty {
            entries.append(PlanNode.Entry(key: "letters", place: place, value: PlanNode(.map(letters), at: place)))
        }
    }

    /// A file that versions share, read once; its problems are told the first time.
    func sharedNode(_ path: String) -> PlanNode? {
        if let known = shared[path] { return known }
        let node = node(path)
        shared[path] = .some(node)
        return node
    }

    /// Numbers of the notes in which the writer of a plan says what was chosen where the source is silent.
    func notes(beside key: PlanKey) -> Set<Int> {
        let folder = key.rawValue.split(separator: "/").first.map(String.init) ?? ""
        if let known = noteNumbers[folder] { return known }
        let lines = files.text(of: "\(folder)/NOTES.md")?.split(separator: "\n") ?? []
        let numbers = Set(
            lines.compactMap { line in
                let digits = line.prefix { $0.isNumber }
                return line.dropFirst(digits.count).hasPrefix(". ") ? Int(digits) : nil
            })
        noteNumbers[folder] = numbers
        return numbers
    }

    /// A file of YAML; nil when it is not there or is no YAML.
    func node(_ path: String) -> PlanNode? {
        guard let text = files.text(of: path) else {
            unreadable(path)
            return nil
        }
        switch YAMLText.node(text, file: path) {
        case .success(let node):
            guard node.content != .empty else {
                add(
                    .emptyValue, at: node.place, path: "", nl: "dit bestand is leeg", en: "this file is empty",
                    hint: Localized(nl: "haal het weg", en: "remove it"))
                return nil
            }
            return node
        case .failure(let found):
            problems += found.problems
            return nil
        }
    }

    private func unknownFile(_ path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let known =
            ["plan.yaml", "examples", "letters", "README.md"] + PlanTree.files.keys.map { "\($0).yaml" } + PlanTree.folders
        add(
            .unknownFile, at: PlanPlace(file: path, line: 1), path: "", nl: "dit bestand hoort niet in een plan",
            en: "this file does not belong in a plan", hint: Nearest.hint(for: name, among: known.sorted()))
    }

    private func unreadable(_ path: String) {
        add(
            .unreadable, at: PlanPlace(file: path, line: 1), path: "", nl: "dit bestand kan niet als UTF-8 worden gelezen",
            en: "this file cannot be read as UTF-8")
    }

    private func add(
        _ code: PlanProblem.Code, at place: PlanPlace?, path: String, nl: String, en: String, hint: Localized? = nil
    ) {
        problems.append(PlanProblem(code, at: place, path: path, message: Localized(nl: nl, en: en), hint: hint))
    }
}
