import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("A dossier that goes to another school")
struct MovedDossierTests {
    private let id = DossierID("d-1")

    private func start(_ school: String) -> DossierCommand {
        .start(.init(instance: Testland.changeInstance, procedure: "change", answers: ["to-school": .text(school)]))
    }

    private let begun = DossierCommand.take(
        .init(instance: Testland.changeInstance, step: "begin", choice: "begun", answers: [:]))

    private func changing(_ plan: PlanRules = Testland.planWithChange()) async throws -> Stage {
        let stage = try await Stage.inMemory(.of([plan]))
        try await stage.tell(id, to: .talking)
        stage.clock.move("2021-09-13")
        _ = try await stage.installation.perform(start(Testland.otherSchool.rawValue), on: id, as: Testland.ib)
        return stage
    }

    private func listed(_ actor: Actor, _ stage: Stage) async throws -> [DossierID] {
        try await stage.installation.dossiers(for: actor, search: nil, after: nil, limit: 10).rows.map(\.id)
    }

    @Test("lists, work and registers follow it, and a rebuild makes the same rows")
    func follows() async throws {
        let stage = try await changing()
        #expect(try await listed(Testland.otherIB, stage).isEmpty)
        #expect(try await listed(Testland.ib, stage) == [id])
        await #expect(throws: NotFound()) { try await stage.installation.glance(id, as: Testland.otherIB) }

        stage.clock.move("2021-09-14")
        _ = try await stage.installation.perform(begun, on: id, as: Testland.ib)
        try await stage.expectSound()
        #expect(try await listed(Testland.otherIB, stage) == [id])
        #expect(try await listed(Testland.ib, stage) == [id])
        #expect(try await stage.journal.dossier(id)?.school == Testland.otherSchool)
        // What runs is the new school's, what ended there stays the old one's.
        let procedures = try await stage.journal.procedures(of: id)
        #expect(procedures.first { $0.procedure == "talk" }?.school == Testland.otherSchool)
        #expect(procedures.first { $0.procedure == "change" }?.school == Testland.school)
        let work = try await stage.installation.worklist(for: Testland.otherIB)
        #expect(work.waiting.map(\.step.id) == ["meet"])
        #expect(try await stage.installation.worklist(for: Testland.ib).waiting.isEmpty)

        // Two weeks on the old school finds nothing any more, in no list and by no address.
        stage.clock.move("2021-09-29")
        #expect(try await listed(Testland.ib, stage).isEmpty)
        await #expect(throws: NotFound()) { try await stage.installation.glance(id, as: Testland.ib) }
        #expect(try await listed(Testland.mother, stage) == [id])
    }

    @Test("what was withheld shows in the registers too, until the parents agree")
    func withheld() async throws {
        let rule = MovesToRule(
            field: "to-school", agreement: "share", without: [.child, .family, .agreements, .decisions], source: "Testland, 5")
        let stage = try await changing(Testland.planWithChange(rule))
        _ = try await stage.installation.perform(begun, on: id, as: Testland.ib)
        try await stage.expectSound()
        func parts() async throws -> [String] {
            try await stage.journal.openings(for: ["ib@\(Testland.otherSchool)"], of: id).map(\.parts)
        }
        #expect(try await parts() == ["agreements,child,decisions,family"])
        await #expect(throws: NotFound()) {
            try await stage.installation.see(id, [.groeidocument], as: Testland.otherIB)
        }
        for guardian in [Testland.motherInDossier, Testland.fatherInDossier] {
            _ = try await stage.installation.perform(
                .recordAgreement(
                    .init(guardian: guardian.id, purpose: "share", word: .given, way: .spoken, on: .of("2021-09-13"))), on: id,
                as: Testland.otherIB)
        }
        try await stage.expectSound()
        _ = try await stage.installation.see(id, [.groeidocument], as: Testland.otherIB)
    }

    @Test("a school is chosen from the open schools of the register, without the child's own")
    func chosen() async throws {
        let stage = try await Stage.inMemory(.of([Testland.planWithChange()]))
        try await stage.tell(id, to: .opened)
        let seen = try await stage.installation.glance(id, as: Testland.ib)
        let form = try await stage.installation.startForm("change", in: seen)
        #expect(form.people["to-school"]?.map(\.key) == [Testland.otherSchool.rawValue])
        #expect(form.people["to-school"]?.map(\.name) == ["De Vuurtoren"])
        for school in ["nowhere", "partnership", Testland.school.rawValue] {
            await #expect(throws: Domain.Refused.self) {
                try await stage.installation.perform(start(school), on: id, as: Testland.ib)
            }
        }
    }

    @Test("a procedure that is moved to another version shows it in the registers, and a rebuild makes the same rows")
    func version() async throws {
        let functions = Testland.functions.map { rule in
            rule.id != "secretary"
                ? rule
                : FunctionRule(
                    id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place, sight: rule.sight,
                    reads: rule.reads, may: [.moveProcedure], source: rule.source)
        }
        let stage = try await Stage.inMemory(
            .of([
                Testland.plan(functions: functions),
                Testland.plan(key: "testland/2021", inForce: "2021-10-05", functions: functions),
            ]))
        try await stage.tell(id, to: .complete)
        stage.clock.move("2021-10-06")
        let instance = Stage.entry(id)
        let seen = try await stage.installation.glance(id, as: Testland.secretary)
        let offer = try #require(stage.installation.moveOffer(instance, to: nil, in: seen))
        #expect(offer.to.key == PlanKey("testland/2021"))
        #expect(offer.move.refusals.isEmpty)
        // Two people at once: both are content, and it happened once.
        async let one = stage.installation.move(
            instance, to: offer.to.key, because: "Beter zo.", basedOn: offer.move.basedOn, in: id, as: Testland.secretary)
        async let two = stage.installation.move(
            instance, to: offer.to.key, because: "Beter zo.", basedOn: offer.move.basedOn, in: id, as: Testland.secretary)
        _ = try await (one, two)
        try await stage.expectSound()
        #expect(try await stage.replayed(id).procedure(instance)?.moves.count == 1)
        #expect(try await stage.journal.procedure(instance)?.plan == "testland/2021")
        #expect(try await stage.journal.tasks(of: id).allSatisfy { $0.plan == "testland/2021" })
        let other = try await stage.installation.glance(id, as: Testland.ib)
        #expect(stage.installation.moveOffer(instance, to: nil, in: other) == nil)
    }
}
