import Domain
import Foundation
import GRDB
import Journal

/// All that is kept beside the journal, in the tables of one store and a folder for large contents.
package struct SQLiteVault: Sendable {
    package let accounts: SQLiteAccounts
    package let reads: SQLiteReads
    package let drafts: SQLiteDrafts
    package let blobs: SQLiteBlobs
    private let store: SQLiteStore

    /// - Parameter directory: the folder of the installation; `blobs/` is made in it when the first large document comes.
    ///   Nil keeps everything in the tables.
    package init(_ store: SQLiteStore, directory: URL?) {
        self.store = store
        accounts = SQLiteAccounts(store)
        reads = SQLiteReads(store)
        drafts = SQLiteDrafts(store)
        blobs = SQLiteBlobs(store, directory: directory)
    }

    /// Deletes drafts and contents of streams that were forgotten; their keys are destroyed before, by the journal.
    ///
    /// The read log stays: it says who looked, not what was there.
    package func forget(_ streams: [StreamID]) async throws {
        try await blobs.forget(streams)
    }
}

extension SQLiteVault: VaultUpkeep {
    package func forget(dossiers: [DossierID], people: [PersonID], streams: [StreamID]) async throws {
        try await blobs.forget(streams)
        try await store.write { db in
            for dossier in dossiers {
                try db.execute(sql: "DELETE FROM looks WHERE dossier = ?", arguments: [dossier.rawValue])
            }
            // What refers to an account goes before it does.
            let tables = [
                "looks", "drafts", "recovery_codes", "second_factors", "password_links", "identities", "api_tokens", "sessions",
                "accounts",
            ]
            for person in people {
                for table in tables {
                    try db.execute(sql: "DELETE FROM \(table) WHERE person = ?", arguments: [person.rawValue])
                }
            }
        }
    }
}

extension SQLiteStore {
    /// Deletes the drafts and contents of a stream, as part of forgetting it; returns the ids of contents that lie in files.
    @discardableResult
    static func deleteVault(of stream: StreamID, _ db: Database) throws -> [String] {
        let files = try String.fetchAll(
            try db.cachedStatement(sql: "SELECT id FROM blobs WHERE stream = ? AND sealed IS NULL"), arguments: [stream.rawValue])
        for table in ["drafts", "blobs"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE stream = ?").execute(arguments: [stream.rawValue])
        }
        return files
    }

    /// The key to seal something new of a stream with. Only inside `write`. Throws `JournalFault.erased`.
    func sealingKey(_ stream: StreamID, _ db: Database) throws -> StreamKey {
        try refuseErased(stream, db)
        return try keys.orCreate(stream)
    }

    /// The key to open something of a stream with. Throws `JournalFault`: `erased`, `keyMissing`.
    func openingKey(_ stream: StreamID, _ db: Database) throws -> StreamKey {
        try refuseErased(stream, db)
        guard let key = try keys.existing(stream) else { throw JournalFault.keyMissing(stream) }
        return key
    }

    func refuseErased(_ stream: StreamID, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM erased_streams WHERE stream = ?")
        if try Bool.fetchOne(statement, arguments: [stream.rawValue]) != nil { throw JournalFault.erased(stream) }
    }
}
