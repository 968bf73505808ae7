/// A moment, the same everywhere, to the millisecond.
///
/// Kept as milliseconds since 1970-01-01T00:00Z without leap seconds. The range is that of `Day`, years 0000 to 9999 in
/// UTC; arithmetic stops at these ends.
package struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00.000Z, negative before it.
    package let milliseconds: Int64

    private static let day: Int64 = 86_400_000
    private static let hour: Int64 = 3_600_000
    private static let minute: Int64 = 60_000

    private static let first = -719_528 * day
    private static let last = 2_932_897 * day - 1

    /// The moment so many milliseconds after 1970 began in UTC; numbers outside the range give its nearest end.
    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Instant.first), Instant.last)
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// So many milliseconds later, or earlier if negative.
    package func adding(milliseconds added: Int64) -> Instant {
        let (sum, overflow) = milliseconds.addingReportingOverflow(added)
        return Instant(milliseconds: overflow ? (added < 0 ? .min : .max) : sum)
    }

    /// So many times 24 hours later, or earlier if negative; across a change of the clock the local time differs an hour.
    package func adding(days: Int) -> Instant {
        adding(milliseconds: Int64(min(max(days, -10_000_000), 10_000_000)) * Instant.day)
    }

    /// Whole days since 1970 in UTC, and the milliseconds of the day that are left.
    private static func split(_ milliseconds: Int64) -> (day: Day, rest: Int64) {
        var days = milliseconds / day
        var rest = milliseconds % day
        if rest < 0 {
            days -= 1
            rest += day
        }
        return (Day(daysSinceEpoch: days), rest)
    }
}

// Amsterdam has Central European Time, UTC+1, and in summer UTC+2 from 01:00 UTC on the last Sunday of March to 01:00 UTC
// on the last Sunday of October (Directive 2000/84/EC art. 1–4). Dutch clocks have followed this since 1996 and the rule is
// used for every year: no moment before the program existed is shown as a local time. Written out here because what a
// journal says about a past day may not depend on the zone files of the machine that reads it.
extension Instant {
    /// The civil date in Amsterdam at this moment.
    package var day: Day { Instant.split(localMilliseconds).day }

    /// The time on the clock in Amsterdam at this moment: hour 0…23, minute 0…59.
    package var localTime: (hour: Int, minute: Int) {
        let rest = Instant.split(localMilliseconds).rest
        return (Int(rest / Instant.hour), Int(rest % Instant.hour / Instant.minute))
    }

    /// The moment at which the clock in Amsterdam shows this time (hour 0…23, minute 0…59; more rolls over) on this day.
    ///
    /// In October the hour from 02:00 to 03:00 comes twice: the earlier of the two is meant. In March it does not come at
    /// all: the later reading is meant, as if the clock had not been moved, so 02:30 is the moment that is called 03:30.
    package static func amsterdam(_ day: Day, hour: Int, minute: Int) -> Instant {
        let hours = Int64(min(max(hour, -10_000_000), 10_000_000))
        let minutes = Int64(min(max(minute, -10_000_000), 10_000_000))
        let local = Int64(day.daysSinceEpoch) * Instant.day + hours * Instant.hour + minutes * Instant.minute
        let asSummer = local - 2 * Instant.hour
        return Instant(milliseconds: isSummer(asSummer) ? asSummer : local - Instant.hour)
    }

    private var localMilliseconds: Int64 {
        milliseconds + (Instant.isSummer(milliseconds) ? 2 : 1) * Instant.hour
    }

    /// True while summer time holds at this number of milliseconds since 1970 in UTC.
    private static func isSummer(_ milliseconds: Int64) -> Bool {
        let year = split(milliseconds).day.year
        return milliseconds >= changeOfClock(year: year, month: 3) && milliseconds < changeOfClock(year: year, month: 10)
    }

    /// 01:00 UTC on the last Sunday of a month of 31 days, in milliseconds since 1970.
    private static func changeOfClock(year: Int, month: Int) -> Int64 {
        guard let last = Day(year: year, month: month, day: 31) else { return .max }
        let sunday = last.adding(days: -(last.weekday.rawValue % 7))
        return Int64(sunday.daysSinceEpoch) * day + hour
    }
}

extension Instant: Codable {
    /// Reads RFC 3339 in UTC, "2026-11-02T09:00:00Z" or with exactly three decimals of a second; anything else is nil.
    ///
    /// Strict on purpose (capital T and Z, no offset, no leap second): what was written is what is read back.
    package init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { Instant.parse($0) }
        guard let parsed else { return nil }
        self.init(milliseconds: parsed)
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let colon = UInt8(ascii: ":")
        guard bytes.count == 20 || bytes.count == 24, bytes[bytes.count - 1] == UInt8(ascii: "Z"),
            let day = Day(utf8: bytes), bytes[10] == UInt8(ascii: "T"), bytes[13] == colon, bytes[16] == colon,
            let hour = Digits.number(bytes, from: 11, count: 2), hour < 24,
            let minute = Digits.number(bytes, from: 14, count: 2), minute < 60,
            let second = Digits.number(bytes, from: 17, count: 2), second < 60
        else { return nil }
        var milliseconds = 0
        if bytes.count == 24 {
            guard bytes[19] == UInt8(ascii: "."), let decimals = Digits.number(bytes, from: 20, count: 3) else { return nil }
            milliseconds = decimals
        }
        let seconds = (hour * 60 + minute) * 60 + second
        return Int64(day.daysSinceEpoch) * Instant.day + Int64(seconds * 1000 + milliseconds)
    }

    /// "2026-11-02T09:00:00.000Z": UTC, always with milliseconds, so that text order is time order.
    package var description: String {
        let (day, rest) = Instant.split(milliseconds)
        let seconds = Int(rest / 1000)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        day.append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Digits.append(seconds / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.append(seconds / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.append(seconds % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        Digits.append(Int(rest % 1000), width: 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a moment in UTC written YYYY-MM-DDThh:mm:ss.sssZ")
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
