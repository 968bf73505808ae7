/// A source is one or more references with `;` between them, each with or without a remark between brackets.
///
/// Within one reference `en`, `,` and `tot en met` add others of the same kind: `deel 2, 1.7.4 en 1.8`, `Awb art. 7:10 lid 1 en
/// 7:13`. What was chosen because the source is silent says so: `gekozen (NOTES.md, 7)`.
extension PlanOutline {
    /// One thing that a source names.
    package struct Reference: Hashable, Sendable {
        /// What it stands for.
        package enum Target: Hashable, Sendable {
            case paragraph(Paragraph)
            case law(LawArticle)
            /// Chosen by who wrote the plan; the number is that of the note which says so.
            case chosen(note: Int?)
            /// Nothing that this plan or the law's list knows.
            case unknown
        }

        /// As it is written.
        package let text: String
        package let target: Target
    }

    /// What a source names, in its order.
    package func references(in source: String) -> [Reference] {
        source.split(separator: ";").map { Self.trimmed($0) }.filter { !$0.isEmpty }.flatMap(references(inPart:))
    }

    /// The paragraphs that a source names, each once.
    package func paragraphs(in source: String) -> [Paragraph] {
        references(in: source).reduce(into: []) { found, reference in
            if case .paragraph(let paragraph) = reference.target, !found.contains(paragraph) { found.append(paragraph) }
        }
    }

    /// How a plan says that something stands in no source.
    private static let chosen = [
        "gekozen", "chosen", "niet in de bron", "not in the source", "zie ook NOTES.md", "see also NOTES.md",
    ]
    /// How one reference adds another.
    private static let joints = [" tot en met ", " en ", ", ", " and ", " to "]

    private func references(inPart part: String) -> [Reference] {
        if let target = target(of: part) { return [Reference(text: part, target: target)] }
        if Self.chosen.contains(where: { part == $0 || part.hasPrefix($0 + " ") || part.hasPrefix($0 + ",") }) {
            return [Reference(text: part, target: .chosen(note: Self.note(in: part)))]
        }
        var found: [Reference] = []
        var rest = Self.withoutRemark(part)
        while !rest.isEmpty {
            guard let (text, target, after) = longest(of: rest, after: found.last?.text) else {
                return found + [Reference(text: found.isEmpty ? part : rest, target: .unknown)]
            }
            found.append(Reference(text: text, target: target))
            rest = after
        }
        return found
    }

    /// The longest known reference that the text begins with, whole or after a beginning of the one before.
    private func longest(of text: String, after previous: String?) -> (String, Reference.Target, rest: String)? {
        var ends = [(head: text, rest: "")]
        for joint in Self.joints {
            var from = text.startIndex
            while let range = text[from...].firstRange(of: joint) {
                ends.append((String(text[..<range.lowerBound]), String(text[range.upperBound...])))
                from = range.upperBound
            }
        }
        ends.sort { $0.head.count > $1.head.count }
        for (head, rest) in ends {
            for beginning in Self.beginnings(of: previous) {
                if let target = target(of: beginning + head) { return (beginning + head, target, rest) }
            }
        }
        return nil
    }

    /// What a paragraph or article is called, with the members of an article left out.
    private func target(of text: String) -> Reference.Target? {
        let text = Self.withoutRemark(text)
        if let paragraph = paragraph(text) { return .paragraph(paragraph) }
        if let article = article(text) { return .law(article) }
        for member in [" lid ", " onder "] {
            guard let range = text.firstRange(of: member), let article = article(String(text[..<range.lowerBound])) else {
                continue
            }
            let members = text[range.upperBound...].split(separator: " ", omittingEmptySubsequences: false)
            guard
                members.allSatisfy({
                    (1...5).contains($0.count) && !Self.joints.contains(" \($0) ") && !$0.hasSuffix(",") && !$0.contains(":")
                })
            else { continue }
            return .law(article)
        }
        return nil
    }

    /// What may stand before a reference that leaves its beginning out: nothing, or the words of the one before, most first.
    private static func beginnings(of previous: String?) -> [String] {
        guard let previous else { return [""] }
        let ends = previous.indices.filter { previous[$0] == " " }.map { previous.index(after: $0) }
        return [""] + ends.reversed().map { String(previous[..<$0]) }
    }

    private static func withoutRemark(_ text: String) -> String {
        guard text.hasSuffix(")"), let open = text.firstRange(of: " (") else { return text }
        return String(text[..<open.lowerBound])
    }

    private static func note(in text: String) -> Int? {
        guard let range = text.firstRange(of: "NOTES.md, ") else { return nil }
        return Int(text[range.upperBound...].prefix { $0.isNumber })
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
