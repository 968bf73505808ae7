import Domain

/// The words of the format: every key that the readers of a plan ask for, in its files and not in its examples.
package final class PlanVocabulary {
    /// In alphabetical order.
    package let words: [String]
    private let files: any PlanFiles
    /// Versions by the words they use, the smallest first.
    private let users: [String: [PlanKey]]
    /// Each plan is read once, however many words are taken from it.
    private var trials: [PlanKey: PlanMutation.Trial] = [:]

    /// - Parameter files: plans that read without a problem; what one of them does not reach in the format another may.
    /// - Throws: what cannot be read.
    package init(_ files: some PlanFiles) throws(PlanProblems) {
        var words: Set<String> = []
        var uses: [(key: PlanKey, words: Set<String>, size: Int)] = []
        for partnership in PlanLoader.partnerships(in: files) {
            for key in PlanLoader.keys(of: partnership, in: files) {
                let trees = PlanTrees(files)
                guard let tree = trees.tree(key), let own = trees.own(key) else { throw PlanProblems(trees.problems) }
                let reading = PlanReading()
                _ = PlanLoader.read(tree, key, trees, reading)
                words.formUnion(reading.words)
                var size = 0
                var used: Set<String> = []
                Self.count(own.root, &size, &used)
                uses.append((key, used, size))
            }
        }
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

extension PlanNode {
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
