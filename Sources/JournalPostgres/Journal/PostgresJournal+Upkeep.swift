import Domain
import Foundation
import Journal

extension PostgresJournal: JournalUpkeep {
    package func verify(
        contents: Bool, against checkpoints: [Checkpoint]
    ) async throws(JournalFault) -> Verification {
        let keys = store.keys
        return try await store.fetchAlong { db in
            let events = PostgresEvents(db)
            let erased = try events.erased()
            let known = Known()
            var verifier = ChainVerifier(
                checkpoints: checkpoints, isErased: { erased.contains($0) }, key: contents ? { known.keys[$0] } : nil)
            try events.eachPage(after: 0) { rows in
                if contents { try known.learn(rows.compactMap { $0.event?.stream }, erased, from: keys) }
                for (row, event) in rows where verifier.goesOn {
                    if let event {
                        try verifier.look(at: event)
                    } else {
                        verifier.lookAtUnreadable(
                            sequence: row.optionalInt(0) ?? 0, stream: StreamID(rawValue: row.optionalText(1) ?? ""),
                            version: Int(row.optionalInt(2) ?? 0))
                    }
                }
                return verifier.goesOn
            }
            verifier.finish()
            var verification = verifier.verification
            verification.missingGuards = try PostgresGuard.missing(PostgresSchema.guards, db)
            return verification
        }
    }

    /// The keys of one page, as they are in the database: what is remembered of an erased stream says nothing.
    private final class Known {
        var keys: [StreamID: StreamKey] = [:]

        func learn(_ streams: [StreamID], _ erased: Set<StreamID>, from store: PostgresKeys) throws {
            keys = try store.existing(streams.filter { !erased.contains($0) })
            let gone = streams.filter { erased.contains($0) }
            store.drop(gone)
            for stream in try store.areKept(Set(gone)) { keys[stream] = StreamKey.generate() }
        }
    }

    package func rebuild(
        project: @escaping @Sendable (StreamID, [RecordedEvent]) throws -> [any RegisterRow]
    ) async throws {
        let keys = store.keys
        try await store.writeAlone { db in
            let events = PostgresEvents(db)
            let registers = PostgresRegisters(db)
            let erased = try events.erased()
            try registers.removeAll()
            var waiting: [PostgresConnection.Statement] = []
            try events.eachStream { stream, rows in
                guard !erased.contains(stream) else { return }
                guard let key = try keys.existing(stream) else { throw JournalFault.keyMissing(stream) }
                let events = try rows.map { try $0.opened(with: key) }
                let rows = RegisterChange.between(old: [], new: try project(stream, events)).upserts
                waiting += rows.map { PostgresRegisters.insert($0) }
                guard waiting.count >= 500 else { return }
                try registers.run(waiting)
                waiting = []
            }
            try registers.run(waiting)
            try db.execute(
                """
                INSERT INTO counters (name, last) SELECT counter, max(ordinal) FROM decisions GROUP BY counter
                ON CONFLICT (name) DO UPDATE SET last = greatest(counters.last, excluded.last)
                """)
        }
    }

    package func registerDigests() async throws(JournalFault) -> [RegisterDigest] {
        try await store.fetchAlong { db in
            try RegisterRows.tables.map { table in
                var digester = RegisterDigester(table: table.name)
                try PostgresRegisters(db).each(table) { digester.add($0) }
                return digester.digest
            }
        }
    }

    package func registerDump(_ table: RegisterTable) async throws(JournalFault) -> [[RegisterValue]] {
        try await store.fetchAlong { db in
            var rows: [[RegisterValue]] = []
            try PostgresRegisters(db).each(table) { rows.append($0) }
            return rows
        }
    }

    package func counters() async throws(JournalFault) -> [String: Int64] {
        try await store.asked { db in
            Dictionary(
                try db.rows("SELECT name, last FROM counters").map { (try $0.text(0), try $0.int(1)) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    package func erase(
        _ streams: [StreamID], at: Instant, registers: RegisterChange, noting: Appending?
    ) async throws(JournalFault) {
        let keys = store.keys
        let names = PostgresValue.texts(streams.map(\.rawValue))
        do {
            try await store.write { db in
                try db.execute(
                    """
                    INSERT INTO erased_streams (stream, at) SELECT DISTINCT stream, ? :: bigint FROM unnest(?::text[]) AS stream
                    ON CONFLICT DO NOTHING
                    """, [PostgresValue(at), names])
                try db.execute(
                    "UPDATE events SET payload = NULL WHERE stream = ANY (?::text[]) AND payload IS NOT NULL", [names])
                try PostgresRegisters(db).apply(registers)
                if let noting {
                    let events = PostgresEvents(db)
                    if try events.rows(of: noting.stream, after: 0).isEmpty { _ = try events.append(noting, keys: keys) }
                }
            }
            // The erasure is on disk before the keys go; a crash in between is made good when the store is opened.
            try await store.aside { try keys.destroy(streams) }
        } catch {
            throw JournalFault(any: error)
        }
    }

    package func settle() async throws(JournalFault) {
        do { try await store.settle() } catch { throw JournalFault(any: error) }
    }

    package func erasures() async throws(JournalFault) -> [Erasure] {
        let keys = store.keys
        return try await store.asked { db in
            let erasures = try db.rows("SELECT stream, at FROM erased_streams ORDER BY stream").map { row in
                Erasure(stream: try row.id(0), at: try row.moment(1))
            }
            // Whoever knows of them has no key of them in memory either.
            keys.drop(erasures.map(\.stream))
            return erasures
        }
    }
}
