import CLibPQ
import Foundation
import Journal

/// One connection to the server, with the statements that it has prepared.
///
/// It blocks, and belongs to one thread at a time: `PostgresPool` and `PostgresWriter` see to that.
final class PostgresConnection {
    /// One statement with its values; a `?` stands for each.
    struct Statement {
        let sql: String
        let values: [PostgresValue]

        init(_ sql: String, _ values: [PostgresValue] = []) {
            self.sql = sql
            self.values = values
        }
    }

    /// How long something may take, in milliseconds.
    struct Limits: Sendable {
        /// One statement.
        var statement = 60_000
        /// Waiting for what another transaction holds.
        var lock = 10_000
        /// A transaction in which nothing is asked: a program that stands still must not keep the others waiting.
        var idle = 60_000
    }

    private let handle: OpaquePointer
    private var prepared: [String: String] = [:]

    /// Beyond this many statements all are forgotten: a bound, not a tuning.
    private static let mostPrepared = 800

    /// Connects, and sets what holds for the whole connection.
    ///
    /// - Throws: `JournalFault`: `unreachable`, `storage` when the database is not one that can be used.
    init(_ address: PostgresAddress, limits: Limits = Limits()) throws(JournalFault) {
        // What stands before `dbname` is what holds when the address says nothing of it. A server that takes no writing, such
        // as a copy, is passed over when the address names several.
        // What libpq says of an address that it cannot read quotes pieces of it, and a password may be in those.
        guard let options = PQconninfoParse(address.text, nil) else {
            throw .unreachable("the address of the database cannot be read")
        }
        PQconninfoFree(options)
        let settings = [
            ("connect_timeout", "5"), ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("target_session_attrs", "read-write"), ("fallback_application_name", "sentrum"),
            ("dbname", address.text), ("client_encoding", "UTF8"),
        ]
        let connected = Self.withCStrings(settings.map(\.0)) { names in
            Self.withCStrings(settings.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let connected else { throw .unreachable("no memory") }
        handle = connected
        guard PQstatus(connected) == CONNECTION_OK else {
            let words = PQerrorMessage(connected).map { String(cString: $0) } ?? ""
            throw .unreachable(words.split(separator: "\n").first.map(String.init) ?? "")
        }
        PQsetNoticeProcessor(connected, { _, _ in }, nil)
        do {
            try script(
                """
                SET search_path = \(address.schema), pg_temp;
                SET statement_timeout = \(limits.statement);
                SET lock_timeout = \(limits.lock);
                SET idle_in_transaction_session_timeout = \(limits.idle);
                SET default_transaction_isolation = 'read committed';
                SET TimeZone = 'UTC';
                """)
            let found = try rows(
                """
                SELECT current_setting('server_encoding'), current_setting('synchronous_commit'),
                    current_setting('server_version_num')::bigint
                """
            ).first
            guard try found?.text(0) == "UTF8" else {
                throw JournalFault.storage(code: 0, message: "the encoding of the database must be UTF8")
            }
            guard try found?.int(2) ?? 0 >= 130_000 else {
                throw JournalFault.storage(code: 0, message: "PostgreSQL must be version 13 or later")
            }
            // What is acknowledged is on disk, whatever the server does for others.
            if try found?.text(1) == "off" { try script("SET synchronous_commit = on") }
        } catch {
            throw JournalFault(any: error)
        }
    }

    deinit { PQfinish(handle) }

    /// Whether the connection is gone, as far as is known.
    var isLost: Bool { PQstatus(handle) != CONNECTION_OK }

    /// Whether a transaction is open.
    var isInsideTransaction: Bool { [PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE].contains(PQtransactionStatus(handle)) }

    /// Runs fixed statements without values.
    func script(_ sql: String) throws {
        _ = try checked(PQexec(handle, sql))
    }

    /// Runs one statement, prepared at its first use.
    @discardableResult
    func execute(_ sql: String, _ values: [PostgresValue] = []) throws -> PostgresResult {
        let name = try name(of: sql)
        return try Self.withWire(values) { pointers, lengths, formats in
            try checked(PQexecPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1))
        }
    }

    func rows(_ sql: String, _ values: [PostgresValue] = []) throws -> [PostgresRow] { try execute(sql, values).rows }

    /// Runs several statements and waits once for the answers of all: the way to the server and back is what takes time.
    ///
    /// - Throws: what the first one throws that fails; those after it are not run.
    @discardableResult
    func executeAll(_ statements: [Statement]) throws -> [PostgresResult] {
        guard statements.count > 1 else { return try statements.map { try execute($0.sql, $0.values) } }
        var results: [PostgresResult] = []
        for start in stride(from: 0, to: statements.count, by: Self.together) {
            results += try pipelined(statements[start..<min(start + Self.together, statements.count)])
        }
        return results
    }

    /// How many statements are sent before their answers are read.
    private static let together = 200

    private func pipelined(_ statements: ArraySlice<Statement>) throws -> [PostgresResult] {
        let names = try statements.map { try name(of: $0.sql) }
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        for (statement, name) in zip(statements, names) {
            let sent = try Self.withWire(statement.values) { pointers, lengths, formats in
                PQsendQueryPrepared(handle, name, Int32(statement.values.count), pointers, lengths, formats, 1)
            }
            guard sent == 1 else { throw lost() }
        }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        var results: [PostgresResult] = []
        var first: PostgresError?
        for _ in statements {
            guard let pointer = PQgetResult(handle) else { throw lost() }
            do {
                results.append(try checked(pointer))
            } catch let error as PostgresError {
                first = first ?? error
                if isLost { throw error }
            }
            // Each statement's answers end with nothing.
            while let more = PQgetResult(handle) { PQclear(more) }
        }
        if let end = PQgetResult(handle) { PQclear(end) }
        guard PQexitPipelineMode(handle) == 1 else { throw first ?? lost() }
        if let first { throw first }
        return results
    }

    /// The name under which a statement is prepared here; its `?` become the numbers of the server.
    private func name(of sql: String) throws -> String {
        if let name = prepared[sql] { return name }
        // A transaction that failed would refuse it, but never get here: its statements are over.
        if prepared.count >= Self.mostPrepared {
            try script("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        _ = try checked(PQprepare(handle, name, Self.numbered(sql), 0, nil))
        prepared[sql] = name
        return name
    }

    /// The statement with `$1`, `$2`… for each `?`; no statement of this program has one in a text.
    static func numbered(_ sql: String) -> String {
        var numbered = ""
        var number = 0
        for part in sql.split(separator: "?", omittingEmptySubsequences: false) {
            if number > 0 { numbered += "$\(number)" }
            numbered += part
            number += 1
        }
        return numbered
    }

    // MARK: What libpq says

    private func checked(_ pointer: OpaquePointer?) throws -> PostgresResult {
        guard let pointer else { throw lost() }
        let result = PostgresResult(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
        default: throw error(pointer)
        }
    }

    private func error(_ pointer: OpaquePointer) -> PostgresError {
        func field(_ sign: Character) -> String? {
            guard let code = sign.asciiValue, let text = PQresultErrorField(pointer, Int32(code)) else { return nil }
            return String(cString: text)
        }
        // The server always says what state it is; where there is none the library speaks, of a connection that is gone.
        guard let state = field("C") else { return lost() }
        return PostgresError(
            state: state, constraint: field("n"), table: field("t"), guardWords: state == Self.guardState ? field("M") : nil,
            isLost: isLost)
    }

    private func lost() -> PostgresError {
        PostgresError(state: "08006", constraint: nil, table: nil, guardWords: nil, isLost: true)
    }

    /// The state that the guards of this program answer with.
    static let guardState = "SJ001"

    // MARK: Memory that libpq reads

    private static func withCStrings<T>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T?
    ) -> T? {
        var bytes: [CChar] = []
        var places: [Int] = []
        for text in texts {
            places.append(bytes.count)
            bytes += text.utf8CString
        }
        return bytes.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = places.map { buffer.baseAddress?.advanced(by: $0) }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { list in list.baseAddress.flatMap(body) }
        }
    }

    private static func withWire<T>(
        _ values: [PostgresValue],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) throws -> T
    ) throws -> T {
        var bytes: [UInt8] = []
        var places: [Int?] = []
        var lengths: [Int32] = []
        var formats: [Int32] = []
        for value in values {
            guard let wire = value.wire else {
                places.append(nil)
                lengths.append(0)
                formats.append(0)
                continue
            }
            places.append(bytes.count)
            lengths.append(Int32(wire.bytes.count))
            formats.append(wire.isBinary ? 1 : 0)
            bytes += wire.bytes
        }
        // So that there is a place to point to when all values are empty.
        bytes.append(0)
        return try bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers: [UnsafePointer<CChar>?] = places.map { place in place.flatMap { start?.advanced(by: $0) } }
            return try pointers.withUnsafeBufferPointer { pointers in
                try lengths.withUnsafeBufferPointer { lengths in
                    try formats.withUnsafeBufferPointer { formats in
                        try body(pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
