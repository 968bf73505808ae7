import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("A dossier is looked at")
struct SeeTests {
    private let id = DossierID("d-1")

    private func log(_ stage: Stage) async throws -> [ReadEntry] {
        try await stage.installation.vault.reads.reads(of: id, before: nil, limit: 100).map(\.read)
    }

    @Test("the look is in the log before anything is returned, with who, in which function, what for and what")
    func logged() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .asked)
        let looks: [(Actor, Set<DossierPart>, String, String)] = [
            (Testland.ib, [.child, .procedures], "ib", "function"),
            (Testland.secretary, [.procedures], "secretary", "task:entry/check"),
            (Testland.mother, [.readLog], PlanRules.guardian, "family"),
            (Testland.privacyOfficer, [.readLog], "privacy-officer", "function"),
        ]
        for (actor, parts, function, purpose) in looks {
            let seen = try await stage.installation.see(id, parts, as: actor)
            let read = try #require(try await log(stage).first)
            #expect(read.person == actor.person)
            #expect(read.function == function)
            #expect(read.purpose == purpose)
            #expect(read.parts == parts.map(\.rawValue).sorted())
            #expect(read.at == stage.clock.now())
            let looked = try await stage.installation.vault.reads.lookedVersions(actor.person, dossiers: [id])
            #expect(looked == [id: seen.dossier.version])
        }
        #expect(try await log(stage).count == looks.count)
    }

    @Test("who looks back where what it was open for has ended is in the log as such, and told of to who watches over it")
    func afterwards() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .granted)
        // The school works there still; the office has two weeks to look back.
        for (actor, purpose) in [(Testland.ib, "function"), (Testland.secretary, "afterwards")] {
            _ = try await stage.installation.see(id, [.child], as: actor)
            #expect(try await log(stage).first?.purpose == purpose)
        }
        let unusual = try await stage.installation.unusualReads(as: Testland.privacyOfficer)
        #expect(unusual.filter { $0.reason == .idle }.map(\.person) == [Testland.secretary.person])
    }

    @Test("what cannot be written down is not shown")
    func unlogged() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        await #expect(throws: diskFull) {
            try await stage.another(reads: FullReads()).see(id, [.child], as: Testland.ib)
        }
    }

    @Test("who may not see a part is told that there is nothing, and nothing is logged")
    func outOfSight() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let refused: [(Actor, Set<DossierPart>)] = [
            (Testland.stranger, [.child]), (Testland.teacher, [.child, .documents]), (Testland.privacyOfficer, [.child]),
            (Testland.ib, [.readLog]), (Testland.stepfather, [.groeidocument]),
        ]
        for (actor, parts) in refused {
            await #expect(throws: NotFound()) { try await stage.installation.see(id, parts, as: actor) }
        }
        await #expect(throws: NotFound()) { try await stage.installation.see(DossierID("d-2"), [.child], as: Testland.ib) }
        #expect(try await log(stage).isEmpty)
    }

    @Test("a page of several parts shows and logs those in sight, and is not there when none is")
    func partly() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        _ = try await stage.installation.see(id, Set(DossierPart.allCases), all: false, as: Testland.teacher)
        #expect(try await log(stage).first?.parts == ["child", "groeidocument"])
        await #expect(throws: NotFound()) {
            try await stage.installation.see(id, [.documents, .family], all: false, as: Testland.teacher)
        }
    }

    @Test("a glance is for what comes before a form is sent: it logs nothing")
    func glance() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        #expect(try await stage.installation.glance(id, as: Testland.teacher).sight.parts == [.child, .groeidocument])
        #expect(try await log(stage).isEmpty)
    }
}
