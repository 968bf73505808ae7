import Domain
import Foundation
import GRDB
import Journal
import JournalSQLite
import TestKit
import Testing

@testable import JournalPostgres

/// Takes everything up to the drafts.
private struct StoppingHalfWay: CopyFilling {
    let filling: any CopyFilling

    func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws {
        if table.name == "drafts" { throw Refused() }
        try filling.add(rows, to: table)
    }
}

@Suite("A copy from one store to the other", .enabled(if: PostgresServer.isAvailable, "PostgreSQL is not installed"))
struct CopyTests {
    /// What two stores must have in common.
    private struct Sum: Equatable {
        let digests: [RegisterDigest]
        let counters: [String: Int64]
        let hashes: [Data]
        let rows: [SealedEvent]
        let checkpoints: [KeptCheckpoint]
        let erasures: [Erasure]
        let told: Int64
        let plan: String?

        init(_ journal: any WholeJournal & PlanMark) async throws {
            digests = try await journal.registerDigests()
            counters = try await journal.counters()
            hashes = try await journal.hashes(after: 0, limit: 1_000)
            rows = try await journal.rows(after: 0, limit: 1_000)
            checkpoints = try await journal.checkpoints(after: 0, limit: 9)
            erasures = try await journal.erasures()
            told = try await journal.told("w@example.org")
            plan = try await journal.planOfRegisters()
        }
    }

    private let large = Data((0..<250_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    private let password = "de kraan staat open"

    /// Something of everything, with a stream that was forgotten in the middle.
    private func fill(_ store: SQLiteStore, _ vault: SQLiteVault) async throws -> [BlobReference] {
        let journal = SQLiteJournal(store)
        let names = ["Visser", "Özil", "'t Hart"]
        for number in 1...3 {
            let row = DossierRow.sample(DossierID(rawValue: "dossier-\(number)"), "Anna", names[number - 1])
            for version in 0..<3 {
                _ = try await journal.append(
                    Appending(
                        stream: StreamID(rawValue: "dossier-\(number)"), expectedVersion: version * 2, at: minute(1),
                        actor: "person-a", onBehalfOf: version == 1 ? "person-b" : nil, draws: ["tlv"]
                    ) { place in
                        let rows: [any RegisterRow] = [
                            row, row.opening(for: "ib@school-1"),
                            row.decision(InstanceID(rawValue: "i-\(number)-\(version)"), ordinal: place.drawn[0]),
                            row.task(
                                for: "ib@school-1", instance: InstanceID(rawValue: "i-\(number)"), since: minute(0),
                                due: version == 1 ? nil : day(3)),
                        ]
                        return Act(events: [event("a\(number)"), event("b")], registers: RegisterChange(upserts: rows))
                    })
            }
        }
        let key = try CheckpointKey.generate(name: "sentrum/test")
        _ = try await journal.makeCheckpoint(by: key, at: minute(2))
        try await journal.setTold("w@example.org", size: 18)
        try await journal.setPlanOfRegisters("plan")
        let accounts = Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration))
        try await accounts.open("person-a", email: "a@school.example", password: password, name: nil, at: minute(0))
        _ = try await accounts.issueToken(for: "person-a", name: "k", expires: minute(9_999), at: minute(0))
        _ = try await accounts.makePasswordLink(for: "person-a", .invited, at: minute(0))
        try await vault.reads.log(
            ReadEntry(
                dossier: "dossier-1", person: "person-a", function: "ib", purpose: "support", parts: [.child], kind: .page,
                at: minute(3), version: 6))
        try await vault.drafts.save(Data("typed".utf8), person: "person-a", form: "f", stream: "dossier-1", at: minute(4))
        let blobs = [
            try await vault.blobs.store(Data([1, 2, 3]), for: "dossier-1", at: minute(0)),
            try await vault.blobs.store(large, for: "dossier-3", at: minute(0)),
        ]
        try await journal.erase(["dossier-2"], at: minute(5), registers: RegisterChange(dossiers: ["dossier-2"]))
        return blobs
    }

    @Test("has equal rows, hashes, digests and contents, there and back; and everything goes on from it")
    func thereAndBack() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-copy-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await withPostgres { postgres in
            let master = postgres.place.master
            let first = try SQLiteStore.open(directory: folder.appending(path: "first"), master: master)
            defer { try? first.close() }
            let vault = SQLiteVault(first, directory: folder.appending(path: "first"))
            let blobs = try await fill(first, vault)
            let before = try await Sum(SQLiteJournal(first))
            try await stopHalfWay(SQLiteCopy(first, directory: folder.appending(path: "first")), postgres)

            let copy = PostgresCopy(postgres.store, postgres.place.address)
            try StoreCopy.copy(from: SQLiteCopy(first, directory: folder.appending(path: "first")), to: copy) { _, _ in }
            #expect(try await Sum(postgres.journal) == before)
            let found = try await postgres.journal.verify(contents: true)
            #expect(found.isWhole && found.opened == 12 && found.erased == 6, "\(found)")
            let there = PostgresVault(postgres.store)
            #expect(try await there.blobs.read(blobs[0], of: "dossier-1") == Data([1, 2, 3]))
            #expect(try await there.blobs.read(blobs[1], of: "dossier-3") == large)
            #expect(try await there.drafts.draft(person: "person-a", form: "f")?.bytes == Data("typed".utf8))
            let accounts = Accounts(store: there.accounts, hasher: PasswordHasher(cost: .demonstration))
            _ = try await accounts.signIn(email: "a@school.example", password: password, source: "s", at: minute(6))
            #expect(
                try await postgres.journal.dossiers(
                    for: ["ib@school-1"], on: day(0), search: "ozil", after: nil, limit: 9
                ).isEmpty, "it was forgotten")
            #expect(
                try await postgres.journal.dossiers(
                    for: ["ib@school-1"], on: day(0), search: "hart", after: nil, limit: 9
                ).map(\.id) == ["dossier-3"])
            #expect(throws: CopyFault.notEmpty) {
                try StoreCopy.copy(from: SQLiteCopy(first, directory: folder.appending(path: "first")), to: copy) { _, _ in }
            }

            let second = try SQLiteStore.open(directory: folder.appending(path: "second"), master: master)
            defer { try? second.close() }
            let back = SQLiteCopy(second, directory: nil)
            try StoreCopy.copy(from: copy, to: back) { _, _ in }
            #expect(try await Sum(SQLiteJournal(second)) == before)
            #expect(try await SQLiteJournal(second).verify(contents: true).isWhole)
            #expect(try await SQLiteVault(second, directory: nil).blobs.read(blobs[1], of: "dossier-3") == large)
            #expect(throws: CopyFault.notEmpty) { try StoreCopy.copy(from: copy, to: back) { _, _ in } }

            // The journal, the numbers and the read log go on where they were.
            _ = try await postgres.journal.append(
                Appending(stream: "dossier-1", expectedVersion: 6, at: minute(9), actor: "person-a", draws: ["tlv"]) { place in
                    #expect(place.drawn == [10])
                    return Act(events: [event("next")])
                })
            try await there.reads.log(
                ReadEntry(
                    dossier: "dossier-1", person: "person-a", function: "ib", purpose: "support", parts: [], kind: .page,
                    at: minute(9)))
            #expect(try await there.reads.latest(before: nil, limit: 9).map(\.sequence) == [2, 1])
        }
    }

    /// A copy that breaks off leaves nothing that is in the way of the next.
    private func stopHalfWay(_ source: SQLiteCopy, _ postgres: OpenPostgres) async throws {
        struct Stopping: CopyTarget {
            let target: any CopyTarget

            func take(_ body: (any CopyFilling) throws -> Void) throws {
                try target.take { try body(StoppingHalfWay(filling: $0)) }
            }
        }
        let target = Stopping(target: PostgresCopy(postgres.store, postgres.place.address))
        #expect(throws: Refused.self) { try StoreCopy.copy(from: source, to: target) { _, _ in } }
        #expect(try await postgres.journal.head() == 0)
        #expect(try await postgres.journal.verify(contents: false).missingGuards.isEmpty)
    }

    @Test("leaves no table out but those that count attempts and those that a store keeps for itself")
    func allTables() async throws {
        let copied = Set(CopiedTable.all.map(\.name))
        let sqlite = try await SQLiteStore.inMemory().read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        #expect(Set(sqlite).subtracting(copied) == ["grdb_migrations", "opening_words"])
        try await withPostgres { postgres in
            let tables = try postgres.place.shell("SELECT tablename FROM pg_tables WHERE schemaname = current_schema")
            let own: Set<String> = ["steps", "turn", "writers", "opening_words", "attempts", "known_places", "presences"]
            #expect(Set(tables.split(separator: "\n").map(String.init)).subtracting(copied) == own)
            for table in CopiedTable.all {
                let columns = try postgres.place.shell(
                    """
                    SELECT column_name FROM information_schema.columns
                    WHERE table_schema = current_schema AND table_name = '\(table.name)'
                    """)
                #expect(Set(columns.split(separator: "\n").map(String.init)) == Set(table.columns), "\(table.name)")
                let others = try await SQLiteStore.inMemory().read { db in try db.columns(in: table.name).map(\.name) }
                #expect(Set(others) == Set(table.columns), "\(table.name)")
            }
        }
    }
}
