import Domain
import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Many people at the same time")
struct StormTests {
    @Test("on two servers at once nobody's work is lost, half done or done twice", arguments: ["testland", "spow"])
    func storm(_ partnership: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-storm-\(UUID().uuidString)")
        let store = try SQLiteStore.open(directory: folder, master: .generate())
        defer {
            try? store.close()
            try? FileManager.default.removeItem(at: folder)
        }
        let world = try await World(PlanShelf.inRepository(partnership), store: store, start: .of("2023-09-04", "08:00"))
        try await world.fill()
        let ids = (1...5).map { DossierID("d-\($0)") }
        let acknowledged = try await withThrowingTaskGroup(returning: [DossierID: Set<Int>].self) { group in
            for seed in 1...12 {
                group.addTask { try await StormTests.work(UInt64(Run.first * 1000 + seed), world, ids) }
            }
            return try await group.reduce(into: [:]) { all, mine in all.merge(mine) { $0.union($1) } }
        }
        #expect(acknowledged.values.map(\.count).reduce(0, +) > 40)
        for id in ids {
            let truth = try await world.replayed(id)
            #expect(try await world.server.load(id) == truth)
            #expect(try await world.other.load(id) == truth)
            #expect(acknowledged[id, default: []].allSatisfy { $0 <= truth.version })
        }
        try await Soundness.check(world.journal, world.shelf, ids, "\(partnership)")
    }

    /// One person after the other at one desk, drawn from a seed; returns the versions that were acknowledged.
    private static func work(_ seed: UInt64, _ world: World, _ ids: [DossierID]) async throws -> [DossierID: Set<Int>] {
        var invention = Invention(
            random: TestKit.SeededRandom(seed: seed), staff: world.staff, family: world.family, shelf: world.shelf,
            schools: World.schools)
        var acknowledged: [DossierID: Set<Int>] = [:]
        for _ in 0..<25 {
            guard let id = invention.random.one(of: ids) else { continue }
            let server = invention.random.happens(50) ? world.server : world.other
            world.clock.move(milliseconds: Int64(invention.random.number(0...3_600_000)))
            let before = try await server.load(id)
            let deed = invention.deed(in: before, at: world.clock.now())
            do {
                let after = try await server.perform(deed.command, on: id, as: try await server.actor(deed.person))
                if after.version > before.version { acknowledged[id, default: []].insert(after.version) }
            } catch is Refused {} catch is NotFound {} catch is JournalConflict {}
        }
        return acknowledged
    }
}
