import Foundation
import JWTKit

/// What a provider says of somebody: names with values of any kind, of which only what is asked for is looked at.
struct Claims: Hashable, Sendable {
    /// A value as JSON has it; objects and nested lists say nothing that is used here.
    enum Value: Hashable, Sendable {
        case text(String)
        case number(Double)
        case flag(Bool)
        case list([Value])
        case other
    }

    var values: [String: Value]

    /// The texts of a claim: one, or those of a list.
    func texts(_ name: String) -> [String] {
        switch values[name] {
        case .text(let text): [text]
        case .list(let list):
            list.compactMap { if case .text(let text) = $0 { text } else { nil } }
        default: []
        }
    }

    /// The text of a claim that is one text.
    func text(_ name: String) -> String? {
        if case .text(let text) = values[name], !text.isEmpty { text } else { nil }
    }

    /// Whole seconds since 1970.
    func seconds(_ name: String) -> Int64? {
        guard case .number(let number) = values[name], number.isFinite, abs(number) < 1e12 else { return nil }
        return Int64(number)
    }

    /// True only for `true`; some providers write it as a text.
    func isTrue(_ name: String) -> Bool { values[name] == .flag(true) || values[name] == .text("true") }

    /// The claims of the token, and those of another answer that it does not have.
    func adding(_ others: Claims) -> Claims { Claims(values: values.merging(others.values) { own, _ in own }) }
}

extension Claims.Value: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([Claims.Value].self) {
            self = .list(list)
        } else {
            self = .other
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let list): try container.encode(list)
        case .other: try container.encodeNil()
        }
    }
}

extension Claims: JWTPayload {
    init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: Value].self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    /// What the claims say is judged by `IDTokenCheck`, which knows the question and the moment.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
