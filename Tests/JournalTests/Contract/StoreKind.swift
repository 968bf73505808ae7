import Foundation
import Journal
import JournalPostgres
import JournalSQLite
import TestKit
import Testing

/// What a store must do in all; each implementation is held to the same tests.
typealias WholeJournal = Checkpoints & Journal & JournalUpkeep & Registers

/// The implementations under test.
enum StoreKind: String, CaseIterable, Sendable {
    case memory, sqliteInMemory, sqliteFile, postgres

    /// Those that can run here: PostgreSQL when its programs are installed, or when it is required.
    static let allCases: [StoreKind] = [.memory, .sqliteInMemory, .sqliteFile] + databases.filter { $0 == .postgres }

    /// Those with a vault beside the journal.
    static let databases: [StoreKind] = [.sqliteInMemory] + (PostgresServer.isAvailable ? [.postgres] : [])

    /// Opens a fresh store, and removes it after the body is done.
    func withJournal(_ body: (any WholeJournal) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(MemoryJournal())
        case .sqliteInMemory: try await body(SQLiteJournal(try SQLiteStore.inMemory()))
        case .sqliteFile: try await withSQLite { journal, _, _ in try await body(journal) }
        case .postgres: try await withPostgres { try await body($0.journal) }
        }
    }
}

/// Opens a fresh store in a folder of its own, and removes both after the body is done.
func withSQLite(
    options: SQLiteStore.Options = SQLiteStore.Options(), _ body: (SQLiteJournal, URL, MasterKey) async throws -> Void
) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "sentrum-journal-\(UUID().uuidString)")
    let master = MasterKey.generate()
    let store = try SQLiteStore.open(directory: directory, master: master, options: options)
    defer {
        try? store.close()
        try? FileManager.default.removeItem(at: directory)
    }
    try await body(SQLiteJournal(store), directory, master)
}

/// Two schemas of a server, for one test.
struct PostgresPlace {
    let server: PostgresServer
    let address: PostgresAddress
    let keys: PostgresAddress
    let master = MasterKey.generate()

    init(_ server: PostgresServer) throws {
        self.server = server
        let name = server.freshSchema()
        address = try #require(PostgresAddress(server.address, schema: name))
        keys = try #require(PostgresAddress(server.address, schema: "\(name)_keys"))
    }

    /// One more node.
    func open(_ options: PostgresStore.Options = PostgresStore.Options()) throws(JournalFault) -> PostgresStore {
        try PostgresStore.open(address, keys: keys, master: master, options: options)
    }

    /// Runs statements in the schema of the journal, as somebody with the server's shell would.
    @discardableResult
    func shell(_ statements: String) throws -> String {
        try server.shell("SET search_path = \(address.schema), \(keys.schema); \(statements)")
    }
}

/// A fresh store, and where it is.
struct OpenPostgres {
    let place: PostgresPlace
    let store: PostgresStore
    var journal: PostgresJournal { PostgresJournal(store) }
}

/// Opens a fresh store in schemas of its own, and removes them after the body is done.
func withPostgres(
    options: PostgresStore.Options = PostgresStore.Options(), _ body: (OpenPostgres) async throws -> Void
) async throws {
    await PostgresTurn.shared.take()
    defer { Task { await PostgresTurn.shared.give() } }
    let place = try PostgresPlace(try #require(PostgresServer.shared, "PostgreSQL is required and does not start"))
    let store = try place.open(options)
    defer {
        store.close()
        _ = try? place.server.shell("DROP SCHEMA \(place.address.schema), \(place.keys.schema) CASCADE")
    }
    try await body(OpenPostgres(place: place, store: store))
}

/// Lets a few tests at a time have a store on the server: all of them at once would be more connections than it has.
actor PostgresTurn {
    static let shared = PostgresTurn()

    private var free = 6
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    func give() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
