import Domain

/// Every change that is made to a version, one value at a time.
///
/// Texts are emptied and changed, yes becomes no, numbers, periods and days go one down and one up, items of lists are dropped, what an
/// amending version removes is kept, a source becomes another paragraph, and every other word becomes another one that could
/// stand there and one that nobody knows.
struct PlanMutants {
    private let outline: [String]
    /// The words that could stand where one of them stands; nearer ones first.
    private let pools: [[String]]
    private let poolsByProcedure: [String: [[String]]]

    init(_ plan: LoadedPlan, whole root: PlanNode) {
        let rules = plan.rules
        outline = rules.outline.paragraphs.map(\.reference)
        let enumerations: [[String]] = [
            ["always", "named", "never"], ["received", "complete"], CountsBy.allCases.map(\.rawValue),
            FunctionRule.Place.allCases.map(\.rawValue), DossierPart.allCases.map(\.rawValue),
            DossierAct.allCases.map(\.rawValue), DecisionTable.HitPolicy.allCases.map(\.rawValue),
            ["text", "paragraph", "day", "moment", "yes-no"], ["choice", "choices"],
        ]
        var pools = [
            rules.functions.map(\.id), rules.fields.keys.sorted(), rules.procedures.map(\.id), rules.tables.keys.sorted(),
            rules.letters.keys.sorted(), rules.purposes.map(\.id), rules.evidence.map(\.id), rules.groeidocument.parts.map(\.id),
            rules.disciplines.map(\.id), rules.groups.map(\.id), rules.tiers.flatMap(\.forms).map(\.id),
            rules.procedures.flatMap(\.outcomes).map(\.id),
        ]
        pools += rules.fields.sorted { $0.key < $1.key }.map { $0.value.options.map(\.id) }
        self.pools = (enumerations + pools).filter { $0.count > 1 }
        poolsByProcedure = Dictionary(
            rules.procedures.map { ($0.id, [$0.steps.map(\.id), $0.outcomes.map(\.id)]) }
        ) { first, _ in first }
    }

    func all(in root: PlanNode) -> [PlanMutant] {
        var found: [PlanMutant] = []
        gather(root, path: "", key: "", position: [], into: &found)
        return found
    }

    private func gather(_ node: PlanNode, path: String, key: String, position: [Int], into found: inout [PlanMutant]) {
        switch node.content {
        case .scalar(let text):
            for (change, other) in changes(of: text, key: key, path: path) {
                let content: PlanNode.Content = other.isEmpty ? .empty : .scalar(other)
                found.append(
                    PlanMutant(
                        path: path, place: node.place, change: change, before: node.summary, after: other,
                        isWording: PlanMutant.isWording(key),
                        position: position, replacement: .value(PlanNode(content, at: node.place))))
            }
        case .list(let nodes):
            for (index, item) in nodes.enumerated() {
                let inner = "\(path).\(index + 1)"
                found.append(
                    PlanMutant(
                        path: inner, place: item.place, change: .dropped, before: item.summary, after: nil,
                        isWording: item["nl"] != nil, position: position + [index], replacement: .nothing))
                gather(item, path: inner, key: key, position: position + [index], into: &found)
            }
        case .map(let entries):
            for (index, entry) in entries.enumerated() {
                let inner = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                if entry.value.content == .removed {
                    found.append(
                        PlanMutant(
                            path: inner, place: entry.place, change: .kept, before: "~", after: nil, isWording: false,
                            position: position + [index], replacement: .nothing))
                } else {
                    gather(entry.value, path: inner, key: entry.key, position: position + [index], into: &found)
                }
            }
        case .removed, .empty, .unread: break
        }
    }

    private func changes(of text: String, key: String, path: String) -> [(PlanMutant.Change, String)] {
        if PlanMutant.isWording(key) { return [(.emptied, ""), (.reworded, text + " x")] }
        if text == "true" { return [(.flipped, "false")] }
        if text == "false" { return [(.flipped, "true")] }
        if key == "source" || key.hasSuffix("-source") {
            let at = outline.firstIndex { text == $0 } ?? outline.firstIndex { text.contains($0) } ?? 0
            let next = outline.isEmpty ? [] : [(PlanMutant.Change.other, outline[(at + 1) % outline.count])]
            return next.filter { $0.1 != text } + [(.unknown, "paragraaf 99.9")]
        }
        if let period = Period(text) {
            return [(PlanMutant.Change.lower, -1), (.higher, 1)].filter { period.amount + $0.1 > 0 }.map {
                ($0.0, Period(period.amount + $0.1, period.unit).description)
            }
        }
        if let day = Day(text) {
            return [(.lower, day.adding(days: -1).description), (.higher, day.adding(days: 1).description)]
        }
        if let dots = text.firstRange(of: "..") {
            let (from, to) = (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
            return [(PlanMutant.Change.lower, -1), (.higher, 1)].flatMap { change, by in
                let moved = { (end: String) in Int(end).map { String($0 + by) } }
                return [moved(from).map { "\($0)..\(to)" }, moved(to).map { "\(from)..\($0)" }].compactMap(\.self)
                    .map { (change, $0) }
            }
        }
        var changes: [(PlanMutant.Change, String)] = []
        if let other = sibling(of: text, path: path) {
            changes.append((.other, other))
        } else if let number = Int(text) {
            return [(.lower, String(number - 1)), (.higher, String(number + 1))]
        }
        return changes + [(.unknown, text + "x")]
    }

    /// The next word of the nearest pool that has this one.
    private func sibling(of text: String, path: String) -> String? {
        let parts = path.split(separator: ".").map(String.init)
        let own = parts.count > 1 && parts[0] == "procedures" ? poolsByProcedure[parts[1]] ?? [] : []
        let last = parts.last { Int($0) == nil } ?? ""
        let near = [
            "then", "opens", "plans", "waits-for", "paused-in", "met-by", "advices", "end", "not-actor-of", "warn-actor-of",
            "step",
        ]
        for pool in near.contains(last) ? own + pools : pools + own {
            guard let at = pool.firstIndex(of: text), pool.count > 1 else { continue }
            return pool[(at + 1) % pool.count]
        }
        return nil
    }
}
