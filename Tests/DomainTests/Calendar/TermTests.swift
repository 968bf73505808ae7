import Domain
import Foundation
import TestKit
import Testing

@Suite("A term")
struct TermTests {
    private let holidays = Holidays.dutchLaw

    /// Whether the day is the end of a term under the law that starts after another.
    private func end(_ amount: Int, _ unit: Period.Unit, after day: String) -> Day {
        Term.legal(amount, unit).end(startingAfter: .written(day), holidays: holidays)
    }

    @Test("objection: made known on 2 November 2026 and six weeks is 14 December, the same weekday (Awb 6:7, 6:8)")
    func objection() {
        #expect(end(6, .weeks, after: "2026-11-02") == .written("2026-12-14"))
    }

    @Test("six weeks from 13 November 2026 would be Eerste Kerstdag and becomes Monday 28 December (art. 1 lid 1)")
    func overChristmas() {
        #expect(end(6, .weeks, after: "2026-11-13") == .written("2026-12-28"))
    }

    @Test("six weeks from 12 February 2027 would be Goede Vrijdag and becomes the Tuesday after Easter (art. 3 lid 2)")
    func overEaster() {
        #expect(end(6, .weeks, after: "2027-02-12") == .written("2027-03-30"))
    }

    @Test("decision on objection: twelve weeks from 14 December 2026 is 8 March 2027 (Awb 7:10 lid 1, 7:13)")
    func decisionOnObjection() {
        #expect(end(12, .weeks, after: "2026-12-14") == .written("2027-03-08"))
    }

    @Test("that decision, put off for six weeks, is due on 19 April 2027 (Awb 7:10 lid 3)")
    func decisionPutOff() {
        let clock = TermClock(
            started: .written("2026-12-14"), term: .legal(12, .weeks), extensions: [.legal(6, .weeks)])
        #expect(clock.dueDay(holidays: holidays) == .written("2027-04-19"))
    }

    @Test(
        "a term that ends in a weekend ends on Monday; with Monday a feestdag, on Tuesday",
        arguments: [
            (Period(2, .weeks), "2026-11-07", "2026-11-23"), (Period(2, .weeks), "2026-11-08", "2026-11-23"),
            (Period(1, .weeks), "2026-05-16", "2026-05-26"), (Period(1, .weeks), "2027-05-08", "2027-05-18"),
            (Period(1, .months), "2026-03-25", "2026-04-28"), (Period(14, .days), "2026-04-21", "2026-05-06"),
        ])
    func moved(period: Period, day: String, expected: String) {
        #expect(Term(period, countsBy: .termijnenwet).end(startingAfter: .written(day), holidays: holidays) == .written(expected))
    }

    @Test(
        "a term of three days or more holds two working days, a shorter one need not (art. 2)",
        arguments: [
            // After Thursday: Friday is one working day, so Monday is in it too.
            (3, "2026-11-05", "2026-11-09"),
            // After Friday: Saturday, Sunday, Monday hold one working day only.
            (3, "2026-11-06", "2026-11-10"),
            (2, "2026-11-06", "2026-11-09"),
            (1, "2026-11-06", "2026-11-09"),
            // Thursday before Goede Vrijdag 2026: Friday to Monday are none, so Tuesday and Wednesday.
            (3, "2026-04-02", "2026-04-08"), (4, "2026-04-02", "2026-04-08"), (5, "2026-04-02", "2026-04-08"),
            (6, "2026-04-02", "2026-04-08"), (7, "2026-04-02", "2026-04-09"),
            // From Wednesday 23 December 2026: Thursday, then nothing until Monday.
            (3, "2026-12-23", "2026-12-28"), (4, "2026-12-24", "2026-12-29"),
        ])
    func shortTerms(days: Int, day: String, expected: String) {
        #expect(end(days, .days, after: day) == .written(expected))
    }

    @Test(
        "a term above 90 days, twelve weeks or three months, and one in years, ends where it ends (art. 4)",
        arguments: [
            // Each would end on Saturday 13 February 2027 or Sunday 14 February 2027.
            (Period(90, .days), "2026-11-15", "2027-02-15"), (Period(91, .days), "2026-11-15", "2027-02-14"),
            (Period(12, .weeks), "2026-11-22", "2027-02-15"), (Period(13, .weeks), "2026-11-15", "2027-02-14"),
            (Period(3, .months), "2026-11-14", "2027-02-15"), (Period(4, .months), "2026-10-14", "2027-02-14"),
            (Period(1, .years), "2026-02-14", "2027-02-14"),
        ])
    func tooLong(period: Period, day: String, expected: String) {
        #expect(Term(period, countsBy: .termijnenwet).end(startingAfter: .written(day), holidays: holidays) == .written(expected))
    }

    @Test("a term that counts by the calendar ends on a feestdag if that is its last day")
    func calendar() {
        let term = Term(Period(6, .weeks), countsBy: .calendar)
        #expect(term.end(startingAfter: .written("2026-11-13"), holidays: holidays) == .written("2026-12-25"))
        let short = Term(Period(3, .days), countsBy: .calendar)
        #expect(short.end(startingAfter: .written("2026-11-06"), holidays: holidays) == .written("2026-11-09"))
    }

    @Test("a term counted back from an event is not moved (art. 1 lid 2)")
    func countedBack() {
        // One week before Friday 1 January 2027 is Eerste Kerstdag.
        #expect(Term.legal(1, .weeks).latestDay(before: .written("2027-01-01")) == .written("2026-12-25"))
    }

    @Test("under the law a term ends on a working day, not before its calendar end, and later starts never end earlier")
    func properties() {
        for period in [Period(1, .days), Period(3, .days), Period(2, .weeks), Period(6, .weeks), Period(1, .months)] {
            let term = Term(period, countsBy: .termijnenwet)
            var before = Day.earliest
            var day = Day.written("2026-01-01")
            while day < .written("2032-01-01") {
                let end = term.end(startingAfter: day, holidays: holidays)
                #expect(holidays.isWorkingDay(end) && end >= period.after(day) && end >= before)
                #expect(period == Period(1, .days) || workingDays(from: day, to: end) >= 2)
                before = end
                day = day.adding(days: 1)
            }
        }
    }

    private func workingDays(from start: Day, to end: Day) -> Int {
        (1...start.days(until: end)).count { holidays.isWorkingDay(start.adding(days: $0)) }
    }

    @Test("it is stored as its period and its reckoning")
    func coding() throws {
        let stored = Data(#"{"period":"P6W","countsBy":"termijnenwet"}"#.utf8)
        #expect(try JSONDecoder().decode(Term.self, from: stored) == .legal(6, .weeks))
    }
}
