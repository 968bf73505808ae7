import Domain
import TestKit
import Testing

@Suite("A day of the school year")
struct DayOfSchoolYearTests {
    @Test("1 August comes first and 31 July last, whatever the calendar year says")
    func order() {
        let days = ["08-01", "09-30", "10-01", "12-31", "01-01", "02-29", "04-30", "05-01", "07-31"].compactMap {
            DayOfSchoolYear($0)
        }
        #expect(days.count == 9)
        #expect(days.sorted() == days)
        #expect(Set(days.map(\.description)).count == 9)
        #expect(DayOfSchoolYear(.of("2021-05-01")) == DayOfSchoolYear("05-01"))
    }

    @Test(
        "a neighbour is the day before or after within the school year",
        arguments: [
            ("08-01", nil, "08-02"), ("02-28", "02-27", "02-29"), ("03-01", "02-29", "03-02"), ("07-31", "07-30", nil),
            ("01-01", "12-31", "01-02"),
        ] as [(String, String?, String?)])
    func neighbours(_ day: String, _ before: String?, _ after: String?) {
        #expect(DayOfSchoolYear(day)?.previous?.description == before)
        #expect(DayOfSchoolYear(day)?.next?.description == after)
    }

    @Test(
        "what no year has is no day", arguments: ["02-30", "13-01", "00-01", "5-1", "05-01 ", "2021-05-01", "", "0501", "05.01"])
    func unreadable(_ text: String) { #expect(DayOfSchoolYear(text) == nil) }
}
