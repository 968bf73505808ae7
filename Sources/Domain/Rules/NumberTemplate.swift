/// A template for numbers such as `{swv}-{school-year}-{seq:4}-{category}`.
package struct NumberTemplate: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// The names between braces, `seq` without its width.
    package var placeholders: [String] {
        pieces.compactMap { if case .value(let name, _) = $0 { name } else { nil } }
    }

    /// More leading zeros than any number needs.
    private static let widest = 20

    private enum Piece { case literal(String), value(name: String, width: Int) }

    private var pieces: [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
            let inside = rest[rest.index(after: open)..<close].split(separator: ":")
            pieces.append(
                .value(
                    name: inside.first.map(String.init) ?? "",
                    width: inside.count > 1 ? min(Int(inside[1]) ?? 0, Self.widest) : 0))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        return pieces
    }

    /// The text with its values; a value that is empty takes the separator before it along, or at the begin the one after.
    package func filled(_ values: [String: String]) -> String {
        var result = ""
        var emptyBegin = false
        for piece in pieces {
            switch piece {
            case .literal(let literal):
                // Nothing came before it, so there is nothing to separate.
                result += emptyBegin ? String(literal.drop { !$0.isLetter && !$0.isNumber }) : literal
                emptyBegin = emptyBegin && result.isEmpty
            case .value(let name, let width):
                let value = values[name] ?? ""
                guard !value.isEmpty else {
                    while let last = result.last, !last.isLetter, !last.isNumber { result.removeLast() }
                    emptyBegin = result.isEmpty
                    continue
                }
                emptyBegin = false
                result += String(repeating: "0", count: max(0, width - value.count)) + value
            }
        }
        return result
    }
}
