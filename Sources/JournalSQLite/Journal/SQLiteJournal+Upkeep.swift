import Domain
import Foundation
import GRDB
import Journal

extension SQLiteJournal: JournalUpkeep {
    package func verify(
        contents: Bool, against checkpoints: [Checkpoint]
    ) async throws(JournalFault) -> Verification {
        let keys = store.keys
        return try await store.fetchAlong { db in
            let erased = Set(try String.fetchAll(db, sql: "SELECT stream FROM erased_streams"))
            var verifier = ChainVerifier(
                checkpoints: checkpoints, isErased: { erased.contains($0.rawValue) },
                key: contents ? { (stream) throws(JournalFault) in try Self.key(of: stream, in: keys) } : nil)
            let statement = try db.makeStatement(sql: "SELECT \(EventTable.columns) FROM events ORDER BY sequence")
            let cursor = try Row.fetchCursor(statement)
            while verifier.goesOn, let row = try cursor.next() {
                if let event = try? EventTable.event(row) {
                    try verifier.look(at: event)
                } else {
                    verifier.lookAtUnreadable(
                        sequence: Int64.fromDatabaseValue(row[0]) ?? 0,
                        stream: StreamID(rawValue: String.fromDatabaseValue(row[1]) ?? ""),
                        version: Int.fromDatabaseValue(row[2]) ?? 0)
                }
            }
            verifier.finish()
            var verification = verifier.verification
            verification.missingGuards = try Self.missingGuards(db)
            return verification
        }
    }

    private static func key(of stream: StreamID, in keys: SQLiteKeys) throws(JournalFault) -> StreamKey? {
        do {
            return try keys.existing(stream)
        } catch JournalFault.masterKeyWrong {
            // One wrapped key was tampered with; the master key itself was held to its mark when the store was opened.
            return nil
        } catch let fault as JournalFault {
            throw fault
        } catch let error as DatabaseError {
            throw JournalFault(error)
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    /// The guards that are not, word for word, what the migrations make.
    private static func missingGuards(_ db: Database) throws -> [String] {
        let wanted = try DatabaseQueue().write { fresh in
            for migration in SQLiteStore.journalMigrations { try migration.work(fresh) }
            return try guards(fresh)
        }
        let found = try guards(db)
        return wanted.filter { found[$0.key] != $0.value }.map(\.key).sorted()
    }

    private static func guards(_ db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return Dictionary(
            rows.compactMap { row in
                guard let name = String.fromDatabaseValue(row[0]), let sql = String.fromDatabaseValue(row[1]) else { return nil }
                return (name, sql)
            }, uniquingKeysWith: { first, _ in first })
    }

    package func rebuild(
        project: @escaping @Sendable (StreamID, [RecordedEvent]) throws -> [any RegisterRow]
    ) async throws {
        let keys = store.keys
        try await store.writeAlone { db in
            let table = EventTable(db)
            let registers = RegisterTables(db)
            try registers.removeAll()
            var stream: StreamID?
            while let next = try table.streams(prefix: "", after: stream, limit: 1).first {
                stream = next
                guard try !table.isErased(next) else { continue }
                guard let key = try keys.existing(next) else { throw JournalFault.keyMissing(next) }
                let events = try table.rows(of: next, after: 0).map { try $0.opened(with: key) }
                let rows = RegisterChange.between(old: [], new: try project(next, events)).upserts
                for row in rows { try registers.insert(row) }
            }
            try db.execute(
                sql: """
                    INSERT INTO counters (name, last) SELECT counter, max(ordinal) FROM decisions WHERE true GROUP BY counter
                    ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)
                    """)
        }
    }

    package func registerDigests() async throws(JournalFault) -> [RegisterDigest] {
        try await store.fetchAlong { db in
            try RegisterRows.tables.map { table in
                var digester = RegisterDigester(table: table.name)
                try RegisterTables(db).each(table) { digester.add($0) }
                return digester.digest
            }
        }
    }

    package func registerDump(_ table: RegisterTable) async throws(JournalFault) -> [[RegisterValue]] {
        try await store.fetchAlong { db in
            var rows: [[RegisterValue]] = []
            try RegisterTables(db).each(table) { rows.append($0) }
            return rows
        }
    }

    package func counters() async throws(JournalFault) -> [String: Int64] {
        try await store.fetch { db in
            var counters: [String: Int64] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT name, last FROM counters") {
                guard let name = String.fromDatabaseValue(row[0]), let last = Int64.fromDatabaseValue(row[1]) else {
                    throw JournalFault.unreadableRow(table: "counters")
                }
                counters[name] = last
            }
            return counters
        }
    }

    package func erase(
        _ streams: [StreamID], at: Instant, registers: RegisterChange, noting: Appending?
    ) async throws(JournalFault) {
        let keys = store.keys
        do {
            try await store.write { db in
                let note = try db.cachedStatement(
                    sql: "INSERT INTO erased_streams (stream, at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                let blank = try db.cachedStatement(
                    sql: "UPDATE events SET payload = NULL WHERE stream = ? AND payload IS NOT NULL")
                for stream in streams {
                    try note.execute(arguments: [stream.rawValue, at.milliseconds])
                    try blank.execute(arguments: [stream.rawValue])
                }
                try RegisterTables(db).apply(registers)
                if let noting {
                    let events = EventTable(db)
                    if try events.rows(of: noting.stream, after: 0).isEmpty { _ = try events.append(noting, keys: keys) }
                }
            }
            // The erasure is on disk before the keys go; a crash in between is made good when the store is opened.
            try await store.destroyKeys(of: streams)
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    package func settle() async throws(JournalFault) {
        do {
            try await store.checkpoint()
        } catch let error as DatabaseError {
            throw JournalFault(error)
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    package func erasures() async throws(JournalFault) -> [Erasure] {
        try await store.fetch { db in
            try Row.fetchAll(db, sql: "SELECT stream, at FROM erased_streams ORDER BY stream").map { row in
                guard let stream = String.fromDatabaseValue(row[0]), let at = Int64.fromDatabaseValue(row[1]) else {
                    throw JournalFault.unreadableRow(table: "erased_streams")
                }
                return Erasure(stream: StreamID(rawValue: stream), at: Instant(milliseconds: at))
            }
        }
    }
}
