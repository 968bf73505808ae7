import Domain
import Foundation
import GRDB
import Journal
import JournalSQLite
import Testing

@Suite("The embedded store")
struct StoreTests {
    @Test("logs ahead, flushes every commit, overwrites what is deleted and holds to references")
    func pragmas() async throws {
        try await withSQLite { journal, _, _ in
            let pragmas = ["journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "foreign_keys": "1"]
            for (name, value) in pragmas {
                let found = try await journal.store.write { try DatabaseValue.fetchOne($0, sql: "PRAGMA \(name)") }
                #expect(found.map { "\($0)" }?.trimmingCharacters(in: ["\""]) == value, "\(name)")
            }
        }
    }

    @Test("makes its files readable by their owner only")
    func fileModes() async throws {
        try await withSQLite { journal, directory, _ in
            _ = try await journal.append(.noting("a", in: "dossier-1", after: 0))
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(Set(names).isSuperset(of: ["journal.sqlite", "journal.sqlite-wal", "keys.sqlite", "keys.sqlite-wal"]))
            for name in names {
                let path = directory.appending(path: name).path
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
                #expect(mode?.intValue == 0o600, "\(name)")
            }
            let mode = try FileManager.default.attributesOfItem(atPath: directory.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o700)
        }
    }

    @Test("has everything after it is closed and opened again, and refuses another master key")
    func reopens() async throws {
        try await withSQLite { journal, directory, master in
            let row = DossierRow.sample("dossier-1", "Anna", "Visser")
            let recorded = try await journal.append(
                .noting("a", "b", in: "dossier-1", after: 0, registers: RegisterChange(upserts: [row])))
            try journal.store.close()
            await #expect(throws: JournalFault.closed) { try await journal.append(.noting("c", in: "dossier-1", after: 2)) }
            await #expect(throws: JournalFault.self) { try await journal.read("dossier-1") }
            #expect(throws: JournalFault.masterKeyWrong) {
                try SQLiteStore.open(directory: directory, master: MasterKey.generate())
            }
            let store = try SQLiteStore.open(directory: directory, master: master)
            defer { try? store.close() }
            let again = SQLiteJournal(store)
            #expect(try await again.read("dossier-1") == recorded)
            #expect(try await again.dossier("dossier-1") == row)
            _ = try await again.append(.noting("c", in: "dossier-1", after: 2))
            #expect(try await again.verify(contents: true).opened == 3)
        }
    }

    @Test("that a younger version of the program used is not opened by an older one, and not changed")
    func younger() async throws {
        try await withSQLite { journal, directory, master in
            _ = try await journal.append(.noting("a", in: "dossier-1", after: 0))
            try await journal.store.write {
                try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('vault-of-tomorrow')")
            }
            try journal.store.close()
            #expect(throws: JournalFault.younger) { try SQLiteStore.open(directory: directory, master: master) }
            let file = try DatabaseQueue(path: directory.appending(path: "journal.sqlite").path)
            try await file.write {
                try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'vault-of-tomorrow'")
            }
            try file.close()
            let store = try SQLiteStore.open(directory: directory, master: master)
            defer { try? store.close() }
            #expect(try await SQLiteJournal(store).read("dossier-1").count == 1)
        }
    }

    @Test("opens with everything acknowledged from its files as they lie there, as after a sudden end")
    func survivesSuddenEnd() async throws {
        try await withSQLite { journal, directory, master in
            for round in 1...5 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for stream in 0..<8 {
                        group.addTask {
                            _ = try await journal.append(
                                .noting("x", in: StreamID(rawValue: "dossier-\(round)-\(stream)"), after: 0))
                        }
                    }
                    try await group.waitForAll()
                }
                let copy = directory.appending(path: "copy-\(round)")
                try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
                for name in ["journal.sqlite", "journal.sqlite-wal", "keys.sqlite", "keys.sqlite-wal"] {
                    try FileManager.default.copyItem(
                        at: directory.appending(path: name), to: copy.appending(path: name))
                }
                let store = try SQLiteStore.open(directory: copy, master: master)
                defer { try? store.close() }
                let verification = try await SQLiteJournal(store).verify(contents: true)
                #expect(verification.isWhole)
                #expect(verification.opened == Int64(round * 8))
            }
        }
    }

    @Test("loses nothing acknowledged when the disk is full, and goes on when there is room again")
    func survivesFullDisk() async throws {
        try await withSQLite { journal, _, _ in
            _ = try await journal.append(.noting("first", in: "dossier-0", after: 0))
            try await journal.store.write { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages + 60)")
            }
            let acknowledged = await withTaskGroup(of: Int64.self) { group in
                for stream in 1...60 {
                    group.addTask {
                        do {
                            let text = String(repeating: "x", count: 10_000)
                            let recorded = try await journal.append(
                                .noting(text, in: StreamID(rawValue: "dossier-\(stream)"), after: 0))
                            return Int64(recorded.count)
                        } catch {
                            #expect(WriteOutage(error) == .diskFull)
                            return 0
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect((1..<60).contains(acknowledged))
            #expect(try await journal.head() == acknowledged + 1)
            try await journal.store.write { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
            _ = try await journal.append(.noting("second", in: "dossier-0", after: 1))
            let verification = try await journal.verify(contents: true)
            #expect(verification.isWhole)
            #expect(verification.opened == acknowledged + 2)
        }
    }

    @Test("two processes may write to one folder: neither loses an event or makes a second key")
    func twoProcesses() async throws {
        try await withSQLite { journal, directory, master in
            let store = try SQLiteStore.open(directory: directory, master: master)
            defer { try? store.close() }
            let journals = [journal, SQLiteJournal(store)]
            for version in 0..<10 {
                _ = try await journals[version % 2].append(
                    Appending(
                        stream: "dossier-1", expectedVersion: version, at: minute(0), actor: "person-a", draws: ["tlv"]
                    ) { Act(events: [event("\($0.drawn)")]) })
            }
            #expect(try await journals[0].read("dossier-1") == journals[1].read("dossier-1"))
            #expect(try await journals[1].counters() == ["tlv": 10])
            #expect(try await journals[1].verify(contents: true).opened == 10)
        }
    }

    @Test("has the tables and columns that the rows say")
    func columns() async throws {
        let store = try SQLiteStore.inMemory()
        for table in RegisterRows.tables {
            let (columns, key) = try await store.read { db in
                (try db.columns(in: table.name).map(\.name), try db.primaryKey(table.name).columns)
            }
            #expect(Set(columns) == Set(table.columns), "\(table.name)")
            #expect(key == Array(table.columns.prefix(table.keyCount)), "\(table.name)")
        }
    }

    @Test("holds no contents in plain text in any file, and after erasing not even sealed ones")
    func sealsContents() async throws {
        try await withSQLite { journal, directory, _ in
            let secret = "zeldzaam-woord-9137"
            _ = try await journal.append(.noting(secret, in: "dossier-1", after: 0))
            _ = try await journal.append(.noting("b", in: "dossier-2", after: 0))
            let sealed = try #require(try await journal.rows(after: 0, limit: 1).first?.payload)
            let wrapped = try #require(
                try await DatabaseQueue(path: directory.appending(path: "keys.sqlite").path).read {
                    try Data.fetchOne($0, sql: "SELECT wrapped FROM keys WHERE stream = 'dossier-1'")
                })
            #expect(try found(Data(secret.utf8), in: directory).isEmpty)
            #expect(try !found(sealed, in: directory).isEmpty)
            #expect(try !found(wrapped, in: directory).isEmpty)
            try await journal.erase(["dossier-1"], at: minute(1), registers: RegisterChange())
            #expect(try found(sealed, in: directory).isEmpty)
            #expect(try found(wrapped, in: directory).isEmpty)
        }
    }

    @Test("destroys the keys of erased streams again when a backup of the keys was put back")
    func erasesAfterRestore() async throws {
        try await withSQLite { journal, directory, master in
            _ = try await journal.append(.noting("a", in: "dossier-1", after: 0))
            try await journal.store.checkpoint()
            let keys = directory.appending(path: "keys.sqlite")
            let backup = try Data(contentsOf: keys)
            try await journal.erase(["dossier-1"], at: minute(1), registers: RegisterChange())
            try journal.store.close()
            for name in ["keys.sqlite-wal", "keys.sqlite-shm"] {
                try? FileManager.default.removeItem(at: directory.appending(path: name))
            }
            try backup.write(to: keys)
            let store = try SQLiteStore.open(directory: directory, master: master)
            defer { try? store.close() }
            #expect(try await SQLiteJournal(store).verify(contents: true).isWhole)
            let storeKeys = store.keys
            let isGone = try await store.read { _ in try storeKeys.existing("dossier-1") == nil }
            #expect(isGone)
        }
    }

    private func found(_ bytes: Data, in directory: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { name in
            try Data(contentsOf: directory.appending(path: name)).range(of: bytes) != nil
        }
    }
}

@Suite("The guards of the database itself")
struct GuardTests {
    @Test(
        "refuse every way to change what is recorded",
        arguments: [
            "UPDATE events SET actor = 'person-x' WHERE sequence = 1", "UPDATE events SET payload = x'00' WHERE sequence = 1",
            "UPDATE events SET payload = NULL WHERE sequence = 1", "UPDATE events SET sequence = 9 WHERE sequence = 1",
            "DELETE FROM events WHERE sequence = 2", "DELETE FROM events",
            "INSERT OR REPLACE INTO events SELECT * FROM events WHERE sequence = 1",
            "REPLACE INTO events SELECT 4, stream, version, type, at, actor, on_behalf_of, payload, payload_digest, "
                + "commitment, previous_hash, hash FROM events WHERE sequence = 1",
            "INSERT INTO events SELECT 5, 'dossier-2', 2, type, at, actor, on_behalf_of, payload, payload_digest, "
                + "commitment, hash, hash FROM events WHERE sequence = 3",
            "INSERT INTO events SELECT 4, 'dossier-2', 3, type, at, actor, on_behalf_of, payload, payload_digest, "
                + "commitment, hash, hash FROM events WHERE sequence = 3",
            "INSERT INTO events SELECT 4, 'dossier-2', 2, type, at, actor, on_behalf_of, payload, payload_digest, "
                + "commitment, zeroblob(32), hash FROM events WHERE sequence = 3",
            "INSERT INTO events SELECT 4, 'dossier-2', 2, type, at, actor, on_behalf_of, NULL, payload_digest, "
                + "commitment, hash, hash FROM events WHERE sequence = 3",
            "INSERT INTO erased_streams VALUES ('dossier-2', 1); "
                + "UPDATE events SET payload = NULL, actor = 'x' WHERE sequence = 3",
            "INSERT INTO erased_streams VALUES ('dossier-2', 1); UPDATE events SET payload = x'00' WHERE sequence = 3",
            "INSERT INTO erased_streams VALUES ('dossier-9', 1); INSERT INTO events SELECT 4, 'dossier-9', 1, type, at, "
                + "actor, on_behalf_of, payload, payload_digest, commitment, zeroblob(32), hash FROM events WHERE sequence = 3",
            "INSERT INTO erased_streams VALUES ('dossier-2', 1); DELETE FROM erased_streams",
            "INSERT INTO erased_streams VALUES ('dossier-2', 1); UPDATE erased_streams SET stream = 'dossier-1'",
        ])
    func refuse(sql: String) async throws {
        let journal = SQLiteJournal(try SQLiteStore.inMemory())
        _ = try await journal.append(.noting("a", "b", in: "dossier-1", after: 0))
        _ = try await journal.append(.noting("c", in: "dossier-2", after: 0))
        let before = try await journal.rows(after: 0, limit: 9)
        let fault = await #expect(throws: JournalFault.self) { try await journal.store.write { try $0.execute(sql: sql) } }
        guard case .storage(_, let message) = fault else { throw Refused() }
        #expect(message.hasPrefix("events: ") || message.hasPrefix("erased_streams: "), "\(message)")
        #expect(try await journal.rows(after: 0, limit: 9) == before)
        #expect(try await journal.erasures().isEmpty)
    }

    @Test("let the next row of a stream in, and contents of an erased stream be blanked")
    func allow() async throws {
        let journal = SQLiteJournal(try SQLiteStore.inMemory())
        _ = try await journal.append(.noting("a", in: "dossier-1", after: 0))
        try await journal.store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO events SELECT 2, 'dossier-1', 2, type, at, actor, on_behalf_of, payload, payload_digest,
                    commitment, hash, hash FROM events WHERE sequence = 1;
                    INSERT INTO erased_streams VALUES ('dossier-1', 1);
                    UPDATE events SET payload = NULL;
                    """)
        }
        #expect(try await journal.head() == 2)
    }
}
