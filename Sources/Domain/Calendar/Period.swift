/// A length of time in one calendar unit, written as in ISO 8601: "P6W", "P3D", "P2M", "P1Y".
///
/// One unit only: the terms of laws and plans name one, and "a month and three days" has no agreed order of adding.
package struct Period: Hashable, Sendable, CustomStringConvertible {
    /// The calendar unit that a period counts.
    package enum Unit: String, CaseIterable, Hashable, Sendable, Codable {
        case days, weeks, months, years

        /// The letter that ISO 8601 writes for it.
        var letter: Character {
            switch self {
            case .days: "D"
            case .weeks: "W"
            case .months: "M"
            case .years: "Y"
            }
        }
    }

    /// The number of units, 0…9999.
    package let amount: Int
    /// What is counted.
    package let unit: Unit

    /// So many of a unit; numbers outside 0…9999 become the nearest of these.
    package init(_ amount: Int, _ unit: Unit) {
        self.amount = min(max(amount, 0), 9999)
        self.unit = unit
    }

    /// The day a period after another: 31 January and P1M is the last of February, a week later is the same weekday.
    package func after(_ day: Day) -> Day { shifted(day, by: amount) }

    /// The day a period before another, by the same rules.
    package func before(_ day: Day) -> Day { shifted(day, by: -amount) }

    private func shifted(_ day: Day, by amount: Int) -> Day {
        switch unit {
        case .days: day.adding(days: amount)
        case .weeks: day.adding(weeks: amount)
        case .months: day.adding(months: amount)
        case .years: day.adding(years: amount)
        }
    }
}

extension Period: Codable {
    /// Reads "P", one to four digits and D, W, M or Y; anything else is nil, leading zeros too: each period has one spelling.
    package init?(_ text: String) {
        guard text.first == "P", let letter = text.last, let unit = Unit.allCases.first(where: { $0.letter == letter })
        else { return nil }
        let digits = text.dropFirst().dropLast()
        guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ (Digits.zero...Digits.zero + 9).contains($0) }),
            digits.count == 1 || digits.first != "0", let amount = Int(digits)
        else { return nil }
        self.init(amount, unit)
    }

    /// "P6W".
    package var description: String { "P\(amount)\(unit.letter)" }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let period = Period(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a period of one unit, such as P6W, P3D, P2M or P1Y")
        }
        self = period
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
