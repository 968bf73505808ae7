import Domain
import Foundation
import GRDB
import Journal
import JournalSQLite
import Testing

/// What somebody with the database file and the `sqlite3` shell can do, and that it shows.
@Suite("Tampering with the file of the journal")
struct TamperTests {
    /// A file with eight events, odd sequences in dossier-1 and even ones in dossier-2, and the attacker's connection.
    private func withFile(
        _ body: (SQLiteJournal, _ journalFile: DatabaseQueue, _ keyFile: DatabaseQueue) async throws -> Void
    ) async throws {
        try await withSQLite { journal, directory, _ in
            for version in 0..<4 {
                for number in 1...2 {
                    _ = try await journal.append(
                        .noting(
                            "event \(version)", in: StreamID(rawValue: "dossier-\(number)"), after: version,
                            at: minute(Int64(version)), onBehalfOf: "person-c"))
                }
            }
            let file = try DatabaseQueue(path: directory.appending(path: "journal.sqlite").path)
            let keys = try DatabaseQueue(path: directory.appending(path: "keys.sqlite").path)
            try await body(journal, file, keys)
        }
    }

    private func dropGuards(_ file: DatabaseQueue) async throws {
        try await file.write { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
        }
    }

    private func expectBreak(
        _ journal: SQLiteJournal, at sequence: Int64, _ stream: StreamID, version: Int, _ reason: Verification.Reason,
        contents: Bool = false
    ) async throws {
        let found = try await journal.verify(contents: contents)
        #expect(
            found.firstBreak
                == Verification.Break(sequence: sequence, stream: stream, version: version, reason: reason))
        #expect(!found.isWhole)
    }

    @Test(
        "One byte flipped in any column of a row names that row and what is wrong",
        arguments: [
            ("type", .hash), ("at", .hash), ("actor", .hash), ("on_behalf_of", .hash), ("payload", .payloadDigest),
            ("payload_digest", .hash), ("commitment", .hash), ("previous_hash", .previousHash), ("hash", .hash),
        ] as [(String, Verification.Reason)])
    func flips(column: String, reason: Verification.Reason) async throws {
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await flip(column, of: 5, file)
            try await expectBreak(journal, at: 5, "dossier-1", version: 3, reason)
        }
    }

    @Test("A flipped sequence is a gap at its old place, a flipped version or stream a row out of place")
    func flipsPlace() async throws {
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { try $0.execute(sql: "UPDATE events SET sequence = 69 WHERE sequence = 5") }
            try await expectBreak(journal, at: 6, "dossier-2", version: 3, .sequence)
        }
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { try $0.execute(sql: "UPDATE events SET version = 7 WHERE sequence = 5") }
            try await expectBreak(journal, at: 5, "dossier-1", version: 7, .version)
        }
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { try $0.execute(sql: "UPDATE events SET stream = 'dossier-3' WHERE sequence = 5") }
            try await expectBreak(journal, at: 5, "dossier-3", version: 3, .version)
        }
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { try $0.execute(sql: "UPDATE events SET stream = 'dossier-3' WHERE sequence = 1") }
            try await expectBreak(journal, at: 1, "dossier-3", version: 1, .hash)
        }
    }

    @Test("A deleted row is a gap, and if the rest is numbered anew a missing version")
    func deletes() async throws {
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { try $0.execute(sql: "DELETE FROM events WHERE sequence = 3") }
            try await expectBreak(journal, at: 4, "dossier-2", version: 2, .sequence)
            try await file.write { try $0.execute(sql: "UPDATE events SET sequence = sequence - 1 WHERE sequence > 3") }
            try await expectBreak(journal, at: 4, "dossier-1", version: 3, .version)
            try await file.write { db in
                try db.execute(sql: "UPDATE events SET version = version - 1 WHERE stream = 'dossier-1' AND version > 1")
            }
            try await expectBreak(journal, at: 4, "dossier-1", version: 2, .previousHash)
        }
    }

    @Test("An inserted row breaks the chain, or if its hashes are right the seal")
    func inserts() async throws {
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO events SELECT 9, stream, 5, type, at, actor, on_behalf_of, payload, payload_digest,
                        commitment, hash, hash FROM events WHERE sequence = 7
                        """)
            }
            try await expectBreak(journal, at: 9, "dossier-1", version: 5, .hash)
        }
        try await withFile { journal, file, _ in
            let last = try #require(try await journal.rows(after: 6, limit: 1).first)
            let event = RecordedEvent(
                sequence: 9, stream: "dossier-1", version: 5, type: "sample.forged.v1", at: minute(9), actor: "person-a",
                onBehalfOf: nil, payload: Data("{}".utf8))
            let forged = try SealedEvent(sealing: event, with: StreamKey.generate(), after: last.hash)
            try await insert(forged, file)
            #expect(try await journal.verify(contents: false).isWhole)
            try await expectBreak(journal, at: 9, "dossier-1", version: 5, .seal, contents: true)
        }
    }

    @Test("A rewritten end of a chain, whose hashes are right, breaks the seal or the commitment")
    func rewrites() async throws {
        try await withFile { journal, file, _ in
            let rows = try await journal.rows(after: 4, limit: 3)
            let (before, last) = (rows[0], rows[2])
            try await dropGuards(file)
            // The contents of the version before, with everything that needs no key made to fit.
            let moved = rehashed(last, payload: before.payload, digest: before.payloadDigest, commitment: last.commitment)
            try await replace(moved, file)
            #expect(try await journal.verify(contents: false).firstBreak == nil)
            try await expectBreak(journal, at: 7, "dossier-1", version: 4, .seal, contents: true)
            let other = rehashed(last, payload: last.payload, digest: last.payloadDigest, commitment: before.commitment)
            try await replace(other, file)
            #expect(try await journal.verify(contents: false).firstBreak == nil)
            try await expectBreak(journal, at: 7, "dossier-1", version: 4, .commitment, contents: true)
        }
    }

    @Test("Swapped rows and swapped contents are found at the first of the two")
    func swaps() async throws {
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { db in
                for (from, to) in [(3, 100), (5, 3), (100, 5)] {
                    try db.execute(sql: "UPDATE events SET sequence = ? WHERE sequence = ?", arguments: [to, from])
                }
            }
            try await expectBreak(journal, at: 3, "dossier-1", version: 3, .version)
        }
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { db in
                for (from, to) in [(2, 100), (3, 2), (100, 3)] {
                    try db.execute(
                        sql: "UPDATE events SET version = ? WHERE stream = 'dossier-1' AND version = ?", arguments: [to, from])
                }
                for (from, to) in [(3, 100), (5, 3), (100, 5)] {
                    try db.execute(sql: "UPDATE events SET sequence = ? WHERE sequence = ?", arguments: [to, from])
                }
            }
            try await expectBreak(journal, at: 3, "dossier-1", version: 2, .previousHash)
        }
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { db in
                let payloads = try Data.fetchAll(db, sql: "SELECT payload FROM events WHERE sequence IN (3, 4) ORDER BY sequence")
                for (sequence, payload) in zip([4, 3], payloads) {
                    try db.execute(sql: "UPDATE events SET payload = ? WHERE sequence = ?", arguments: [payload, sequence])
                }
            }
            try await expectBreak(journal, at: 3, "dossier-1", version: 2, .payloadDigest)
        }
    }

    @Test("Contents blanked without an erasure, or kept in spite of one, are named")
    func contents() async throws {
        try await withFile { journal, file, _ in
            try await dropGuards(file)
            try await file.write { try $0.execute(sql: "UPDATE events SET payload = NULL WHERE sequence = 4") }
            try await expectBreak(journal, at: 4, "dossier-2", version: 2, .payloadMissing)
        }
        try await withFile { journal, file, _ in
            let kept = try #require(try await journal.rows(after: 3, limit: 1).first?.payload)
            try await journal.erase(["dossier-2"], at: minute(9), registers: RegisterChange())
            try await dropGuards(file)
            try await file.write { db in
                try db.execute(sql: "UPDATE events SET payload = ? WHERE sequence = 4", arguments: [kept])
            }
            try await expectBreak(journal, at: 4, "dossier-2", version: 2, .payloadKept)
        }
    }

    @Test("A key that is gone, of another stream, altered, or kept in spite of an erasure is named")
    func keys() async throws {
        // The keys of the session are held in memory, so each time the store is opened anew.
        for (sql, reason) in [
            ("DELETE FROM keys WHERE stream = 'dossier-2'", Verification.Reason.keyMissing),
            ("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE stream = 'dossier-1')", .keyMissing),
            ("UPDATE keys SET wrapped = zeroblob(60) WHERE stream = 'dossier-2'", .keyMissing),
        ] {
            try await withSQLite { journal, directory, master in
                _ = try await journal.append(.noting("a", in: "dossier-1", after: 0))
                _ = try await journal.append(.noting("b", in: "dossier-2", after: 0))
                try journal.store.close()
                try await DatabaseQueue(path: directory.appending(path: "keys.sqlite").path).write { try $0.execute(sql: sql) }
                let store = try SQLiteStore.open(directory: directory, master: master)
                defer { try? store.close() }
                try await expectBreak(SQLiteJournal(store), at: 2, "dossier-2", version: 1, reason, contents: true)
                #expect(try await SQLiteJournal(store).verify(contents: false).isWhole)
            }
        }
        try await withFile { journal, _, keys in
            let kept = try #require(
                try await keys.read { try Data.fetchOne($0, sql: "SELECT wrapped FROM keys WHERE stream = 'dossier-1'") })
            try await journal.erase(["dossier-1"], at: minute(9), registers: RegisterChange())
            #expect(try await keys.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM keys") } == 1)
            try await keys.write { db in
                try db.execute(sql: "INSERT INTO keys (stream, wrapped) VALUES ('dossier-1', ?)", arguments: [kept])
            }
            try await expectBreak(journal, at: 1, "dossier-1", version: 1, .keyKept, contents: true)
        }
    }

    @Test("Guards that are dropped or altered are named")
    func guards() async throws {
        try await withFile { journal, file, _ in
            try await file.write { db in
                try db.execute(
                    sql: """
                        DROP TRIGGER events_kept;
                        DROP TRIGGER events_unchanged;
                        CREATE TRIGGER events_unchanged BEFORE UPDATE ON events WHEN false BEGIN SELECT 1; END;
                        """)
            }
            let verification = try await journal.verify(contents: true)
            #expect(verification.firstBreak == nil)
            #expect(verification.missingGuards == ["events_kept", "events_unchanged"])
            #expect(!verification.isWhole)
        }
    }

    private func flip(_ column: String, of sequence: Int64, _ file: DatabaseQueue) async throws {
        try await file.write { db in
            let value = try DatabaseValue.fetchOne(
                db, sql: "SELECT \(column) FROM events WHERE sequence = ?", arguments: [sequence])
            let flipped: DatabaseValue
            switch value?.storage {
            case .int64(let number): flipped = (number ^ 1).databaseValue
            case .string(let text): flipped = String(decoding: flip(Array(text.utf8)), as: UTF8.self).databaseValue
            case .blob(let data): flipped = Data(flip(Array(data))).databaseValue
            default: throw Refused()
            }
            try db.execute(
                sql: "UPDATE events SET \(column) = ? WHERE sequence = ?", arguments: [flipped, sequence])
        }
    }

    private func flip(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[bytes.count / 2] ^= 1
        return bytes
    }

    private func rehashed(_ row: SealedEvent, payload: Data?, digest: Data, commitment: Data) -> SealedEvent {
        func with(_ hash: Data) -> SealedEvent {
            SealedEvent(
                sequence: row.sequence, stream: row.stream, version: row.version, type: row.type, at: row.at, actor: row.actor,
                onBehalfOf: row.onBehalfOf, payload: payload, payloadDigest: digest, commitment: commitment,
                previousHash: row.previousHash, hash: hash)
        }
        return with(with(Data()).computedHash)
    }

    private func replace(_ row: SealedEvent, _ file: DatabaseQueue) async throws {
        try await file.write { db in
            try db.execute(
                sql: "UPDATE events SET payload = ?, payload_digest = ?, commitment = ?, hash = ? WHERE sequence = ?",
                arguments: [row.payload, row.payloadDigest, row.commitment, row.hash, row.sequence])
        }
    }

    private func insert(_ row: SealedEvent, _ file: DatabaseQueue) async throws {
        try await file.write { db in
            try db.execute(
                sql: "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    row.sequence, row.stream.rawValue, row.version, row.type, row.at.milliseconds, row.actor.rawValue,
                    row.onBehalfOf?.rawValue, row.payload, row.payloadDigest, row.commitment, row.previousHash, row.hash,
                ])
        }
    }
}
