import Domain
import Journal
import TestKit
import Testing
import UseCases

@Suite("The yearly list of what ends")
struct InventoryTests {
    /// Two children whose entry ends in the summer of 2026, on 1 September 2025.
    private func stage() async throws -> Stage {
        let stage = try await Stage.inMemory(.of([Testland.planWithChange()]))
        for id in ["d-1", "d-2"] { try await stage.tell(DossierID(id), to: .granted) }
        stage.clock.move("2025-09-01")
        return stage
    }

    private func list(_ stage: Stage, _ actor: Actor, after: InstanceID? = nil, limit: Int = 50) async throws -> Inventory {
        try await stage.installation.inventory("renewal", for: actor, school: nil, after: after, limit: limit)
    }

    @Test("holds every child whose decision ends this school year, for who sees child and decisions")
    func holds() async throws {
        let stage = try await stage()
        let found = try await list(stage, Testland.ib)
        #expect(found.entries.map(\.ending.dossier.id.rawValue) == ["d-1", "d-2"])
        #expect(found.count == 2)
        #expect(found.open == 2)
        #expect(found.entries.allSatisfy { $0.mayBegin })
        #expect(found.entries.first?.ending.decision.end == .of("2026-07-31"))
        // Not the year before, and not the year after.
        for day in ["2025-07-31", "2026-08-01"] {
            stage.clock.move(day)
            #expect(try await list(stage, Testland.ib).entries.isEmpty)
        }
        stage.clock.move("2026-07-31")
        #expect(try await list(stage, Testland.ib).count == 2)
    }

    @Test("nobody finds a child in it that they do not see, or whose decisions they do not read")
    func access() async throws {
        let stage = try await stage()
        for actor in [Testland.otherIB, Testland.board, Testland.privacyOfficer, Testland.teacher, Testland.secretary] {
            let found = try await list(stage, actor)
            #expect(found.entries.isEmpty && found.count == 0, "\(actor.person)")
        }
        // A family has its own page; it is in no list.
        await #expect(throws: NotFound()) { try await list(stage, Testland.mother) }
        await #expect(throws: NotFound()) { try await list(stage, Testland.stranger) }
        await #expect(throws: NotFound()) {
            try await stage.installation.inventory("entry", for: Testland.ib, school: nil, after: nil, limit: 5)
        }
        // The head teacher sees it and may not begin it.
        let seen = try await list(stage, Testland.director)
        #expect(seen.count == 2)
        #expect(seen.entries.allSatisfy { !$0.mayBegin })
    }

    @Test("goes on from page to page, each child once")
    func pages() async throws {
        let stage = try await stage()
        let first = try await list(stage, Testland.ib, limit: 1)
        #expect(first.entries.count == 1)
        #expect(first.count == 2)
        #expect(first.next != nil)
        let second = try await list(stage, Testland.ib, after: first.next, limit: 1)
        #expect(second.entries.map(\.ending.dossier.id.rawValue) == ["d-2"])
        #expect(second.next == nil)
    }

    @Test("one press begins it with what the decision told; a second press, or somebody else's, begins nothing more")
    func begins() async throws {
        let stage = try await stage()
        let entry = try #require(try await list(stage, Testland.ib).entries.first)
        let decided = entry.ending.decision.instance
        let id = entry.ending.dossier.id
        for _ in 1...2 {
            let begun = try await stage.installation.beginFromInventory("renewal", after: decided, as: Testland.ib)
            #expect(begun == .begun(id))
        }
        let procedures = try await stage.replayed(id).procedures.filter { $0.rule == "renewal" }
        #expect(procedures.count == 1)
        #expect(procedures.first?.answers["ends"] == .text("2026-07-31"))
        #expect(procedures.first?.answers["school-type"] == .text("sbo"))
        let after = try await list(stage, Testland.ib)
        #expect(after.open == 1)
        #expect(after.entries.first?.mayBegin == false)
        #expect(after.entries.first?.stands?.begun?.instance == procedures.first?.id)
        #expect(after.entries.first?.stands?.choice == nil)

        _ = try await stage.installation.take(
            "look", "conform", answers: [:], of: try #require(procedures.first?.id), in: id, as: Testland.ib)
        let done = try await list(stage, Testland.ib)
        #expect(done.entries.first?.stands?.choice?.id == "conform")
        #expect(done.entries.first?.stands?.outcome?.id == "stays")

        for actor in [Testland.otherIB, Testland.secretary] {
            await #expect(throws: NotFound()) {
                try await stage.installation.beginFromInventory("renewal", after: decided, as: actor)
            }
        }
        let other = try #require(after.entries.last?.ending.decision.instance)
        await #expect(throws: Domain.Refused.self) {
            try await stage.installation.beginFromInventory("renewal", after: other, as: Testland.director)
        }
    }

    @Test("figures are for who works at the partnership, and small ones are not told")
    func figures() async throws {
        let stage = try await stage()
        let found = try await stage.installation.inventoryFigures("renewal", for: Testland.board)
        #expect(found.count == .few)
        #expect(found.open == .few)
        for actor in [Testland.ib, Testland.mother, Testland.administrator] {
            await #expect(throws: NotFound()) {
                try await stage.installation.inventoryFigures("renewal", for: actor)
            }
        }
        #expect(SmallNumber(0) == .exactly(0))
        #expect(SmallNumber(1) == .few)
        #expect(SmallNumber(9) == .few)
        #expect(SmallNumber(10) == .exactly(10))
    }

    @Test("no number of one to nine children can be reckoned from the figures, nor that a few are all the same")
    func subtraction() {
        // Everything that somebody who reads the figures can take to be true.
        var readings: [InventoryFigures: [(count: Int, open: Int)]] = [:]
        for count in 0...60 {
            for open in 0...count {
                readings[InventoryFigures(route: "renewal", count: count, open: open), default: []].append((count, open))
            }
        }
        for (figures, possible) in readings {
            for number in [possible.map(\.count), possible.map(\.open), possible.map { $0.count - $0.open }] {
                let isTold = Set(number).count == 1
                #expect(!isTold || !(1..<10).contains(number[0]), "\(figures) tells \(number[0])")
            }
            // Of fewer than ten children nothing is told of all of them.
            let few = possible.filter { (1..<10).contains($0.count) }
            #expect(few.isEmpty || few.contains { $0.open > 0 && $0.open < $0.count }, "\(figures)")
        }
        #expect(InventoryFigures(route: "renewal", count: 30, open: 12).open == .exactly(12))
        #expect(InventoryFigures(route: "renewal", count: 30, open: 25).open == .untold)
        #expect(InventoryFigures(route: "renewal", count: 30, open: 5).open == .untold)
    }

    @Test("a page that begins after a decision that the reader does not see is the first one")
    func foreignKey() async throws {
        let stage = try await stage()
        let all = try await list(stage, Testland.ib)
        let other = try await list(stage, Testland.ib, after: InstanceID("i-nowhere"))
        #expect(other.entries.map(\.ending.dossier.id) == all.entries.map(\.ending.dossier.id))
        let pages = try await list(stage, Testland.ib, after: all.entries.first?.ending.decision.instance, limit: 1)
        #expect(pages.count == 2)
        #expect(pages.open == 2)
    }

    @Test("what goes into a file is written in the read log of each child")
    func logged() async throws {
        let stage = try await stage()
        let found = try await list(stage, Testland.ib)
        try await stage.installation.exported(found, by: Testland.ib)
        let reads = try await stage.installation.vault.reads.latest(before: nil, limit: 2)
        #expect(Set(reads.map(\.read.dossier.rawValue)) == ["d-1", "d-2"])
        #expect(reads.allSatisfy { $0.read.kind == .export && $0.read.person == Testland.ib.person })
    }
}
