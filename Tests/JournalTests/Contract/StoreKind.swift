import Foundation
import Journal
import JournalSQLite

/// What a store must do in all; each implementation is held to the same tests.
typealias WholeJournal = Checkpoints & Journal & JournalUpkeep & Registers

/// The implementations under test.
enum StoreKind: String, CaseIterable, Sendable {
    case memory, sqliteInMemory, sqliteFile

    /// Opens a fresh store, and removes it after the body is done.
    func withJournal(_ body: (any WholeJournal) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(MemoryJournal())
        case .sqliteInMemory: try await body(SQLiteJournal(try SQLiteStore.inMemory()))
        case .sqliteFile: try await withSQLite { journal, _, _ in try await body(journal) }
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
