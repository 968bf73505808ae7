import Domain
import Foundation
import Testing

@Suite("A school year")
struct SchoolYearTests {
    @Test(
        "it runs from 1 August to 31 July",
        arguments: [
            ("2026-07-31", "2025-2026"), ("2026-08-01", "2026-2027"), ("2026-12-31", "2026-2027"), ("2027-01-01", "2026-2027"),
            ("2027-07-31", "2026-2027"), ("2027-08-01", "2027-2028"),
        ])
    func containing(day: String, name: String) {
        let year = SchoolYear(containing: .written(day))
        #expect(year.description == name)
        #expect(year.contains(.written(day)))
        #expect(!year.next.contains(.written(day)) && !year.previous.contains(.written(day)))
    }

    @Test("its ends, and the years beside it")
    func ends() {
        let year = SchoolYear(startingIn: 2026)
        #expect(year.first == .written("2026-08-01"))
        #expect(year.last == .written("2027-07-31"))
        #expect(year.next == SchoolYear(startingIn: 2027))
        #expect(year.previous == SchoolYear(startingIn: 2025))
        #expect(year.previous < year && year < year.next)
        #expect(year.last.adding(days: 1) == year.next.first)
    }

    @Test("it is read and stored as two years that follow each other")
    func text() throws {
        #expect(SchoolYear("2026-2027") == SchoolYear(startingIn: 2026))
        for text in ["2026-2028", "2026", "2026/2027", "2026-2026", "26-27", "2026-2027 "] { #expect(SchoolYear(text) == nil) }
        let stored = String(decoding: try JSONEncoder().encode([SchoolYear(startingIn: 2026)]), as: UTF8.self)
        #expect(stored == #"["2026-2027"]"#)
        #expect(try JSONDecoder().decode([SchoolYear].self, from: Data(stored.utf8)) == [SchoolYear(startingIn: 2026)])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([SchoolYear].self, from: Data(#"["2026-2028"]"#.utf8)) }
    }

    @Test("years beyond the calendar become its first or last school year")
    func range() {
        #expect(SchoolYear(startingIn: 12_000).last == .written("9999-07-31"))
        #expect(SchoolYear(startingIn: -5).first == .written("0000-08-01"))
    }
}
