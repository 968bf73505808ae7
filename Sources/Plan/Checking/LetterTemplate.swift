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
        /// Whether it stands in the section that is repeated for each advice.
        let isAmongExperts: Bool
    }

    /// The section that is repeated for each advice.
    private static let experts = "experts"

    /// What every decision fills in; the rest are the answers that a decision copies.
    static let words: Set<String> = [
        "number", "child", "given", "born", "school", "begin", "end", "reasons", "decisionMaker", "decided", "objectionUntil",
        "partnership", "address", "email", "explanation", experts,
    ]
    /// What is known of each advice.
    static let wordsOfExpert: Set<String> = ["name", "discipline", "day"]

    /// `school-type` as letters write it: `schoolType`.
    static func word(_ key: String) -> String {
        let parts = key.split(separator: "-")
        return (parts.prefix(1) + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }).joined()
    }

    private(set) var tags: [Tag] = []

    init(_ text: String) {
        var open: [String] = []
        var rest = text[...]
        var line = 1
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count(where: \.isNewline)
            let isTriple = rest[start.upperBound...].first == "{"
            let close = isTriple ? "}}}" : "}}"
            guard let end = rest[start.upperBound...].firstRange(of: close) else { return }
            let inner = rest[start.upperBound..<end.lowerBound].drop { $0 == "{" }
            let sign = inner.first
            let name = String(inner.drop { "#^/&>!=<$".contains($0) }).trimmed
            func add(_ kind: Tag.Kind) {
                tags.append(
                    Tag(
                        kind: kind, word: name, written: String(rest[start.lowerBound..<end.upperBound]), line: line,
                        isAmongExperts: open.contains(Self.experts)))
            }
            switch sign {
            case _ where isTriple, "&": add(.unescaped)
            case "#", "^":
                add(.section)
                open.append(name)
            case "/": _ = open.popLast()
            case "!": break
            case ">", "=", "<", "$": add(.other)
            default: add(.escaped)
            }
            line += rest[start.lowerBound..<end.upperBound].count(where: \.isNewline)
            rest = rest[end.upperBound...]
        }
    }
}
