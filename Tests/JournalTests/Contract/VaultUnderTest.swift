import Domain
import Foundation
import GRDB
import Journal
import JournalSQLite
import Testing

@testable import JournalPostgres

/// The vault of one store, as the tests of a suite with the trait `onEachStore` get it: each test runs once for each.
struct VaultUnderTest: Sendable {
    @TaskLocal static var current: VaultUnderTest?

    let accounts: any AccountStore
    let reads: any Reads
    let drafts: any Drafts
    let blobs: any Blobs
    let upkeep: any VaultUpkeep
    let journal: any Journal & JournalUpkeep
    /// The store when it is the embedded one, for what is about its database alone.
    let sqlite: SQLiteStore?
    private let postgres: PostgresStore?

    init(_ store: SQLiteStore) {
        let vault = SQLiteVault(store, directory: nil)
        (accounts, reads, drafts, blobs, upkeep) = (vault.accounts, vault.reads, vault.drafts, vault.blobs, vault)
        journal = SQLiteJournal(store)
        sqlite = store
        postgres = nil
    }

    init(_ store: PostgresStore) {
        let vault = PostgresVault(store)
        (accounts, reads, drafts, blobs, upkeep) = (vault.accounts, vault.reads, vault.drafts, vault.blobs, vault)
        journal = PostgresJournal(store)
        sqlite = nil
        postgres = store
    }

    /// Runs statements as the program could.
    func execute(_ statements: String) async throws {
        try await sqlite?.write { try $0.execute(sql: statements) }
        try await postgres?.write { try $0.script(statements) }
    }

    /// The first column of a question, which holds bytes.
    func bytes(_ question: String) async throws -> [Data] {
        if let postgres { return try await postgres.ask { try $0.rows(question).map { try $0.bytes(0) } } }
        return try await sqlite?.read { try Data.fetchAll($0, sql: question) } ?? []
    }

    /// All that stands in some tables, one text after another.
    func contents(of tables: [String]) async throws -> String {
        if let postgres {
            return try await postgres.ask { db in
                try tables.flatMap { table in
                    try db.rows("SELECT t::text FROM \(table) t").map { try $0.text(0) }
                }.joined()
            }
        }
        return try await sqlite?.read { db in
            try tables.flatMap { try Row.fetchAll(db, sql: "SELECT * FROM \($0)").map { "\($0)" } }.joined()
        } ?? ""
    }
}

/// Runs every test of a suite once for each store that has a vault.
struct OnEachStore: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await VaultUnderTest.$current.withValue(VaultUnderTest(try SQLiteStore.inMemory())) { try await function() }
        guard StoreKind.databases.contains(.postgres) else { return }
        try await withPostgres { postgres in
            try await VaultUnderTest.$current.withValue(VaultUnderTest(postgres.store)) { try await function() }
        }
    }
}

extension Trait where Self == OnEachStore {
    /// Runs every test once for each store that has a vault, which is then in `VaultUnderTest.current`.
    static var onEachStore: OnEachStore { OnEachStore() }
}
