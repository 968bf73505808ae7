import Domain
import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Asking about a child without naming it")
struct QuestionTests {
    private let id = QuestionID("q-1")
    private let text = "Een leerling leest traag. Wat kan ik proberen?"

    private func asked(_ stage: Stage, _ text: String? = nil) async throws {
        _ = try await stage.installation.perform(
            .ask(kind: "adviser", school: Testland.school, group: nil, text: text ?? self.text), on: id, as: Testland.ib)
    }

    @Test("the adviser finds it among the work and answers, the school reads the answer, nobody else finds it")
    func life() async throws {
        let stage = try await Stage.inMemory()
        let installation = stage.installation
        try await asked(stage)
        #expect(try await installation.questionsWaiting(for: Testland.adviser).map(\.id) == [id])
        #expect(try await installation.questionsWaiting(for: Testland.ib).isEmpty)
        for actor in [Testland.otherIB, Testland.mother, Testland.board, Testland.decider, Testland.privacyOfficer] {
            #expect(try await installation.questions(for: actor).isEmpty)
            await #expect(throws: NotFound()) { try await installation.question(id, as: actor) }
            await #expect(throws: NotFound()) { try await installation.perform(.tell(text: "x"), on: id, as: actor) }
        }
        _ = try await installation.perform(.tell(text: "Lees elke dag samen."), on: id, as: Testland.adviser)
        #expect(try await installation.questionsWaiting(for: Testland.adviser).isEmpty)
        let seen = try await installation.question(id, as: Testland.teacher)
        #expect(seen.question.lines.map(\.text) == [text, "Lees elke dag samen."])
        #expect(try await installation.questions(for: Testland.teacher).map(\.state) == [.answered])
        try await stage.expectSound()
    }

    @Test("a name of a child of the school that the asker may see is recognised; that of another child is not known here")
    func names() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .opened)
        let child = Testland.child
        await #expect(throws: Refused(.tellsName, field: "text", values: ["word": child.givenName])) {
            try await asked(stage, "\(child.givenName) leest traag.")
        }
        #expect(try await stage.installation.questions(for: Testland.ib).isEmpty)
        try await asked(stage, "Ik noem hem Zebedeus.")
    }

    @Test("becomes a dossier: what was said stands in the groeidocument, and of the question no word is left")
    func brought() async throws {
        try await Stage.onFile { stage in
            let installation = stage.installation
            try await asked(stage)
            _ = try await installation.perform(.tell(text: "Lees elke dag samen."), on: id, as: Testland.adviser)
            try await stage.tell(DossierID("d-1"), to: .opened)
            try await installation.bring(id, into: DossierID("d-1"), as: Testland.ib) { line, name in
                "\(name ?? "") zei: \(line.text)"
            }
            let dossier = try await installation.see(DossierID("d-1"), [.groeidocument], as: Testland.ib).dossier
            let written = try #require(dossier.known["signal"]?.answer.text)
            #expect(written.contains("zei: \(text)\n\n") && written.hasSuffix("zei: Lees elke dag samen."))
            await #expect(throws: NotFound()) { try await installation.question(id, as: Testland.ib) }
            #expect(try await installation.questions(for: Testland.ib).isEmpty)
            // Pressed twice: it is there once.
            await #expect(throws: NotFound()) {
                try await installation.bring(id, into: DossierID("d-1"), as: Testland.ib) { line, _ in line.text }
            }

            stage.clock.move("2021-09-02")
            _ = try await stage.forgetting().work()
            await #expect(throws: JournalFault.erased(Projection.stream(id))) {
                try await stage.journal.read(Projection.stream(id))
            }
            try await stage.expectSound()
        }
    }

    @Test("a closed one stays as long as the plan keeps it, and is gone after; an open one stays")
    func kept() async throws {
        let stage = try await Stage.inMemory()
        stage.clock.move("2021-09-06")
        try await asked(stage)
        _ = try await stage.installation.perform(
            .ask(kind: "adviser", school: Testland.school, group: nil, text: text), on: QuestionID("q-2"), as: Testland.ib)
        _ = try await stage.installation.perform(.close, on: id, as: Testland.ib)
        let forgetting = stage.forgetting()
        stage.clock.move("2022-09-06")
        _ = try await forgetting.work()
        #expect(try await stage.installation.questions(for: Testland.ib).count == 2)
        stage.clock.move("2022-09-07")
        _ = try await forgetting.work()
        #expect(try await stage.installation.questions(for: Testland.ib).map(\.id) == [QuestionID("q-2")])
        try await stage.expectSound()
    }

    @Test("one that waits for an answer is not pushed out of the work by many that were closed later")
    func notPushedOut() async throws {
        let stage = try await Stage.inMemory()
        try await asked(stage)
        for number in 1...Installation.mostQuestions {
            let other = QuestionID("q-other-\(number)")
            _ = try await stage.installation.perform(
                .ask(kind: "adviser", school: Testland.school, group: nil, text: text), on: other, as: Testland.ib)
            _ = try await stage.installation.perform(.close, on: other, as: Testland.ib)
        }
        #expect(try await stage.installation.questionsWaiting(for: Testland.adviser).map(\.id) == [id])
    }

    @Test("two answers at the same moment both land")
    func atOnce() async throws {
        try await Stage.onFile { stage in
            let installation = stage.installation
            try await asked(stage)
            try await withThrowingTaskGroup { group in
                for number in 1...3 {
                    group.addTask {
                        _ = try await installation.perform(
                            .tell(text: "Antwoord \(number)."), on: id, as: Testland.adviser)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await installation.question(id, as: Testland.ib).question.lines.count == 4)
        }
    }
}

extension Stage {
    fileprivate func forgetting() -> Forgetting {
        Forgetting(
            installation, upkeep: journal, vault: SQLiteVault(store, directory: nil), list: NothingListed())
    }
}

/// A list of erasures in which no dossier stands.
private struct NothingListed: ErasureList {
    func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>) { ([], []) }
    func add(_ entry: ErasureEntry) throws(JournalFault) { Issue.record("a dossier was destroyed") }
    func finish(_ id: String) throws(JournalFault) {}
}
