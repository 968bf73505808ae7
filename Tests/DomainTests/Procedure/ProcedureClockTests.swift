import Domain
import TestKit
import Testing

@Suite("Clocks of a procedure")
struct ProcedureClockTests {
    private func clock(_ id: String, _ story: Given) -> ClockState? {
        story.procedure(Testland.entryInstance)?.clocks(Testland.entry, .dutchLaw).first { $0.rule.id == id }
    }

    private func asks(_ story: Given, on day: String, at time: String = "10:00") -> Given {
        story.after(
            Testland.take("check", "incomplete", ["missing": .text("Verslag")]), as: Testland.secretary, on: day, at: time)
    }

    private func supplies(_ story: Given, on day: String, at time: String = "10:00") -> Given {
        story.after(Testland.take("ask", "supplied", ["addition": .text("Hier")]), on: day, at: time)
    }

    @Test("received is the day it was asked; six weeks run from the day it was found complete, eight from receipt")
    func begins() {
        #expect(clock("promise", .asking())?.clock == nil)
        #expect(clock("promise", .asking())?.due == nil)
        // Friday 1 October and eight weeks is 26 November; Monday 4 October and six weeks is 15 November.
        #expect(clock("law", .asking())?.due == .of("2021-11-26"))
        #expect(clock("promise", .complete())?.due == .of("2021-11-15"))
        #expect(Given.complete().procedure(Testland.entryInstance)?.complete == .of("2021-10-04"))
        #expect(Given.complete().procedure(Testland.entryInstance)?.received == .of("2021-10-01"))
    }

    @Test("while something is asked the clock of the law stands still")
    func paused() {
        let asked = asks(.asking(), on: "2021-10-04")
        // Nothing comes in the two weeks, until the 18th: fourteen days do not count, and 10 December is a Friday.
        #expect(clock("law", asked)?.due == .of("2021-12-10"))
        #expect(
            clock("law", asked)?.clock?.status(on: .of("2021-10-18"), warn: [], holidays: .dutchLaw)
                == .paused(since: .of("2021-10-05"), daysLeft: 53))
        #expect(
            clock("law", asked)?.clock?.status(on: .of("2021-10-19"), warn: [], holidays: .dutchLaw) == .running(daysLeft: 52))
        // Asked on the 4th, supplied on the 14th: nine days do not count, and 5 December is a Sunday.
        let supplied = supplies(asked, on: "2021-10-14")
        #expect(clock("law", supplied)?.due == .of("2021-12-06"))
        #expect(
            supplied.procedure(Testland.entryInstance)?.pauses(Testland.entry.clocks[1], Testland.entry, .dutchLaw) == [
                Pause(from: .of("2021-10-04"), to: .of("2021-10-14"))
            ])
    }

    /// The route with another term to complete a request.
    private func route(askedWithin term: Term?) -> ProcedureRule {
        Testland.entry.with(
            steps: Testland.entry.steps.map { step in
                guard step.id == "ask" else { return step }
                return StepRule(id: step.id, title: step.title, by: step.by, choices: step.choices, due: term)
            })
    }

    @Test(
        "time to complete that passes unused ends the pause, in weekends and on holidays too",
        arguments: [
            // Asked on Monday 4 October for two weeks: the pause ends on the 18th, a Monday.
            ("2021-10-04", Term(Period(2, .weeks), countsBy: .termijnenwet), "2021-10-18"),
            // Five days from a Monday is a Saturday: by the Termijnenwet until the Monday after, by the calendar not.
            ("2021-10-04", Term(Period(5, .days), countsBy: .termijnenwet), "2021-10-11"),
            ("2021-10-04", Term(Period(5, .days), countsBy: .calendar), "2021-10-09"),
            // Eleven weeks from Saturday 9 October is Christmas Day; Boxing Day is a Sunday, so Monday the 27th.
            ("2021-10-09", Term(Period(11, .weeks), countsBy: .termijnenwet), "2021-12-27"),
        ])
    func unused(_ asked: String, _ term: Term, _ last: String) throws {
        let route = route(askedWithin: term)
        let story = asks(.asking(shelf: .of([Testland.plan(procedures: [Testland.talk, route])])), on: asked)
        let procedure = try #require(story.procedure(Testland.entryInstance))
        let pause = try #require(procedure.pauses(route.clocks[1], route, .dutchLaw).first)
        #expect(pause == Pause(from: .of(asked), unusedUntil: .of(last)))
        let state = try #require(procedure.clocks(route, .dutchLaw).first { $0.rule.id == "law" })
        // The due day is known when something is asked: the days that stood still are added, whatever happens next.
        let calendar = Day.of("2021-11-26").adding(days: Day.of(asked).days(until: .of(last)))
        #expect(state.due == Holidays.dutchLaw.workingDay(onOrAfter: calendar))
        #expect(state.explanation.contains { $0.code == "term.pausedUnused" && $0.values["last"] == last })
        // Somebody says so later, or sends what was asked for too late: nothing changes.
        let late = story.after(
            Testland.take("ask", "supplied", ["addition": .text("Hier")]), on: Day.of(last).adding(days: 20).description)
        let after = try #require(late.procedure(Testland.entryInstance))
        #expect(after.clocks(route, .dutchLaw).first { $0.rule.id == "law" }?.due == state.due)
    }

    @Test("what is supplied on the last day of the time that was given ends the pause itself")
    func lastDay() {
        let supplied = supplies(asks(.asking(), on: "2021-10-04"), on: "2021-10-18")
        #expect(
            supplied.procedure(Testland.entryInstance)?.pauses(Testland.entry.clocks[1], Testland.entry, .dutchLaw) == [
                Pause(from: .of("2021-10-04"), to: .of("2021-10-18"))
            ])
    }

    @Test("without a set time the clock stands still as long as it takes")
    func noTerm() throws {
        let route = route(askedWithin: nil)
        let story = asks(.asking(shelf: .of([Testland.plan(procedures: [Testland.talk, route])])), on: "2021-10-04")
        let procedure = try #require(story.procedure(Testland.entryInstance))
        #expect(procedure.clocks(route, .dutchLaw).allSatisfy { $0.due == nil })
    }

    @Test("a step in which a clock stands still is not due by that clock, also when the clock had run out before")
    func notBornLate() throws {
        // Eight weeks from receipt ended on 26 November.
        let story = asks(.asking(), on: "2021-12-06")
        let procedure = try #require(story.procedure(Testland.entryInstance))
        let open = try #require(procedure.open.first)
        #expect(open.step == "ask")
        #expect(procedure.clocks(Testland.entry, .dutchLaw).first { $0.rule.id == "law" }?.due == .of("2021-11-26"))
        #expect(procedure.due(open, Testland.entry, .dutchLaw) == .of("2021-12-20"))
    }

    @Test("several pauses count together, one of which lies within the promise")
    func severalPauses() {
        var story = supplies(asks(.asking(), on: "2021-10-04"), on: "2021-10-14")
        story = supplies(asks(story, on: "2021-10-18"), on: "2021-10-25")
        // 26 November, and nine and six days later is Saturday 11 December, so Monday.
        #expect(clock("law", story)?.due == .of("2021-12-13"))
        story = story.after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-26")
        // What stood still before it was complete does not lengthen the promise: 26 October and six weeks.
        #expect(clock("promise", story)?.due == .of("2021-12-07"))
        story = story.after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-27")
            .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-28")
            .after(Testland.decides("ask"), as: Testland.decider, on: "2021-11-01")
        // Asked on 1 November for two weeks: the promise waits for it until then.
        #expect(clock("promise", story)?.due == .of("2021-12-21"))
        story = supplies(story, on: "2021-11-08")
        #expect(clock("promise", story)?.due == .of("2021-12-13"))
        #expect(clock("law", story)?.due == .of("2021-12-17"))
    }

    @Test("asked and supplied on one day stops nothing")
    func sameDay() {
        #expect(
            clock("law", supplies(asks(.asking(), on: "2021-10-04"), on: "2021-10-04", at: "16:00"))?.due == .of("2021-11-26"))
    }

    @Test("found complete again begins the promise anew")
    func completeAgain() {
        let story = supplies(
            Given.advised().after(Testland.decides("ask"), as: Testland.decider, on: "2021-10-18"), on: "2021-10-20"
        )
        .after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-21")
        #expect(story.procedure(Testland.entryInstance)?.complete == .of("2021-10-21"))
        #expect(clock("promise", story)?.due == .of("2021-12-02"))
    }

    @Test("ended in time is met, also when it ended while something was asked")
    func finished() {
        let granted = clock("promise", .granted())
        #expect(granted?.clock?.status(on: .of("2022-01-01"), warn: [], holidays: .dutchLaw) == .met(on: .of("2021-10-18")))
        let withdrawn = asks(.asking(), on: "2021-10-04").after(Testland.take("ask", "withdraw"), on: "2021-10-15")
        #expect(
            clock("law", withdrawn)?.clock?.status(on: .of("2022-03-02"), warn: [], holidays: .dutchLaw)
                == .met(on: .of("2021-10-15")))
        // The time to complete passed unused, and the clock ran out before anything was done.
        let late = asks(.asking(), on: "2021-10-04").after(Testland.take("ask", "withdraw"), on: "2021-12-13")
        #expect(
            clock("law", late)?.clock?.status(on: .of("2022-03-02"), warn: [], holidays: .dutchLaw)
                == .breached(on: .of("2021-12-13"), days: 3))
    }

    @Test("a pause in which another step ended the procedure was a pause all the same")
    func endedElsewhere() {
        let clocks = [
            ClockRule(
                id: "law", title: Localized(nl: "a", en: "a"), within: Term(Period(8, .weeks), countsBy: .termijnenwet),
                from: .received,
                pausedIn: ["second"], ground: Localized(nl: "a", en: "a"), source: "")
        ]
        let steps = Testland.entry.steps.map { step in
            step.id == "first" ? step.with(choices: [step.choices[0].with(then: .end(outcome: "withdrawn"))]) : step
        }
        let route = Testland.entry.with(steps: steps, clocks: clocks)
        let story = Given.complete(shelf: .of([Testland.plan(procedures: [Testland.talk, route])]))
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2022-03-01")
        let procedure = story.procedure(Testland.entryInstance)
        #expect(procedure?.pauses(clocks[0], route, .dutchLaw) == [Pause(from: .of("2021-10-04"), to: .of("2022-03-01"))])
        let status = procedure?.clocks(route, .dutchLaw).first?.clock?.status(
            on: .of("2022-03-02"), warn: [], holidays: .dutchLaw)
        #expect(status == .met(on: .of("2022-03-01")))
    }

    @Test("a warning comes so long before the end as the plan says")
    func warning() {
        #expect(clock("promise", .complete())?.warnFrom(.dutchLaw) == .of("2021-11-01"))
        #expect(clock("law", .complete())?.warnFrom(.dutchLaw) == nil)
    }

    @Test("an open step is due by its own term, or by the nearest clock when that comes first")
    func due() {
        func due(_ step: String, _ story: Given) -> Day? {
            guard let procedure = story.procedure(Testland.entryInstance),
                let open = procedure.open.first(where: { $0.step == step })
            else { return nil }
            return procedure.due(open, Testland.entry, .dutchLaw)
        }
        #expect(due("check", .asking()) == .of("2021-10-08"))
        #expect(due("first", .complete()) == .of("2021-11-15"))
        #expect(due("ask", asks(.asking(), on: "2021-10-04")) == .of("2021-10-18"))
        // Found complete so late that the law comes before the promise.
        let late = Given.asking().after(Testland.foundComplete(), as: Testland.secretary, on: "2021-11-22")
        #expect(due("first", late) == .of("2021-11-26"))
    }
}

@Suite("A plan that changes while a procedure runs")
struct PlanVersionTests {
    private let shelf = PlanShelf.invented

    @Test("a procedure stays on the version that it started under")
    func stays() {
        let story = Given.asking(shelf: shelf)
        #expect(story.procedure(Testland.entryInstance)?.plan == PlanRules.invented.key)
        let later = story.after(Testland.foundComplete(), as: Testland.secretary, on: "2022-09-05")
        #expect(later.procedure(Testland.entryInstance)?.plan == PlanRules.invented.key)
        #expect(later.open(Testland.entryInstance) == ["first", "second"])
    }

    @Test("what starts after the change follows the new version")
    func new() {
        let start = Testland.startTalk(Testland.meeting("2022-09-20T10:00"))
        let story = Given.written(shelf: shelf).when(start, on: "2022-08-01").happens("procedure.started.v1", "version.locked.v1")
        #expect(story.procedure(Testland.talkInstance)?.plan == PlanRules.inventedAmended.key)
        Given.written(shelf: shelf).when(start, on: "2022-07-31").refused([(.needMissing, "need-agreement")])
    }

    @Test("a version that is not on the shelf leaves its procedures alone")
    func missing() {
        let shelf = PlanShelf.of([.inventedAmended])
        let started = DossierEvent.procedureStarted(
            .init(
                instance: InstanceID("i-old"), procedure: "talk", plan: PlanKey("testland/1999"), answers: [:], opens: ["meet"],
                meeting: nil))
        let story = Given.opened(shelf: shelf).and([started], on: "2021-09-06")
        story.when(.take(.init(instance: InstanceID("i-old"), step: "meet", choice: "wider", answers: [:])), on: "2021-09-20")
            .refused(.unknownProcedure)
        #expect(!story.dossier.openings(shelf).isEmpty)
    }
}
