import Domain

/// Takes the values of a stored row one by one, each as the type that it must be.
package struct RegisterReader {
    private let table: String
    private let values: [RegisterValue]
    private var next = 0

    package init(table: String, values: [RegisterValue]) {
        self.table = table
        self.values = values
    }

    private mutating func take() throws(JournalFault) -> RegisterValue {
        guard next < values.count else { throw fault }
        defer { next += 1 }
        return values[next]
    }

    /// What a row throws that does not read as its type.
    package var fault: JournalFault { .unreadableRow(table: table) }

    /// The next value, a text.
    package mutating func text() throws(JournalFault) -> String {
        guard case .text(let text) = try take() else { throw fault }
        return text
    }

    /// The next value, a text or nothing.
    package mutating func optionalText() throws(JournalFault) -> String? {
        switch try take() {
        case .text(let text): return text
        case .null: return nil
        case .int: throw fault
        }
    }

    /// The next value, a key.
    package mutating func id<ID: Identifier>() throws(JournalFault) -> ID { ID(rawValue: try text()) }

    /// The next value, a key or nothing.
    package mutating func optionalID<ID: Identifier>() throws(JournalFault) -> ID? { try optionalText().map(ID.init(rawValue:)) }

    /// The next value, a whole number.
    package mutating func int() throws(JournalFault) -> Int64 {
        guard case .int(let number) = try take() else { throw fault }
        return number
    }

    /// The next value, a whole number or nothing.
    package mutating func optionalInt() throws(JournalFault) -> Int64? {
        switch try take() {
        case .int(let number): return number
        case .null: return nil
        case .text: throw fault
        }
    }

    /// The next value, a moment.
    package mutating func instant() throws(JournalFault) -> Instant { Instant(milliseconds: try int()) }

    /// The next value, a day.
    package mutating func day() throws(JournalFault) -> Day { Day(daysSinceEpoch: try int()) }

    /// The next value, a day or nothing.
    package mutating func optionalDay() throws(JournalFault) -> Day? {
        switch try take() {
        case .int(let days): return Day(daysSinceEpoch: days)
        case .null: return nil
        case .text: throw fault
        }
    }
}
