import Domain
import Foundation
import Testing

@Suite("A moment")
struct InstantTests {
    @Test(
        "it is written in UTC with milliseconds and read back",
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0), ("2026-11-02T09:00:00.000Z", 1_793_610_000_000), ("1969-12-31T23:59:59.999Z", -1),
            ("2028-02-29T23:59:59.120Z", 1_835_481_599_120),
        ])
    func text(text: String, milliseconds: Int64) {
        #expect(Instant(milliseconds: milliseconds).description == text)
        #expect(Instant(text)?.milliseconds == milliseconds)
    }

    @Test("milliseconds may be left out when reading")
    func withoutMilliseconds() {
        #expect(Instant("2026-11-02T09:00:00Z") == Instant("2026-11-02T09:00:00.000Z"))
    }

    @Test(
        "only RFC 3339 in UTC is read",
        arguments: [
            "", "2026-11-02", "2026-11-02T09:00:00", "2026-11-02T09:00Z", "2026-11-02t09:00:00z", "2026-11-02 09:00:00Z",
            "2026-11-02T09:00:00.0Z", "2026-11-02T09:00:00.000000Z", "2026-11-02T09:00:00,000Z", "2026-11-02T09:00:00.000+00:00",
            "2026-11-02T24:00:00Z", "2026-11-02T09:60:00Z", "2026-12-31T23:59:60Z", "2026-02-30T09:00:00Z",
            "2026-11-02T09:00:00.00xZ",
            "2026-11-02T0é:00:00Z",
        ])
    func unreadable(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("arithmetic stops at the ends of the range")
    func ends() {
        #expect(Instant(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: .min).description == "0000-01-01T00:00:00.000Z")
        #expect(Instant(milliseconds: .max).adding(milliseconds: .max) == Instant(milliseconds: .max))
        #expect(Instant(milliseconds: .min).adding(milliseconds: .min) == Instant(milliseconds: .min))
        #expect(Instant(milliseconds: 0).adding(days: .max) == Instant(milliseconds: .max))
        #expect(Instant(milliseconds: .max).day == .latest)
    }

    @Test(
        "the clock in Amsterdam is one hour ahead of UTC, in summer two, from and to 01:00 UTC on a last Sunday",
        arguments: [
            ("2026-01-15T12:00:00Z", "2026-01-15", 13, 0), ("2026-07-15T12:00:00Z", "2026-07-15", 14, 0),
            ("2026-03-29T00:59:59.999Z", "2026-03-29", 1, 59), ("2026-03-29T01:00:00Z", "2026-03-29", 3, 0),
            ("2026-10-25T00:59:59.999Z", "2026-10-25", 2, 59), ("2026-10-25T01:00:00Z", "2026-10-25", 2, 0),
            ("2026-12-31T22:59:59Z", "2026-12-31", 23, 59), ("2026-12-31T23:00:00Z", "2027-01-01", 0, 0),
            ("2026-06-30T21:59:00Z", "2026-06-30", 23, 59), ("2026-06-30T22:00:00Z", "2026-07-01", 0, 0),
            // The last Sunday is the last day of the month, and the earliest it can be.
            ("2030-03-31T01:00:00Z", "2030-03-31", 3, 0), ("2029-03-25T00:59:00Z", "2029-03-25", 1, 59),
            ("2029-03-25T01:00:00Z", "2029-03-25", 3, 0), ("2027-10-31T00:30:00Z", "2027-10-31", 2, 30),
            ("2027-10-31T01:30:00Z", "2027-10-31", 2, 30),
        ])
    func amsterdam(utc: String, day: String, hour: Int, minute: Int) {
        let instant = Instant.written(utc)
        #expect(instant.day == .written(day))
        #expect(instant.localTime == (hour, minute))
    }

    @Test("a local time that comes twice in October is the earlier one")
    func doubledHour() {
        let day = Day.written("2026-10-25")
        #expect(Instant.amsterdam(day, hour: 1, minute: 59) == .written("2026-10-24T23:59:00Z"))
        #expect(Instant.amsterdam(day, hour: 2, minute: 0) == .written("2026-10-25T00:00:00Z"))
        #expect(Instant.amsterdam(day, hour: 2, minute: 59) == .written("2026-10-25T00:59:00Z"))
        #expect(Instant.amsterdam(day, hour: 3, minute: 0) == .written("2026-10-25T02:00:00Z"))
    }

    @Test("a local time that does not come in March is the moment as if the clock had not been moved")
    func gap() {
        let day = Day.written("2026-03-29")
        #expect(Instant.amsterdam(day, hour: 1, minute: 59) == .written("2026-03-29T00:59:00Z"))
        #expect(Instant.amsterdam(day, hour: 2, minute: 30) == .written("2026-03-29T01:30:00Z"))
        #expect(Instant.amsterdam(day, hour: 2, minute: 30).localTime == (3, 30))
        #expect(Instant.amsterdam(day, hour: 3, minute: 0) == .written("2026-03-29T01:00:00Z"))
    }

    @Test("a local time is read back from its moment, every half hour of six years but the missing hours of March")
    func localRoundTrip() {
        var missing: [String] = []
        var day = Day.written("2024-01-01")
        while day < .written("2030-01-01") {
            for half in 0..<48 {
                let instant = Instant.amsterdam(day, hour: half / 2, minute: half % 2 * 30)
                if instant.day != day || instant.localTime != (half / 2, half % 2 * 30) { missing.append("\(day) \(half)") }
            }
            day = day.adding(days: 1)
        }
        let sundays = ["2024-03-31", "2025-03-30", "2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25"]
        #expect(missing == sundays.flatMap { ["\($0) 4", "\($0) 5"] })
    }

    @Test("the local date agrees with the system's time zone for forty years")
    func agreesWithFoundation() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Amsterdam"))
        var numbers = SeededNumbers(state: 1996)
        let (from, to) = (Instant.written("1996-01-01T00:00:00Z"), Instant.written("2036-01-01T00:00:00Z"))
        for _ in 0..<3000 {
            let instant = Instant(milliseconds: .random(in: from.milliseconds..<to.milliseconds, using: &numbers))
            let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
            let local = instant.milliseconds + Int64(zone.secondsFromGMT(for: date)) * 1000
            #expect(instant.day == Day(daysSinceEpoch: local / 86_400_000))
            #expect(instant.localTime.hour == Int(local / 3_600_000 % 24))
        }
    }

    @Test("order of moments is order of their text")
    func order() {
        var numbers = SeededNumbers(state: 11)
        for _ in 0..<2000 {
            let left = Instant(milliseconds: .random(in: -62_000_000_000_000...253_000_000_000_000, using: &numbers))
            let right = Instant(milliseconds: .random(in: -62_000_000_000_000...253_000_000_000_000, using: &numbers))
            #expect((left < right) == (left.description < right.description))
            #expect(Instant(left.description) == left)
        }
    }

    @Test("a day later is 24 hours later, whatever the clock on the wall does")
    func days() {
        #expect(Instant.written("2026-03-28T12:00:00Z").adding(days: 1) == .written("2026-03-29T12:00:00Z"))
        #expect(Instant.written("2026-03-28T12:00:00Z").adding(milliseconds: -1) == .written("2026-03-28T11:59:59.999Z"))
    }

    @Test("it is stored as its text, and other text is refused")
    func coding() throws {
        let instant = Instant.written("2026-11-02T09:00:00.120Z")
        #expect(String(decoding: try JSONEncoder().encode([instant]), as: UTF8.self) == #"["2026-11-02T09:00:00.120Z"]"#)
        #expect(try JSONDecoder().decode([Instant].self, from: Data(#"["2026-11-02T09:00:00.120Z"]"#.utf8)) == [instant])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Instant].self, from: Data(#"["2026-11-02T09:00:00+01:00"]"#.utf8))
        }
    }
}
