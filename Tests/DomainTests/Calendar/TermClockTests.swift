import Domain
import Foundation
import TestKit
import Testing

@Suite("A term that runs")
struct TermClockTests {
    private let holidays = Holidays.dutchLaw
    /// Received on Monday 2 November 2026, six weeks: due on Monday 14 December.
    private let received = Day.written("2026-11-02")

    private func clock(_ pauses: Pause..., extensions: [Term] = [], finished: String? = nil) -> TermClock {
        TermClock(
            started: received, term: .legal(6, .weeks), extensions: extensions, pauses: pauses,
            finished: finished.map { .written($0) })
    }

    private func pause(_ from: String, _ to: String?) -> Pause { Pause(from: .written(from), to: to.map { .written($0) }) }

    @Test("without pauses it is due when its term ends")
    func plain() {
        #expect(clock().dueDay(holidays: holidays) == .written("2026-12-14"))
    }

    @Test("it stands still from the day after the request until the day of completion, which counts again (Awb 4:15 lid 1)")
    func oneDay() {
        // Asked on the 9th: the 10th stands still, the 11th is complete and counts.
        let pause = pause("2026-11-09", "2026-11-11")
        #expect(pause.first == .written("2026-11-10") && pause.last == .written("2026-11-10"))
        #expect(clock(pause).dueDay(holidays: holidays) == .written("2026-12-15"))
    }

    @Test("a request that is completed on its own day or the next stops nothing", arguments: ["2026-11-09", "2026-11-10"])
    func noDay(completed: String) {
        #expect(clock(pause("2026-11-09", completed)).dueDay(holidays: holidays) == .written("2026-12-14"))
        let status = clock(pause("2026-11-09", completed)).status(on: .written("2026-11-09"), warn: [], holidays: holidays)
        #expect(status == .running(daysLeft: 35))
    }

    @Test("after a pause of ten days it is due ten days later, moved to a working day at the end only")
    func tenDays() {
        // 14 December and ten days is 24 December, a Thursday; twelve days is Tweede Kerstdag.
        #expect(clock(pause("2026-11-09", "2026-11-20")).dueDay(holidays: holidays) == .written("2026-12-24"))
        #expect(clock(pause("2026-11-09", "2026-11-22")).dueDay(holidays: holidays) == .written("2026-12-28"))
    }

    @Test("the last day of a time to complete that passed unused still stands still (Awb 4:15 lid 1)")
    func unused() {
        // Asked on 9 November with two weeks' time: 10 to 23 November stand still, 14 days.
        let pause = Pause(from: .written("2026-11-09"), unusedUntil: .written("2026-11-23"))
        #expect(clock(pause).dueDay(holidays: holidays) == .written("2026-12-28"))
        #expect(pause.last == .written("2026-11-23"))
    }

    @Test("an agreed delay stands still on its first and its last day (Awb 4:15 lid 2)")
    func agreedDelay() {
        let pause = Pause(first: .written("2026-11-10"), last: .written("2026-11-12"))
        #expect(clock(pause).dueDay(holidays: holidays) == .written("2026-12-17"))
    }

    @Test("days that two pauses share count once, in whatever order they were given")
    func overlap() {
        let (long, inside, touching) = (
            pause("2026-11-09", "2026-11-14"), pause("2026-11-10", "2026-11-12"), pause("2026-11-12", "2026-11-16")
        )
        // 10 to 15 November: six days.
        #expect(clock(long, inside, touching).dueDay(holidays: holidays) == .written("2026-12-21"))
        #expect(clock(touching, long, inside).dueDay(holidays: holidays) == .written("2026-12-21"))
        #expect(clock(pause("2026-11-09", "2026-11-16")).dueDay(holidays: holidays) == .written("2026-12-21"))
        // 14 December and six days is Sunday 20 December: the same when the pauses are apart.
        #expect(
            clock(pause("2026-11-09", "2026-11-13"), pause("2026-11-20", "2026-11-24")).dueDay(holidays: holidays)
                == .written("2026-12-21"))
    }

    @Test("while a pause has no end there is no due day, whatever pauses follow")
    func open() {
        #expect(clock(pause("2026-11-09", nil)).dueDay(holidays: holidays) == nil)
        #expect(clock(pause("2026-11-09", nil), pause("2026-11-12", "2026-11-14")).dueDay(holidays: holidays) == nil)
        #expect(clock(pause("2026-11-09", "2026-11-14"), pause("2026-11-12", nil)).dueDay(holidays: holidays) == nil)
    }

    @Test(
        "a term that has passed cannot be suspended: asking on the due day or later changes nothing",
        arguments: [
            "2026-12-14", "2026-12-20",
        ])
    func tooLate(asked: String) {
        #expect(clock(pause(asked, nil)).dueDay(holidays: holidays) == .written("2026-12-14"))
        let status = clock(pause(asked, nil)).status(on: .written("2026-12-21"), warn: [], holidays: holidays)
        #expect(status == .late(days: 7))
    }

    @Test("asking on the day before the due day leaves that one day for later")
    func lastMoment() {
        let clock = clock(pause("2026-12-13", "2026-12-17"))
        // 14, 15 and 16 December stand still; the day left is the 17th.
        #expect(clock.dueDay(holidays: holidays) == .written("2026-12-17"))
    }

    @Test("a pause may begin in the days by which the law moved the end")
    func inMovedDays() {
        // Six weeks from 13 November end on 25 December, moved to the 28th; asked on the 26th, complete on the 30th.
        let clock = TermClock(
            started: .written("2026-11-13"), term: .legal(6, .weeks), pauses: [pause("2026-12-26", "2026-12-30")])
        // 27, 28 and 29 December stand still; the 30th, when it runs again, is left.
        #expect(clock.dueDay(holidays: holidays) == .written("2026-12-30"))
    }

    @Test("a pause before the start counts only with its days after it; one wholly before it not at all")
    func beforeStart() {
        #expect(clock(pause("2026-10-01", "2026-11-05")).dueDay(holidays: holidays) == .written("2026-12-16"))
        #expect(clock(pause("2026-10-01", "2026-11-02")).dueDay(holidays: holidays) == .written("2026-12-14"))
    }

    @Test("an extension counts from the end before it, as that was moved, and has pauses of its own (WPO 40 lid 6)")
    func extensions() {
        #expect(clock(extensions: [.legal(4, .weeks)]).dueDay(holidays: holidays) == .written("2027-01-11"))
        // Moved from 25 to 28 December, and four weeks from there.
        let moved = TermClock(started: .written("2026-11-13"), term: .legal(6, .weeks), extensions: [.legal(4, .weeks)])
        #expect(moved.dueDay(holidays: holidays) == .written("2027-01-25"))
        let paused = clock(pause("2026-12-20", "2026-12-23"), extensions: [.legal(4, .weeks)])
        #expect(paused.dueDay(holidays: holidays) == .written("2027-01-13"))
        let both = clock(
            pause("2026-11-09", "2026-11-12"), pause("2026-12-20", "2026-12-23"), extensions: [.legal(4, .weeks)])
        // 14 + 2 = 16 December; four weeks is 13 January; two more is the 15th.
        #expect(both.dueDay(holidays: holidays) == .written("2027-01-15"))
    }

    @Test("a short term holds two working days beside those that stood still")
    func shortAndPaused() {
        // Three days after Monday 9 November end on Thursday; Tuesday and Wednesday stand still, so Saturday, so Monday.
        let clock = TermClock(
            started: .written("2026-11-09"), term: .legal(3, .days), pauses: [pause("2026-11-09", "2026-11-12")])
        #expect(clock.dueDay(holidays: holidays) == .written("2026-11-16"))
        // Three days after Wednesday 11 November; Thursday stands still: Friday and Monday are the two.
        let weekend = TermClock(
            started: .written("2026-11-11"), term: .legal(3, .days), pauses: [pause("2026-11-11", "2026-11-13")])
        #expect(weekend.dueDay(holidays: holidays) == .written("2026-11-16"))
    }

    @Test(
        "how it stands from day to day, with a warning two weeks and three days ahead",
        arguments: [
            ("2026-11-02", TermClock.Status.running(daysLeft: 42)), ("2026-11-29", .running(daysLeft: 15)),
            ("2026-11-30", .warning(daysLeft: 14)), ("2026-12-13", .warning(daysLeft: 1)), ("2026-12-14", .warning(daysLeft: 0)),
            ("2026-12-15", .late(days: 1)), ("2026-12-31", .late(days: 17)),
        ])
    func status(day: String, expected: TermClock.Status) {
        let status = clock().status(on: .written(day), warn: [Period(3, .days), Period(2, .weeks)], holidays: holidays)
        #expect(status == expected)
    }

    @Test(
        "how a paused term stands: paused from the day of asking, with the days that were left, until complete",
        arguments: [
            ("2026-11-08", TermClock.Status.running(daysLeft: 36)),
            ("2026-11-09", .paused(since: .written("2026-11-10"), daysLeft: 35)),
            ("2026-11-19", .paused(since: .written("2026-11-10"), daysLeft: 35)),
            ("2026-12-30", .paused(since: .written("2026-11-10"), daysLeft: 35)),
        ])
    func pausedStatus(day: String, expected: TermClock.Status) {
        #expect(clock(pause("2026-11-09", nil)).status(on: .written(day), warn: [], holidays: holidays) == expected)
    }

    @Test(
        "a pause that has ended shows as paused on its own days and not on the day of completion",
        arguments: [
            ("2026-11-09", TermClock.Status.paused(since: .written("2026-11-10"), daysLeft: 35)),
            ("2026-11-19", .paused(since: .written("2026-11-10"), daysLeft: 35)), ("2026-11-20", .running(daysLeft: 34)),
            // Known in advance, it already moves the due day.
            ("2026-11-08", .running(daysLeft: 46)),
        ])
    func endedPauseStatus(day: String, expected: TermClock.Status) {
        let clock = clock(pause("2026-11-09", "2026-11-20"))
        #expect(clock.status(on: .written(day), warn: [], holidays: holidays) == expected)
    }

    @Test("days left run down to the due day, below zero after it, and stand still in a pause")
    func remaining() {
        #expect(clock().remainingDays(on: .written("2026-12-10"), holidays: holidays) == 4)
        #expect(clock().remainingDays(on: .written("2026-12-20"), holidays: holidays) == -6)
        let paused = clock(pause("2026-11-09", nil))
        #expect(paused.remainingDays(on: .written("2026-11-12"), holidays: holidays) == 35)
        #expect(paused.remainingDays(on: .written("2026-12-24"), holidays: holidays) == 35)
    }

    @Test(
        "done on or before the due day is met, after it is breached",
        arguments: [
            ("2026-12-01", TermClock.Status.met(on: .written("2026-12-01"))), ("2026-12-14", .met(on: .written("2026-12-14"))),
            ("2026-12-15", .breached(on: .written("2026-12-15"), days: 1)),
        ])
    func finished(day: String, expected: TermClock.Status) {
        #expect(clock(finished: day).status(on: .written("2027-01-31"), warn: [], holidays: holidays) == expected)
    }

    @Test("done while it stands still is met; before the day of the finish it shows as it was")
    func finishedWhilePaused() {
        let clock = clock(pause("2026-11-09", nil), finished: "2027-03-01")
        #expect(clock.status(on: .written("2027-03-01"), warn: [], holidays: holidays) == .met(on: .written("2027-03-01")))
        #expect(
            clock.status(on: .written("2027-02-28"), warn: [], holidays: holidays)
                == .paused(since: .written("2026-11-10"), daysLeft: 35))
    }

    @Test("asking for more after the term was breached does not undo the breach")
    func breachStays() {
        let clock = clock(pause("2026-12-20", nil), finished: "2026-12-22")
        #expect(
            clock.status(on: .written("2026-12-31"), warn: [], holidays: holidays)
                == .breached(on: .written("2026-12-22"), days: 8))
    }

    @Test("warnings begin on days of their own, none before the start and none while it stands still")
    func warningDays() {
        let warn = [Period(3, .days), Period(2, .weeks), Period(1, .years)]
        #expect(
            clock().warningDays(warn: warn, holidays: holidays)
                == [received, .written("2026-11-30"), .written("2026-12-11")])
        #expect(clock(pause("2026-11-09", nil)).warningDays(warn: warn, holidays: holidays).isEmpty)
    }

    @Test("of a day by which something must be done, a term without length, warnings come beforehand")
    func warningBeforehand() {
        let deadline = TermClock(started: .written("2027-07-31"), term: Term(Period(0, .days), countsBy: .calendar))
        #expect(
            deadline.warningDays(warn: [Period(6, .weeks), Period(6, .months)], holidays: holidays)
                == [.written("2027-01-31"), .written("2027-06-19")])
    }

    @Test("a longer pause never gives an earlier due day")
    func monotonic() {
        for asked in 0..<50 {
            var before = Day.earliest
            for length in 0..<40 {
                let from = received.adding(days: asked)
                let due = clock(Pause(from: from, to: from.adding(days: length))).dueDay(holidays: holidays) ?? .earliest
                #expect(due >= before && holidays.isWorkingDay(due))
                before = due
            }
        }
    }

    @Test("it is stored whole")
    func coding() throws {
        let clock = clock(pause("2026-11-09", nil), extensions: [.legal(4, .weeks)], finished: "2026-12-14")
        #expect(try JSONDecoder().decode(TermClock.self, from: JSONEncoder().encode(clock)) == clock)
    }
}

@Suite("Why a term is due on that day")
struct TermExplanationTests {
    private func explanation(_ clock: TermClock) -> [String] {
        clock.explanation(holidays: .dutchLaw).map { step in
            ([step.code] + step.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
        }
    }

    @Test("the trace names start, calendar end, pauses, the move to a working day and the outcome, in this order")
    func wholeTrace() {
        let clock = TermClock(
            started: .written("2026-11-02"), term: .legal(6, .weeks), extensions: [.legal(4, .weeks)],
            pauses: [
                Pause(from: .written("2026-11-09"), to: .written("2026-11-22")), Pause(from: .written("2027-03-01"), to: nil),
            ])
        #expect(
            explanation(clock) == [
                "term.starts event=2026-11-02 first=2026-11-03", "term.wouldEnd day=2026-12-14 period=P6W",
                "term.paused day=2026-12-26 days=12 first=2026-11-10 last=2026-11-21",
                "term.movedFromHoliday from=2026-12-26 to=2026-12-28",
                "term.extended day=2027-01-25 from=2026-12-28 period=P4W", "term.pauseOutside end=2027-01-25 first=2027-03-02",
                "term.due day=2027-01-25",
            ])
    }

    @Test("a term that stands still ends its trace there, without a due day")
    func standsStill() {
        let clock = TermClock(
            started: .written("2026-11-02"), term: .legal(6, .weeks), pauses: [Pause(from: .written("2026-11-09"), to: nil)])
        #expect(explanation(clock).last == "term.standsStill daysLeft=35 first=2026-11-10")
        #expect(!explanation(clock).contains { $0.hasPrefix("term.due") })
    }

    @Test(
        "each rule of the Algemene termijnenwet that had effect is named",
        arguments: [
            (Term.legal(2, .weeks), "2026-11-07", "term.movedFromWeekend from=2026-11-21 to=2026-11-23"),
            (.legal(6, .weeks), "2026-11-13", "term.movedFromHoliday from=2026-12-25 to=2026-12-28"),
            (.legal(3, .days), "2026-11-06", "term.stretched from=2026-11-09 to=2026-11-10 workingDays=2"),
            (.legal(13, .weeks), "2026-11-15", "term.tooLongToMove day=2027-02-14 period=P13W"),
        ])
    func rules(term: Term, started: String, step: String) {
        #expect(explanation(TermClock(started: .written(started), term: term)).contains(step))
    }

    @Test(
        "a rule that had no effect is not named",
        arguments: [
            (Term.legal(6, .weeks), "2026-11-02"), (.legal(13, .weeks), "2026-11-16"),
            (Term(Period(6, .weeks), countsBy: .calendar), "2026-11-13"),
        ])
    func nothingToSay(term: Term, started: String) {
        let codes = TermClock(started: .written(started), term: term).explanation(holidays: .dutchLaw).map(\.code)
        #expect(codes == ["term.starts", "term.wouldEnd", "term.due"])
    }
}
