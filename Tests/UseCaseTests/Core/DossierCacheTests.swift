import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Folded dossiers are kept in memory")
struct DossierCacheTests {
    private func dossier(_ id: String, version: Int) -> Dossier {
        var dossier = Dossier(id: DossierID(id))
        dossier.version = version
        return dossier
    }

    @Test("no more than the limit are kept, and the ones used last stay")
    func bound() {
        let cache = DossierCache(limit: 10)
        for number in 0..<100 {
            cache.keep(dossier("d-\(number)", version: 1))
            _ = cache[DossierID("d-0")]
        }
        let kept = (0..<100).filter { cache[DossierID("d-\($0)")] != nil }
        #expect(kept.count <= 10)
        #expect(kept.contains(0) && kept.contains(99))
    }

    @Test("an older version never takes the place of a younger one")
    func younger() {
        let cache = DossierCache(limit: 10)
        cache.keep(dossier("d", version: 5))
        cache.keep(dossier("d", version: 4))
        #expect(cache[DossierID("d")]?.version == 5)
        cache.keep(dossier("d", version: 6))
        #expect(cache[DossierID("d")]?.version == 6)
        cache.forget(DossierID("d"))
        #expect(cache[DossierID("d")] == nil)
    }

    @Test("a dossier in memory costs the journal only its news; without memory all is read each time")
    func onlyTheNews() async throws {
        let stage = try await Stage.inMemory()
        let id = DossierID("d-1")
        try await stage.tell(id, to: .agreed)
        let version = try await stage.version(id)
        for cached in [0, 10] {
            let journal = WatchedJournal(stage.journal)
            let other = stage.another(journal: journal, cached: cached)
            for _ in 0..<3 { #expect(try await other.load(id).version == version) }
            #expect(journal.reads.map(\.found) == [version, cached == 0 ? version : 0, cached == 0 ? version : 0])
        }
    }

    @Test("what memory holds is what the journal tells, after every act")
    func equalsReplay() async throws {
        let stage = try await Stage.inMemory()
        let id = DossierID("d-1")
        for line in Stage.lines(of: id) {
            stage.clock.move(line.day)
            let returned = try await stage.installation.perform(line.command, on: id, as: line.actor)
            let replayed = try await stage.replayed(id)
            #expect(returned == replayed)
            #expect(stage.installation.cache[id] == replayed)
        }
    }
}
