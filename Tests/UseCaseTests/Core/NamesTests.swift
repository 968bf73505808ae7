import Domain
import Journal
import JournalSQLite
import Synchronization
import TestKit
import Testing
import UseCases

@Suite("Names are remembered")
struct NamesTests {
    @Test("people without a name are left out, the others are asked once")
    func people() async throws {
        let stage = try await Stage.inMemory()
        let names = try await stage.installation.names.people(
            [Testland.ib.person, PersonID("nobody"), Testland.ib.person, Testland.mother.person])
        #expect(
            names == [
                Testland.ib.person: Stage.name(of: Testland.ib.person),
                Testland.mother.person: Stage.name(of: Testland.mother.person),
            ])
    }

    @Test("a school that changes its name is shown by the new one at once, and in the list of schools as well")
    func organisation() async throws {
        let stage = try await Stage.inMemory()
        #expect(try await stage.installation.names.organisation(Testland.school)?.name == "De Lindeboom")
        try await stage.installation.register(
            Organisation(id: Testland.school, kind: "bo", name: "De Eik", code: "99AA00"), as: .program)
        #expect(try await stage.installation.names.organisation(Testland.school)?.name == "De Eik")
        #expect(try await stage.installation.names.organisation(OrganisationID("school-nowhere")) == nil)
        #expect(try await stage.installation.names.organisations().contains { $0.name == "De Eik" })
        try await stage.installation.register(
            Organisation(id: Testland.school, kind: "bo", name: "De Es", code: "99AA00"), as: .program)
        let listed = try await stage.installation.names.organisations().map(\.name)
        #expect(listed.contains("De Es") && !listed.contains("De Eik"))
        try await stage.expectSound()
    }

    @Test("a name that was read before a change and arrives after it is not remembered")
    func race() async throws {
        let stage = try await Stage.inMemory()
        let once = Times(1)
        let changed = Mutex<[Names]>([])
        let journal = stage.journal
        let names = Names(
            person: { try await journal.person($0)?.name },
            organisation: { [installation = stage.installation] id in
                let before = try await journal.organisation(id)
                if once.next() {
                    try await installation.register(Organisation(id: id, kind: "bo", name: "De Eik"), as: .program)
                    for names in changed.withLock({ $0 }) { names.forget(organisation: id) }
                }
                return before
            }, organisations: { _ in [] }, clock: stage.clock)
        changed.withLock { $0 = [names] }
        #expect(try await names.organisation(Testland.school)?.name == "De Lindeboom")
        #expect(try await names.organisation(Testland.school)?.name == "De Eik")
    }

    @Test("what another process changed is seen a minute later, also when the clock was set back meanwhile")
    func otherProcess() async throws {
        let stage = try await Stage.inMemory()
        let names = Names(registers: stage.journal, clock: stage.clock)
        func rename(_ name: String) async throws {
            try await stage.installation.register(Organisation(id: Testland.school, kind: "bo", name: name), as: .program)
        }
        #expect(try await names.organisation(Testland.school)?.name == "De Lindeboom")
        try await rename("De Eik")
        #expect(try await names.organisation(Testland.school)?.name == "De Lindeboom")
        stage.clock.move("2021-09-01", "10:02")
        #expect(try await names.organisation(Testland.school)?.name == "De Eik")
        try await rename("De Es")
        stage.clock.move("2021-08-01")
        #expect(try await names.organisation(Testland.school)?.name == "De Es")
    }
}
