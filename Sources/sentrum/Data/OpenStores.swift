import Dispatch
import Foundation
import Journal
import JournalPostgres
import JournalSQLite

/// The stores of an installation, opened, in whichever database they are.
struct OpenStores: Sendable {
    /// Everything that a store of the journal does.
    typealias WholeJournal = Checkpoints & Journal & JournalUpkeep & PlanMark & Registers

    let journal: any WholeJournal
    let accounts: any AccountStore
    let reads: any Reads
    let drafts: any Drafts
    let blobs: any Blobs
    let presences: any Presences
    let upkeep: any VaultUpkeep
    /// The list of erasures that all nodes share; nil where a file beside the folder is the only one.
    let erasures: (any ErasureList)?
    /// One end of a copy.
    let copy: any CopySource & CopyTarget
    private let alone: @Sendable () throws -> Bool
    private let end: @Sendable () async throws -> Void

    /// Opens the stores, or makes them.
    ///
    /// - Throws: `JournalFault` when a store or the master key does not open.
    init(_ folder: DataFolder, _ place: StorePlace) throws {
        let master = try MasterKey.load(from: folder.keyFile)
        switch place {
        case .folder:
            let store = try SQLiteStore.open(directory: folder.root, master: master)
            let vault = SQLiteVault(store, directory: folder.root)
            journal = SQLiteJournal(store)
            (accounts, reads, drafts, blobs, upkeep) = (vault.accounts, vault.reads, vault.drafts, vault.blobs, vault)
            presences = Presence()
            erasures = nil
            copy = SQLiteCopy(store, directory: folder.root)
            alone = { true }
            end = {
                try await store.checkpoint()
                try store.close()
            }
        case .postgres(let address, let keys):
            let store = try PostgresStore.open(address, keys: keys, master: master)
            let vault = PostgresVault(store)
            journal = PostgresJournal(store)
            (accounts, reads, drafts, blobs, upkeep) = (vault.accounts, vault.reads, vault.drafts, vault.blobs, vault)
            presences = vault.presences
            erasures = store.erasures
            copy = PostgresCopy(store, address)
            alone = { try store.isTheOne() }
            end = { store.close() }
        }
    }

    /// Whether they are files of the data folder, and not in a database.
    var areInFolder: Bool { erasures == nil }

    /// Whether this process does what only one of several nodes must do.
    func isTheOne() async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            // It asks the database, and blocks until that answers.
            DispatchQueue.global().async { continuation.resume(with: Result { try alone() }) }
        }
    }

    /// Moves what was written into the databases and closes them.
    func close() async throws { try await end() }
}

/// A list of erasures in two places, of which either may be lost.
struct DoubledErasures: ErasureList {
    /// The one that all nodes share.
    let shared: any ErasureList
    let other: any ErasureList

    func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>) {
        let (here, there) = (try shared.read(), try other.read())
        let known = Set(here.entries.map(\.id))
        return (here.entries + there.entries.filter { !known.contains($0.id) }, here.finished.union(there.finished))
    }

    func add(_ entry: ErasureEntry) throws(JournalFault) {
        try other.add(entry)
        try shared.add(entry)
    }

    func finish(_ id: String) throws(JournalFault) {
        try shared.finish(id)
        try other.finish(id)
    }
}
