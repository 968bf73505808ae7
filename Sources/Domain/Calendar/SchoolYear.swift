/// A school year: 1 August to 31 July of the next calendar year.
///
/// The same for every school, by WPO art. 1 and WEC art. 1 (*schooljaar*), and so no setting of a plan. School holidays and
/// the first lesson day do differ by region and are data elsewhere.
package struct SchoolYear: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The calendar year in which it begins, 0…9998.
    package let startingYear: Int

    /// The school year that begins on 1 August of this year; numbers outside 0…9998 become the nearest of these.
    package init(startingIn year: Int) {
        startingYear = min(max(year, 0), 9998)
    }

    /// The school year in which the day lies.
    package init(containing day: Day) {
        let (year, month, _) = day.parts
        self.init(startingIn: month >= 8 ? year : year - 1)
    }

    /// Its 1 August.
    package var first: Day { Day(year: startingYear, month: 8, day: 1) ?? .earliest }
    /// Its 31 July, on which a TLV for speciaal onderwijs ends (WEC art. 40 lid 15).
    package var last: Day { Day(year: startingYear + 1, month: 7, day: 31) ?? .latest }

    /// The school year after this one.
    package var next: SchoolYear { SchoolYear(startingIn: startingYear + 1) }
    /// The school year before this one.
    package var previous: SchoolYear { SchoolYear(startingIn: startingYear - 1) }

    /// True from its 1 August to its 31 July, both included.
    package func contains(_ day: Day) -> Bool { first <= day && day <= last }

    package static func < (left: SchoolYear, right: SchoolYear) -> Bool { left.startingYear < right.startingYear }
}

extension SchoolYear: Codable {
    /// Reads "2026-2027"; nil if the second year is not the one after the first.
    package init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { bytes -> Int? in
            guard bytes.count == 9, bytes[4] == Digits.hyphen,
                let from = Digits.number(bytes, from: 0, count: 4), let to = Digits.number(bytes, from: 5, count: 4)
            else { return nil }
            return to == from + 1 ? from : nil
        }
        guard let parsed else { return nil }
        self.init(startingIn: parsed)
    }

    /// "2026-2027", as DUO and EDEXML write it.
    package var description: String {
        var bytes: [UInt8] = []
        Digits.append(startingYear, width: 4, to: &bytes)
        bytes.append(Digits.hyphen)
        Digits.append(startingYear + 1, width: 4, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let year = SchoolYear(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a school year written as two years that follow, such as 2026-2027")
        }
        self = year
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
