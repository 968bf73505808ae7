import Domain
import Foundation

/// A JSON value, for answers and bodies whose names come from a plan.
indirect enum JSON: Sendable, Hashable, Codable {
    case null
    case bool(Bool)
    case int(Int)
    /// A number that is no whole one; nothing asks for it, and what cannot be read must still be named.
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let object = try? container.decode([String: JSON].self) {
            self = .object(object)
        } else if let list = try? container.decode([JSON].self) {
            self = .list(list)
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let int = try? container.decode(Int.self) {
            self = .int(int)
        } else if container.decodeNil() {
            self = .null
        } else {
            self = .number(try container.decode(Double.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .int(let int): try container.encode(int)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }

    /// The value under a name of an object; null when it is absent or this is no object.
    subscript(_ name: String) -> JSON {
        if case .object(let object) = self { object[name] ?? .null } else { .null }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    var int: Int? { if case .int(let int) = self { int } else { nil } }
    var list: [JSON]? { if case .list(let list) = self { list } else { nil } }
    var object: [String: JSON]? { if case .object(let object) = self { object } else { nil } }

    /// A text, or null for nil.
    static func optional(_ text: (some CustomStringConvertible)?) -> JSON { text.map { .text($0.description) } ?? .null }

    /// Texts in their order.
    static func texts(_ texts: some Sequence<String>) -> JSON { .list(texts.map { .text($0) }) }

    /// An object without its null members: what is not there is left out.
    static func compact(_ object: [String: JSON]) -> JSON { .object(object.filter { $0.value != .null }) }

    init(_ answer: Answer) {
        switch answer {
        case .text(let text): self = .text(text)
        case .list(let values): self = .texts(values)
        }
    }

    init(_ answers: Answers) { self = .object(answers.mapValues { JSON($0) }) }

    init(_ text: Localized) { self = .object(["nl": .text(text.nl), "en": .text(text.en)]) }

    /// The value as an answer: texts, lists of texts, booleans as yes and no, whole numbers as digits, null as empty.
    var answer: Answer? {
        switch self {
        case .text(let text): .text(text)
        case .bool(let bool): .text(bool ? "yes" : "no")
        case .int(let int): .text(String(int))
        case .list(let list): list.allSatisfy { $0.text != nil } ? .list(list.compactMap(\.text)) : nil
        case .null: .text("")
        case .number, .object: nil
        }
    }
}
