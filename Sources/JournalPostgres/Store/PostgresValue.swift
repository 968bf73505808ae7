import Domain
import Foundation
import Journal

/// A value on its way to a statement.
///
/// Every column is text, a 64-bit number or bytes, so that is all there is; several texts at once are for `= ANY (?)`.
enum PostgresValue: Sendable {
    case null
    case int(Int64)
    case text(String)
    case bytes(Data)
    case texts([String])

    init(_ value: RegisterValue) {
        switch value {
        case .null: self = .null
        case .int(let number): self = .int(number)
        case .text(let text): self = .text(text)
        }
    }

    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ bytes: Data?) { self = bytes.map { .bytes($0) } ?? .null }
    init(_ identifier: some Identifier) { self = .text(identifier.rawValue) }
    init(_ moment: Instant) { self = .int(moment.milliseconds) }
    init(_ moment: Instant?) { self = moment.map { .int($0.milliseconds) } ?? .null }
    init(_ day: Day) { self = .int(Int64(day.daysSinceEpoch)) }
    init(_ number: Int) { self = .int(Int64(number)) }
    init(_ number: Int64) { self = .int(number) }
    init(_ truth: Bool) { self = .int(truth ? 1 : 0) }
    init(_ truth: Bool?) { self = truth.map { PostgresValue($0) } ?? .null }
}

extension PostgresValue {
    /// The bytes that are sent and whether they are the database's own form; nil for nothing.
    ///
    /// An array is sent as its text, each element in quotation marks, which needs no type of its own.
    var wire: (bytes: [UInt8], isBinary: Bool)? {
        switch self {
        case .null: nil
        case .int(let number): (withUnsafeBytes(of: number.bigEndian) { Array($0) }, true)
        case .text(let text): (Array(text.utf8), true)
        case .bytes(let bytes): (Array(bytes), true)
        case .texts(let texts): (Array(Self.array(texts).utf8) + [0], false)
        }
    }

    /// Several texts as the database reads an array.
    static func array(_ texts: [String]) -> String {
        let quoted = texts.map { text in
            "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        return "{" + quoted.joined(separator: ",") + "}"
    }
}
