/// The keys that lead to a value: `procedures.tlv.clocks.decide.within`.
///
/// Items of a list go by their number, from 1.
struct PlanPath: Hashable, Sendable {
    var keys: [String]

    init(_ keys: some Sequence<String>) { self.keys = Array(keys) }

    /// Reads the dots; the text of a letter has one in its own name.
    init(_ text: String) {
        keys = text.isEmpty ? [] : text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if keys.count > 2, keys[0] == "letters", keys.last == "mustache" {
            keys.removeLast()
            keys[keys.count - 1] += ".mustache"
        }
    }

    var text: String { keys.joined(separator: ".") }

    /// The path of what holds it.
    var parent: PlanPath { PlanPath(keys.dropLast()) }
}

extension PlanNode {
    /// The value that keys lead to; nil when there is none.
    func value(at keys: some Collection<String>) -> PlanNode? {
        guard let key = keys.first else { return self }
        switch content {
        case .map: return self[key]?.value(at: keys.dropFirst())
        case .list(let nodes):
            guard let number = Int(key), nodes.indices.contains(number - 1) else { return nil }
            return nodes[number - 1].value(at: keys.dropFirst())
        default: return nil
        }
    }

    /// The same with another value at a place; nil takes it away, and what is empty by that too.
    ///
    /// Maps on the way are made. A number one past the end of a list adds an item.
    func replacing(at keys: some Collection<String>, with value: PlanNode?) -> PlanNode? {
        guard let key = keys.first else { return value }
        let rest = keys.dropFirst()
        if case .list(var nodes) = content, let number = Int(key) {
            let index = number - 1
            guard nodes.indices.contains(index) || index == nodes.count else { return self }
            let new = (nodes.indices.contains(index) ? nodes[index] : PlanNode(.map([]), at: place))
                .replacing(at: rest, with: value)
            switch (new, nodes.indices.contains(index)) {
            case (let new?, true): nodes[index] = new
            case (let new?, false): nodes.append(new)
            case (nil, true): nodes.remove(at: index)
            case (nil, false): break
            }
            return nodes.isEmpty ? nil : PlanNode(.list(nodes), at: self.place)
        }
        var entries = entries
        let index = entries.firstIndex { $0.key == key }
        let old = index.map { entries[$0].value } ?? PlanNode(.map([]), at: place)
        switch (old.replacing(at: rest, with: value), index) {
        case (let new?, let index?): entries[index].value = new
        case (let new?, nil): entries.append(Entry(key: key, place: place, value: new))
        case (nil, let index?): entries.remove(at: index)
        case (nil, nil): break
        }
        return entries.isEmpty ? nil : PlanNode(.map(entries), at: self.place)
    }

    /// Whether both say the same, wherever they stand; blanks around a text say nothing.
    func says(_ other: PlanNode) -> Bool {
        switch (content, other.content) {
        case (.scalar(let left), .scalar(let right)): left.trimmed == right.trimmed
        case (.list(let left), .list(let right)): left.count == right.count && zip(left, right).allSatisfy { $0.says($1) }
        case (.map(let left), .map(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.key == $1.key && $0.value.says($1.value) }
        default: content == other.content
        }
    }

    /// Whether it is a text in two languages.
    var isText: Bool {
        let keys = entries.map(\.key)
        return !keys.isEmpty && keys.allSatisfy { $0 == "nl" || $0 == "en" }
    }
}
