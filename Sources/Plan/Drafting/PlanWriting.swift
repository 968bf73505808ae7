/// Writes values as plans are written: short ones on one line, long texts folded, keys without quotation marks.
enum PlanWriting {
    /// Longest line that is begun on purpose.
    private static let width = 118

    /// A whole file.
    static func file(_ node: PlanNode) -> String {
        guard node.isMap, !node.entries.isEmpty else { return inline(node) + "\n" }
        return node.entries.flatMap { entry($0.key, $0.value, indent: 0) }.joined(separator: "\n") + "\n"
    }

    /// The lines of a key with its value.
    static func entry(_ key: String, _ node: PlanNode, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        let start = "\(blanks)\(scalar(key, isKey: true)):"
        switch node.content {
        case .scalar(let text) where text.contains("\n") || start.count + text.count > width:
            return block(text, after: start, indent: indent + 2)
        case .scalar, .removed, .empty, .unread: return ["\(start) \(inline(node))"]
        case .list(let nodes):
            let line = "\(start) \(inline(node))"
            if isShort(line, node) { return [line] }
            return [start] + nodes.flatMap { item($0, indent: indent + 2) }
        case .map(let entries):
            let line = "\(start) \(inline(node))"
            if isFlat(node), isShort(line, node) { return [line] }
            return [start] + entries.flatMap { entry($0.key, $0.value, indent: indent + 2) }
        }
    }

    private static func item(_ node: PlanNode, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        let line = "\(blanks)- \(inline(node))"
        guard case .map(let entries) = node.content, !isShort(line, node) else { return [line] }
        var lines = entries.flatMap { entry($0.key, $0.value, indent: indent + 2) }
        if let first = lines.first { lines[0] = "\(blanks)- \(first.dropFirst(indent + 2))" }
        return lines
    }

    /// Whether a line can stand on its own: short, and without a text that has lines of its own.
    private static func isShort(_ line: String, _ node: PlanNode) -> Bool { line.count <= width && !hasLines(node) }

    private static func hasLines(_ node: PlanNode) -> Bool {
        switch node.content {
        case .scalar(let text): text.contains("\n")
        case .list(let nodes): nodes.contains(where: hasLines)
        case .map(let entries): entries.contains { hasLines($0.value) }
        default: false
        }
    }

    /// Whether a map holds single values only; one with a map in it reads better over several lines.
    private static func isFlat(_ node: PlanNode) -> Bool {
        node.entries.allSatisfy { entry in
            switch entry.value.content {
            case .map: false
            case .list(let nodes): nodes.allSatisfy { $0.scalar != nil }
            case .removed: false
            default: true
            }
        }
    }

    private static func inline(_ node: PlanNode) -> String {
        switch node.content {
        case .scalar(let text): scalar(text)
        case .list(let nodes): "[" + nodes.map(inline).joined(separator: ", ") + "]"
        case .map(let entries) where entries.isEmpty: "{}"
        case .map(let entries):
            "{ " + entries.map { "\(scalar($0.key, isKey: true)): \(inline($0.value))" }.joined(separator: ", ") + " }"
        case .removed: "~"
        case .empty, .unread: ""
        }
    }

    /// A text of several lines, or one too long for its line.
    private static func block(_ text: String, after start: String, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isPlain =
            !text.contains("  ") && text.first?.isWhitespace == false && text.last?.isWhitespace == false
            && lines.allSatisfy { $0.first != " " && $0.last != " " }
            && text.unicodeScalars.allSatisfy { $0 == "\n" || !isControl($0) }
        guard isPlain else { return ["\(start) \(quoted(text))"] }
        guard lines.count == 1 else { return ["\(start) |-"] + lines.map { $0.isEmpty ? "" : blanks + $0 } }
        var folded: [String] = []
        var line = blanks
        for word in text.split(separator: " ") {
            if line.count > indent, line.count + 1 + word.count > width {
                folded.append(line)
                line = blanks
            }
            line += line.count > indent ? " \(word)" : word
        }
        return ["\(start) >-"] + folded + [line]
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127...159).contains(scalar.value) || [0xFEFF, 0x2028, 0x2029].contains(scalar.value)
    }

    private static func scalar(_ text: String, isKey: Bool = false) -> String {
        isPlain(text, isKey: isKey) ? text : quoted(text)
    }

    /// Whether a text needs no quotation marks, in a list or map on one line either.
    private static func isPlain(_ text: String, isKey: Bool) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        // Days and whole numbers are written bare, keys that are numbers are not: such is the habit of plans.
        let digits = text.utf8.allSatisfy { (48...57).contains($0) }
        let isDay =
            text.utf8.count == 10 && text.utf8.enumerated().allSatisfy { $0 == 4 || $0 == 7 ? $1 == 45 : (48...57).contains($1) }
        guard first.properties.isAlphabetic || isDay || (digits && !isKey) else { return false }
        return last != " " && last != ":"
            && text.unicodeScalars.allSatisfy { !isControl($0) && !",[]{}#&*!|>'\"%@`".unicodeScalars.contains($0) }
            && !text.contains(": ")
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where isControl(scalar):
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
