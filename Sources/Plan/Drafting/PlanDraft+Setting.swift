import Domain

// What becomes of the files when somebody changes something: of each file that changes its new text, nil when it is not needed
// any more. Whatever says what the version that is changed says already is left out again.
extension PlanDraft {
    /// Files by their path inside the folder of the version.
    package typealias Changes = [String: String?]

    /// The same draft with changes made.
    package func applying(_ changes: Changes) -> PlanDraft {
        var files = files
        for (file, text) in changes { files[file] = text }
        return PlanDraft(key, files: files, over: ground)
    }

    /// Another value at a place; nil leaves it out.
    ///
    /// - Throws: what keeps a file of the draft from being read; `unknown-key` for a place that no value is read at.
    package func setting(_ path: String, to said: PlanSaid?) throws(PlanProblems) -> Changes {
        guard let value = value(at: path) else { throw Self.nothing(at: path) }
        if said == value.said, value.isThere || said == nil { return [:] }
        let keys = PlanPath(path).keys
        if said == value.was { return try write(keys, ground.tree.root.value(at: keys)) }
        if value.shape == .letter, case .line(let text)? = said {
            return try write(keys, PlanNode(.scalar(text.trimmed + "\n"), at: .none))
        }
        return try write(keys, said?.node(groups: groups, at: .none))
    }

    /// Puts back what the version that is changed says: of a value, or of a thing with all that is in it.
    package func restoring(_ path: String) throws(PlanProblems) -> Changes {
        let keys = PlanPath(path).keys
        let unit = unit(keys)
        if unit.count < keys.count { return try write(keys, ground.tree.root.value(at: keys)) }
        guard own.value(at: keys) != nil else { return [:] }
        return try edit(keys, nil)
    }

    /// Takes out a thing, or an item of a list.
    package func removing(_ path: String) throws(PlanProblems) -> Changes {
        let keys = PlanPath(path).keys
        guard root.value(at: keys) != nil else { throw Self.nothing(at: path) }
        return try write(keys, nil)
    }

    /// What can be added to.
    package enum Addition: Hashable, Sendable {
        /// A row that is like another one of its table until it is changed.
        case like(String)
        /// A question with a title, of a kind.
        case field(Localized, kind: String)
        /// An answer that may be chosen.
        case option(Localized)
    }

    /// Adds a thing under a key.
    ///
    /// - Throws: `bad-key` for a key that cannot be one, `duplicate-key` for one that is taken.
    package func adding(_ addition: Addition, as key: String, to path: String) throws(PlanProblems) -> Changes {
        let keys = PlanPath(path).keys + [key]
        let reading = PlanReading()
        guard reading.isKey(PlanNode.Entry(key: key, place: .none, value: PlanNode(.empty, at: .none)), path) else {
            throw PlanProblems(reading.problems)
        }
        let isField = if case .field = addition { true } else { false }
        guard root.value(at: keys) == nil, ground.tree.root.value(at: keys) == nil, !isField || rules.fields[key] == nil else {
            throw PlanProblems([
                PlanProblem(
                    .duplicateKey, at: nil, path: PlanPath(keys).text,
                    message: Localized(nl: "‘\(key)’ is er al", en: "there is a ‘\(key)’ already"))
            ])
        }
        let scalar = { (text: String) in PlanNode(.scalar(text), at: .none) }
        switch addition {
        case .like(let other):
            guard let node = root.value(at: PlanPath(path).keys + [other]) else { throw Self.nothing(at: other) }
            return try write(keys, node)
        case .option(let title): return try write(keys, PlanSaid.text(title).node(groups: [], at: .none))
        case .field(let title, let kind):
            let node = PlanNode(.map([]), at: .none)
                .replacing(at: ["title"], with: PlanSaid.text(title).node(groups: [], at: .none))?
                .replacing(at: ["kind"], with: scalar(kind))
            return try write(keys, node)
        }
    }

    /// Asks a question of the plan at one place more: `path` is that of a list `asks`.
    package func asking(_ field: String, at path: String) throws(PlanProblems) -> Changes {
        let keys = PlanPath(path).keys
        let item = PlanNode(.scalar(field), at: .none)
        guard case .list(let nodes)? = root.value(at: keys)?.content else {
            return try write(keys, PlanNode(.list([item]), at: .none))
        }
        return try write(keys, PlanNode(.list(nodes + [item]), at: .none))
    }

    /// The path of what holds something.
    package static func holder(of path: String) -> String { PlanPath(path).parent.text }

    // MARK: -

    private static func nothing(at path: String) -> PlanProblems {
        PlanProblems([
            PlanProblem(
                .unknownKey, at: nil, path: path,
                message: Localized(nl: "hier staat niets dat u kunt veranderen", en: "there is nothing here to change"))
        ])
    }

    /// The part of a path that is one value for a version that amends: lists, texts and conditions are replaced whole.
    private func unit(_ keys: [String]) -> [String] {
        for count in 1...max(1, keys.count) where count <= keys.count {
            let part = Array(keys.prefix(count))
            if PlanAmendment.whole.contains(part[count - 1]) { return part }
            guard let node = root.value(at: part) ?? ground.tree.root.value(at: part) else { return keys }
            if node.isText { return part }
            if case .list = node.content { return part }
        }
        return keys
    }

    private func write(_ keys: [String], _ node: PlanNode?) throws(PlanProblems) -> Changes {
        let unit = unit(keys)
        let rest = keys.dropFirst(unit.count)
        let wanted = rest.isEmpty ? node : root.value(at: unit)?.replacing(at: rest, with: node)
        let before = ground.tree.root.value(at: unit)
        switch (wanted, before) {
        case (nil, nil): return try edit(unit, nil)
        case (nil, _?): return try edit(unit, PlanNode(.removed, at: .none))
        case (let wanted?, let before?) where wanted.says(before): return try edit(unit, nil)
        case (let wanted?, _): return try edit(unit, wanted)
        }
    }

    /// Writes what the draft itself says at a place; nil takes it out of its files.
    private func edit(_ keys: [String], _ node: PlanNode?) throws(PlanProblems) -> Changes {
        let (file, rest) = Self.file(of: keys)
        if file.hasSuffix(".mustache") {
            let text = node?.scalar
            return text == files[file] ? [:] : [file: text]
        }
        let path = "\(key)/\(file)"
        let text = try PlanFileEdit.text(files[file], file: path, setting: rest, to: node)
        return text == files[file] ? [:] : [file: text]
    }

    /// The file in which keys stand, and the keys inside it.
    private static func file(of keys: [String]) -> (file: String, keys: [String]) {
        guard let first = keys.first else { return ("plan.yaml", []) }
        if first == "letters", keys.count == 3, let last = keys.last, last.hasSuffix(".mustache") {
            return ("letters/\(keys[1]).\(last)", [])
        }
        if PlanTree.files[first] != nil { return ("\(first).yaml", Array(keys.dropFirst())) }
        if PlanTree.folders.contains(first), keys.count > 1 {
            return ("\(first)/\(keys[1]).yaml", Array(keys.dropFirst(2)))
        }
        return ("plan.yaml", keys)
    }
}
