import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Registers follow the journal")
struct ProjectionTests {
    private let id = DossierID("d-1")

    @Test("after every act of a dossier's life they are what a rebuild makes of them, row for row")
    func rebuilt() async throws {
        let stage = try await Stage.inMemory(.invented)
        for line in Stage.lines(of: id) {
            stage.clock.move(line.day)
            _ = try await stage.installation.perform(line.command, on: id, as: line.actor)
            try await stage.expectSound("\(line.chapter)")
        }
    }

    @Test("a rebuild gives no number out again: the counters stand where they stood")
    func counters() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .granted)
        try await stage.expectSound()
        let other = DossierID("d-2")
        let second = try await stage.tell(other, to: .granted)
        #expect(second.decisions.map(\.ordinal) == [2])
    }

    @Test("a stream of another kind, or one that is not there, has no rows")
    func otherStreams() throws {
        for stream in ["", "dossier", "moon-1", "dossier-1", "person-1", "organisation-1"] {
            #expect(try Projection.rows(StreamID(stream), [], .of([.invented])).isEmpty)
        }
    }

    @Test("an act waits for those whose turn it is, and for others only as awaited")
    func tasks() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .complete)
        let tasks = try await stage.journal.tasks(of: id)
        let acting = Dictionary(grouping: tasks.filter { $0.kind == .act }, by: \.step).mapValues { Set($0.map(\.principal)) }
        #expect(
            acting == [
                "first": ["adviser@partnership"], "second": ["expert@partnership#\(Testland.expert.person)"],
            ])
        let awaiting = Set(tasks.filter { $0.kind == .await }.map(\.principal))
        #expect(
            awaiting == ["ib@\(Testland.school)", "secretary@partnership", "\(PlanRules.guardian)#\(Testland.mother.person)"])
    }

    @Test("whoever sees a dossier only for a while longer gets no new work from it: the list would outlive the sight")
    func noTaskBeyondSight() async throws {
        // The adviser sees the talk and six weeks more, yet this plan asks them to act in the entry too.
        let functions = Testland.functions.map { rule in
            guard rule.id == "adviser" else { return rule }
            return FunctionRule(
                id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place,
                sight: [.during(procedures: ["talk"], afterwards: Period(6, .weeks))], reads: rule.reads, may: rule.may,
                disciplines: rule.disciplines, source: rule.source)
        }
        let stage = try await Stage.inMemory(.of([Testland.plan(functions: functions)]))
        try await stage.tell(id, to: .complete)
        stage.clock.move("2021-12-01")
        await #expect(throws: NotFound()) { try await stage.installation.glance(id, as: Testland.adviser) }
        let worklist = try await stage.installation.worklist(for: Testland.adviser)
        #expect(worklist.waiting.isEmpty)
        #expect(worklist.awaited.isEmpty)
        #expect(worklist.news.isEmpty)
    }

    @Test("the detail of a change is read back as it was written")
    func detail() {
        let values = ["procedure": "talk", "step": "meet", "choice": "a=b"]
        #expect(Detail.values(Detail.text(values)) == values)
        #expect(Detail.values("") == [:])
    }
}
