import Domain
import Foundation
import Testing

@Suite("A period")
struct PeriodTests {
    @Test(
        "it is written as ISO 8601 writes a period of one unit, and read back",
        arguments: [
            ("P6W", 6, Period.Unit.weeks), ("P3D", 3, .days), ("P2M", 2, .months), ("P1Y", 1, .years), ("P0D", 0, .days),
            ("P9999D", 9999, .days), ("P10W", 10, .weeks),
        ])
    func text(text: String, amount: Int, unit: Period.Unit) {
        #expect(Period(text) == Period(amount, unit))
        #expect(Period(amount, unit).description == text)
    }

    @Test(
        "anything else is no period",
        arguments: [
            "", "P", "P6", "6W", "PW", "p6w", "P6w", "P-6W", "P+6W", "P6.5W", "P06W", "P00D", "P1M3D", "PT6H", "P6H", " P6W",
            "P6W ",
            "P10000D", "P٦W", "P",
        ])
    func unreadable(text: String) {
        #expect(Period(text) == nil)
    }

    @Test("an amount outside 0 to 9999 becomes the nearest of these")
    func amounts() {
        #expect(Period(-1, .days) == Period(0, .days))
        #expect(Period(123_456, .years).description == "P9999Y")
    }

    @Test(
        "it is added to and taken from a day in its own unit",
        arguments: [
            ("P6W", "2026-11-02", "2026-12-14", "2026-09-21"), ("P3D", "2026-11-02", "2026-11-05", "2026-10-30"),
            ("P1M", "2026-03-31", "2026-04-30", "2026-02-28"), ("P1Y", "2028-02-29", "2029-02-28", "2027-02-28"),
            ("P0D", "2026-11-02", "2026-11-02", "2026-11-02"),
        ])
    func arithmetic(text: String, day: String, after: String, before: String) throws {
        let period = try #require(Period(text))
        #expect(period.after(.written(day)) == .written(after))
        #expect(period.before(.written(day)) == .written(before))
    }

    @Test("it is stored as its text, and other text is refused")
    func coding() throws {
        #expect(String(decoding: try JSONEncoder().encode([Period(6, .weeks)]), as: UTF8.self) == #"["P6W"]"#)
        #expect(try JSONDecoder().decode([Period].self, from: Data(#"["P6W"]"#.utf8)) == [Period(6, .weeks)])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Period].self, from: Data(#"["6 weken"]"#.utf8)) }
    }
}
