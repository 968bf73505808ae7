import Domain

/// An example as a draft stands to it.
package struct DraftExample: Hashable, Sendable {
    /// What it says: in the draft's own files, or else in the version that is changed.
    package let example: PlanExample
    /// What must come out as it is written, and what comes out by the draft.
    package let expected: String
    package let got: String
    /// What came out by the version that is changed; nil for an example that the draft brought.
    package let before: String?
    /// Whether the draft says itself what comes out of it.
    package let isOwn: Bool
    /// Whether the draft took it out.
    package let isDropped: Bool

    package var path: String { example.path }
    /// Whether it comes out as it says.
    package var passes: Bool { isDropped || expected == got }
    /// Whether what comes out can be written down; what tries a thing that is gone can only be taken out.
    package var canBeMeant: Bool { ExampleOutcome.node(of: got, row: nil) != nil }
}

// Examples of a draft: which there are, and saying of one that what comes out now is meant.
extension PlanDraft {
    /// One example by its path: of the draft, or of what holds in the version that it changes; nil when there is none.
    package func example(at path: String) -> DraftExample? {
        let before = ground.standing.first { $0.path == path }
        let own = plan?.examples.first { $0.path == path }
        guard let example = own ?? before, example.isSituation else { return nil }
        let result = PlanExamples.run(own == nil ? example.withoutRow : example, by: rules)
        return DraftExample(
            example: example, expected: result.expected, got: result.got,
            before: before.map { PlanExamples.run($0.withoutRow, by: ground.plan.rules).got }, isOwn: own != nil,
            isDropped: plan?.dropped.contains(path) == true)
    }

    /// The examples of which the draft itself says what comes out, in the order of its files; those that it took out last.
    package var ownExamples: [DraftExample] {
        guard let plan else { return [] }
        return (plan.examples.map(\.path) + plan.dropped.sorted()).compactMap { example(at: $0) }
    }

    /// Says of an example that what comes out now is what must come out, and why.
    ///
    /// - Parameter source: where it stands; nil for as it was.
    /// - Throws: `unknown-key` for no example, or for one that tries what is not in the plan any more.
    package func meaning(_ path: String, why: Localized, source: String?) throws(PlanProblems) -> Changes {
        let (file, id) = Self.example(path)
        guard let found = example(at: path),
            let node = own(example: file, id) ?? ground.written[path],
            let expect = ExampleOutcome.node(of: result(found.example), row: node.value(at: ["expect", "row"])?.scalar)
        else { throw Self.noExample(path) }
        var written = node
        let said = PlanSaid.text(why).node(groups: [], at: .none)
        for (key, value) in [("why", said), ("expect", expect)] {
            written = written.replacing(at: [key], with: value) ?? written
        }
        if let source {
            written = written.replacing(at: ["source"], with: PlanSaid.line(source).node(groups: [], at: .none)) ?? written
        }
        return try write(file, id, written)
    }

    /// Takes an example out: what it tries is not in the plan any more.
    package func dropping(_ path: String) throws(PlanProblems) -> Changes {
        let (file, id) = Self.example(path)
        guard example(at: path) != nil else { throw Self.noExample(path) }
        let isInherited = ground.standing.contains { $0.path == path }
        return try write(file, id, isInherited ? PlanNode(.removed, at: .none) : nil)
    }

    /// Puts an example back as the version that is changed gives it.
    package func restoring(example path: String) throws(PlanProblems) -> Changes {
        let (file, id) = Self.example(path)
        return try write(file, id, nil)
    }

    // MARK: -

    /// What comes out, with the row where the example names one.
    private func result(_ example: PlanExample) -> String { PlanExamples.run(example, by: rules).got }

    private static func example(_ path: String) -> (file: String, id: String) {
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }

    private func own(example file: String, _ id: String) -> PlanNode? {
        let node = ownExampleFiles.first { PlanExample.file($0.file) == file }?.node[id]
        return node?.content == .removed ? nil : node
    }

    private func write(_ file: String, _ id: String, _ node: PlanNode?) throws(PlanProblems) -> Changes {
        let name = "examples/\(file).yaml"
        let text = try PlanFileEdit.text(files[name], file: "\(key)/\(name)", setting: [id], to: node)
        return text == files[name] ? [:] : [name: text]
    }

    private static func noExample(_ path: String) -> PlanProblems {
        PlanProblems([
            PlanProblem(
                .unknownKey, at: nil, path: "examples.\(path)",
                message: Localized(
                    nl: "van dit voorbeeld is niet op te schrijven wat er nu uitkomt",
                    en: "what comes out of this example now cannot be written down"))
        ])
    }
}

/// What comes out of an example, as a file of examples writes it.
enum ExampleOutcome {
    /// - Parameters:
    ///   - words: the words of a result: `end 2024-07-31, deviates, row so-young`, `due 2026-03-09`, `open check, advise`.
    ///   - row: the row that the example named before; nil for none.
    /// - Returns: nil when the words say that there is nothing to try.
    static func node(of words: String, row: String?) -> PlanNode? {
        var words = words
        var row = row
        if let range = words.firstRange(of: ", row ") {
            row = String(words[range.upperBound...])
            words = String(words[..<range.lowerBound])
        }
        let parts = words.split(separator: " ").map { $0.filter { $0 != "," } }
        let scalar = { (text: String) in PlanNode(.scalar(text), at: .none) }
        let map = { (pairs: [(String, PlanNode)]) in
            PlanNode(.map(pairs.map { PlanNode.Entry(key: $0, place: .none, value: $1) }), at: .none)
        }
        let named = row.flatMap { $0 == "-" ? nil : [("row", scalar($0))] } ?? []
        switch (parts.first, parts.count) {
        case ("end", 2), ("end", 3):
            return map([("end", scalar(parts[1]))] + (parts.count == 3 ? [("deviates", scalar("true"))] : []) + named)
        case ("conflict", 5):
            return map([("conflict", map([("table", scalar(parts[2])), ("law", scalar(parts[4]))]))] + named)
        case ("refused", 2): return map([("refused", scalar(parts[1]))] + named)
        case ("due", 2): return map([("due", scalar(parts[1]))])
        case ("stands", _): return map([("stands-still", scalar("true"))])
        case ("outcome", 2): return map([("outcome", scalar(parts[1]))])
        case ("open", _): return map([("open", PlanNode(.list(parts.dropFirst().map { scalar($0) }), at: .none))])
        default: return nil
        }
    }
}
