import Domain

/// What the text of a letter asks for: its tags in order, each with the line that it stands on.
struct LetterTemplate {
    /// One tag between braces.
    struct Tag {
        enum Kind {
            /// A word that is filled in as text.
            case escaped
            /// A word that is filled in as it is, whatever is in it.
            case unescaped
            /// The begin of a section.
            case section
            /// Another template, or other braces from here on.
            case other
        }

        let kind: Kind
        let word: String
        /// As it stands in the text.
        let written: String
        /// From 1.
        let line: Int
        /// The sections around it, the outermost first.
        let sections: [String]

        /// Whether the words of a decision fill it, or it is never drawn there.
        func isFilled(by words: LetterWords) -> Bool {
            func isThere(_ word: String) -> Bool { words.texts.contains(word) || words.lists[word] != nil }
            if sections.contains(where: { !isThere($0) && words.isOfOthers($0) }) { return true }
            if words.texts.contains(word) || sections.contains(where: { words.lists[$0]?.contains(word) == true }) {
                return true
            }
            if word == "." { return !sections.isEmpty }
            return kind == .section && (words.lists[word] != nil || words.isOfOthers(word))
        }
    }

    private(set) var tags: [Tag] = []
    /// The first tag or section that is not closed, or closed and not opened; nil when all are.
    private(set) var unclosed: String?

    init(_ text: String) {
        var open: [String] = []
        var rest = text[...]
        var line = 1
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count(where: \.isNewline)
            let isTriple = rest[start.upperBound...].first == "{"
            let close = isTriple ? "}}}" : "}}"
            guard let end = rest[start.upperBound...].firstRange(of: close) else {
                unclosed = unclosed ?? "{{"
                return
            }
            let inner = rest[start.upperBound..<end.lowerBound].drop { $0 == "{" }
            let sign = inner.first
            let name = String(inner.drop { "#^/&>!=<$".contains($0) }).trimmed
            func add(_ kind: Tag.Kind) {
                tags.append(
                    Tag(
                        kind: kind, word: name, written: String(rest[start.lowerBound..<end.upperBound]), line: line,
                        sections: open))
            }
            switch sign {
            case _ where isTriple, "&": add(.unescaped)
            case "#", "^":
                add(.section)
                open.append(name)
            case "/":
                if open.popLast() != name { unclosed = unclosed ?? "{{/\(name)}}" }
            case "!": break
            case ">", "=", "<", "$": add(.other)
            default: add(.escaped)
            }
            line += rest[start.lowerBound..<end.upperBound].count(where: \.isNewline)
            rest = rest[end.upperBound...]
        }
        unclosed = unclosed ?? open.last.map { "{{#\($0)}}" }
    }
}
