import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Lists and search")
struct ListingTests {
    @Test("they hold exactly the dossiers that can be opened, whoever asks, on whatever day")
    func onlyOpenings() async throws {
        let stage = try await Stage.inMemory()
        let ids = Stage.Chapter.allCases.map { DossierID("d-\($0)") }
        for (chapter, id) in zip(Stage.Chapter.allCases, ids) {
            try await stage.tell(id, to: chapter, child: .named("Kind \(chapter)", "Pluis"))
        }
        for day in ["2021-10-18", "2021-10-30", "2021-11-08", "2022-01-01", "2023-01-01"] {
            stage.clock.move(day)
            for actor in Testland.people.values {
                var visible: Set<DossierID> = []
                for id in ids {
                    let seen = try? await stage.installation.glance(id, as: actor)
                    if seen?.sight.sees(.child) == true { visible.insert(id) }
                }
                let listed = try await stage.installation.listed(for: actor, search: nil, after: nil, limit: 100)
                #expect(Set(listed.rows.map(\.row.id)) == visible, "\(day) \(actor.person)")
                #expect(listed.next == nil)
                for row in listed.rows {
                    let seen = try await stage.installation.glance(row.row.id, as: actor)
                    #expect(row.parts == seen.sight.parts, "\(day) \(actor.person)")
                    #expect(row.running.isEmpty || seen.sight.sees(.procedures))
                }
                let found = try await stage.installation.listed(for: actor, search: "pluis kind", after: nil, limit: 100)
                #expect(Set(found.rows.map(\.row.id)) == visible, "\(day) \(actor.person)")
            }
        }
    }

    @Test("a page goes on where the last one ended; one that ended out of sight begins anew")
    func pages() async throws {
        let stage = try await Stage.inMemory()
        for (index, name) in ["Bos", "Abel", "Dam", "Cor", "Eik"].enumerated() {
            try await stage.tell(DossierID("d-\(index)"), to: .opened, child: .named("Kim", name))
        }
        var names: [String] = []
        var last: DossierID?
        repeat {
            let page = try await stage.installation.listed(for: Testland.ib, search: nil, after: last, limit: 2)
            names += page.rows.map(\.row.familyName)
            last = page.next
        } while last != nil
        #expect(names == ["Abel", "Bos", "Cor", "Dam", "Eik"])
        let other = DossierID("d-other")
        let open = DossierCommand.open(
            .init(
                child: .named("Kim", "Zee"), school: Testland.otherSchool,
                guardians: [
                    Guardian(id: GuardianID("g"), name: "Mies Zee", relation: "mother", authority: true)
                ]))
        _ = try await stage.installation.perform(open, on: other, as: Testland.otherIB)
        for after in [other, DossierID("nowhere")] {
            let page = try await stage.installation.listed(for: Testland.ib, search: nil, after: after, limit: 2)
            #expect(page.rows.map(\.row.familyName) == ["Abel", "Bos"])
        }
    }

    @Test("somebody who may not see a dossier cannot find out by searching or by opening another that the child is known")
    func alike() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(DossierID("d-1"), to: .opened)
        #expect(try await stage.installation.alike(Testland.child, for: Testland.ib).map(\.id) == [DossierID("d-1")])
        for actor in [Testland.otherIB, Testland.stranger, Testland.adviser, Testland.privacyOfficer] {
            #expect(try await stage.installation.alike(Testland.child, for: actor).isEmpty)
            #expect(try await stage.installation.dossiers(for: actor, search: "Pluis", after: nil, limit: 10).rows.isEmpty)
        }
    }
}
