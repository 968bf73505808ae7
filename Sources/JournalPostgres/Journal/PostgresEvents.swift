import Domain
import Foundation
import Journal

/// The table of events on one connection: adding at the end, reading in order.
struct PostgresEvents {
    let db: PostgresConnection

    init(_ db: PostgresConnection) { self.db = db }

    /// Does one act inside the transaction that is open and has the turn.
    func append(_ appending: Appending, keys: PostgresKeys) throws -> [RecordedEvent] {
        let stream = appending.stream
        guard
            let found = try db.rows(
                """
                SELECT e.version, e.hash, (SELECT coalesce(max(sequence), 0) FROM events),
                    EXISTS (SELECT 1 FROM erased_streams WHERE stream = ?)
                FROM (SELECT 1) AS one LEFT JOIN LATERAL (
                    SELECT version, hash FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1) e ON true
                """, [PostgresValue(stream), PostgresValue(stream)]
            ).first
        else { throw JournalFault.unreadableRow(table: "events") }
        guard try !found.truth(3) else { throw JournalFault.erased(stream) }
        let version = Int(found.optionalInt(0) ?? 0)
        guard version == appending.expectedVersion else {
            throw JournalConflict(stream: stream, expectedVersion: appending.expectedVersion, actualVersion: version)
        }
        var counters: [String: Int64] = [:]
        let drawn = try appending.draws.map { try draw($0, &counters) }
        let place = Place(of: appending, sequence: try found.int(2) + 1, drawn: drawn)
        let act = try appending.make(place)
        guard !act.events.isEmpty else { return [] }
        // A stream that has events has its key already; making a second one would lose the contents of the first.
        let existing = version == 0 ? try keys.orCreate(stream) : try keys.existing(stream)
        guard let key = existing else { throw JournalFault.keyMissing(stream) }
        var statements = counters.map { name, number in
            PostgresConnection.Statement(
                "INSERT INTO counters (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last",
                [.text(name), .int(number)])
        }
        let events = place.recorded(act.events)
        var previous = found.optionalBytes(1) ?? SealedEvent.origin
        for event in events {
            let row = try SealedEvent(sealing: event, with: key, after: previous)
            statements.append(PostgresConnection.Statement(Self.insert, row.values))
            previous = row.hash
        }
        // All in one go: what is left needs no answer but that it was done.
        try PostgresRegisters(db).run(statements + PostgresRegisters.statements(act.registers))
        return events
    }

    private func draw(_ name: String, _ counters: inout [String: Int64]) throws -> Int64 {
        let stood =
            try counters[name] ?? db.rows("SELECT last FROM counters WHERE name = ?", [.text(name)]).first?.int(0) ?? 0
        counters[name] = stood + 1
        return stood + 1
    }

    func isErased(_ stream: StreamID) throws -> Bool {
        try db.rows("SELECT 1 FROM erased_streams WHERE stream = ?", [PostgresValue(stream)]).first != nil
    }

    func erased() throws -> Set<StreamID> { Set(try db.rows("SELECT stream FROM erased_streams").map { try $0.id(0) }) }

    /// The rows of a stream after a version, in order.
    func rows(of stream: StreamID, after version: Int) throws -> [SealedEvent] {
        try db.rows(
            "SELECT \(Self.columns) FROM events WHERE stream = ? AND version > ? ORDER BY version",
            [PostgresValue(stream), PostgresValue(version)]
        ).map { try Self.event($0) }
    }

    /// So many rows are fetched at a time when all are gone through.
    private static let page = 2_000

    /// Goes through the rows after a sequence in order, page by page; a row that does not read as an event has none.
    func eachPage(
        after sequence: Int64, _ body: ([(row: PostgresRow, event: SealedEvent?)]) throws -> Bool
    ) throws {
        var last = sequence
        while true {
            let rows = try db.rows(
                "SELECT \(Self.columns) FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?",
                [.int(last), PostgresValue(Self.page)])
            guard let end = rows.last else { return }
            last = try end.int(0)
            guard try body(rows.map { ($0, try? Self.event($0)) }) else { return }
        }
    }

    /// Goes through the streams in order of key, each with all its rows.
    func eachStream(_ body: (StreamID, [SealedEvent]) throws -> Void) throws {
        var stream: StreamID?
        var held: [SealedEvent] = []
        while true {
            let rows = try db.rows(
                """
                SELECT \(Self.columns) FROM events WHERE (stream, version) > (?, ?) ORDER BY stream, version LIMIT ?
                """,
                [.text(stream?.rawValue ?? ""), PostgresValue(held.last?.version ?? 0), PostgresValue(Self.page)])
            for row in rows {
                let event = try Self.event(row)
                if let stream, stream != event.stream {
                    try body(stream, held)
                    held = []
                }
                stream = event.stream
                held.append(event)
            }
            guard rows.count == Self.page else { break }
        }
        if let stream { try body(stream, held) }
    }

    /// Goes from key to key along the index, so the number of events does not matter.
    func streams(prefix: String, after stream: StreamID?, limit: Int) throws -> [StreamID] {
        let isAfter = stream.map { prefix.precedesByBytes($0.rawValue) || prefix == $0.rawValue } ?? false
        let start = isAfter ? stream?.rawValue ?? prefix : prefix
        return try db.rows(
            """
            WITH RECURSIVE walk (stream) AS (
                (SELECT stream FROM events WHERE stream \(isAfter ? ">" : ">=") ? ORDER BY stream LIMIT 1)
                UNION ALL
                SELECT (SELECT e.stream FROM events e WHERE e.stream > walk.stream ORDER BY e.stream LIMIT 1)
                FROM walk WHERE walk.stream IS NOT NULL
            )
            SELECT stream FROM walk WHERE stream IS NOT NULL LIMIT ?
            """, [.text(start), PostgresValue(max(0, limit))]
        ).map { try $0.text(0) }.prefix { $0.hasPrefix(prefix) }.map { StreamID(rawValue: $0) }
    }
}

extension PostgresEvents {
    static let columns = """
        sequence, stream, version, type, at, actor, on_behalf_of, payload, payload_digest, commitment, previous_hash, hash
        """

    static let insert = "INSERT INTO events (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

    static func event(_ row: PostgresRow) throws(JournalFault) -> SealedEvent {
        let at = try row.int(4)
        let instant = Instant(milliseconds: at)
        // A moment outside the calendar would be read as its nearest end, and so pass for another.
        guard instant.milliseconds == at else { throw .unreadableRow(table: "events") }
        return SealedEvent(
            sequence: try row.int(0), stream: try row.id(1), version: Int(try row.int(2)), type: try row.text(3), at: instant,
            actor: try row.id(5), onBehalfOf: row.optionalText(6).map { PersonID(rawValue: $0) }, payload: row.optionalBytes(7),
            payloadDigest: try row.bytes(8), commitment: try row.bytes(9), previousHash: try row.bytes(10),
            hash: try row.bytes(11))
    }
}

extension SealedEvent {
    var values: [PostgresValue] {
        [
            .int(sequence), PostgresValue(stream), PostgresValue(version), .text(type), PostgresValue(at), PostgresValue(actor),
            PostgresValue(onBehalfOf?.rawValue), PostgresValue(payload), .bytes(payloadDigest), .bytes(commitment),
            .bytes(previousHash), .bytes(hash),
        ]
    }
}
