import Domain
import Journal
import TestKit
import Testing

@testable import UseCases

@Suite("Dossiers under one plan, tried by another")
struct PlanReplayTests {
    /// The invented plan with another end for every child, or another term.
    private func other(until: UntilRule? = nil, weeks: Int? = nil) -> PlanRules {
        let table = until.map { until in
            DecisionTable(
                id: Testland.duration.id, title: Testland.duration.title,
                rows: [DecisionTable.Row(id: "all", when: .always, until: until, source: "x")], source: "x")
        }
        let entry = Testland.entry
        let clocks = entry.clocks.map { clock in
            ClockRule(
                id: clock.id, title: clock.title,
                within: weeks.map { Term(Period($0, .weeks), countsBy: clock.within.countsBy) } ?? clock.within, from: clock.from,
                pausedIn: clock.pausedIn, warn: clock.warn, ground: clock.ground, source: clock.source)
        }
        let route = ProcedureRule(
            id: entry.id, title: entry.title, why: entry.why, form: entry.form, start: entry.start, steps: entry.steps,
            clocks: clocks, outcomes: entry.outcomes, source: entry.source)
        return Testland.plan(procedures: [Testland.talk, route], tables: [table ?? Testland.duration])
    }

    @Test("by its own plan everything comes out as it did")
    func same() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .granted)
        try await stage.tell(DossierID("d-2"), to: .complete)
        let replay = try await stage.installation.replay(from: .invented, by: .invented)
        #expect(replay.dossiers == 2)
        #expect(replay.decisions == 1)
        #expect(replay.terms > 0)
        #expect(replay.turnedDecisions.isEmpty)
        #expect(replay.turnedTerms.isEmpty)
    }

    @Test("a decision that would have ended on another day is told with both days, and whether it still holds")
    func decision() async throws {
        let stage = try await Stage.inMemory()
        let dossier = try await stage.tell(DossierID("d-1"), to: .granted)
        let decision = try #require(dossier.decisions.first)
        let replay = try await stage.installation.replay(from: .invented, by: other(until: .period(Period(1, .weeks))))
        let turn = try #require(replay.turnedDecisions.first)
        #expect(turn.number == decision.number)
        #expect(turn.was == .end(decision.end))
        #expect(turn.would == .end(decision.begin?.adding(days: 6)))
        #expect(turn.holds)
        stage.clock.move("2031-01-01")
        let later = try await stage.installation.replay(from: .invented, by: other(until: .period(Period(1, .weeks))))
        #expect(later.turnedDecisions.map(\.holds) == [false])
    }

    @Test("a plan that asks somebody to choose the day would have refused what nobody chose")
    func refused() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .granted)
        let replay = try await stage.installation.replay(
            from: .invented, by: other(until: .chosen(atMost: .period(Period(2, .years)))))
        #expect(replay.turnedDecisions.map(\.would) == [.refused(.required)])
    }

    @Test("a plan without the route has no such decision, and no such term")
    func absent() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .granted)
        try await stage.tell(DossierID("d-2"), to: .complete)
        let replay = try await stage.installation.replay(
            from: .invented, by: Testland.plan(procedures: [Testland.talk], tables: []))
        #expect(replay.turnedDecisions.map(\.would) == [.absent])
        #expect(!replay.turnedTerms.isEmpty)
        #expect(replay.turnedTerms.allSatisfy { $0.dossier == DossierID("d-2") && $0.would == nil })
    }

    @Test("a term of a running procedure that would end on another day is told; of an ended one it is not")
    func terms() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .granted)
        try await stage.tell(DossierID("d-2"), to: .complete)
        let replay = try await stage.installation.replay(from: .invented, by: other(weeks: 1))
        #expect(!replay.turnedTerms.isEmpty)
        #expect(replay.turnedTerms.allSatisfy { $0.dossier == DossierID("d-2") && $0.procedure == "entry" })
        for turn in replay.turnedTerms {
            let (was, would) = (try #require(turn.was), try #require(turn.would))
            #expect(would < was)
        }
        #expect(replay.turnedDecisions.isEmpty)
    }

    @Test("what runs under another version than the first is left alone")
    func otherVersion() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .granted)
        let replay = try await stage.installation.replay(from: Testland.plan(key: "testland/2019"), by: other(weeks: 1))
        #expect(replay == PlanReplay())
    }
}
