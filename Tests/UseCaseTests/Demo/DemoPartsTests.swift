import Domain
import Foundation
import Testing
import Yams

@testable import UseCases

@Suite("Parts of a demo")
struct DemoPartsTests {
    @Test("the same seed gives the same numbers, another seed or part other ones")
    func seeds() {
        func numbers(_ seed: UInt64, _ part: Int) -> [UInt64] {
            var random = SeededRandom(seed: seed, part: part)
            return (0..<5).map { _ in random.next() }
        }
        #expect(numbers(7, 1) == numbers(7, 1))
        #expect(numbers(7, 1) != numbers(7, 2))
        #expect(numbers(7, 1) != numbers(8, 1))
        // Written down once: another compiler or machine must give the same.
        #expect(numbers(1, 0)[0] == 0xE9FD_6049_D65A_F21E)
    }

    @Test("choices keep to their bounds and weights")
    func choices() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<500 {
            #expect((2...5).contains(random.within(2...5)))
            #expect((0..<1).contains(random.fraction()))
        }
        #expect(random.below(0) == 0)
        #expect(random.pick([Int]()) == nil)
        #expect(random.pick([1, 2]) { _ in 0 } == nil)
        let picked = (0..<2_000).compactMap { _ in
            random.pick(["often", "never", "seldom"]) { ["often": 9, "seldom": 1][$0] ?? 0 }
        }
        #expect(!picked.contains("never"))
        let seldom = picked.count { $0 == "seldom" }
        #expect((120...280).contains(seldom))
    }

    @Test("a phrase is filled in, with a capital where a sentence begins")
    func phrases() {
        let words = DemoWords(["teacher": "juf An", "he": "zij"])
        #expect(words.filled("{he} ziet {teacher}. {he} zwaait.") == "Zij ziet juf An. Zij zwaait.")
        #expect(words.filled("Niets") == "Niets")
        #expect(words.filled("a {unknown} b") == "a {unknown} b")
        #expect(words.filled("open {he") == "open {he")
    }

    @Test(
        "a day is found by its rule",
        arguments: [
            ("3", "2026-11-02", "2026-11-05"), ("next-month", "2026-12-15", "2027-01-01"),
            ("month 31", "2026-11-02", "2027-01-01"), ("next-school-year", "2026-07-31", "2026-08-01"),
            ("end-of-school-year", "2026-03-01", "2026-07-31"), ("end-of-school-year", "2026-07-20", "2027-07-31"),
            ("end-of-next-school-year", "2026-11-02", "2028-07-31"),
        ])
    func days(_ rule: String, _ today: String, _ expected: String) throws {
        var random = SeededRandom(seed: 1)
        let day = try #require(Day(today))
        #expect(try YAMLDecoder().decode(DayRule.self, from: rule).day(from: day, &random).description == expected)
    }

    @Test("a span of the year may run over the new year")
    func spans() throws {
        let span = try YAMLDecoder().decode(YearSpan.self, from: "12-20..01-04")
        for (day, holds) in [("2026-12-20", true), ("2027-01-04", true), ("2026-12-19", false), ("2027-01-05", false)] {
            #expect(span.holds(try #require(Day(day))) == holds, "\(day)")
        }
    }

    @Test(
        "what does not read is refused",
        arguments: ["tomorrow", "5..2", "next-month | soon", "month", ""])
    func badDays(_ rule: String) {
        #expect(throws: (any Error).self) { try YAMLDecoder().decode(DayRule.self, from: rule.isEmpty ? "\"\"" : rule) }
    }

    @Test("an address has small ASCII letters only")
    func addresses() {
        #expect(
            DemoMail.address(given: "Özlem", family: "van der Yıldız", only: "2", at: "demo.example")
                == "ozlem.van-der-yildiz2@demo.example")
        #expect(DemoMail.folded("Łukasz Wójcik-d'Ø") == "lukasz-wojcik-do")
    }

    @Test("a document of the demo is recognised as what it says it is")
    func documents() throws {
        let bytes = [UInt8](DemoPage.pdf(title: "Verslag (deel 1) van Noëlle \\", lines: ["één", "", "“lang” ".repeated(40)]))
        #expect(try DocumentFormat.recognise(bytes, name: "verslag.pdf") == .pdf)
        let text = String(decoding: bytes, as: UTF8.self)
        let start = try #require(text.firstRange(of: "startxref\n"))
        let place = try #require(Int(text[start.upperBound...].prefix { $0.isNumber }))
        #expect(bytes[place...].starts(with: Array("xref".utf8)))
    }
}

extension String {
    fileprivate func repeated(_ times: Int) -> String { String(repeating: self, count: times) }
}
