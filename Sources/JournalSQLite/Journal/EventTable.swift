import Domain
import Foundation
import GRDB
import Journal

/// The table of events on one connection: adding at the end, reading in order.
struct EventTable {
    let db: Database

    init(_ db: Database) { self.db = db }

    /// Does one act inside the transaction that is open.
    func append(_ appending: Appending, keys: SQLiteKeys) throws -> [RecordedEvent] {
        let stream = appending.stream
        guard try !isErased(stream) else { throw JournalFault.erased(stream) }
        let end = try end(of: stream)
        guard end.version == appending.expectedVersion else {
            throw JournalConflict(
                stream: stream, expectedVersion: appending.expectedVersion, actualVersion: end.version)
        }
        var counters = CounterTable(db)
        let drawn = try appending.draws.map { try counters.draw($0) }
        let place = Place(of: appending, sequence: try head() + 1, drawn: drawn)
        let act = try appending.make(place)
        guard !act.events.isEmpty else { return [] }
        try counters.store()
        // A stream that has events has its key already; making a second one would lose the contents of the first.
        let existing = end.version == 0 ? try keys.orCreate(stream) : try keys.existing(stream)
        guard let key = existing else { throw JournalFault.keyMissing(stream) }
        let events = place.recorded(act.events)
        let insert = try db.cachedStatement(sql: EventTable.insert)
        var previous = end.hash
        for event in events {
            let row = try SealedEvent(sealing: event, with: key, after: previous)
            try insert.execute(arguments: row.arguments)
            previous = row.hash
        }
        try RegisterTables(db).apply(act.registers)
        return events
    }

    /// The version that a stream stands at and the hash of its last row.
    private func end(of stream: StreamID) throws -> (version: Int, hash: Data) {
        let statement = try db.cachedStatement(
            sql: "SELECT version, hash FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1")
        guard let row = try Row.fetchOne(statement, arguments: [stream.rawValue]) else { return (0, SealedEvent.origin) }
        guard let version = Int.fromDatabaseValue(row[0]), let hash = Data.fromDatabaseValue(row[1]) else {
            throw JournalFault.unreadableRow(table: "events")
        }
        return (version, hash)
    }

    /// The sequence of the last event, 0 if there is none.
    func head() throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT ifnull(max(sequence), 0) FROM events")
        return try Int64.fetchOne(statement) ?? 0
    }

    func isErased(_ stream: StreamID) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM erased_streams WHERE stream = ?")
        return try Int.fetchOne(statement, arguments: [stream.rawValue]) != nil
    }

    /// The rows of a stream after a version, in order.
    func rows(of stream: StreamID, after version: Int) throws -> [SealedEvent] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(EventTable.columns) FROM events WHERE stream = ? AND version > ? ORDER BY version")
        let cursor = try Row.fetchCursor(statement, arguments: [stream.rawValue, version])
        var rows: [SealedEvent] = []
        while let row = try cursor.next() { rows.append(try EventTable.event(row)) }
        return rows
    }

    /// Goes through the rows after a sequence in order, until `body` returns false.
    func eachRow(after sequence: Int64, _ body: (SealedEvent) throws -> Bool) throws {
        let statement = try db.makeStatement(
            sql: "SELECT \(EventTable.columns) FROM events WHERE sequence > ? ORDER BY sequence")
        let cursor = try Row.fetchCursor(statement, arguments: [sequence])
        while let row = try cursor.next() {
            guard try body(try EventTable.event(row)) else { return }
        }
    }

    /// Goes from key to key along the index, so the number of events does not matter.
    func streams(prefix: String, after stream: StreamID?, limit: Int) throws -> [StreamID] {
        let first = try db.cachedStatement(sql: "SELECT min(stream) FROM events WHERE stream >= ?")
        let next = try db.cachedStatement(sql: "SELECT min(stream) FROM events WHERE stream > ?")
        var streams: [StreamID] = []
        var key: String?
        if let stream, prefix.precedesByBytes(stream.rawValue) || prefix == stream.rawValue {
            key = try String.fetchOne(next, arguments: [stream.rawValue])
        } else {
            key = try String.fetchOne(first, arguments: [prefix])
        }
        while let found = key, found.hasPrefix(prefix), streams.count < limit {
            streams.append(StreamID(rawValue: found))
            key = try String.fetchOne(next, arguments: [found])
        }
        return streams
    }
}

extension EventTable {
    static let columns = """
        sequence, stream, version, type, at, actor, on_behalf_of, payload, payload_digest, commitment, previous_hash, hash
        """

    private static let insert = "INSERT INTO events (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

    /// The event of a row with all columns; never trusts that they have the right types.
    static func event(_ row: Row) throws(JournalFault) -> SealedEvent {
        guard let sequence = Int64.fromDatabaseValue(row[0]), let stream = String.fromDatabaseValue(row[1]),
            let version = Int.fromDatabaseValue(row[2]), let type = String.fromDatabaseValue(row[3]),
            let at = Int64.fromDatabaseValue(row[4]), let actor = String.fromDatabaseValue(row[5]),
            let payloadDigest = Data.fromDatabaseValue(row[8]), let commitment = Data.fromDatabaseValue(row[9]),
            let previousHash = Data.fromDatabaseValue(row[10]), let hash = Data.fromDatabaseValue(row[11])
        else { throw .unreadableRow(table: "events") }
        let instant = Instant(milliseconds: at)
        // A moment outside the calendar would be read as its nearest end, and so pass for another.
        guard instant.milliseconds == at else { throw .unreadableRow(table: "events") }
        return SealedEvent(
            sequence: sequence, stream: StreamID(rawValue: stream), version: version, type: type, at: instant,
            actor: PersonID(rawValue: actor),
            onBehalfOf: String.fromDatabaseValue(row[6]).map { PersonID(rawValue: $0) },
            payload: Data.fromDatabaseValue(row[7]), payloadDigest: payloadDigest, commitment: commitment,
            previousHash: previousHash, hash: hash)
    }
}

extension SealedEvent {
    fileprivate var arguments: StatementArguments {
        [
            sequence, stream.rawValue, version, type, at.milliseconds, actor.rawValue, onBehalfOf?.rawValue, payload,
            payloadDigest, commitment, previousHash, hash,
        ]
    }
}
