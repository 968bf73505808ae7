import Domain
import Testing
import TestKit

@Suite("Feestdagen of the Algemene termijnenwet")
struct HolidaysTests {
    @Test(
        "Easter Sunday falls on the dates that the church calendar lists",
        arguments: [
            "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13",
            // The earliest and latest possible dates, and the two exceptions of the computation.
            "1818-03-22", "2285-03-22", "1943-04-25", "2038-04-25", "1981-04-19", "1954-04-18", "2049-04-18", "2076-04-19",
            // Around the change of a century's correction.
            "1899-04-02", "1900-04-15", "2000-04-23", "2100-03-28", "2199-04-14", "2200-04-06", "2299-04-16",
        ])
    func easter(date: String) {
        let day = Day.written(date)
        #expect(Holidays.easterSunday(year: day.year) == day)
    }

    @Test("Easter is a Sunday from 22 March to 25 April in every year")
    func easterRange() {
        for year in 1583...4000 {
            let easter = Holidays.easterSunday(year: year)
            #expect(easter.weekday == .sunday && easter.year == year)
            #expect(easter.month == 3 ? easter.day >= 22 : easter.month == 4 && easter.day <= 25)
        }
    }

    @Test(
        "Koningsdag is 27 April, and 26 April when the 27th is a Sunday",
        arguments: [
            (2024, "2024-04-27"), (2025, "2025-04-26"), (2026, "2026-04-27"), (2031, "2031-04-26"), (2036, "2036-04-26"),
        ])
    func koningsdag(year: Int, date: String) {
        let april = (26...27).compactMap { Day(year: year, month: 4, day: $0) }.filter { Holidays.dutchLaw.isHoliday($0) }
        #expect(april == [.written(date)])
    }

    @Test(
        "the feestdagen of a year",
        arguments: [
            (
                2026,
                [
                    "2026-01-01", "2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14", "2026-05-25",
                    "2026-12-25",
                    "2026-12-26",
                ]
            ),
            (
                2027,
                [
                    "2027-01-01", "2027-03-26", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06", "2027-05-17",
                    "2027-12-25",
                    "2027-12-26",
                ]
            ),
            // Hemelvaart on 5 May is one day, and Koningsdag moves beside tweede Paasdag of another year.
            (
                2016,
                [
                    "2016-01-01", "2016-03-25", "2016-03-28", "2016-04-27", "2016-05-05", "2016-05-16", "2016-12-25",
                    "2016-12-26",
                ]
            ),
        ])
    func year(year: Int, dates: [String]) throws {
        #expect(Holidays.dutchLaw.days(in: year).map(\.description) == dates)
        var day = try #require(Day(year: year, month: 1, day: 1))
        var found: [String] = []
        while day.year == year {
            if Holidays.dutchLaw.isHoliday(day) { found.append(day.description) }
            day = day.adding(days: 1)
        }
        #expect(found == dates)
    }

    @Test(
        "a working day is no Saturday, Sunday or feestdag",
        arguments: [
            ("2026-12-24", true), ("2026-12-25", false), ("2026-12-26", false), ("2026-12-27", false), ("2026-12-28", true),
            ("2026-04-03", false), ("2026-04-05", false), ("2026-04-06", false), ("2026-04-07", true),
        ])
    func workingDays(date: String, expected: Bool) {
        #expect(Holidays.dutchLaw.isWorkingDay(.written(date)) == expected)
    }

    @Test("a day that a royal decree adds is a feestdag on that date only")
    func extraDays() {
        let law = Holidays.dutchLaw
        let holidays = Holidays(rules: law.rules, extra: [.written("2027-05-07")], limits: law.limits)
        #expect(!law.isHoliday(.written("2027-05-07")))
        #expect(holidays.isHoliday(.written("2027-05-07")))
        #expect(!holidays.isHoliday(.written("2028-05-07")))
        #expect(holidays.days(in: 2027).contains(.written("2027-05-07")))
        #expect(holidays.workingDay(onOrAfter: .written("2027-05-05")) == .written("2027-05-10"))
    }

    @Test("a rule for a date that moves back from 1 January names 31 December of the year before")
    func movedOverNewYear() {
        let rule = Holidays.Rule.fixed(month: 1, day: 1, movedFromSundayToPrevious: true)
        let holidays = Holidays(rules: [rule], extra: [], limits: Holidays.dutchLaw.limits)
        #expect(holidays.isHoliday(.written("2022-12-31")))
        #expect(!holidays.isHoliday(.written("2023-01-01")))
        #expect(holidays.days(in: 2022) == [.written("2022-01-01"), .written("2022-12-31")])
    }

    @Test("a rule for 29 February names no day in a year without one")
    func leapRule() {
        let rule = Holidays.Rule.fixed(month: 2, day: 29, movedFromSundayToPrevious: false)
        #expect(rule.day(in: 2027) == nil)
        #expect(rule.day(in: 2028) == .written("2028-02-29"))
    }

    @Test(
        "the law holds for terms up to 90 days, twelve weeks and three months, and not for years",
        arguments: [
            (Period(90, .days), true), (Period(91, .days), false), (Period(12, .weeks), true), (Period(13, .weeks), false),
            (Period(3, .months), true), (Period(4, .months), false), (Period(1, .years), false),
        ])
    func limits(period: Period, expected: Bool) {
        #expect(Holidays.dutchLaw.holds(for: period) == expected)
    }
}
