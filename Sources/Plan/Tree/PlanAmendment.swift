import Domain

/// One value that an amending version changes.
package struct PlanTouch: Hashable, Sendable, Codable {
    /// What happened to it.
    package enum Kind: String, Hashable, Sendable, Codable {
        case added, changed, removed
    }

    /// The keys that lead to the value, with dots between them.
    package let path: String
    package let kind: Kind
    /// Where the amending version says so.
    package let place: PlanPlace
    /// Where the amended version said otherwise; nil for what is added.
    package let was: PlanPlace?
    /// The values on one line, as written; nil for what was not or is no longer there.
    package let before: String?
    package let after: String?
}

/// Lays what an amending version says over the version it amends.
struct PlanAmendment {
    var touched: [PlanTouch] = []
    var problems: [PlanProblem] = []

    /// Keys whose map is one value, because half an old one and half a new one would say something nobody wrote.
    static let whole: Set = ["when", "until", "sees", "whole-school-years"]
    /// Keys that every version gives for itself, so that they are no change of content.
    static let own: Set = ["key", "amends", "in-force"]

    /// The merged node; what changed and what could not is collected.
    mutating func merge(_ change: PlanNode, into base: PlanNode, path: String) -> PlanNode {
        guard change.isMap, base.isMap, !change.isText, !base.isText else {
            if change.summary != base.summary { touch(path, .changed, change.place, base, change) }
            return change
        }
        var entries = base.entries
        for entry in change.entries {
            let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
                if entry.value.content == .removed {
                    problems.append(
                        PlanProblem(
                            .removesNothing, at: entry.place, path: path,
                            message: Localized(
                                nl: "‘~’ haalt weg wat er niet is", en: "‘~’ removes what is not there"),
                            hint: Nearest.hint(for: entry.key, among: entries.map(\.key))))
                } else {
                    touch(path, .added, entry.place, nil, entry.value)
                    entries.append(entry)
                }
                continue
            }
            let before = entries[index].value
            if entry.value.content == .removed {
                touch(path, .removed, entry.place, before, nil)
                entries.remove(at: index)
            } else if Self.whole.contains(entry.key) {
                if entry.value.summary != before.summary { touch(path, .changed, entry.place, before, entry.value) }
                entries[index] = entry
            } else {
                let merged = merge(entry.value, into: before, path: path)
                // A map keeps the place of the version that began it: what is missing in it is missing there.
                let place = merged.isMap ? entries[index].place : entry.place
                entries[index] = PlanNode.Entry(key: entry.key, place: place, value: merged)
            }
        }
        return PlanNode(.map(entries), at: base.place)
    }

    private mutating func touch(
        _ path: String, _ kind: PlanTouch.Kind, _ place: PlanPlace, _ before: PlanNode?, _ after: PlanNode?
    ) {
        guard !Self.own.contains(path) else { return }
        touched.append(
            PlanTouch(
                path: path, kind: kind, place: place, was: before?.place, before: before?.summary, after: after?.summary))
    }
}
