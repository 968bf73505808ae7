/// What somebody filled in at one field: one text or several chosen values.
///
/// Days are `YYYY-MM-DD`, yes or no is `yes`/`no`, a person or a document is its key: the field's kind says how to read it.
package enum Answer: Hashable, Sendable, Codable {
    case text(String)
    case list([String])

    /// The single text; several values joined by a comma.
    package var text: String {
        switch self {
        case .text(let text): text
        case .list(let values): values.joined(separator: ",")
        }
    }

    /// The values one by one; an empty text gives none.
    package var values: [String] {
        switch self {
        case .text(let text): text.isEmpty ? [] : [text]
        case .list(let values): values
        }
    }

    /// Whether nothing at all was filled in; blanks alone are nothing.
    package var isEmpty: Bool { values.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

    /// The answer read as a civil day, when it is one.
    package var day: Day? { Day(text) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([String].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .list(let values): try container.encode(values)
        }
    }
}

/// Answers by the key of their field.
package typealias Answers = [String: Answer]

extension Answers {
    /// Whether both say the same; an empty answer says nothing.
    func isSame(as other: Answers) -> Bool {
        filter { !$0.value.isEmpty } == other.filter { !$0.value.isEmpty }
    }
}
