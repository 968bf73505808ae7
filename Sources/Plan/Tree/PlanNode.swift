/// A value of a plan's files with the line it stands on, so that every fault can say where.
struct PlanNode: Hashable, Sendable {
    /// What stands there.
    enum Content: Hashable, Sendable {
        case scalar(String)
        case list([PlanNode])
        case map([Entry])
        /// `~`: what the amended version has here is gone.
        case removed
        /// A key without a value.
        case empty
        /// A file that is no YAML: that is told already, so nothing more is said about it.
        case unread
    }

    /// One key of a map with its value.
    struct Entry: Hashable, Sendable {
        let key: String
        let place: PlanPlace
        var value: PlanNode
    }

    var content: Content
    let place: PlanPlace

    init(_ content: Content, at place: PlanPlace) {
        self.content = content
        self.place = place
    }

    /// The entries of a map; none for anything else.
    var entries: [Entry] {
        if case .map(let entries) = content { entries } else { [] }
    }

    /// The value of a key of a map.
    subscript(_ key: String) -> PlanNode? { entries.first { $0.key == key }?.value }

    var isMap: Bool {
        if case .map = content { true } else { false }
    }

    var scalar: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// The value on one line, for a list of changes.
    var summary: String {
        switch content {
        case .scalar(let text): text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        case .list(let nodes): "[" + nodes.map(\.summary).joined(separator: ", ") + "]"
        case .map(let entries): "{ " + entries.map { "\($0.key): \($0.value.summary)" }.joined(separator: ", ") + " }"
        case .removed: "~"
        case .empty, .unread: ""
        }
    }
}
