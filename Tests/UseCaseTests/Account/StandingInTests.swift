import Domain
import Foundation
import Journal
import TestKit
import Testing
import UseCases

@Suite("Somebody absent, and whoever stands in")
struct StandingInTests {
    private let id = DossierID("d-1")
    private let absent = Testland.expert

    /// An expert of the same discipline whom no dossier has asked anything.
    private func doctor(_ stage: Stage) async throws -> PersonID {
        let (person, _) = try await stage.installation.register(
            name: "Jet Vos", email: "jet@testland.example", as: .program)
        _ = try await stage.installation.perform(
            .grant(
                FunctionGrant(
                    id: "own",
                    held: HeldFunction(
                        function: "expert", organisation: .partnership, discipline: "arts", from: .of("2021-01-01")))),
            on: person, as: .program)
        return person
    }

    private func replace(_ stage: Stage, by email: String = "jet@testland.example", until: String = "2021-10-13") async throws {
        _ = try await stage.installation.replace(
            absent.person, in: "grant-\(absent.person)-0", by: email, from: .of("2021-10-12"), until: .of(until),
            as: Testland.administrator)
    }

    private func sees(_ person: PersonID, _ stage: Stage) async throws -> Bool {
        let actor = try await stage.installation.actor(person)
        return try await !stage.installation.dossiers(for: actor, search: nil, after: nil, limit: 10).rows.isEmpty
    }

    @Test("finds the work and the dossier, does the step in the absent one's place, and is out after the last day")
    func whole() async throws {
        let stage = try await Stage.inMemory()
        let jet = try await doctor(stage)
        try await stage.tell(id, to: .complete)
        stage.clock.move("2021-10-11")
        try await replace(stage)
        // Not before the first day.
        #expect(try await !sees(jet, stage))
        stage.clock.move("2021-10-12")
        #expect(try await sees(jet, stage))
        let actor = try await stage.installation.actor(jet)
        let work = try await stage.installation.worklist(for: actor)
        #expect(work.waiting.map(\.step.id) == ["second"])
        let waitsFor = try #require(work.waiting.first.map { Principal($0.task.principal).holder })
        #expect(waitsFor == absent.person)
        let seen = try await stage.installation.see(id, [.child], as: Testland.mother)
        let around = try await stage.installation.around(seen).filter { $0.function == "expert" }.flatMap(\.people)
        #expect(Set(around) == [absent.person, jet])

        let after = try await stage.installation.perform(
            Stage.take(id, "second", "done", ["second-advice": .text("Ook passend.")]), on: id, as: actor)
        let done = try #require(after.procedures.last?.lastDone("second"))
        #expect(done.by == jet && done.inPlaceOf == absent.person)
        let events = try await stage.journal.read(Projection.stream(id))
        #expect(events.last?.actor == jet && events.last?.onBehalfOf == absent.person)
        #expect(events.dropLast().allSatisfy { $0.onBehalfOf == nil })

        // What she did herself she may read while it runs; what he alone was asked closes with the last day.
        stage.clock.move("2021-10-14")
        #expect(try await stage.installation.actor(jet).functions.allSatisfy { $0.replaces == nil })
        try await stage.expectSound()
    }

    @Test("without having done anything there is out the minute the last day is over, whatever was looked up before")
    func over() async throws {
        let stage = try await Stage.inMemory()
        let jet = try await doctor(stage)
        try await stage.tell(id, to: .complete)
        stage.clock.move("2021-10-12")
        try await replace(stage)
        let before = try await stage.installation.actor(jet)
        _ = try await stage.installation.see(id, [.child], as: before)
        stage.clock.move("2021-10-14")
        await #expect(throws: NotFound()) { try await stage.installation.see(id, [.child], as: before) }
        #expect(try await !sees(jet, stage))
        // The absent one comes back to everything as it was.
        #expect(try await sees(absent.person, stage))
    }

    @Test("stops at once when the replacement is ended before its last day")
    func ended() async throws {
        let stage = try await Stage.inMemory()
        let jet = try await doctor(stage)
        try await stage.tell(id, to: .complete)
        stage.clock.move("2021-10-12")
        try await replace(stage, until: "2021-10-31")
        let grant = try #require(try await stage.installation.person(jet).functions.first { $0.held.replaces != nil }?.id)
        stage.clock.move("2021-10-13")
        _ = try await stage.installation.end(grant, of: jet, until: .of("2021-10-12"), as: Testland.administrator)
        #expect(try await !sees(jet, stage))
    }

    @Test("is out as well when the absent one leaves before the last day")
    func leaves() async throws {
        let stage = try await Stage.inMemory()
        let jet = try await doctor(stage)
        try await stage.tell(id, to: .complete)
        stage.clock.move("2021-10-12")
        try await replace(stage, until: "2021-10-31")
        #expect(try await sees(jet, stage))
        stage.clock.move("2021-10-13")
        _ = try await stage.installation.end(
            "grant-\(absent.person)-0", of: absent.person, until: .of("2021-10-12"), as: Testland.administrator)
        #expect(try await !sees(jet, stage))
        #expect(try await stage.installation.actor(jet).functions.allSatisfy { $0.replaces == nil })
    }

    @Test("is somebody known here, and is said beside the address when not")
    func refused() async throws {
        let stage = try await Stage.inMemory()
        _ = try await doctor(stage)
        stage.clock.move("2021-10-11")
        await #expect(throws: Refused(.unknownPerson, field: "email")) {
            try await replace(stage, by: "niemand@testland.example")
        }
        try await replace(stage)
        await #expect(throws: Refused(.alreadyKnown, field: "email")) { try await replace(stage) }
        let own = try await stage.installation.standIns(for: absent.person, in: absent.functions[0])
        // It begins tomorrow.
        #expect(own.isEmpty)
        stage.clock.move("2021-10-12")
        #expect(try await stage.installation.standIns(for: absent.person, in: absent.functions[0]).count == 1)
    }
}
