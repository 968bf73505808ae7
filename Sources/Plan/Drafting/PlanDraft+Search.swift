import Domain

extension PlanDraft {
    /// The things in which a word stands: in their title, in their key, or in what is written in them; as the plan has them.
    ///
    /// - Parameter most: how many are given.
    package func things(saying word: String, most: Int) -> [PlanThing] {
        let wanted = word.trimmed.lowercased()
        guard !wanted.isEmpty else { return [] }
        var found: [PlanThing] = []
        for path in shapes.order where shapes.shapes[path] == .thing && !DraftOutline.isKept(path) {
            guard let node = root.value(at: PlanPath(path).keys) else { continue }
            let key = PlanPath(path).keys.last ?? ""
            guard key.contains(wanted) || says(node, path, wanted), let thing = thing(at: path) else { continue }
            found.append(thing)
            if found.count == most { break }
        }
        return found
    }

    /// Whether something that is written in a thing itself, and not in a thing inside it, holds a word.
    private func says(_ node: PlanNode, _ path: String, _ wanted: String) -> Bool {
        switch node.content {
        case .scalar(let text): return text.lowercased().contains(wanted)
        case .list(let nodes):
            return nodes.enumerated().contains { says($0.element, "\(path).\($0.offset + 1)", wanted) }
        case .map(let entries):
            return entries.contains { entry in
                let inner = "\(path).\(entry.key)"
                return shapes.shapes[inner] != .thing && says(entry.value, inner, wanted)
            }
        default: return false
        }
    }
}
