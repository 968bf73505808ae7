import Domain
import Foundation
import GRDB
import Journal
import JournalSQLite
import Synchronization
import Testing

@Suite("A look at a store for a backup")
struct SnapshotTests {
    /// Opens what a snapshot put down, as a store.
    private static func open(_ folder: URL, _ master: MasterKey) throws -> SQLiteJournal {
        SQLiteJournal(try SQLiteStore.open(directory: folder, master: master))
    }

    private static func take(_ directory: URL, into folder: URL) throws -> SQLiteSnapshot {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try SQLiteSnapshot.take(
            of: directory, journal: folder.appending(path: "journal.sqlite"), keys: folder.appending(path: "keys.sqlite"))
    }

    @Test("is a store with all that was acknowledged, the same tree and the same registers, while the other stays open")
    func whole() async throws {
        try await withSQLite { journal, directory, master in
            let copy = directory.appending(path: "copy", directoryHint: .isDirectory)
            for number in 1...5 {
                let id = DossierID("dossier-\(number)")
                _ = try await journal.append(
                    .noting(
                        "a", "b", in: StreamID("dossier-\(number)"), after: 0,
                        registers: RegisterChange(upserts: [DossierRow.sample(id, "Anna", "Visser")])))
            }
            try await journal.erase(["dossier-2"], at: minute(1), registers: RegisterChange())
            let snapshot = try Self.take(directory, into: copy)
            #expect(snapshot.size == 10)
            #expect(snapshot.erased == ["dossier-2"])
            #expect(snapshot.withoutKey.isEmpty)
            #expect(try await journal.tree(to: 10).root(at: 10) == snapshot.root)
            #expect(try await journal.hashes(after: 9, limit: 1) == [snapshot.hash])
            _ = try await journal.append(.noting("later", in: "dossier-1", after: 2))
            let opened = try Self.open(copy, master)
            let verification = try await opened.verify(contents: true)
            #expect(verification.isWhole)
            #expect(verification.opened == 8)
            #expect(try await opened.registerDigests() == journal.registerDigests())
            try opened.store.close()
        }
    }

    @Test("taken while many write and forget, each opens and verifies: no event is without its key")
    func whileWriting() async throws {
        try await withSQLite { journal, directory, master in
            let written = Mutex(0)
            let done = Task {
                while !Task.isCancelled {
                    let number = written.withLock {
                        $0 += 1
                        return $0
                    }
                    let stream = StreamID("dossier-\(number)")
                    _ = try await journal.append(.noting("a", in: stream, after: 0))
                    _ = try await journal.append(.noting("b", in: stream, after: 1))
                    if number % 10 == 0 {
                        try await journal.erase([StreamID("dossier-\(number / 2)")], at: minute(1), registers: RegisterChange())
                    }
                }
            }
            var sizes: [Int64] = []
            var round = 0
            while round < 200, sizes.count < 5 || written.withLock({ $0 }) < 60 {
                round += 1
                let copy = directory.appending(path: "copy-\(round)", directoryHint: .isDirectory)
                // Erasures can come between each time; then whoever makes backups tries again.
                guard let snapshot = try? Self.take(directory, into: copy) else { continue }
                #expect(snapshot.withoutKey.isEmpty)
                let opened = try Self.open(copy, master)
                let verification = try await opened.verify(contents: true)
                #expect(verification.isWhole, "\(verification)")
                #expect(verification.events == snapshot.size)
                try opened.store.close()
                sizes.append(snapshot.size)
            }
            done.cancel()
            try await done.value
            #expect(written.withLock { $0 } >= 60)
            #expect(sizes.count >= 5)
            #expect(sizes == sizes.sorted())
            #expect(sizes.last ?? 0 > sizes.first ?? 0)
        }
    }

    @Test("says which streams have no key, so that a backup with lost keys never takes the place of a good one")
    func lostKey() async throws {
        try await withSQLite { journal, directory, _ in
            _ = try await journal.append(.noting("a", in: "dossier-1", after: 0))
            _ = try await journal.append(.noting("a", in: "dossier-2", after: 0))
            try await DatabaseQueue(path: directory.appending(path: "keys.sqlite").path).write {
                try $0.execute(sql: "DELETE FROM keys WHERE stream = 'dossier-1'")
            }
            #expect(try Self.take(directory, into: directory.appending(path: "copy")).withoutKey == ["dossier-1"])
        }
    }

    @Test("is not made of a folder without databases, and makes none there")
    func nothing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-nothing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: JournalFault.self) { try Self.take(folder, into: folder.appending(path: "copy")) }
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "journal.sqlite").path))
    }
}
