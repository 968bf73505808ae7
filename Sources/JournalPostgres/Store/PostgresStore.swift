import Domain
import Foundation
import Journal

/// The store for several nodes against one database: journal, registers and vault in one schema of PostgreSQL, the keys in
/// another, or in another database.
///
/// What the journal writes and what is sealed goes through `write`: in turn with all nodes, callers of one node sharing a
/// commit. What needs no turn, such as sessions and the read log, goes through `change`. Reading never waits for either.
package final class PostgresStore: Sendable {
    /// The keys of the streams, for those who seal what belongs to a stream.
    package let keys: PostgresKeys
    /// What is to be forgotten, written down beside the keys.
    package let erasures: PostgresErasures
    private let pool: PostgresPool
    private let writer: PostgresWriter
    private let alone: PostgresAlone

    /// What can be chosen when a store is opened.
    package struct Options: Sendable {
        /// The number of connections that read, and write what needs no turn, at the same time.
        package var connections = 6
        /// The number of stream keys kept in memory.
        package var cachedKeys = 50_000
        /// The number of pieces of work that share one commit at most.
        package var largestGroup = 60
        /// How many may wait for a connection, and as many for the turn; the next one is refused.
        package var mostWaiting = 2_000
        /// For how many milliseconds somebody waits for a connection, and for the turn.
        package var longestWait = 10_000
        /// For how many milliseconds a server that is not reached is tried again.
        package var patience = 8_000
        /// For how many milliseconds one statement may run that serves a page.
        package var longestStatement = 60_000

        package init() {}
    }

    /// Opens, or makes, the schemas in a database that is there.
    ///
    /// Nodes that start at the same time make them once. What was erased stays erased: keys that a backup brought back are
    /// destroyed again.
    ///
    /// - Parameters:
    ///   - address: the database of journal, registers and vault.
    ///   - keyAddress: the one of the keys, which has backups of its own.
    /// - Throws: `JournalFault`: `masterKeyWrong` if the keys were wrapped by another master key, `unreachable`.
    package static func open(
        _ address: PostgresAddress, keys keyAddress: PostgresAddress, master: MasterKey, options: Options = Options()
    ) throws(JournalFault) -> PostgresStore {
        do {
            return try PostgresStore(address, keyAddress, master, options)
        } catch {
            throw JournalFault(any: error)
        }
    }

    /// Connects once to each, and does nothing more: whoever is about to make something learns first whether it can be made there.
    ///
    /// - Throws: `JournalFault`: `unreachable`, `storage` when a database is not one that can be used.
    package static func reach(_ addresses: PostgresAddress...) throws(JournalFault) {
        for address in addresses { _ = try PostgresConnection(address) }
    }

    private init(
        _ address: PostgresAddress, _ keyAddress: PostgresAddress, _ master: MasterKey, _ options: Options
    ) throws {
        var limits = PostgresConnection.Limits()
        limits.lock = options.longestWait
        limits.statement = options.longestStatement
        try PostgresSchema.migrate(keyAddress, PostgresSchema.keySteps, patience: options.patience)
        try PostgresSchema.migrate(address, PostgresSchema.steps, patience: options.patience)
        func lane(_ number: Int, _ label: String) -> PostgresLane {
            PostgresLane(address, limits: limits, patience: options.patience, label: "postgres-\(label)-\(number)")
        }
        let blocking = PostgresBlocking(keyAddress, limits: limits, connections: 2, longest: options.longestWait)
        keys = try PostgresKeys(blocking, master: master, capacity: options.cachedKeys)
        erasures = PostgresErasures(blocking)
        pool = PostgresPool(
            lanes: (1...max(1, options.connections)).map { lane($0, "read") }, longest: options.longestWait,
            most: options.mostWaiting)
        writer = PostgresWriter(
            lane: lane(1, "write"), keys: keys, largest: options.largestGroup, most: options.mostWaiting)
        alone = PostgresAlone(address, limits: limits)
        let once = PostgresBlocking(address, limits: limits, connections: 1, longest: options.longestWait)
        defer { once.close() }
        let erased = try once.use { db in
            try db.rows("SELECT stream FROM erased_streams").map { try $0.id(0) as StreamID }
        }
        try keys.destroy(erased)
    }

    /// The number of commits in turn since the store was opened; fewer than the pieces of work when they shared some.
    package var commits: Int { writer.commits }

    /// The number of pieces of work that wait for the next commit.
    package var waiting: Int { writer.waiting }

    /// Runs the work in turn with all other nodes, and returns its result once that is on disk.
    ///
    /// Each item is held apart from those it shares the commit with: if it throws, its changes alone are rolled back. It must
    /// be quick, and may run more than once; what it did before the last time was rolled back.
    func write<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        try await submit(alone: false, work)
    }

    /// Like `write`, for work that writes very much: it gets a commit of its own, and others wait meanwhile.
    func writeAlone<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        try await submit(alone: true, work)
    }

    private func submit<T: Sendable>(
        alone: Bool, _ work: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            writer.submit(
                PostgresWriter.Item(
                    alone: alone,
                    run: { db in
                        let value = try work(db)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }))
        }
    }

    /// Runs the work in a transaction of its own beside the turn, and returns its result once that is on disk.
    ///
    /// For what draws no number, seals nothing and appends nothing. What two transactions do to each other is refused by the
    /// server and done again. When the answer to the commit is lost it is not: then the caller is told that it is not known.
    func change<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        try await pool.use { lane in
            var tries = 0
            while true {
                tries += 1
                var committing = false
                do {
                    let db = try lane.connected()
                    try db.script("BEGIN ISOLATION LEVEL SERIALIZABLE")
                    let value = try work(db)
                    committing = true
                    guard try db.execute("COMMIT").done == "COMMIT" else { throw JournalFault.unexpected(type: "rollback") }
                    return value
                } catch let error as PostgresError where error.isRetried && tries < 8 {
                    lane.tidy()
                    usleep(UInt32.random(in: 200...2_000) << UInt32(min(tries, 6)))
                } catch let error as PostgresError where error.isOutage {
                    lane.drop()
                    if committing { throw JournalFault.uncertain }
                    if tries > 2 { throw error }
                }
            }
        }
    }

    /// Runs one statement, or several that need not see the same moment, on one of the reading connections.
    func ask<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        try await pool.read(work)
    }

    /// Runs the work in a snapshot that holds everything acknowledged before.
    func read<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        try await pool.read { db in
            try db.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            let value = try work(db)
            try db.script("COMMIT")
            return value
        }
    }

    /// Like `read`, for work that goes through many rows and may take as long as it does.
    ///
    /// Throws `JournalFault.cancelled` if the task was cancelled before.
    func readAlong<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        if Task.isCancelled { throw JournalFault.cancelled }
        return try await read { db in
            try db.script("SET LOCAL statement_timeout = 0")
            return try work(db)
        }
    }

    /// Like `ask`, for callers who throw nothing but faults.
    func asked<T: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws(JournalFault) -> T {
        do { return try await ask(work) } catch { throw JournalFault(any: error) }
    }

    /// Like `read`, for callers who throw nothing but faults.
    func fetch<T: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws(JournalFault) -> T {
        do { return try await read(work) } catch { throw JournalFault(any: error) }
    }

    /// Like `readAlong`, for callers who throw nothing but faults.
    func fetchAlong<T: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws(JournalFault) -> T {
        do { return try await readAlong(work) } catch { throw JournalFault(any: error) }
    }

    /// Runs blocking work where no request waits for a thread.
    func aside<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }

    /// Writes tables anew that hold something about somebody, so that their pages do not keep what was deleted.
    func settle() async throws {
        let keys = keys
        try await aside { try keys.settle() }
        try await pool.use { lane in
            let db = try lane.connected()
            try db.script("SET statement_timeout = 0")
            for table in PostgresSchema.settled { try db.script("VACUUM \(table)") }
            // The next one gets a connection with its limits.
            lane.drop()
        }
    }

    /// Whether this node does what only one of several must do; another takes over when it ends. It blocks for a moment.
    package func isTheOne() throws(JournalFault) -> Bool {
        do { return try alone.isThisOne() } catch { throw JournalFault(any: error) }
    }

    /// Closes all connections. What waits to be written fails with `closed`.
    package func close() {
        writer.close()
        pool.close()
        alone.close()
        keys.close()
    }
}
