/// A civil date without a time of day, in the Gregorian calendar.
///
/// Kept as whole days since 1970-01-01, so that comparing and adding are integer work. The range is 0000-01-01 to
/// 9999-12-31, the dates that "YYYY-MM-DD" can write (ISO 8601; the calendar is carried back before its introduction);
/// arithmetic stops at these ends instead of failing.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Whole days since 1970-01-01, negative before it.
    package let daysSinceEpoch: Int32

    /// The first day that can be written, 0000-01-01.
    package static let earliest = Day(daysSinceEpoch: -719_528)
    /// The last day that can be written, 9999-12-31.
    package static let latest = Day(daysSinceEpoch: 2_932_896)

    /// The day that lies so many days after 1970-01-01; numbers outside the range give its nearest end.
    package init(daysSinceEpoch: some BinaryInteger) {
        self.daysSinceEpoch = Int32(clamping: min(max(Int(clamping: daysSinceEpoch), -719_528), 2_932_896))
    }

    /// The date of these numbers, or nil if the calendar has no such date: 30 February, month 13, year 10000.
    package init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    /// The caller knows that the date exists; only then is this the same as the failing initialiser.
    private init(validYear year: Int, month: Int, day: Int) {
        // Years are counted from 1 March, so that the leap day is a year's last day, and from a multiple of 400 years
        // before year 0, so that no division meets a negative number.
        let shiftedYear = (month > 2 ? year : year - 1) + 400
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let days = shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + dayOfYear
        self.init(daysSinceEpoch: days - Day.epochFromShiftedStart)
    }

    /// Days from 1 March of the year -400 to 1970-01-01.
    private static let epochFromShiftedStart = 719_468 + 146_097

    /// Year, month (1…12) and day of the month (1…31) at once; cheaper than asking for them one by one.
    package var parts: (year: Int, month: Int, day: Int) {
        let days = Int(daysSinceEpoch) + Day.epochFromShiftedStart
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = era * 400 + yearOfEra - 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The calendar year, 0…9999.
    package var year: Int { parts.year }
    /// The month, 1…12.
    package var month: Int { parts.month }
    /// The day of the month, 1…31.
    package var day: Int { parts.day }

    /// The day of the week.
    package var weekday: Weekday {
        // 1970-01-01 was a Thursday; 700 000 weeks are added so that the remainder is never negative.
        Weekday.allCases[(Int(daysSinceEpoch) + 3 + 4_900_000) % 7]
    }

    /// The number of days in a month (1…12) of a year.
    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// True if the year has a 29 February.
    package static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    package static func < (left: Day, right: Day) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }
}

extension Day {
    /// So many days later, or earlier if negative.
    package func adding(days: Int) -> Day { Day(daysSinceEpoch: Int(daysSinceEpoch) + days.clampedForCalendar) }

    /// So many weeks later, or earlier if negative: the same day of the week.
    package func adding(weeks: Int) -> Day { adding(days: weeks.clampedForCalendar * 7) }

    /// The same day of the month so many months later or earlier; the month's last day if it is too short for that.
    ///
    /// So 31 January and one month is 28 or 29 February.
    package func adding(months: Int) -> Day {
        let (year, month, day) = parts
        let count = year * 12 + month - 1 + months.clampedForCalendar
        guard count >= 0 else { return .earliest }
        guard count < 120_000 else { return .latest }
        let length = Day.length(ofMonth: count % 12 + 1, year: count / 12)
        return Day(validYear: count / 12, month: count % 12 + 1, day: min(day, length))
    }

    /// The same date so many years later or earlier; 29 February becomes 28 February in a year without one.
    package func adding(years: Int) -> Day { adding(months: years.clampedForCalendar * 12) }

    /// The number of days from this day to the other: 1 from today to tomorrow, negative if the other is earlier.
    package func days(until other: Day) -> Int { Int(other.daysSinceEpoch) - Int(daysSinceEpoch) }
}

extension Int {
    /// Far beyond the calendar's ten thousand years in any unit, and small enough that no product of it overflows.
    fileprivate var clampedForCalendar: Int { Swift.min(Swift.max(self, -10_000_000), 10_000_000) }
}

extension Day: Codable {
    /// Reads exactly "YYYY-MM-DD"; anything else, and a date that does not exist, is nil.
    package init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { $0.count == 10 ? Day(utf8: $0) : nil }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Reads "YYYY-MM-DD" from the first ten bytes.
    init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 10, bytes[4] == Digits.hyphen, bytes[7] == Digits.hyphen,
            let year = Digits.number(bytes, from: 0, count: 4),
            let month = Digits.number(bytes, from: 5, count: 2),
            let day = Digits.number(bytes, from: 8, count: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// "YYYY-MM-DD".
    package var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(10)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func append(to bytes: inout [UInt8]) {
        let (year, month, day) = parts
        Digits.append(year, width: 4, to: &bytes)
        bytes.append(Digits.hyphen)
        Digits.append(month, width: 2, to: &bytes)
        bytes.append(Digits.hyphen)
        Digits.append(day, width: 2, to: &bytes)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = Day(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date written YYYY-MM-DD")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
