import Domain
import Foundation

/// One value of a register: a whole number, a text, or nothing.
///
/// Days are kept as whole days since 1970-01-01, moments as milliseconds since then.
package enum RegisterValue: Hashable, Sendable {
    case null
    case int(Int64)
    case text(String)

    package init(_ text: String?) { self = text.map(RegisterValue.text) ?? .null }
    package init(_ identifier: some Identifier) { self = .text(identifier.rawValue) }
    package init(_ number: Int) { self = .int(Int64(number)) }
    package init(_ number: Int64) { self = .int(number) }
    package init(_ day: Day) { self = .int(Int64(day.daysSinceEpoch)) }
    package init(_ day: Day?) { self = day.map { RegisterValue($0) } ?? .null }
    package init(_ instant: Instant) { self = .int(instant.milliseconds) }

    /// Several texts as one argument of a question, as a JSON array; no column holds such.
    package init(json texts: [String]) {
        // Texts can always be written as JSON.
        self = .text((try? JSONEncoder().encode(texts)).map { String(decoding: $0, as: UTF8.self) } ?? "[]")
    }
}

extension RegisterValue: Comparable {
    /// The order of the database: nothing, then numbers, then texts by their bytes.
    package static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): false
        case (.null, _): true
        case (_, .null): false
        case (.int(let left), .int(let right)): left < right
        case (.int, .text): true
        case (.text, .int): false
        case (.text(let left), .text(let right)): left.precedesByBytes(right)
        }
    }
}

extension String {
    /// Order by UTF-8 bytes, as SQLite and indexes have it; Swift's own order differs for letters with accents.
    package func precedesByBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension [RegisterValue] {
    /// Order by the first value that differs.
    package func precedes(_ other: [RegisterValue]) -> Bool { lexicographicallyPrecedes(other) }
}
