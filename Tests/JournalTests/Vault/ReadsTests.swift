import Domain
import GRDB
import Journal
import JournalSQLite
import Testing

@Suite("The read log", .onEachStore)
struct ReadsTests {
    private let vault: VaultUnderTest
    private let reads: any Reads
    private let mila = DossierID("d-mila")
    private let noor = PersonID("p-noor")

    init() throws {
        vault = try #require(VaultUnderTest.current)
        reads = vault.reads
    }

    private func entry(
        _ dossier: DossierID? = nil, by person: PersonID? = nil, _ kind: ReadEntry.Kind = .page, second: Int64 = 0,
        version: Int? = nil
    ) -> ReadEntry {
        ReadEntry(
            dossier: dossier ?? mila, person: person ?? noor, function: "ib", purpose: "support",
            parts: [.child, .groeidocument],
            kind: kind, at: Instant(milliseconds: 1_800_000_000_000 + second * 1000), version: version)
    }

    @Test("what was read is told as it was written, newest first, per dossier and per person")
    func log() async throws {
        let other = DossierID("d-sem")
        for (index, kind) in ReadEntry.Kind.allCases.enumerated() {
            try await reads.log(entry(kind, second: Int64(index)))
        }
        try await reads.log([entry(other), entry(by: PersonID("p-2"), second: 9)])
        let found = try await reads.reads(of: mila, before: nil, limit: 100)
        #expect(found.map(\.read.kind) == [.page, .export, .api, .search, .document, .page])
        #expect(found.last?.read == entry(.page))
        #expect(found.last?.read.parts == ["child", "groeidocument"])
        #expect(found.map(\.sequence) == found.map(\.sequence).sorted(by: >))
        #expect(try await reads.reads(by: noor, before: nil, limit: 100).count == 6)
        #expect(try await reads.reads(of: other, before: nil, limit: 100).count == 1)
        #expect(try await reads.reads(of: DossierID("d-nobody"), before: nil, limit: 100).isEmpty)
    }

    @Test("what was read in an emergency is found among the rest, from a moment on, newest first")
    func inEmergency() async throws {
        func emergency(_ second: Int64) -> ReadEntry {
            ReadEntry(
                dossier: mila, person: noor, function: "board", purpose: ReadEntry.emergency, parts: [.child], kind: .page,
                at: Instant(milliseconds: 1_800_000_000_000 + second * 1000))
        }
        for second: Int64 in [1, 5, 9] {
            try await reads.log(entry(second: second))
            try await reads.log(emergency(second))
        }
        let since = Instant(milliseconds: 1_800_000_005_000)
        #expect(try await reads.inEmergency(since: since, limit: 10).map(\.read) == [emergency(9)])
        #expect(try await reads.inEmergency(since: since, limit: 1).map(\.read) == [emergency(9)])
        guard let store = vault.sqlite else { return }
        let plan = try await store.read { db in
            try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN SELECT * FROM reads WHERE purpose = 'emergency' AND at >= 0 ORDER BY sequence DESC"
            ).map { row -> String in row["detail"] }
        }
        #expect(plan.contains { $0.contains("reads_in_emergency") })
    }

    private func entry(_ kind: ReadEntry.Kind, second: Int64 = 0) -> ReadEntry { entry(nil, by: nil, kind, second: second) }

    @Test("pages follow each other without a gap or a double, whatever is added meanwhile")
    func pages() async throws {
        for second in 0..<25 { try await reads.log(entry(second: Int64(second))) }
        var seen: [Int64] = []
        var before: Int64?
        while true {
            let page = try await reads.reads(of: mila, before: before, limit: 10)
            guard let last = page.last else { break }
            seen += page.map(\.sequence)
            before = last.sequence
            try await reads.log(entry(second: 99))
        }
        #expect(seen == (1...25).reversed())
    }

    @Test(
        "the database refuses every change to what was logged",
        arguments: [
            "UPDATE reads SET person = 'p-2'", "UPDATE reads SET at = at + 1 WHERE sequence = 1", "DELETE FROM reads",
            "INSERT OR REPLACE INTO reads SELECT 1, dossier, 'p-2', function, purpose, parts, kind, at FROM reads",
            "UPDATE OR IGNORE reads SET person = 'p-2'", "UPDATE OR REPLACE reads SET sequence = 7",
        ])
    func appendOnly(sql: String) async throws {
        try await reads.log(entry())
        await #expect(throws: JournalFault.self) { try await vault.execute(sql) }
        #expect(try await reads.reads(of: mila, before: nil, limit: 9).map(\.read) == [entry()])
    }

    @Test("the version seen last is kept per person and dossier, and never goes back")
    func looks() async throws {
        let sem = DossierID("d-sem")
        try await reads.log([entry(version: 7), entry(sem, version: 3), entry(by: PersonID("p-2"), version: 9), entry(.search)])
        try await reads.log(entry(version: 5))
        let versions = try await reads.lookedVersions(noor, dossiers: [mila, sem, DossierID("d-\"quoted\"")])
        #expect(versions == [mila: 7, sem: 3])
        try await reads.log(entry(version: 8))
        #expect(try await reads.lookedVersions(noor, dossiers: [mila]) == [mila: 8])
        #expect(try await reads.lookedVersions(noor, dossiers: []) == [:])
    }

    @Test("several looks are logged together or not at all")
    func together() async throws {
        try await reads.log([])
        try await vault.execute(
            vault.sqlite == nil
                ? "ALTER TABLE reads ADD CHECK (dossier <> 'd-full')"
                : """
                CREATE TRIGGER no_room BEFORE INSERT ON reads WHEN NEW.dossier = 'd-full'
                BEGIN SELECT RAISE(ABORT, 'no room'); END
                """)
        await #expect(throws: JournalFault.self) { try await reads.log([entry(version: 4), entry(DossierID("d-full"))]) }
        #expect(try await reads.reads(of: mila, before: nil, limit: 9).isEmpty)
        #expect(try await reads.lookedVersions(noor, dossiers: [mila]) == [:])
    }
}
