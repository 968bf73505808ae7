/// A template for numbers such as `{swv}-{school-year}-{seq:4}-{category}`.
package struct NumberTemplate: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// The names between braces, `seq` without its width.
    package var placeholders: [String] {
        pieces.compactMap { if case .value(let name, _) = $0 { name } else { nil } }
    }

    private enum Piece { case literal(String), value(name: String, width: Int) }

    private var pieces: [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            let inside = rest[rest.index(after: open)..<close].split(separator: ":")
            pieces.append(
                .value(name: inside.first.map(String.init) ?? "", width: inside.count > 1 ? Int(inside[1]) ?? 0 : 0))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        return pieces
    }

    /// The text with its values; a value that is empty takes the separator before it along.
    package func filled(_ values: [String: String]) -> String {
        var result = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): result += literal
            case .value(let name, let width):
                let value = values[name] ?? ""
                guard !value.isEmpty else {
                    while let last = result.last, !last.isLetter, !last.isNumber { result.removeLast() }
                    continue
                }
                result += String(repeating: "0", count: max(0, width - value.count)) + value
            }
        }
        return result
    }
}
