import Domain
import Foundation
import Journal
import TestKit
import Testing

@testable import JournalPostgres

@Suite("The store for several nodes", .enabled(if: PostgresServer.isAvailable, "PostgreSQL is not installed"))
struct PostgresStoreTests {
    @Test("nodes that start at the same time make the tables once, and all work at once")
    func startTogether() async throws {
        await PostgresTurn.shared.take()
        defer { Task { await PostgresTurn.shared.give() } }
        let place = try PostgresPlace(try #require(PostgresServer.shared))
        defer { _ = try? place.server.shell("DROP SCHEMA \(place.address.schema), \(place.keys.schema) CASCADE") }
        let stores = try await withThrowingTaskGroup(of: PostgresStore.self) { group in
            for _ in 0..<6 { group.addTask { try place.open() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        defer { for store in stores { store.close() } }
        for (number, store) in stores.enumerated() {
            _ = try await PostgresJournal(store).append(.noting("a", in: "dossier-1", after: number))
        }
        #expect(try await PostgresJournal(stores[0]).read("dossier-1").count == 6)
        #expect(try place.shell("SELECT count(*) = count(DISTINCT name) AND count(*) > 2 FROM steps") == "t\n")
    }

    @Test("a node of an older version does not begin where a younger one changed the tables; one that runs goes on")
    func younger() async throws {
        try await withPostgres { postgres in
            try postgres.place.shell("INSERT INTO steps (name) VALUES ('vault-of-tomorrow')")
            #expect(throws: JournalFault.younger) { try postgres.place.open() }
            _ = try await postgres.journal.append(.noting("a", in: "dossier-1", after: 0))
            #expect(try await postgres.journal.read("dossier-1").count == 1)
        }
    }

    @Test("what a page asks of many dossiers at once goes along the keys here as well, whatever it asks for")
    func plans() async throws {
        try await withPostgres { postgres in
            try postgres.place.shell(
                """
                INSERT INTO openings (principal, dossier, parts, ground, name_key, changed_at)
                SELECT 'ib@' || n % 100, 'd-' || n, 'child', 'function', 'k' || n, 0 FROM generate_series(1, 20000) AS n;
                ANALYZE openings
                """)
            let question = RegisterQuestion<OpeningRow>.openings(for: ["ib@7"], of: ["d-7"], PostgresJournal.dialect)
            let parts = question.sql.split(separator: "?", omittingEmptySubsequences: false)
            let sql = parts.enumerated().map { $0 == 0 ? String($1) : "$\($0)\($1)" }.joined()
            let plan = try postgres.place.shell(
                """
                SET plan_cache_mode = force_generic_plan; PREPARE asked AS \(sql);
                EXPLAIN EXECUTE asked ('{"ib@7"}', '{"d-7"}')
                """)
            #expect(plan.contains("Index Scan using openings_") && !plan.contains("Seq Scan on openings"), "\(plan)")
        }
    }

    @Test("two nodes writing at the same time leave no gap, draw no number twice and make no second key")
    func twoNodes() async throws {
        try await withPostgres { postgres in
            let other = try postgres.place.open()
            defer { other.close() }
            let journals = [postgres.journal, PostgresJournal(other)]
            let drawn = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for task in 0..<16 {
                    group.addTask {
                        var mine: [Int64] = []
                        for round in 0..<10 {
                            // Both nodes begin the same streams; whoever comes second decides again.
                            let stream = StreamID(rawValue: "dossier-\(round)")
                            while true {
                                let journal = journals[task % 2]
                                let version = try await journal.read(stream).count
                                do {
                                    let recorded = try await journal.append(
                                        Appending(
                                            stream: stream, expectedVersion: version, at: minute(0), actor: "person-a",
                                            draws: ["tlv"]
                                        ) { Act(events: [event("\($0.drawn[0])")]) })
                                    mine += recorded.compactMap { Int64($0.text.filter(\.isNumber)) }
                                    break
                                } catch is JournalConflict {
                                    continue
                                }
                            }
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(drawn.sorted() == Array(1...160))
            for journal in journals {
                #expect(try await journal.head() == 160)
                let found = try await journal.verify(contents: true)
                #expect(found.isWhole && found.opened == 160)
            }
        }
    }

    @Test("what one node acknowledged the other reads at once: events, registers, sessions and drafts")
    func seenAtOnce() async throws {
        try await withPostgres { postgres in
            let other = try postgres.place.open()
            defer { other.close() }
            let (here, there) = (PostgresVault(postgres.store), PostgresVault(other))
            for index in 1...20 {
                let row = DossierRow.sample("dossier-1", "Anna", "Visser", version: index)
                _ = try await postgres.journal.append(
                    .noting("\(index)", in: "dossier-1", after: index - 1, registers: RegisterChange(upserts: [row])))
                #expect(try await PostgresJournal(other).read("dossier-1").count == index)
                #expect(try await PostgresJournal(other).dossier("dossier-1")?.version == index)
                try await here.drafts.save(
                    Data("\(index)".utf8), person: "person-a", form: "f", stream: "dossier-1", at: minute(Int64(index)))
                #expect(try await there.drafts.draft(person: "person-a", form: "f")?.bytes == Data("\(index)".utf8))
            }
            try await here.presences.note("person-a", in: "observe", of: "dossier-1", at: minute(0))
            #expect(
                try await there.presences.others(than: "person-b", in: "observe", of: "dossier-1", at: minute(1)) == ["person-a"])
            #expect(
                try await there.presences.others(than: "person-b", in: nil, of: "dossier-1", at: minute(1)) == ["person-a"])
            #expect(try await there.presences.others(than: "person-a", in: nil, of: "dossier-1", at: minute(1)).isEmpty)
            #expect(try await there.presences.others(than: "person-b", in: "other", of: "dossier-1", at: minute(1)).isEmpty)
            #expect(try await there.presences.others(than: "person-b", in: nil, of: "dossier-1", at: minute(2)).isEmpty)
            let large = Data(repeating: 7, count: 3_000_000)
            let reference = try await here.blobs.store(large, for: "dossier-1", at: minute(0))
            #expect(try await there.blobs.read(reference, of: "dossier-1") == large)
        }
    }

    @Test("what one node forgot another holds no key of, though it had read it")
    func forgetsEverywhere() async throws {
        try await withPostgres { postgres in
            let other = try postgres.place.open()
            defer { other.close() }
            let there = PostgresJournal(other)
            _ = try await postgres.journal.append(.noting("a", in: "dossier-1", after: 0))
            _ = try await postgres.journal.append(.noting("b", in: "dossier-2", after: 0))
            #expect(try await there.read("dossier-1").count == 1)
            let draft = {
                try await PostgresVault(other).drafts.save(
                    Data([1]), person: "person-a", form: "f", stream: "dossier-1", at: minute(0))
            }
            try await draft()
            try await postgres.journal.erase(["dossier-1"], at: minute(1), registers: RegisterChange())
            #expect(try await there.verify(contents: true).isWhole)
            await #expect(throws: JournalFault.erased("dossier-1")) { try await there.read("dossier-1") }
            await #expect(throws: JournalFault.erased("dossier-1")) { try await draft() }
            await #expect(throws: JournalFault.erased("dossier-1")) {
                try await there.append(.noting("again", in: "dossier-1", after: 1))
            }
            #expect(try postgres.place.shell("SELECT count(*) FROM keys WHERE stream = 'dossier-1'") == "0\n")
            try await there.settle()
        }
    }

    @Test("a key that a backup brought back is destroyed again when a node starts, and another master key is refused")
    func keys() async throws {
        try await withPostgres { postgres in
            _ = try await postgres.journal.append(.noting("a", in: "dossier-1", after: 0))
            try postgres.place.shell("CREATE TABLE \(postgres.place.keys.schema).backup AS SELECT * FROM keys")
            try await postgres.journal.erase(["dossier-1"], at: minute(1), registers: RegisterChange())
            try postgres.place.shell("INSERT INTO keys SELECT * FROM backup")
            #expect(try await postgres.journal.verify(contents: true).firstBreak?.reason == .keyKept)
            let again = try postgres.place.open()
            defer { again.close() }
            #expect(try await PostgresJournal(again).verify(contents: true).isWhole)
            #expect(throws: JournalFault.masterKeyWrong) {
                try PostgresStore.open(postgres.place.address, keys: postgres.place.keys, master: .generate())
            }
        }
    }

    @Test("whoever waits for the turn or for a connection waits so long and no longer")
    func waits() async throws {
        var options = PostgresStore.Options()
        options.longestWait = 300
        options.connections = 1
        try await withPostgres(options: options) { postgres in
            _ = try await postgres.journal.append(.noting("a", in: "dossier-1", after: 0))
            let turn = try PostgresConnection(postgres.place.address)
            try turn.script("BEGIN; LOCK TABLE turn IN EXCLUSIVE MODE")
            await #expect(throws: JournalFault.busy) {
                try await postgres.journal.append(.noting("b", in: "dossier-1", after: 1))
            }
            try turn.script("COMMIT")
            let (entered, enter) = AsyncStream.makeStream(of: Void.self)
            let gate = DispatchSemaphore(value: 0)
            let store = postgres.store
            let held = Task {
                try await store.ask { _ in
                    enter.yield()
                    gate.wait()
                }
            }
            for await _ in entered.prefix(1) {}
            await #expect(throws: JournalFault.busy) { try await postgres.journal.head() }
            gate.signal()
            try await held.value
            _ = try await postgres.journal.append(.noting("b", in: "dossier-1", after: 1))
            #expect(try await postgres.journal.head() == 2)
        }
    }

    @Test("those who write together share commits, and one that fails is rolled back alone")
    func sharesCommits() async throws {
        try await withPostgres { postgres in
            let store = postgres.store
            try await store.write { try $0.script("CREATE TABLE numbers (number BIGINT PRIMARY KEY)") }
            let before = store.commits
            let failed = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            try await store.write { db in
                                try db.execute("INSERT INTO numbers VALUES (?)", [PostgresValue(number)])
                                if number % 3 == 0 { throw Refused() }
                                if number % 7 == 0 { try db.execute("INSERT INTO numbers VALUES (?)", [PostgresValue(number)]) }
                            }
                            return false
                        } catch {
                            return error is Refused || error as? JournalFault != nil
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            let wanted = (0..<200).filter { $0 % 3 != 0 && $0 % 7 != 0 }
            #expect(failed == 200 - wanted.count)
            #expect(store.commits - before < 100)
            let numbers = try await store.ask { try $0.rows("SELECT number FROM numbers ORDER BY 1").map { Int(try $0.int(0)) } }
            #expect(numbers == wanted)
        }
    }

    @Test("two changes that would both be right alone and not together are not both made")
    func serializable() async throws {
        try await withPostgres { postgres in
            let store = postgres.store
            try await store.write { try $0.script("CREATE TABLE guards (who BIGINT PRIMARY KEY, on_duty BIGINT)") }
            for round in 0..<5 {
                try await store.write { try $0.script("DELETE FROM guards; INSERT INTO guards VALUES (1, 1), (2, 1)") }
                // Each may go when the other stays.
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for who in 1...2 {
                        group.addTask {
                            try await store.change { db in
                                let left = try db.rows("SELECT count(*) FROM guards WHERE on_duty = 1").first?.int(0) ?? 0
                                try db.script("SELECT pg_sleep(0.05)")
                                guard left == 2 else { return }
                                try db.execute("UPDATE guards SET on_duty = 0 WHERE who = ?", [PostgresValue(who)])
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let left = try await store.ask { try $0.rows("SELECT sum(on_duty)::bigint FROM guards").first?.int(0) }
                #expect(left == 1, "round \(round)")
            }
        }
    }

    @Test("has the tables and columns that the rows say, and compares every text by its bytes")
    func columns() async throws {
        try await withPostgres { postgres in
            for table in RegisterRows.tables {
                let columns = try postgres.place.shell(
                    """
                    SELECT string_agg(column_name, ',' ORDER BY column_name) FROM information_schema.columns
                    WHERE table_schema = current_schema AND table_name = '\(table.name)'
                    """)
                #expect(columns == table.columns.sorted { $0.precedesByBytes($1) }.joined(separator: ",") + "\n")
            }
            let other = try postgres.place.shell(
                """
                SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema AND (
                    data_type NOT IN ('text', 'bigint', 'bytea', 'timestamp with time zone')
                    OR data_type = 'text' AND collation_name IS DISTINCT FROM 'C')
                """)
            #expect(other == "0\n")
        }
    }

    @Test("one node at a time does what only one must do, and another takes over when it ends")
    func alone() async throws {
        try await withPostgres { postgres in
            let other = try postgres.place.open()
            #expect(try other.isTheOne())
            #expect(try !postgres.store.isTheOne())
            #expect(try other.isTheOne())
            other.close()
            for _ in 0..<50 {
                if try postgres.store.isTheOne() { return }
                try await Task.sleep(for: .milliseconds(20))
            }
            Issue.record("nobody took over")
        }
    }

    @Test("the list of erasures is shared, keeps its order, and says what was carried out")
    func erasureList() async throws {
        try await withPostgres { postgres in
            let other = try postgres.place.open()
            defer { other.close() }
            let statement = DestructionStatement(
                on: day(0), dossiers: 1, events: 2, documents: 0, people: 0, grounds: [], announcedBy: [], agreedBy: [],
                remains: [])
            let entries = ["b", "a"].map {
                ErasureEntry(id: $0, at: minute(1), dossiers: ["d-1"], people: [], statement: statement)
            }
            for entry in entries { try postgres.store.erasures.add(entry) }
            try other.erasures.add(entries[0])
            try other.erasures.finish("a")
            let found = try postgres.store.erasures.read()
            #expect(found.entries == entries)
            #expect(found.finished == ["a"])
        }
    }

    @Test("an address never prints itself, and a schema is a plain name")
    func address() throws {
        let address = try #require(PostgresAddress("postgresql://u:geheim@h/d", schema: "spo_1"))
        var printed = "\(address)"
        dump(address, to: &printed)
        #expect(!printed.contains("geheim"))
        for name in ["", "1a", "a-b", "A", "a;b", "pg_x", "a\"", String(repeating: "a", count: 61)] {
            #expect(PostgresAddress("postgresql:///d", schema: name) == nil, "\(name)")
        }
    }
}

@Suite("The guards of the shared database", .enabled(if: PostgresServer.isAvailable, "PostgreSQL is not installed"))
struct PostgresGuardTests {
    @Test(
        "refuse every way to change what is recorded",
        arguments: [
            "UPDATE events SET actor = 'person-x' WHERE sequence = 1", "UPDATE events SET payload = '\\x00' WHERE sequence = 1",
            "UPDATE events SET payload = NULL WHERE sequence = 1", "UPDATE events SET sequence = 9 WHERE sequence = 1",
            "UPDATE events SET on_behalf_of = 'person-x' WHERE sequence = 1", "DELETE FROM events WHERE sequence = 2",
            "DELETE FROM events", "TRUNCATE events", "TRUNCATE events CASCADE",
            "INSERT INTO events SELECT * FROM events WHERE sequence = 1 ON CONFLICT (sequence) DO UPDATE SET actor = 'x'",
            "INSERT INTO events SELECT 5, 'dossier-2', 2, type, at, actor, on_behalf_of, payload, payload_digest, "
                + "commitment, hash, hash FROM events WHERE sequence = 3",
            "INSERT INTO events SELECT 4, 'dossier-2', 3, type, at, actor, on_behalf_of, payload, payload_digest, "
                + "commitment, hash, hash FROM events WHERE sequence = 3",
            "INSERT INTO events SELECT 4, 'dossier-2', 2, type, at, actor, on_behalf_of, payload, payload_digest, "
                + "commitment, decode(repeat('00', 32), 'hex'), hash FROM events WHERE sequence = 3",
            "INSERT INTO events SELECT 4, 'dossier-2', 2, type, at, actor, on_behalf_of, NULL, payload_digest, "
                + "commitment, hash, hash FROM events WHERE sequence = 3",
            "BEGIN; INSERT INTO erased_streams VALUES ('dossier-2', 1); "
                + "UPDATE events SET payload = NULL, actor = 'x' WHERE sequence = 3; COMMIT",
            "BEGIN; INSERT INTO erased_streams VALUES ('dossier-9', 1); INSERT INTO events SELECT 4, 'dossier-9', 1, type, at, "
                + "actor, on_behalf_of, payload, payload_digest, commitment, decode(repeat('00', 32), 'hex'), hash "
                + "FROM events WHERE sequence = 3; COMMIT",
            "BEGIN; INSERT INTO erased_streams VALUES ('dossier-2', 1); DELETE FROM erased_streams; COMMIT",
            "BEGIN; INSERT INTO erased_streams VALUES ('dossier-2', 1); UPDATE erased_streams SET at = 2; COMMIT",
            "BEGIN; INSERT INTO erased_streams VALUES ('dossier-2', 1); TRUNCATE erased_streams; COMMIT",
        ])
    func refuse(sql: String) async throws {
        try await withPostgres { postgres in
            _ = try await postgres.journal.append(.noting("a", "b", in: "dossier-1", after: 0))
            _ = try await postgres.journal.append(.noting("c", in: "dossier-2", after: 0))
            let before = try await postgres.journal.rows(after: 0, limit: 9)
            #expect(throws: PostgresServer.Missing.self) { try postgres.place.shell(sql) }
            #expect(try await postgres.journal.rows(after: 0, limit: 9) == before)
            #expect(try await postgres.journal.erasures().isEmpty)
            #expect(try await postgres.journal.verify(contents: true).isWhole)
        }
    }

    @Test(
        "are missed when they are gone, switched off, narrowed or say something else",
        arguments: [
            "DROP TRIGGER events_kept ON events", "ALTER TABLE events DISABLE TRIGGER events_kept",
            "DROP TRIGGER events_kept ON events; CREATE TRIGGER events_kept BEFORE DELETE ON events FOR EACH ROW "
                + "WHEN (OLD.sequence < 0) EXECUTE FUNCTION events_kept()",
            "DROP TRIGGER events_kept ON events; CREATE TRIGGER events_kept AFTER DELETE ON events FOR EACH ROW "
                + "EXECUTE FUNCTION events_kept()",
            "CREATE OR REPLACE FUNCTION events_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        ])
    func missed(sql: String) async throws {
        try await withPostgres { postgres in
            #expect(try await postgres.journal.verify(contents: false).missingGuards.isEmpty)
            try postgres.place.shell(sql)
            #expect(try await postgres.journal.verify(contents: false).missingGuards == ["events_kept"])
        }
    }

    @Test("a row that was altered all the same is named, and faults say nothing of what is stored")
    func altered() async throws {
        try await withPostgres { postgres in
            for version in 0..<3 { _ = try await postgres.journal.append(.noting("a", in: "dossier-1", after: version)) }
            try postgres.place.shell(
                """
                ALTER TABLE events DISABLE TRIGGER ALL; UPDATE events SET actor = 'person-x' WHERE sequence = 2;
                ALTER TABLE events ENABLE TRIGGER ALL
                """)
            let found = try await postgres.journal.verify(contents: true)
            #expect(found.firstBreak?.sequence == 2 && found.firstBreak?.reason == .hash)
            do {
                for _ in 0..<2 {
                    try await postgres.store.change { db in
                        _ = try db.execute("INSERT INTO counters (name, last) VALUES (?, 1)", [.text("Anna Visser")])
                    }
                }
                Issue.record("was written")
            } catch let fault as JournalFault {
                #expect(fault.code == "journal.storage")
                #expect("\(fault)".contains("counters_pkey"))
                #expect(!"\(fault)".contains("Visser"))
            }
        }
    }
}
