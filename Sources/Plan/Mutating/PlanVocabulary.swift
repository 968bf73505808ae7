import Domain

/// The words of the format: every key that the readers of a plan ask for, in its files and not in its examples, and every word
/// that they know as a value.
package final class PlanVocabulary {
    /// A word that the format knows behind a key, such as `first` behind `hit`.
    package struct Value: Hashable, Sendable, Comparable, CustomStringConvertible {
        package let key: String
        package let word: String
        package var description: String { "\(key): \(word)" }
        package static func < (one: Self, other: Self) -> Bool { (one.key, one.word) < (other.key, other.word) }
    }

    /// In alphabetical order.
    package let words: [String]
    /// All that the format knows in the files of a plan, whether one uses it or not; where one word alone can stand the key
    /// says it all.
    package let values: [Value]
    private let files: any PlanFiles
    /// Versions by the words they use, the smallest first.
    private let users: [String: [PlanKey]]
    /// Where a value stands, by version, the smallest version first.
    private let places: [Value: [(key: PlanKey, paths: Set<String>)]]
    /// The words that could stand where a value stands.
    private let others: [Value: [String]]
    /// Each plan is read once, however many words are taken from it.
    private var trials: [PlanKey: PlanMutation.Trial] = [:]

    /// - Parameter files: plans that read without a problem; what one of them does not reach in the format another may.
    /// - Throws: what cannot be read.
    package init(_ files: some PlanFiles) throws(PlanProblems) {
        var words: Set<String> = []
        var uses: [(key: PlanKey, words: Set<String>, size: Int)] = []
        var others: [Value: [String]] = [:]
        var places: [Value: [(key: PlanKey, size: Int, paths: Set<String>)]] = [:]
        for partnership in PlanLoader.partnerships(in: files) {
            for key in PlanLoader.keys(of: partnership, in: files) {
                let trees = PlanTrees(files)
                guard let tree = trees.tree(key), let own = trees.own(key) else { throw PlanProblems(trees.problems) }
                let reading = PlanReading()
                reading.shapes = PlanShapes()
                _ = PlanLoader.read(tree, key, trees, reading)
                words.formUnion(reading.words)
                var size = 0
                var used: Set<String> = []
                Self.count(own.root, &size, &used)
                uses.append((key, used, size))
                let known = (reading.shapes?.shapes ?? [:]).filter { path, _ in
                    !path.hasPrefix("examples.") && !path.hasPrefix("law.")
                }.compactMapValues(\.knownWords).filter { $0.value.count > 1 }
                for (path, all) in known {
                    for word in all { others[Value(key: Self.key(of: path), word: word), default: []] += all }
                }
                for (value, paths) in Self.values(in: own.root, known) { places[value, default: []].append((key, size, paths)) }
            }
        }
        values = others.keys.sorted()
        self.others = others.mapValues { $0.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
        self.places = places.mapValues { $0.sorted { $0.size < $1.size }.map { ($0.key, $0.paths) } }
        self.files = files
        self.words = words.sorted()
        uses.sort { $0.size < $1.size }
        users = Dictionary(
            words.map { word in (word, uses.filter { $0.words.contains(word) }.map(\.key)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Who notices that a word is gone from a whole plan: the first plan that uses it in which anybody does; nil when no plan
    /// uses it.
    package func noticed(without word: String) -> (plan: PlanKey, verdict: PlanMutation.Verdict)? {
        var last: (PlanKey, PlanMutation.Verdict)?
        for key in users[word] ?? [] {
            guard let trial = trials[key] ?? PlanMutation.Trial(key, files) else { continue }
            trials[key] = trial
            let verdict = trial.verdict(without: word)
            last = (key, verdict)
            if verdict.isNoticed { break }
        }
        return last
    }

    /// Who notices that another word stands where this one stood, everywhere in a plan: the first plan that uses it in which
    /// anybody does; nil when no plan uses it.
    package func noticed(exchanging value: Value) -> (plan: PlanKey, verdict: PlanMutation.Verdict)? {
        guard let other = other(than: value) else { return nil }
        var last: (PlanKey, PlanMutation.Verdict)?
        for (key, paths) in places[value] ?? [] {
            guard let trial = trials[key] ?? PlanMutation.Trial(key, files) else { continue }
            trials[key] = trial
            let verdict = trial.verdict(of: { tree in
                var changed = tree
                changed.root = tree.root.exchanged(value.word, for: other, at: paths)
                return changed
            })
            last = (key, verdict)
            if verdict.isNoticed { break }
        }
        return last
    }

    /// The word that comes after it where it can stand.
    private func other(than value: Value) -> String? {
        guard let all = others[value], let place = all.firstIndex(of: value.word), all.count > 1 else { return nil }
        return all[(place + 1) % all.count]
    }

    private static func key(of path: String) -> String { String(path.split(separator: ".").last ?? "") }

    /// Where which word stands that the format knows there.
    private static func values(in root: PlanNode, _ known: [String: [String]]) -> [Value: Set<String>] {
        var found: [Value: Set<String>] = [:]
        func look(_ node: PlanNode, _ path: String) {
            switch node.content {
            case .map(let entries):
                for entry in entries { look(entry.value, path.isEmpty ? entry.key : "\(path).\(entry.key)") }
            case .list(let nodes) where known[path] != nil:
                for node in nodes { look(node, path) }
            case .list(let nodes):
                for (index, node) in nodes.enumerated() { look(node, "\(path).\(index + 1)") }
            case .scalar(let text):
                guard known[path]?.contains(text) == true else { return }
                found[Value(key: key(of: path), word: text), default: []].insert(path)
            default: break
            }
        }
        look(root, "")
        return found
    }

    private static func count(_ node: PlanNode, _ size: inout Int, _ used: inout Set<String>) {
        size += 1
        switch node.content {
        case .map(let entries):
            for entry in entries {
                used.insert(entry.key)
                count(entry.value, &size, &used)
            }
        case .list(let nodes): for node in nodes { count(node, &size, &used) }
        default: break
        }
    }
}

extension PlanMutation.Trial {
    /// Who notices that a word is gone from the version's own files.
    func verdict(without word: String) -> PlanMutation.Verdict {
        verdict(of: { tree in
            var changed = tree
            changed.root = tree.root.without(word)
            return changed
        })
    }
}

extension PlanShape {
    /// The words that can stand there; nil where anything can.
    fileprivate var knownWords: [String]? {
        switch self {
        case .word(let all, _), .words(let all): all
        default: nil
        }
    }
}

extension PlanNode {
    /// This node with another word at some places; one that stood in a list beside the other word just goes.
    fileprivate func exchanged(_ word: String, for other: String, at paths: Set<String>, path: String = "") -> PlanNode {
        var changed = self
        switch content {
        case .map(let entries):
            changed.content = .map(
                entries.map { entry in
                    var entry = entry
                    let inner = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                    entry.value = entry.value.exchanged(word, for: other, at: paths, path: inner)
                    return entry
                })
        case .list(let nodes) where paths.contains(path):
            let hasOther = nodes.contains { $0.scalar == other }
            changed.content = .list(
                nodes.filter { !hasOther || $0.scalar != word }.map {
                    $0.exchanged(word, for: other, at: paths, path: path)
                })
        case .list(let nodes):
            changed.content = .list(
                nodes.enumerated().map {
                    $0.element.exchanged(word, for: other, at: paths, path: "\(path).\($0.offset + 1)")
                })
        case .scalar(word) where paths.contains(path): changed.content = .scalar(other)
        default: break
        }
        return changed
    }

    /// This node without a key, wherever it stands.
    fileprivate func without(_ key: String) -> PlanNode {
        var changed = self
        switch content {
        case .map(let entries):
            changed.content = .map(
                entries.filter { $0.key != key }.map { entry in
                    var entry = entry
                    entry.value = entry.value.without(key)
                    return entry
                })
        case .list(let nodes): changed.content = .list(nodes.map { $0.without(key) })
        default: break
        }
        return changed
    }
}
