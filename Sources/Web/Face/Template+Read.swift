extension Template {
    /// What is wrong with the text of a template, and in which line, counted from one.
    struct Unreadable: Error, Equatable {
        enum Problem: String { case openTag, wrongEnd, missingEnd, unknownTag, notABlock }
        let problem: Problem
        let line: Int
    }

    /// Reads the text of a template.
    ///
    /// A tag that opens or closes something and stands alone on its line takes the line with it.
    ///
    /// - Throws: `Unreadable`.
    init(_ text: String) throws {
        var reader = Reader(text)
        self = try reader.template(until: nil, isLineStart: true)
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var position = 0

        private static let lineEnd = UInt8(ascii: "\n")
        private static let open = UInt8(ascii: "{")
        private static let close = UInt8(ascii: "}")

        init(_ text: String) { bytes = Array(text.utf8) }

        /// Everything up to the end of a section, or of the text.
        ///
        /// - Parameter end: the name in the tag that closes it; nil for the text as a whole.
        mutating func template(until end: String?, isLineStart: Bool) throws -> Template {
            var pieces: [Piece] = []
            var isLineStart = isLineStart
            while position < bytes.count {
                let text = self.text()
                if !text.isEmpty {
                    pieces.append(.text(text))
                    isLineStart = text.utf8.last == Self.lineEnd
                }
                guard isAtTag else { continue }
                let tag = try self.tag()
                var tookLine = false
                if "#^/<>$!".contains(tag.kind), isLineStart { tookLine = takeRestOfLine() }
                switch tag.kind {
                case "/":
                    guard tag.name == end else { throw problem(.wrongEnd) }
                    return Template(pieces: pieces)
                case "!": break
                case "#", "^":
                    let inside = try template(until: tag.name, isLineStart: tookLine)
                    pieces.append(.section(Name(tag.name), inverted: tag.kind == "^", inside))
                case ">": pieces.append(.part(tag.name, blocks: [:]))
                case "<":
                    let inside = try template(until: tag.name, isLineStart: true)
                    var blocks: [String: Template] = [:]
                    for piece in inside.pieces {
                        switch piece {
                        case .block(let name, let template): blocks[name] = template
                        case .text: break
                        default: throw problem(.notABlock)
                        }
                    }
                    pieces.append(.part(tag.name, blocks: blocks))
                case "$":
                    pieces.append(.block(tag.name, try template(until: tag.name, isLineStart: tookLine)))
                default: pieces.append(.value(Name(tag.name), raw: tag.kind != "."))
                }
                isLineStart = tookLine
            }
            guard end == nil else { throw problem(.missingEnd) }
            return Template(pieces: pieces)
        }

        private var isAtTag: Bool {
            position + 1 < bytes.count && bytes[position] == Self.open && bytes[position + 1] == Self.open
        }

        /// Text up to the next tag, at most one line with its end.
        private mutating func text() -> String {
            let start = position
            while position < bytes.count {
                if bytes[position] == Self.lineEnd {
                    position += 1
                    break
                }
                if isAtTag { break }
                position += 1
            }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        /// The tag here: its sign, `.` for a plain value and `{` or `&` for one that is not made safe, and its name.
        private mutating func tag() throws -> (kind: Character, name: String) {
            position += 2
            var kind: Character = "."
            if position < bytes.count {
                let sign = Character(UnicodeScalar(bytes[position]))
                if "#^/<>$!{&".contains(sign) {
                    kind = sign
                    position += 1
                }
            }
            let start = position
            while position < bytes.count, bytes[position] != Self.close { position += 1 }
            let name = String(decoding: bytes[start..<position], as: UTF8.self).filter { $0 != " " }
            for _ in 0..<(kind == "{" ? 3 : 2) {
                guard position < bytes.count, bytes[position] == Self.close else { throw problem(.openTag) }
                position += 1
            }
            let isKnown = name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"):
                    true
                default: false
                }
            }
            guard kind == "!" || isKnown && !name.isEmpty else { throw problem(.unknownTag) }
            return (kind, name)
        }

        /// Passes over what is left of the line when that is nothing but spaces.
        private mutating func takeRestOfLine() -> Bool {
            var end = position
            while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") { end += 1 }
            guard position < bytes.count else { return true }
            guard end < bytes.count, bytes[end] == Self.lineEnd else { return false }
            position = end + 1
            return true
        }

        private func problem(_ problem: Unreadable.Problem) -> Unreadable {
            Unreadable(problem: problem, line: bytes[..<position].count { $0 == Self.lineEnd } + 1)
        }
    }
}

extension Template.Name {
    /// A name as it stands in a tag.
    fileprivate init(_ text: String) {
        asksIfEmpty = text.hasPrefix("empty(") && text.hasSuffix(")")
        let name = asksIfEmpty ? String(text.dropFirst("empty(".count).dropLast()) : text
        steps = name.split(separator: ".").map(String.init)
    }
}
