import Domain
import Foundation
import Testing

@Suite("A civil date")
struct DayTests {
    @Test("the epoch is Thursday 1 January 1970")
    func epoch() {
        let day = Day(daysSinceEpoch: 0)
        #expect(day.description == "1970-01-01")
        #expect(day.weekday == .thursday)
        #expect(Day(year: 1970, month: 1, day: 1) == day)
    }

    @Test(
        "a date that the calendar does not have is none",
        arguments: [
            (2026, 2, 29), (2026, 2, 30), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0), (2026, 1, 32),
            (-1, 12, 31), (10_000, 1, 1),
        ])
    func impossible(year: Int, month: Int, day: Int) {
        #expect(Day(year: year, month: month, day: day) == nil)
    }

    @Test(
        "29 February exists every fourth year, not every hundredth, but every four hundredth",
        arguments: [
            (2024, true), (2025, false), (2028, true), (1900, false), (2000, true), (2100, false), (2400, true), (0, true),
        ])
    func leapDays(year: Int, exists: Bool) {
        #expect(Day.isLeap(year) == exists)
        #expect((Day(year: year, month: 2, day: 29) != nil) == exists)
        #expect(Day.length(ofMonth: 2, year: year) == (exists ? 29 : 28))
    }

    @Test(
        "only YYYY-MM-DD is read",
        arguments: [
            "", "2026", "2026-1-2", "2026-01-2", "26-01-02", "2026/01/02", "2026-01-02 ", " 2026-01-02", "2026-01-02T00:00",
            "20260102",
            "2026-02-30", "+026-01-02", "2026-01-0x", "２０２６-01-02", "2026-01-0é", "-001-01-01", "2026-01--1",
        ])
    func unreadable(text: String) {
        #expect(Day(text) == nil)
    }

    @Test("each day of two hundred years has the date after the day before, and is read back as written")
    func roundTrip() {
        var (year, month, date, weekday) = (1899, 12, 31, 7)
        var days = Day.written("1899-12-31").daysSinceEpoch
        var wrong = 0
        while year < 2101 {
            let day = Day(daysSinceEpoch: days)
            let again = Day(day.description)
            if (day.year, day.month, day.day) != (year, month, date) || day.weekday.rawValue != weekday { wrong += 1 }
            if again != day || Day(year: year, month: month, day: date) != day { wrong += 1 }
            if Day(daysSinceEpoch: days + 1) <= day { wrong += 1 }
            days += 1
            weekday = weekday % 7 + 1
            date += 1
            if date > Day.length(ofMonth: month, year: year) { (month, date) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(wrong == 0)
        #expect(days == Day.written("2101-01-01").daysSinceEpoch)
    }

    @Test("order of days is order of their text")
    func order() {
        var numbers = SeededNumbers(state: 7)
        for _ in 0..<2000 {
            let left = Day(daysSinceEpoch: Int32.random(in: -719_528...2_932_896, using: &numbers))
            let right = Day(daysSinceEpoch: Int32.random(in: -719_528...2_932_896, using: &numbers))
            #expect((left < right) == (left.description < right.description))
            #expect(left.adding(days: left.days(until: right)) == right)
        }
    }

    @Test("the range ends at the dates that four digits can write, and arithmetic stops there")
    func ends() {
        #expect(Day.earliest.description == "0000-01-01")
        #expect(Day.latest.description == "9999-12-31")
        #expect(Day(daysSinceEpoch: Int.max) == .latest)
        #expect(Day(daysSinceEpoch: Int64.min) == .earliest)
        #expect(Day.latest.adding(days: 1) == .latest)
        #expect(Day.latest.adding(days: .max) == .latest)
        #expect(Day.latest.adding(weeks: .max) == .latest)
        #expect(Day.latest.adding(months: 1) == .latest)
        #expect(Day.latest.adding(years: .max) == .latest)
        #expect(Day.earliest.adding(days: .min) == .earliest)
        #expect(Day.earliest.adding(weeks: -1) == .earliest)
        #expect(Day.earliest.adding(months: .min) == .earliest)
        #expect(Day.earliest.adding(years: -1) == .earliest)
    }

    @Test(
        "a month later is the same date, or the month's last day if it is shorter",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"), ("2026-08-31", 13, "2027-09-30"),
            ("2026-05-05", 0, "2026-05-05"), ("2026-01-31", -25, "2023-12-31"),
        ])
    func months(from: String, months: Int, to: String) {
        #expect(Day.written(from).adding(months: months) == .written(to))
    }

    @Test("months back and forth keep the date, or stop at the last day of the month that is reached")
    func anyMonths() {
        var numbers = SeededNumbers(state: 31)
        for _ in 0..<2000 {
            let start = Day(daysSinceEpoch: Int.random(in: -400_000...2_600_000, using: &numbers))
            let count = Int.random(in: -2000...2000, using: &numbers)
            let reached = start.adding(months: count)
            #expect(reached.year * 12 + reached.month == start.year * 12 + start.month + count)
            #expect(reached.day == min(start.day, Day.length(ofMonth: reached.month, year: reached.year)))
        }
    }

    @Test("a year after 29 February is 28 February, four years after it is 29 February")
    func years() {
        #expect(Day.written("2028-02-29").adding(years: 1) == .written("2029-02-28"))
        #expect(Day.written("2028-02-29").adding(years: 4) == .written("2032-02-29"))
        #expect(Day.written("2028-02-29").adding(years: -1) == .written("2027-02-28"))
    }

    @Test("adding weeks keeps the weekday")
    func weeks() {
        #expect(Day.written("2026-11-02").adding(weeks: 6) == .written("2026-12-14"))
        #expect(Day.written("2026-12-14").adding(weeks: -6) == .written("2026-11-02"))
    }

    @Test("date arithmetic agrees with the system's calendar")
    func agreesWithFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        var numbers = SeededNumbers(state: 2026)
        func date(_ day: Day) -> Date { Date(timeIntervalSince1970: Double(day.daysSinceEpoch) * 86_400) }
        func day(_ date: Date) -> Day { Day(daysSinceEpoch: Int((date.timeIntervalSince1970 / 86_400).rounded(.down))) }
        for _ in 0..<1500 {
            // The system's calendar is Julian before 15 October 1582; and no sum may leave the range of ours.
            let start = Day(daysSinceEpoch: Int.random(in: -100_000...2_600_000, using: &numbers))
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date(start))
            #expect(parts.year == start.year && parts.month == start.month && parts.day == start.day)
            #expect(parts.weekday == start.weekday.rawValue % 7 + 1)
            let count = Int.random(in: -100...100, using: &numbers)
            #expect(calendar.date(byAdding: .day, value: count, to: date(start)).map(day) == start.adding(days: count))
            // Forward only: going back, Foundation of Swift 6.3 takes the length of February from the wrong year.
            let ahead = abs(count)
            #expect(calendar.date(byAdding: .month, value: ahead, to: date(start)).map(day) == start.adding(months: ahead))
            #expect(calendar.date(byAdding: .year, value: ahead, to: date(start)).map(day) == start.adding(years: ahead))
        }
    }

    @Test("it is stored as its text, and other text is refused")
    func coding() throws {
        let day = Day.written("2026-11-02")
        #expect(String(decoding: try JSONEncoder().encode([day]), as: UTF8.self) == #"["2026-11-02"]"#)
        #expect(try JSONDecoder().decode([Day].self, from: Data(#"["2026-11-02"]"#.utf8)) == [day])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: Data(#"["2026-02-30"]"#.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: Data("[20260202]".utf8)) }
    }
}
