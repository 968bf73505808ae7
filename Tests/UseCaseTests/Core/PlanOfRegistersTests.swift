import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("A plan that takes sight away")
struct PlanOfRegistersTests {
    private let id = DossierID("d-1")

    /// A plan from October on in which a director of a school reads no procedures, and a teacher sees no dossier any more.
    private static let narrower: PlanRules = {
        let functions = Testland.functions.map { rule in
            let reads = rule.id == "school-director" ? rule.reads.subtracting([.procedures]) : rule.reads
            let sight: [FunctionRule.Sight] = rule.id == "teacher" ? [.acting(afterwards: nil)] : rule.sight
            return FunctionRule(
                id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place, sight: sight, reads: reads,
                may: rule.may, disciplines: rule.disciplines, source: rule.source)
        }
        return Testland.plan(
            key: "testland/2021", inForce: "2021-10-01", amends: PlanRules.invented.key, functions: functions)
    }()

    private func stage() async throws -> Stage {
        let stage = try await Stage.inMemory(.of([.invented, Self.narrower]))
        try await stage.tell(id, to: .talking)
        return stage
    }

    private func listed(_ actor: Actor, _ stage: Stage) async throws -> [ListedDossier] {
        try await stage.installation.listed(for: actor, search: nil, after: nil, limit: 10).rows
    }

    @Test("takes it away on its first day, in lists and inside alike, before anything in the dossier changes")
    func firstDay() async throws {
        let stage = try await stage()
        let director = Testland.director
        #expect(try await listed(director, stage).first?.running.isEmpty == false)
        #expect(try await listed(Testland.teacher, stage).count == 1)
        stage.clock.move("2021-10-01")
        let seen = try await stage.installation.glance(id, as: director)
        #expect(seen.sight.parts == [.child, .groeidocument, .decisions])
        let row = try #require(try await listed(director, stage).first)
        #expect(row.parts == seen.sight.parts)
        #expect(row.running.isEmpty)
        await #expect(throws: NotFound()) { try await stage.installation.glance(id, as: Testland.teacher) }
        #expect(try await listed(Testland.teacher, stage).isEmpty)
        #expect(try await stage.installation.worklist(for: Testland.teacher).news.isEmpty)
        #expect(
            try await stage.installation.worklist(for: director).news.flatMap(\.changes)
                .allSatisfy { !$0.code.hasPrefix("procedure") && !$0.code.hasPrefix("step") })
        await #expect(throws: (any Error).self) {
            try await stage.installation.perform(
                Stage.writes("helps", "rest", in: "observe"), on: id, as: Testland.teacher)
        }
    }

    @Test("is followed by the registers once, and again only when another one gives other sight")
    func follows() async throws {
        let stage = try await stage()
        func openings(_ actor: Actor) async throws -> [OpeningRow] {
            try await stage.journal.openings(for: actor.principals.map(\.rawValue), of: id)
        }
        #expect(try await stage.installation.followPlan(stage.journal))
        #expect(try await !stage.installation.followPlan(stage.journal))
        #expect(try await openings(Testland.teacher).count == 1)
        try await stage.expectSound()
        stage.clock.move("2021-10-01")
        #expect(try await stage.installation.followPlan(stage.journal))
        #expect(try await openings(Testland.teacher).isEmpty)
        #expect(try await openings(Testland.director).first?.parts == "child,decisions,groeidocument")
        #expect(try await !stage.installation.followPlan(stage.journal))
        // What is written after it leaves the rows that the journal gives under the plan in force.
        _ = try await stage.installation.perform(
            .correctChild(Child(givenName: "Pim", familyName: "Pluim", born: .of("2014-03-09"), group: "4")), on: id,
            as: Testland.ib)
        #expect(try await openings(Testland.teacher).isEmpty)
        try await stage.expectSound()
    }

    @Test("is not waited for where the registers did not follow: a change leaves nothing of the plan before")
    func changedMeanwhile() async throws {
        let stage = try await stage()
        stage.clock.move("2021-10-01")
        _ = try await stage.installation.perform(
            .correctChild(Child(givenName: "Pim", familyName: "Pluim", born: .of("2014-03-09"), group: "4")), on: id,
            as: Testland.ib)
        try await stage.expectSound()
    }

    @Test("makes no work where all versions give the same sight")
    func same() async throws {
        let stage = try await Stage.inMemory(.invented)
        try await stage.tell(id, to: .opened)
        #expect(try await !stage.installation.followPlan(stage.journal))
        stage.clock.move("2022-08-01")
        #expect(try await !stage.installation.followPlan(stage.journal))
    }
}
