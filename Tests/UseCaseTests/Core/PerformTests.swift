import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("A command is carried out")
struct PerformTests {
    private let id = DossierID("d-1")

    @Test("what others wrote since the dossier was loaded is folded in, and then it is decided again")
    func foldsTheNews() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let once = Times(1)
        let journal = WatchedJournal(stage.journal) { [id, installation = stage.installation] _ in
            guard once.next() else { return }
            _ = try await installation.perform(
                Stage.writes("strengths", "Bouwt graag.", in: "observe"), on: id, as: Testland.teacher)
        }
        let after = try await stage.another(journal: journal).perform(
            Stage.writes("signal", "Is vaak moe.", in: "general"), on: id, as: Testland.ib)
        #expect(journal.appends == 2)
        #expect(after.known["strengths"]?.answer == .text("Bouwt graag."))
        #expect(after.known["signal"]?.answer == .text("Is vaak moe."))
        #expect(after == (try await stage.replayed(id)))
        try await stage.expectSound()
    }

    @Test("news can turn a yes into a no: the second of two on one field is refused and writes nothing")
    func newsRefuses() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let once = Times(1)
        let journal = WatchedJournal(stage.journal) { [id, installation = stage.installation] _ in
            guard once.next() else { return }
            _ = try await installation.perform(Stage.writes("signal", "Eerst", in: "general"), on: id, as: Testland.teacher)
        }
        await #expect(throws: Refused(.fieldChangedMeanwhile, field: "signal")) {
            try await stage.another(journal: journal).perform(
                Stage.writes("signal", "Toen", in: "general"), on: id, as: Testland.ib)
        }
        #expect(try await stage.replayed(id).known["signal"]?.answer == .text("Eerst"))
    }

    @Test("after three conflicts it still lands, after four it gives up with the conflict", arguments: [3, 4])
    func attempts(_ conflicts: Int) async throws {
        let stage = try await Stage.inMemory()
        let before = try await stage.tell(id, to: .opened)
        let times = Times(conflicts)
        let journal = WatchedJournal(stage.journal) { [id, installation = stage.installation] appending in
            guard times.next() else { return }
            let revision = try await installation.load(id).known["strengths"]?.revision ?? 0
            _ = try await installation.perform(
                Stage.writes("strengths", "Keer \(appending.expectedVersion)", in: "observe", on: revision), on: id,
                as: Testland.teacher)
        }
        let other = stage.another(journal: journal)
        let command = Stage.writes("signal", "Is vaak moe.", in: "general")
        if conflicts < 4 {
            let after = try await other.perform(command, on: id, as: Testland.ib)
            #expect(after.version == before.version + conflicts + 1)
        } else {
            await #expect(throws: JournalConflict.self) { try await other.perform(command, on: id, as: Testland.ib) }
            #expect(try await stage.replayed(id).known["signal"] == nil)
        }
        #expect(journal.appends == 4)
        #expect(try await other.load(id) == (try await stage.replayed(id)))
    }

    @Test("what is refused leaves no trace: no event, no number, no row")
    func refusedWritesNothing() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .advised)
        let head = try await stage.journal.head()
        let rows = try await stage.registers()
        let refusedCommands: [(DossierCommand, Actor, Refusal.Code)] = [
            (Stage.take(id, "decide", "grant"), Testland.decider, .required),
            (Stage.decides(id), Testland.secretary, .notYourStep),
            (Stage.writes("signal", "Te laat", in: "general"), Testland.ib, .fieldChangedMeanwhile),
            (.correctChild(Child.named(" ", "Pluis")), Testland.ib, .required),
            (Testland.startTalk(instance: InstanceID("i-other")), Testland.teacher, .mayNotStart),
        ]
        for (command, actor, code) in refusedCommands {
            let refused = await #expect(throws: Refused.self) {
                try await stage.installation.perform(command, on: id, as: actor)
            }
            #expect(refused?.reasons.first?.code == code)
        }
        #expect(try await stage.journal.head() == head)
        #expect(try await stage.journal.counters() == [:])
        #expect(try await stage.registers() == rows)
        #expect(try await stage.installation.load(id) == (try await stage.replayed(id)))
    }

    @Test("a double click is harmless, whatever the click", arguments: Stage.Chapter.allCases)
    func doubleClick(_ chapter: Stage.Chapter) async throws {
        let stage = try await Stage.inMemory()
        for line in Stage.lines(of: id) where line.chapter <= chapter {
            stage.clock.move(line.day)
            let once = try await stage.installation.perform(line.command, on: id, as: line.actor)
            guard line.chapter == chapter else { continue }
            let rows = try await stage.registers()
            // The same installation, and another server that a second click may come to.
            for installation in [stage.installation, stage.another()] {
                #expect(try await installation.perform(line.command, on: id, as: line.actor) == once)
            }
            #expect(try await stage.version(id) == once.version)
            #expect(try await stage.registers() == rows)
        }
        #expect(try await stage.journal.counters() == (chapter == .granted ? ["entry-2021-2022": 1] : [:]))
    }

    @Test("two clicks at the same moment decide once")
    func simultaneousClicks() async throws {
        try await Stage.onFile { stage in
            try await stage.tell(id, to: .advised)
            stage.clock.move("2021-10-18")
            let installation = stage.installation
            let dossiers = try await withThrowingTaskGroup(returning: [Dossier].self) { [id] group in
                for _ in 0..<8 {
                    group.addTask { try await installation.perform(Stage.decides(id), on: id, as: Testland.decider) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(dossiers.map(\.version)).count == 1)
            #expect(dossiers.first?.decisions.count == 1)
            #expect(try await stage.journal.counters() == ["entry-2021-2022": 1])
            try await stage.expectSound()
        }
    }

    @Test("a dossier out of sight and one that was never there are not told apart")
    func notFound() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        for actor in [Testland.stranger, Testland.otherIB, Testland.adviser, Testland.board, Testland.administrator] {
            for dossier in [id, DossierID("d-2")] {
                await #expect(throws: NotFound()) {
                    try await stage.installation.perform(.lockVersion, on: dossier, as: actor)
                }
                await #expect(throws: NotFound()) {
                    try await stage.installation.perform(Testland.startTalk(), on: dossier, as: actor)
                }
            }
        }
        // Whoever sees it hears what is not allowed.
        await #expect(throws: Refused(.notAllowed)) {
            try await stage.installation.perform(.lockVersion, on: id, as: Testland.teacher)
        }
    }

    @Test("an append that fails changes nothing, in memory neither")
    func failsBefore() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let once = Times(1)
        let other = stage.another(journal: WatchedJournal(stage.journal) { _ in if once.next() { throw diskFull } })
        let command = Stage.writes("signal", "Is vaak moe.", in: "general")
        await #expect(throws: diskFull) { try await other.perform(command, on: id, as: Testland.ib) }
        #expect(try await other.load(id) == (try await stage.replayed(id)))
        #expect(try await other.perform(command, on: id, as: Testland.ib).known["signal"] != nil)
    }

    @Test("an append that was written but not acknowledged is seen by the next look, and the second click is harmless")
    func failsAfter() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .advised)
        stage.clock.move("2021-10-18")
        let once = Times(1)
        let other = stage.another(
            journal: WatchedJournal(stage.journal, after: { _ in if once.next() { throw diskFull } }))
        await #expect(throws: diskFull) { try await other.perform(Stage.decides(id), on: id, as: Testland.decider) }
        #expect(try await other.load(id).decisions.count == 1)
        #expect(try await other.perform(Stage.decides(id), on: id, as: Testland.decider).decisions.count == 1)
        #expect(try await stage.journal.counters() == ["entry-2021-2022": 1])
    }

    @Test("what was decided stays readable and goes on, also when the clock is set back")
    func clockSetBack() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .talking)
        stage.clock.move("2021-08-01")
        let after = try await stage.installation.perform(
            Stage.writes("goal-day", "2022-01-10", in: "strategy"), on: id, as: Testland.ib)
        #expect(after.known["goal-day"] != nil)
        try await stage.expectSound()
    }

    @Test("a person can be chosen in the groeidocument, when they hold the function there")
    func personInGroeidocument() async throws {
        var fields = Testland.fields
        fields["goal"] = Field(
            id: "goal", title: Localized(nl: "Wie helpt?", en: "Who helps?"), kind: .person(function: "teacher", disciplines: []))
        let stage = try await Stage.inMemory(.of([Testland.plan(fields: fields)]))
        try await stage.tell(id, to: .opened)
        func writes(_ actor: Actor) -> DossierCommand { Stage.writes("goal", actor.person.rawValue, in: "strategy") }
        await #expect(throws: Refused(.unknownPerson, field: "goal")) {
            try await stage.installation.perform(writes(Testland.ib), on: id, as: Testland.ib)
        }
        let after = try await stage.installation.perform(writes(Testland.teacher), on: id, as: Testland.ib)
        #expect(after.known["goal"]?.answer.text == Testland.teacher.person.rawValue)
    }

    @Test("a dossier that was forgotten is not there any more")
    func forgotten() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .agreed)
        let old = Projection.rows(of: try await stage.replayed(id), stage.installation.shelf)
        try await stage.journal.erase(
            [Projection.stream(id)], at: stage.clock.now(), registers: .between(old: old, new: []))
        await #expect(throws: NotFound()) { try await stage.installation.glance(id, as: Testland.ib) }
        await #expect(throws: NotFound()) { try await stage.installation.perform(.lockVersion, on: id, as: Testland.ib) }
        #expect(stage.installation.cache[id] == nil)
    }
}
