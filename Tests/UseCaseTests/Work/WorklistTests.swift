import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Somebody's work")
struct WorklistTests {
    private let id = DossierID("d-1")

    private func steps(_ items: [Worklist.Item]) -> [String] { items.map { "\($0.route.id)/\($0.step.id)" } }

    /// What happened in the news of a dossier, oldest first.
    private func codes(_ worklist: Worklist) -> [String] { worklist.news.flatMap { $0.changes.reversed().map(\.code) } }

    @Test("each step waits for whoever takes it; who started it, or acted before, awaits it")
    func waits() async throws {
        let turns: [(Stage.Chapter, waiting: [(Actor, String)], awaited: [(Actor, String)])] = [
            (.agreed, [], []),
            (.talking, [(Testland.ib, "talk/meet"), (Testland.adviser, "talk/meet")], [(Testland.director, "talk/meet")]),
            (.wider, [], []),
            (.asked, [(Testland.secretary, "entry/check")], [(Testland.ib, "entry/check")]),
            (
                .complete, [(Testland.adviser, "entry/first"), (Testland.expert, "entry/second")],
                [(Testland.ib, "entry/first"), (Testland.secretary, "entry/second")]
            ),
            (.advised, [(Testland.decider, "entry/decide")], [(Testland.ib, "entry/decide"), (Testland.expert, "entry/decide")]),
            (.granted, [], []),
        ]
        for turn in turns {
            let stage = try await Stage.inMemory()
            try await stage.tell(id, to: turn.0)
            for actor in Testland.people.values {
                let worklist = try await stage.installation.worklist(for: actor)
                let expected = turn.waiting.filter { $0.0.person == actor.person }.map(\.1)
                if !expected.isEmpty { #expect(steps(worklist.waiting) == expected, "\(turn.0) \(actor.person)") }
                if turn.waiting.isEmpty { #expect(worklist.waiting.isEmpty && worklist.awaited.isEmpty, "\(turn.0)") }
                #expect(Set(steps(worklist.waiting)).isDisjoint(with: steps(worklist.awaited)), "\(turn.0) \(actor.person)")
                for (awaiting, step) in turn.awaited where awaiting.person == actor.person {
                    #expect(steps(worklist.awaited).contains(step), "\(turn.0) \(actor.person)")
                }
            }
        }
    }

    @Test("nobody finds anything of a dossier out of their sight, and of one in sight no more than they would see inside")
    func outOfSight() async throws {
        for chapter in Stage.Chapter.allCases {
            let stage = try await Stage.inMemory()
            let dossier = try await stage.tell(id, to: chapter)
            for actor in Testland.people.values {
                let place: Comment = "\(chapter) \(actor.person)"
                let worklist = try await stage.installation.worklist(for: actor)
                let sight = actor.sight(
                    of: dossier.openings(stage.installation.shelf), rules: stage.installation.rules, on: stage.installation.today)
                let sees = sight?.sees(.child) == true
                #expect(sees || worklist.waiting.isEmpty && worklist.awaited.isEmpty && worklist.news.isEmpty, place)
                for change in worklist.news.flatMap(\.changes) {
                    let part = DossierPart(ofHistory: change.code)
                    #expect(part.map { sight?.sees($0) == true } == true, "\(chapter) \(actor.person) \(change.code)")
                    #expect(change.actor != actor.person, place)
                }
            }
        }
    }

    @Test("a father without authority hears of no answer, agreement or procedure that he may not read about")
    func newsByPart() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .granted)
        #expect(codes(try await stage.installation.worklist(for: Testland.stepfather)) == ["decision.issued"])
        let teacher = codes(try await stage.installation.worklist(for: Testland.teacher))
        #expect(!teacher.contains { $0.hasPrefix("procedure") || $0.hasPrefix("step") || $0.hasPrefix("decision") })
    }

    @Test("every line of a dossier's history belongs to a part of it")
    func historyParts() async throws {
        let stage = try await Stage.inMemory()
        var dossier = try await stage.tell(id, to: .granted)
        for command: DossierCommand in [
            .correctChild(.named("Pim", "Pluim")), .endGuardian(Testland.stepfatherInDossier.id),
            .addDocument(Testland.document()), .withdrawDocument(DocumentID("doc-1")),
            .unnamePerson(NamedPerson(person: Testland.teacher.person, function: "teacher")),
        ] { dossier = try await stage.installation.perform(command, on: id, as: Testland.ib) }
        let codes = Set(dossier.history.map(\.code))
        #expect(codes.count > 12)
        for code in codes { #expect(DossierPart(ofHistory: code) != nil, "\(code)") }
        #expect(DossierPart(ofHistory: "moon.landed") == nil)
    }

    @Test("own acts are no news, and what was looked at is none any more")
    func news() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .agreed)
        let installation = stage.installation
        #expect(codes(try await installation.worklist(for: Testland.ib)) == ["agreement.given"])
        #expect(codes(try await installation.worklist(for: Testland.teacher)).last == "answers.written")
        _ = try await installation.see(id, Set(DossierPart.allCases), all: false, as: Testland.ib)
        #expect(codes(try await installation.worklist(for: Testland.ib)) == [])
        _ = try await installation.perform(
            Stage.writes("helps", "rest", in: "observe"), on: id, as: Testland.teacher)
        #expect(codes(try await installation.worklist(for: Testland.ib)) == ["answers.written"])
        #expect(!codes(try await installation.worklist(for: Testland.teacher)).isEmpty)
        _ = try await installation.see(id, [.child], as: Testland.teacher)
        #expect(codes(try await installation.worklist(for: Testland.teacher)) == [])
    }

    @Test("what is past its day is late, what is near it soon, what has time calm")
    func urgency() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .asked)
        // Asked on Friday 1 October 2021, to be checked within a week.
        for (day, urgency) in [
            ("2021-10-01", Worklist.Urgency.soon), ("2021-10-08", .soon), ("2021-10-09", .late), ("2021-12-01", .late),
        ] {
            stage.clock.move(day)
            let waiting = try await stage.installation.worklist(for: Testland.secretary).waiting
            #expect(waiting.map(\.urgency) == [urgency], "\(day)")
        }
        try await stage.tell(DossierID("d-2"), to: .complete)
        let calm = try await stage.installation.worklist(for: Testland.expert).waiting
        #expect(calm.map(\.urgency) == [.calm])
        #expect(Worklist.Urgency.late < .soon)
    }

    @Test("the first due comes first; a hundred fit on the page, and it says when there is more")
    func full() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell((1...101).map { DossierID("d-\($0)") }, to: .asked)
        let worklist = try await stage.installation.worklist(for: Testland.secretary)
        #expect(worklist.waiting.count == 100)
        #expect(worklist.hasMore)
        #expect(worklist.news.count == 12)
        _ = try await stage.installation.perform(
            Stage.take(DossierID("d-7"), "check", "incomplete", ["missing": .text("Een verslag.")]), on: DossierID("d-7"),
            as: Testland.secretary)
        let rest = try await stage.installation.worklist(for: Testland.secretary)
        #expect(rest.waiting.count == 100)
        #expect(!rest.hasMore)
        #expect(rest.awaited.map(\.dossier.id) == [DossierID("d-7")])
    }

    @Test("of a long list the first due are shown; what waits is counted whole, and one procedure can be shown alone")
    func first() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell((1...6).map { DossierID("d-\($0)") }, to: .asked)
        try await stage.tell(DossierID("d-7"), to: .talking)
        let whole = try await stage.installation.worklist(for: Testland.adviser)
        #expect(steps(whole.waiting) == ["talk/meet"])
        #expect(!whole.hasMore)
        let secretary = Testland.secretary
        let all = try await stage.installation.worklist(for: secretary).waiting.map(\.dossier.id)
        let some = try await stage.installation.worklist(for: secretary, waiting: 4)
        #expect(some.waiting.map(\.dossier.id) == Array(all.prefix(4)))
        #expect(some.hasMore)
        #expect(some.count == 6)
        #expect(some.tallies.map(\.route.id) == ["entry"])
        let ib = try await stage.installation.worklist(for: Testland.ib, waiting: 9, awaiting: 2)
        #expect(ib.awaited.count == 2)
        #expect(ib.hasMore)
        let none = try await stage.installation.worklist(for: secretary, kind: "talk")
        #expect(none.waiting.isEmpty)
        #expect(none.count == 6)
        stage.clock.move("2021-12-01")
        #expect(try await stage.installation.worklist(for: secretary, waiting: 1).late == 6)
    }

    @Test("no dossier is opened for it: nothing is folded and no look is logged")
    func fromRegisters() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .advised)
        let journal = WatchedJournal(stage.journal)
        let installation = stage.another(journal: journal, reads: FullReads())
        #expect(try await !installation.worklist(for: Testland.decider).waiting.isEmpty)
        #expect(journal.reads.isEmpty)
    }
}
