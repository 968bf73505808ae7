import Domain
import Foundation
import Journal
import TestKit
import Testing
import UseCases

@Suite("What an account could see and what it opened")
struct ActivityTests {
    private let id = DossierID("d-1")

    private func couldSee(
        _ actor: Actor, _ stage: Stage, from: Instant, until: Instant
    ) async throws -> [DossierID: Set<DossierPart>] {
        let activity = try await stage.installation.activity(of: actor.person, from: from, until: until)
        return Dictionary(uniqueKeysWithValues: activity.couldSee.map { ($0.dossier, $0.parts) })
    }

    @Test(
        "at this moment it is what a page and the lists show, for everybody and at each point of a dossier's life",
        arguments: Stage.Chapter.allCases)
    func now(chapter: Stage.Chapter) async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: chapter)
        let now = stage.clock.now()
        for actor in Testland.people.values {
            let told = try await couldSee(actor, stage, from: now, until: now)
            let sight = try? await stage.installation.glance(id, as: actor).sight
            #expect(told[id] == sight?.parts, "\(actor.person) \(chapter)")
            let listed = try await stage.installation.listed(for: actor, search: nil, after: nil, limit: 10).rows
            for row in listed { #expect(told[row.row.id] == row.parts) }
        }
    }

    @Test("in the past it is what could be seen then, whatever ended since; what was opened comes from the read log")
    func past() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .talking)
        let ib = Testland.ib
        let talked = stage.clock.now()
        _ = try await stage.installation.see(id, [.child], as: ib)
        stage.clock.move("2021-11-01")
        let person = try await stage.installation.person(ib.person)
        for grant in person.functions {
            _ = try await stage.installation.end(grant.id, of: ib.person, until: .of("2021-10-15"), as: .program)
        }
        #expect(try await couldSee(ib, stage, from: .of("2021-10-16"), until: .of("2021-11-01")).isEmpty)
        #expect(try await couldSee(ib, stage, from: .of("2021-10-14"), until: .of("2021-11-01"))[id]?.contains(.child) == true)
        // Before the dossier was there nothing could be seen of it.
        #expect(try await couldSee(ib, stage, from: .of("2021-01-01"), until: .of("2021-08-31")).isEmpty)

        let then = try await stage.installation.activity(of: ib.person, from: talked, until: talked)
        #expect(then.opened.map(\.dossier) == [id])
        #expect(then.couldSee.first?.functions == ["ib"])
        let later = try await stage.installation.activity(of: ib.person, from: .of("2021-10-20"), until: .of("2021-11-01"))
        #expect(later.opened.isEmpty)
    }

    @Test("a function that begins within the time counts from that day, and a stranger has none")
    func begins() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .written)
        let newcomer = PersonID("p-newcomer")
        _ = try await stage.installation.perform(
            .register(name: "Nieuwe Collega", email: "nieuw@testland.example"), on: newcomer, as: .program)
        _ = try await stage.installation.perform(
            .grant(
                FunctionGrant(
                    id: "g", held: HeldFunction(function: "ib", organisation: Testland.school, from: .of("2021-12-01")))),
            on: newcomer, as: .program)
        let activity = try await stage.installation.activity(of: newcomer, from: .of("2021-11-01"), until: .of("2021-12-31"))
        #expect(activity.couldSee.map(\.since) == [.of("2021-12-01")])
        let before = try await stage.installation.activity(of: newcomer, from: .of("2021-11-01"), until: .of("2021-11-30"))
        #expect(before.couldSee.isEmpty)
        await #expect(throws: NotFound()) {
            _ = try await stage.installation.activity(
                of: PersonID("p-nobody"), from: .of("2021-11-01"), until: .of("2021-11-30"))
        }
    }

    @Test("of what was forgotten only the log tells")
    func forgotten() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .written)
        _ = try await stage.installation.see(id, [.child], as: Testland.ib)
        try await stage.journal.erase([Projection.stream(id)], at: stage.clock.now(), registers: RegisterChange())
        let activity = try await stage.installation.activity(
            of: Testland.ib.person, from: .of("2021-08-01"), until: stage.clock.now())
        #expect(activity.couldSee.isEmpty && activity.forgotten == 1)
        #expect(activity.opened.count == 1)
    }
}
