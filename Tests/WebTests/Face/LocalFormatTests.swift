import Domain
import Testing

@testable import Web

@Suite("Dates, sums and lists as they are written")
struct LocalFormatTests {
    private let dutch: LocalFormat
    private let english: LocalFormat

    init() throws {
        dutch = LocalFormat(try Texts.load(.nl, from: Folders.texts))
        english = LocalFormat(try Texts.load(.en, from: Folders.texts))
    }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test("Days are written out, in full or short")
    func days() throws {
        let day = try day("2026-03-17")
        #expect(dutch.day(day) == "dinsdag 17 maart 2026")
        #expect(english.day(day) == "Tuesday 17 March 2026")
        #expect(dutch.day(day, today: try self.day("2026-01-01")) == "dinsdag 17 maart")
        #expect(dutch.day(day, today: try self.day("2025-12-31")) == "dinsdag 17 maart 2026")
        #expect(dutch.shortDay(day) == "17 mrt 2026")
        #expect(dutch.shortDay(day, today: day) == "17 mrt")
        #expect(dutch.weekday(try self.day("2026-03-22")) == "zondag")
    }

    @Test("A period says its year once, when it is one")
    func periods() throws {
        #expect(dutch.period(try day("2026-01-09"), try day("2026-02-20")) == "9 januari – 20 februari 2026")
        #expect(dutch.period(try day("2025-12-09"), try day("2026-02-20")) == "9 december 2025 – 20 februari 2026")
        #expect(dutch.period(try day("2026-01-09"), try day("2026-01-09")) == "9 januari 2026")
    }

    @Test("A moment is written in the time of Amsterdam, in winter and in summer")
    func moments() throws {
        let winter = try #require(Instant("2026-03-17T14:30:00Z"))
        let summer = try #require(Instant("2026-07-01T22:05:00Z"))
        #expect(dutch.moment(winter) == "dinsdag 17 maart 2026, 15.30 uur")
        #expect(english.moment(winter) == "Tuesday 17 March 2026, 15:30")
        #expect(dutch.moment(summer) == "donderdag 2 juli 2026, 0.05 uur")
        #expect(dutch.recent(winter, today: try day("2026-03-17")) == "vandaag 15.30 uur")
        #expect(dutch.recent(winter, today: try day("2026-03-18")) == "gisteren 15.30 uur")
        #expect(dutch.recent(winter, today: try day("2026-03-20")) == "17 maart 15.30 uur")
        #expect(dutch.recent(winter, today: try day("2027-03-20")) == "17 maart 2026 15.30 uur")
    }

    @Test(
        "How far away a day is",
        arguments: [
            ("2026-03-11", "vandaag", "today", "vandaag"), ("2026-03-12", "morgen", "tomorrow", "morgen"),
            ("2026-03-17", "over 6 dagen", "in 6 days", "over 6 dagen"),
            ("2026-04-01", "over 3 weken", "in 3 weeks", "over 3 weken"),
            ("2026-03-10", "gisteren", "yesterday", "1 dag te laat"),
            ("2026-03-08", "3 dagen geleden", "3 days ago", "3 dagen te laat"),
            ("2026-02-10", "4 weken geleden", "4 weeks ago", "29 dagen te laat"),
        ])
    func distances(_ text: String, _ nl: String, _ en: String, _ due: String) throws {
        let today = try day("2026-03-11")
        #expect(dutch.distance(to: try day(text), today: today) == nl)
        #expect(english.distance(to: try day(text), today: today) == en)
        #expect(dutch.due(try day(text), today: today) == due)
    }

    @Test("A child is a year older on its birthday, not before")
    func ages() throws {
        let born = try day("2017-03-12")
        #expect(dutch.age(born: born, on: try day("2026-03-11")) == "8 jaar")
        #expect(dutch.age(born: born, on: try day("2026-03-12")) == "9 jaar")
    }

    @Test("Sums, numbers and sizes have the marks of the language")
    func numbers() {
        #expect(dutch.euro(cents: 123_450) == "€ 1.234,50")
        #expect(english.euro(cents: 123_450) == "€1,234.50")
        #expect(dutch.euro(cents: -500) == "−€ 5")
        #expect(dutch.number(1_234_567) == "1.234.567")
        #expect(dutch.number(999) == "999")
        #expect(dutch.size(bytes: 10) == "1 kB")
        #expect(dutch.size(bytes: 820_400) == "820 kB")
        #expect(dutch.size(bytes: 1_350_000) == "1,4 MB")
        #expect(dutch.size(bytes: 999_949_999) == "999,9 MB")
        #expect(dutch.size(bytes: 999_950_000) == "1,0 GB")
        #expect(dutch.size(bytes: 78_215_400_000) == "78,2 GB")
    }

    @Test("A list is joined as one says it")
    func lists() {
        #expect(dutch.list([]) == "")
        #expect(dutch.list(["a"]) == "a")
        #expect(dutch.list(["a", "b"]) == "a en b")
        #expect(english.list(["a", "b", "c"]) == "a, b and c")
    }
}
