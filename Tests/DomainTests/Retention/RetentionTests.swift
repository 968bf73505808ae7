import Domain
import TestKit
import Testing

@Suite("How long a dossier is kept")
struct RetentionTests {
    private func kept(_ given: Given) -> Retention? { given.dossier.retention(given.shelf) }

    @Test("is until three years after the last day of a decision, and over the day after that")
    func decision() throws {
        let given = Given.granted(shelf: .keeping)
        let end = try #require(given.dossier.decisions.first?.end)
        let kept = try #require(self.kept(given))
        #expect(kept.cause == .decision(try #require(given.dossier.decisions.first?.number)))
        #expect(kept.ended == end)
        #expect(kept.keptUntil == end.adding(years: 3))
        #expect(kept.term?.source == "WPO art. 18a lid 13")
        #expect(!kept.isOver(on: end.adding(years: 3)))
        #expect(kept.isOver(on: end.adding(years: 3).adding(days: 1)))
    }

    @Test("has no end while a route runs, and one from the day it ends")
    func running() throws {
        let talking = Given.talking(shelf: .keeping)
        #expect(kept(talking)?.ended == nil)
        #expect(kept(talking)?.isOver(on: .of("2090-01-01")) == false)
        let ended = talking.after(Testland.talked("in-school"), on: "2021-09-20", at: "16:30")
        #expect(kept(ended)?.keptUntil == .of("2024-09-20"))
        #expect(kept(ended)?.cause == .procedure("talk"))
    }

    @Test("is reckoned anew when something new happens, and never becomes shorter by it")
    func recomputed() {
        let ended = Given.talking(shelf: .keeping).after(Testland.talked("in-school"), on: "2021-09-20", at: "16:30")
        let written = ended.after(
            .write(.init(part: "strategy", answers: ["goal": .text("Iets anders.")], basedOn: ["goal": 8])), on: "2022-03-01")
        #expect(kept(written)?.keptUntil == .of("2025-03-01"))
        #expect(kept(written)?.cause == .work)
        let again = ended.after(
            Testland.startTalk(Testland.meeting("2023-05-20T15:30"), instance: InstanceID("i-2")), on: "2023-05-01")
        #expect(kept(again)?.ended == nil)
    }

    @Test("does not follow from a correction of a name or of the family: that is no use of the dossier")
    func corrections() {
        let ended = Given.talking(shelf: .keeping).after(Testland.talked("in-school"), on: "2021-09-20", at: "16:30")
        var child = Testland.child
        child.familyName = "Pluys"
        #expect(kept(ended.after(.correctChild(child), on: "2023-01-10"))?.keptUntil == .of("2024-09-20"))
    }

    @Test("of a dossier in which nothing came about counts from what was written, else from its opening")
    func nothingCame() {
        #expect(kept(.opened(shelf: .keeping))?.cause == .opened)
        #expect(kept(.opened(shelf: .keeping))?.keptUntil == .of("2024-09-01"))
        #expect(kept(.written(shelf: .keeping))?.cause == .work)
        #expect(kept(.written(shelf: .keeping))?.keptUntil == .of("2024-09-02"))
    }

    @Test("follows the term that held when it ended, and the oldest one before there was any")
    func datedTerm() {
        #expect(Testland.retentionLaw.term(on: .of("2021-07-31"))?.keep == Period(2, .years))
        #expect(Testland.retentionLaw.term(on: .of("2021-08-01"))?.keep == Period(3, .years))
        #expect(Testland.retentionLaw.term(on: .of("2009-01-01"))?.keep == Period(2, .years))
        #expect(RetentionLaw(id: "none", title: Localized(nl: "a", en: "a"), terms: []).term(on: .of("2021-08-01")) == nil)
    }

    @Test("is held back while an objection runs, which begins no term of its own")
    func objection() {
        let ended = Given.talking(shelf: .keeping).after(Testland.talked("in-school"), on: "2021-09-20", at: "16:30")
        let objecting = ended.after(
            .start(.init(instance: InstanceID("i-o"), procedure: "objection", answers: Testland.meeting("2024-09-10T15:30"))),
            on: "2024-08-30")
        let running = kept(objecting)
        #expect(running?.holds == [.procedure("objection")])
        #expect(running?.keptUntil == .of("2024-09-20"))
        #expect(running?.isOver(on: .of("2024-12-01")) == false)
        let done = objecting.after(
            .take(
                .init(
                    instance: InstanceID("i-o"), step: "meet", choice: "in-school", answers: ["minutes": .text("Besproken.")])),
            on: "2024-12-01")
        #expect(kept(done)?.holds == [])
        #expect(kept(done)?.keptUntil == .of("2024-09-20"))
        #expect(kept(done)?.isOver(on: .of("2024-12-01")) == true)
    }

    @Test("of a decision without an end lasts as long as a child can be in school here")
    func withoutEnd() {
        let granted = Given.granted(shelf: .keeping)
        guard let decision = granted.dossier.decisions.first else { return }
        let endless = Decision(
            instance: decision.instance, outcome: decision.outcome, number: "N-2", counter: decision.counter, ordinal: 2,
            begin: decision.begin, end: nil, deviates: false, issued: decision.issued, by: decision.by, advices: [],
            copies: [:], reasons: "", objectionUntil: nil, explanation: [])
        // Born on 10 March 2014: fourteen in March 2028, and the school year ends on 31 July.
        let given = Given([.decisionIssued(endless)], on: "2021-10-18", shelf: .keeping)
        #expect(given.dossier.retention(.keeping) == nil)
        #expect(
            kept(granted.and([.decisionIssued(endless)], on: "2021-10-18"))?.ended
                == max(.of("2028-07-31"), decision.end ?? .earliest))
    }

    @Test("is nobody's business here where the plan leaves it to paper, and has no end without the law")
    func notArranged() {
        #expect(kept(.opened()) == nil)
        let lawless = Testland.plan(
            retention: RetentionRule(
                law: nil, announces: ["privacy-officer"], agrees: ["board"], stops: [], waits: Period(7, .days), source: "x"))
        let given = Given.opened(shelf: .of([lawless]))
        #expect(kept(given)?.keptUntil == nil)
        given.when(.retention(.announce), as: Testland.privacyOfficer, on: "2090-01-01").refused(.stillKept)
    }
}
