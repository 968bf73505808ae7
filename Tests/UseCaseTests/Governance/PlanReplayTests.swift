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
        #expect(replay.acts > 0)
        #expect(replay.turnedActs.isEmpty)
        #expect(replay.turnedDossiers.isEmpty)
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

    // MARK: what was done, and what waits

    /// The invented plan with another start of its heavy route, or other steps.
    private func entry(
        start: StartRule? = nil, step: String = "", by: ActorRule? = nil, choice: String = "", when: Condition? = nil,
        needs: [Need]? = nil, then: ChoiceRule.Next? = nil
    ) -> PlanRules {
        let steps = Testland.entry.steps.map { rule in
            guard rule.id == step else { return rule }
            return rule.with(
                by: by,
                choices: rule.choices.map { one in
                    guard one.id == choice else { return one }
                    return ChoiceRule(
                        id: one.id, title: one.title, when: when ?? one.when, asks: one.asks, needs: needs ?? one.needs,
                        then: then ?? one.then, marksComplete: one.marksComplete, plans: one.plans)
                })
        }
        return Testland.plan(procedures: [Testland.talk, Testland.entry.with(start: start, steps: steps)])
    }

    private static func from(group: Int) -> Condition {
        Condition([.init(fact: "group", match: .range(from: group, to: nil))])
    }

    private static let report = Need(
        id: "verslag", kind: .evidence(kind: "report"), why: Localized(nl: "Verslag", en: "Report"), source: "Testland, 4")

    /// One dossier decided, one in which the decision waits, and one in which the request was just sent.
    private func stage() async throws -> Stage {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .granted)
        try await stage.tell(DossierID("d-2"), to: .advised)
        try await stage.tell(DossierID("d-3"), to: .asked)
        return stage
    }

    private func codes(_ would: PlanReplay.ActTurn.Would) -> [Refusal.Code]? {
        if case .not(let reasons) = would { reasons.map(\.code) } else { nil }
    }

    @Test("a route that starts from a higher group counts the children who would not have started, ended or not")
    func startLimited() async throws {
        let start = Testland.entry.start
        let limited = StartRule(
            by: start.by, after: start.after, when: Self.from(group: 5), asks: start.asks, needs: start.needs,
            locksGroeidocument: start.locksGroeidocument, opens: start.opens)
        let replay = try await stage().installation.replay(from: .invented, by: entry(start: limited))
        #expect(replay.turnedActs.map(\.dossier.rawValue) == ["d-1", "d-2", "d-3"])
        #expect(replay.turnedActs.allSatisfy { $0.act == .start && $0.procedure == "entry" })
        #expect(replay.turnedActs.compactMap { codes($0.would) } == [[.startClosed], [.startClosed], [.startClosed]])
        #expect(replay.turnedActs.map(\.runs) == [false, true, true])
        #expect(replay.turnedActs.map(\.on) == [.of("2021-10-01"), .of("2021-10-01"), .of("2021-10-01")])
        #expect(replay.turnedDossiers.map(\.rawValue) == ["d-1", "d-2", "d-3"])
        let same = StartRule(
            by: start.by, after: start.after, when: Self.from(group: 4), asks: start.asks, needs: start.needs,
            locksGroeidocument: start.locksGroeidocument, opens: start.opens)
        #expect(try await stage().installation.replay(from: .invented, by: entry(start: same)).turnedActs.isEmpty)
    }

    @Test("a start by others, or after another outcome, is told of who started it")
    func startOtherwise() async throws {
        let start = Testland.entry.start
        func other(by: [String], after: [StartRule.After]) -> PlanRules {
            entry(
                start: StartRule(
                    by: by, after: after, asks: start.asks, needs: start.needs, locksGroeidocument: start.locksGroeidocument,
                    opens: start.opens))
        }
        let stage = try await stage()
        let by = try await stage.installation.replay(from: .invented, by: other(by: ["school-director"], after: start.after))
        #expect(by.turnedActs.compactMap { codes($0.would) } == [[.mayNotStart], [.mayNotStart], [.mayNotStart]])
        let after = try await stage.installation.replay(
            from: .invented, by: other(by: start.by, after: [.init(procedure: "talk", outcomes: ["in-school"])]))
        #expect(after.turnedActs.compactMap { codes($0.would) } == [[.notAfter], [.notAfter], [.notAfter]])
        let wider = try await stage.installation.replay(from: .invented, by: other(by: ["ib", "teacher"], after: start.after))
        #expect(wider.turnedActs.isEmpty)
    }

    @Test("a choice for a higher group is told where it was made, and where it waits")
    func choiceLimited() async throws {
        let replay = try await stage().installation.replay(
            from: .invented, by: entry(step: "decide", choice: "grant", when: Self.from(group: 5)))
        #expect(replay.turnedActs.map(\.dossier.rawValue) == ["d-1", "d-2"])
        #expect(
            replay.turnedActs.map(\.act) == [
                .did(step: "decide", choice: "grant"), .waits(step: "decide", choice: "grant"),
            ])
        #expect(replay.turnedActs.compactMap { codes($0.would) } == [[.choiceClosed], [.choiceClosed]])
        #expect(replay.turnedActs.map(\.on) == [.of("2021-10-18"), .of("2021-10-01")], "the day it was done, and today")
    }

    @Test("a choice that opens to more children is told where it waits and could not be made")
    func choiceWidened() async throws {
        let narrow = entry(step: "decide", choice: "refuse", when: Self.from(group: 5))
        let stage = try await Stage.inMemory(.of([narrow]))
        try await stage.tell(DossierID("d-1"), to: .advised)
        let replay = try await stage.installation.replay(from: narrow, by: .invented)
        #expect(replay.turnedActs.map(\.act) == [.waits(step: "decide", choice: "refuse")])
        #expect(replay.turnedActs.map(\.would) == [.possible])
    }

    @Test("what a choice needs more is told where it lacks, and not where it lacked already")
    func needed() async throws {
        let stage = try await stage()
        let more = entry(step: "check", choice: "complete", needs: [Self.report])
        let replay = try await stage.installation.replay(from: .invented, by: more)
        #expect(
            replay.turnedActs.map(\.act) == [
                .did(step: "check", choice: "complete"), .did(step: "check", choice: "complete"),
                .waits(step: "check", choice: "complete"),
            ])
        #expect(replay.turnedActs.allSatisfy { codes($0.would) == [.needMissing] })
        let before = try await Stage.inMemory(.of([more]))
        try await before.tell(DossierID("d-1"), to: .asked)
        let both = try await before.installation.replay(
            from: more,
            by: entry(
                step: "check", by: ActorRule(functions: ["secretary", "decider"]), choice: "complete", needs: [Self.report]))
        #expect(both.turnedActs.isEmpty)
    }

    @Test("an answer that was given and that the other plan does not take is told of the start that gave it")
    func untaken() async throws {
        func without(_ option: String) throws -> PlanRules {
            let field = try #require(Testland.fields["school-type"])
            let fewer = Field(
                id: field.id, title: field.title, kind: field.kind, options: field.options.filter { $0.id != option },
                source: field.source)
            return Testland.plan(fields: Testland.fields.merging([field.id: fewer], uniquingKeysWith: { $1 }))
        }
        let stage = try await stage()
        var taken: [[PlanReplay.ActTurn]] = []
        for option in ["sbo", "so"] {
            taken.append(try await stage.installation.replay(from: .invented, by: try without(option)).turnedActs)
        }
        // Every child of these stories asked for the same kind of school.
        #expect(taken.filter(\.isEmpty).count == 1)
        let turned = try #require(taken.first { !$0.isEmpty })
        #expect(turned.filter { $0.act == .start && codes($0.would) == [.notAnOption] }.count == 3)
        // A question that is asked more turns nothing: nobody was asked it.
        let more = Field(id: "more", title: Localized(nl: "Meer", en: "More"), kind: .text)
        let start = Testland.entry.start
        let asked = Testland.plan(
            fields: Testland.fields.merging(["more": more], uniquingKeysWith: { $1 }),
            procedures: [
                Testland.talk,
                Testland.entry.with(
                    start: StartRule(
                        by: start.by, when: start.when, asks: start.asks + [Ask(field: "more")], needs: start.needs,
                        opens: start.opens)),
            ])
        #expect(try await stage.installation.replay(from: .invented, by: asked).turnedActs.isEmpty)
    }

    @Test("a discipline that is dropped is told of who advised in it, and of who is chosen to")
    func discipline() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .granted)
        try await stage.tell(DossierID("d-2"), to: .complete)
        func by(_ step: String, _ disciplines: [String]) throws -> ActorRule {
            let rule = try #require(Testland.entry.step(step)).by
            return ActorRule(
                functions: rule.functions, chosenIn: rule.chosenIn, disciplines: disciplines, notActorOf: rule.notActorOf,
                notOfThisSchool: rule.notOfThisSchool, source: rule.source)
        }
        let first = try await stage.installation.replay(
            from: .invented, by: entry(step: "first", by: try by("first", ["psycholoog"])))
        #expect(first.turnedActs.map(\.act) == [.did(step: "first", choice: "done")])
        #expect(first.turnedActs.compactMap { codes($0.would) } == [[.wrongDiscipline]])
        let second = try await stage.installation.replay(
            from: .invented, by: entry(step: "second", by: try by("second", ["pedagoog"])))
        #expect(
            second.turnedActs.map(\.act) == [.did(step: "second", choice: "done"), .waits(step: "second", choice: "done")])
        #expect(second.turnedActs.compactMap { codes($0.would) } == [[.wrongDiscipline], [.wrongDiscipline]])
        let more = try await stage.installation.replay(
            from: .invented, by: entry(step: "first", by: try by("first", ["orthopedagoog"])))
        #expect(more.turnedActs.isEmpty)
    }

    @Test("a step that others take is told, also when the same person did another that it must be apart from")
    func actors() async throws {
        let stage = try await stage()
        let other = try await stage.installation.replay(
            from: .invented, by: entry(step: "check", by: ActorRule(functions: ["decider"])))
        #expect(
            other.turnedActs.compactMap { codes($0.would) } == [[.notYourStep], [.notYourStep], [.notYourStep], [.notYourStep]])
        #expect(Set(other.turnedActs.map(\.dossier.rawValue)) == ["d-1", "d-2", "d-3"])
        let apart = try await stage.installation.replay(
            from: .invented, by: entry(step: "check", by: ActorRule(functions: ["secretary"], notActorOf: ["decide"])))
        #expect(apart.turnedActs.isEmpty)
    }

    @Test("a choice that leads elsewhere is told with where, and a route that is not there with all that was done in it")
    func leads() async throws {
        let stage = try await stage()
        let elsewhere = try await stage.installation.replay(
            from: .invented, by: entry(step: "decide", choice: "grant", then: .end(outcome: "withdrawn")))
        #expect(elsewhere.turnedActs.map(\.would) == [.leads(.end(outcome: "withdrawn")), .leads(.end(outcome: "withdrawn"))])
        let gone = try await stage.installation.replay(
            from: .invented, by: Testland.plan(procedures: [Testland.talk], tables: []))
        #expect(gone.turnedActs.count { $0.act == .start } == 3)
        #expect(gone.turnedActs.allSatisfy { $0.would == .absent && $0.procedure == "entry" })
    }

    @Test("whoever looks independently reads no more of it than on the pages")
    func independent() async throws {
        let stage = try await Stage.inMemory()
        let id = DossierID("d-1")
        try await stage.tell(id, to: .complete)
        _ = try await stage.installation.perform(
            Stage.take(id, "first", "done", ["first-advice": .text("Ja, passend.")]), on: id, as: Testland.adviser)
        let first = try #require(Testland.entry.step("first")).by
        let replay = try await stage.installation.replay(
            from: .invented,
            by: entry(
                step: "first",
                by: ActorRule(functions: first.functions, disciplines: ["psycholoog"], source: first.source)))
        let turn = try #require(replay.turnedActs.first { $0.act == .did(step: "first", choice: "done") })
        let expert = try await stage.installation.see(id, [.procedures], as: Testland.expert)
        #expect(!expert.tells(turn, .invented))
        let decider = try await stage.installation.see(id, [.procedures], as: Testland.secretary)
        #expect(decider.tells(turn, .invented))
    }
}
