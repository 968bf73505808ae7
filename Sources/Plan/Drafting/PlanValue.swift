import Domain

/// One value of a plan that can be changed, with what it was.
package struct PlanValue: Hashable, Sendable {
    /// The keys that lead to it, with dots between them.
    package let path: String
    /// The keys from the thing that it belongs to: `[title]`, `[meeting, ahead]`, `[asks, 2, when]`.
    package let within: [String]
    package let shape: PlanShape
    /// What it can name, in the order of the plan; nil where it names nothing, or where every word will do.
    package let options: [Field.Option]?
    /// What it says now and what it says in the version that is changed; nil for nothing.
    package let said: PlanSaid?
    package let was: PlanSaid?
    /// Whether something is written there.
    package let isThere: Bool
    /// The paragraph that it stands in.
    package let source: String?
    package let place: PlanPlace?

    package var isChanged: Bool { said != was }
}

/// A thing of a plan: a route, a step, a row, a question.
package struct PlanThing: Hashable, Sendable {
    package let path: String
    package let key: String
    /// Its title, or the words that stand for one; nil when it has none.
    package let title: Localized?
    /// Whether the draft changes something in it, and whether the draft brought it.
    package let isChanged: Bool
    package let isNew: Bool
}

/// Things of one kind: the steps of a route, the rows of a table.
package struct PlanThings: Hashable, Sendable {
    package let path: String
    /// Its last key: `steps`, `rows`.
    package let key: String
    package let things: [PlanThing]
    /// What the draft took out, by its path.
    package let removed: [PlanThing]
    /// Whether the format says which there are: nothing is added to them or taken out.
    package var isFixed = false
}

extension PlanDraft {
    /// The values of one thing, in the order in which a plan is read; those of the plan itself with an empty path.
    package func values(of thing: String) -> [PlanValue] {
        (outline.values[thing] ?? []).map(value)
    }

    /// One value; nil for a path that nothing is read at.
    package func value(at path: String) -> PlanValue? { outline.owner[path] == nil ? nil : value(path) }

    /// Whether there is such a thing; the plan itself is one.
    package func hasThing(_ path: String) -> Bool {
        path.isEmpty || (shapes.shapes[path] == .thing && !DraftOutline.isKept(path))
    }

    /// The things that one thing holds, by kind.
    package func things(of thing: String) -> [PlanThings] {
        (outline.things[thing] ?? []).map { path in
            let before = ground.tree.root.value(at: PlanPath(path).keys)?.entries ?? []
            let now = root.value(at: PlanPath(path).keys)?.entries ?? []
            return PlanThings(
                path: path, key: PlanPath(path).keys.last ?? "",
                things: now.map { self.thing(PlanPath(path).keys + [$0.key], $0.value) },
                removed: before.filter { old in !now.contains { $0.key == old.key } }
                    .map { self.thing(PlanPath(path).keys + [$0.key], $0.value) })
        }
    }

    /// What stands by itself in a thing: how a version comes about, how long a dossier is kept.
    package func parts(of thing: String) -> PlanThings {
        PlanThings(
            path: thing, key: "sections",
            things: (outline.parts[thing] ?? []).compactMap { path in
                root.value(at: PlanPath(path).keys).map { self.thing(PlanPath(path).keys, $0) }
            }, removed: [], isFixed: true)
    }

    /// One thing by its path; nil when there is none.
    package func thing(at path: String) -> PlanThing? {
        guard hasThing(path), let node = root.value(at: PlanPath(path).keys) else { return nil }
        return thing(PlanPath(path).keys, node)
    }

    /// The things around one, widest first.
    package func around(_ path: String) -> [PlanThing] {
        let keys = PlanPath(path).keys
        return keys.indices.dropFirst().compactMap { thing(at: PlanPath(keys.prefix($0)).text) }.filter { !$0.path.isEmpty }
    }

    /// The thing that a path, such as that of a problem, lies in.
    package func thing(holding path: String) -> PlanThing? {
        var keys = PlanPath(path).keys
        while !keys.isEmpty {
            if let thing = thing(at: PlanPath(keys).text) { return thing }
            keys.removeLast()
        }
        return nil
    }

    /// The list of what a thing asks, to which a question can be added; nil for what asks nothing.
    package func listOfAsks(of thing: String) -> String? {
        ["asks", "start.asks"].map { thing.isEmpty ? $0 : "\(thing).\($0)" }.first { shapes.shapes[$0] == .list }
    }

    /// The fields of a list of what is asked, in its order.
    package func asked(in list: String) -> [String] {
        guard case .list(let nodes)? = root.value(at: PlanPath(list).keys)?.content else { return [] }
        return nodes.map { $0.scalar ?? $0["field"]?.scalar ?? "" }
    }

    /// The answers of a question, as things; nil for what has no answers to choose from.
    package func options(of thing: String) -> PlanThings? {
        let path = "\(thing).options"
        guard shapes.shapes[path] == .options else { return nil }
        let keys = PlanPath(path).keys
        let entries = root.value(at: keys)?.entries ?? []
        return PlanThings(
            path: path, key: "options", things: entries.map { self.thing(keys + [$0.key], $0.value) }, removed: [])
    }

    // MARK: -

    private func thing(_ keys: [String], _ node: PlanNode) -> PlanThing {
        let text = ["title", "why"].lazy.compactMap { node[$0] }.first { $0.isText } ?? (node.isText ? node : nil)
        let title = text.map { Localized(nl: $0["nl"]?.scalar?.trimmed ?? "", en: $0["en"]?.scalar?.trimmed ?? "") }
        let path = PlanPath(keys).text
        return PlanThing(
            path: path, key: keys.last ?? "", title: title,
            isChanged: touched.contains { $0.path == path || $0.path.hasPrefix(path + ".") },
            isNew: ground.tree.root.value(at: keys) == nil)
    }

    private func value(_ path: String) -> PlanValue {
        let keys = PlanPath(path).keys
        let shape = shapes.shapes[path] ?? .line
        let node = root.value(at: keys)
        let said = PlanSaid(node, shape, groups: groups)
        let owner = PlanPath(outline.owner[path] ?? "").keys
        return PlanValue(
            path: path, within: Array(keys.dropFirst(owner.count)), shape: shape, options: options(path, shape, said),
            said: said, was: PlanSaid(ground.tree.root.value(at: keys), shape, groups: ground.plan.rules.groups.map(\.id)),
            isThere: node != nil, source: source(of: keys), place: plan?.places[path])
    }

    /// The paragraph of a value: its own, else that of the nearest thing around it.
    private func source(of keys: [String]) -> String? {
        var around = keys
        while let key = around.popLast() {
            guard let map = root.value(at: around), map.isMap else { continue }
            if let own = map["\(key)-source"]?.scalar ?? map["source"]?.scalar { return own }
        }
        return nil
    }

    private func options(_ path: String, _ shape: PlanShape, _ said: PlanSaid?) -> [Field.Option]? {
        switch shape {
        case .word(let words, _), .words(let words): return words.map { Field.Option(id: $0, title: Localized(nl: $0, en: $0)) }
        case .line, .lines: break
        default: return nil
        }
        guard let named = inspection?.named else { return nil }
        let values: [String]
        switch said {
        case .line(let line)?: values = [line]
        case .lines(let lines)?: values = lines
        default: values = []
        }
        let found: PlanInspection.Named?
        if let exact = named[path] {
            found = exact
        } else if let around = named[PlanPath(path).parent.text], !values.isEmpty, values.allSatisfy(around.known.contains) {
            found = around
        } else if values.isEmpty {
            found = alike(path, named)
        } else {
            found = nil
        }
        guard let found, values.allSatisfy(found.known.contains) else { return nil }
        return found.known.map { Field.Option(id: $0, title: title(of: $0, found.kind, path)) }
    }

    /// What a key that stands nowhere here can name, by where it does stand: within the same route, or anywhere.
    private func alike(_ path: String, _ named: [String: PlanInspection.Named]) -> PlanInspection.Named? {
        let keys = PlanPath(path).keys
        guard let last = keys.last, Int(last) == nil else { return nil }
        let others = named.filter { $0.key.hasSuffix(".\(last)") }
        if let near = others.filter({ $0.key.hasPrefix("\(keys.prefix(2).joined(separator: ".")).") }).min(by: { $0.key < $1.key }
        ) {
            return near.value
        }
        guard let other = others.min(by: { $0.key < $1.key })?.value else { return nil }
        guard other.kind == .step else { return [.outcome, .clock].contains(other.kind) ? nil : other }
        guard keys.count > 1, let route = rules.procedure(keys[1]) else { return nil }
        return PlanInspection.Named(kind: .step, known: route.steps.map(\.id))
    }

    private func title(of id: String, _ kind: PlanInspection.Kind, _ path: String) -> Localized {
        let keys = PlanPath(path).keys
        let route = keys.count > 1 && keys[0] == "procedures" ? rules.procedure(keys[1]) : nil
        let title: Localized? =
            switch kind {
            case .function, .voice: rules.function(id)?.title
            case .field: rules.fields[id]?.title
            case .step: route?.step(id)?.title
            case .procedure: rules.procedure(id)?.title
            case .outcome:
                route?.outcome(id)?.title ?? rules.procedures.lazy.compactMap { $0.outcome(id)?.title }.first
            case .table: rules.tables[id]?.title
            case .letter: rules.letters[id]?.title
            case .form: rules.form(id)?.title
            case .purpose: rules.purpose(id)?.title
            case .evidence: rules.evidence.first { $0.id == id }?.title
            case .part: rules.part(id)?.title
            case .discipline: rules.disciplines.first { $0.id == id }?.title
            case .group: rules.groups.first { $0.id == id }?.title
            case .content: rules.contents?.list?.items.first { $0.id == id }?.title
            case .clock, .schoolKind, .choice: nil
            }
        return title ?? Localized(nl: id, en: id)
    }
}
