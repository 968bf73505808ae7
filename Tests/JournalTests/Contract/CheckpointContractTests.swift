import Domain
import Foundation
import Journal
import Testing

@Suite("Every journal makes checkpoints alike")
struct CheckpointContractTests {
    @Test("One covers all rows that there are, grows on from the one before, and proves both", arguments: StoreKind.allCases)
    func grows(kind: StoreKind) async throws {
        let key = try CheckpointKey.generate(name: "sentrum/test")
        try await kind.withJournal { journal in
            #expect(try await journal.makeCheckpoint(by: key, at: minute(0)) == nil)
            #expect(try await journal.lastCheckpoint() == nil)
            for number in 0..<5 {
                _ = try await journal.append(.noting("a", "b", in: "dossier-1", after: number * 2, at: minute(1)))
            }
            let first = try #require(try await journal.makeCheckpoint(by: key, at: minute(2)))
            #expect(try await journal.makeCheckpoint(by: key, at: minute(3)) == nil)
            _ = try await journal.append(.noting("c", in: "dossier-2", after: 0, at: minute(4)))
            let second = try #require(try await journal.makeCheckpoint(by: key, at: minute(5)))
            #expect(try await journal.lastCheckpoint() == second)
            #expect(try await journal.checkpoints(after: 0, limit: 9) == [first, second])
            #expect(try await journal.checkpoints(after: 10, limit: 9) == [second])
            #expect(try await journal.checkpoints(after: 0, limit: 1) == [first])
            #expect(first.size == 10 && second.size == 11)

            let tree = try await journal.tree(to: second.size)
            #expect(tree.root(at: 11) == second.frontier.root)
            let rows = try await journal.hashes(after: 0, limit: 100)
            #expect(rows.count == 11)
            #expect(try await journal.rows(after: 0, limit: 100).map(\.hash) == rows)
            #expect(try #require(tree.inclusion(of: 6, at: 11)).shows(rows[6], in: second.frontier.root))
            #expect(
                try #require(tree.consistency(from: 10, to: 11)).shows(first.frontier.root, begins: second.frontier.root))

            // An older one that comes late is not kept.
            #expect(try await journal.keep(first) == false)
            #expect(try await journal.told("witness@example.org") == 0)
            try await journal.setTold("witness@example.org", size: 10)
            try await journal.setTold("witness@example.org", size: 11)
            #expect(try await journal.told("witness@example.org") == 11)
            #expect(try await journal.told("other@example.org") == 0)
        }
    }

    @Test("What is forgotten changes no checkpoint", arguments: StoreKind.allCases)
    func forgets(kind: StoreKind) async throws {
        let key = try CheckpointKey.generate(name: "sentrum/test")
        try await kind.withJournal { journal in
            _ = try await journal.append(.noting("a", "b", in: "dossier-1", after: 0))
            _ = try await journal.append(.noting("c", in: "dossier-2", after: 0))
            let kept = try #require(try await journal.makeCheckpoint(by: key, at: minute(1)))
            try await journal.erase(["dossier-1"], at: minute(2), registers: RegisterChange())
            let checkpoint = try #require(SignedNote(whole: kept.note).flatMap { Checkpoint(text: $0.text) })
            let found = try await journal.verify(contents: true, against: [checkpoint])
            #expect(found.isWhole && found.checkpoints == 1 && found.erased == 2)
        }
    }
}
