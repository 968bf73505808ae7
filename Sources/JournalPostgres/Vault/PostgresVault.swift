import Domain
import Foundation
import Journal

/// All that is kept beside the journal, in the tables of one store.
package struct PostgresVault: Sendable {
    package let accounts: PostgresAccounts
    package let reads: PostgresReads
    package let drafts: PostgresDrafts
    package let blobs: PostgresBlobs
    package let presences: PostgresPresences
    private let store: PostgresStore

    package init(_ store: PostgresStore) {
        self.store = store
        accounts = PostgresAccounts(store)
        reads = PostgresReads(store)
        drafts = PostgresDrafts(store)
        blobs = PostgresBlobs(store)
        presences = PostgresPresences(store)
    }
}

extension PostgresVault: VaultUpkeep {
    package func forget(dossiers: [DossierID], people: [PersonID], streams: [StreamID]) async throws {
        try await blobs.forget(streams)
        // What refers to an account goes before it does.
        let tables = [
            "presences", "looks", "drafts", "recovery_codes", "second_factors", "password_links", "identities", "api_tokens",
            "sessions", "accounts",
        ]
        let persons = PostgresValue.texts(people.map(\.rawValue))
        let names = PostgresValue.texts(dossiers.map(\.rawValue))
        let statements =
            ["presences", "looks"].map {
                PostgresConnection.Statement("DELETE FROM \($0) WHERE dossier = ANY (?::text[])", [names])
            }
            + tables.map { PostgresConnection.Statement("DELETE FROM \($0) WHERE person = ANY (?::text[])", [persons]) }
        try await store.change { db in _ = try db.executeAll(statements) }
    }
}

extension PostgresStore {
    /// The key to seal something new of a stream with. Only inside `write`. Throws `JournalFault.erased`.
    func sealingKey(_ stream: StreamID, _ db: PostgresConnection) throws -> StreamKey {
        try refuseErased(stream, db)
        return try keys.orCreate(stream)
    }

    /// The key to open something of a stream with. Throws `JournalFault`: `erased`, `keyMissing`.
    func openingKey(_ stream: StreamID, _ db: PostgresConnection) throws -> StreamKey {
        try refuseErased(stream, db)
        guard let key = try keys.existing(stream) else { throw JournalFault.keyMissing(stream) }
        return key
    }

    func refuseErased(_ stream: StreamID, _ db: PostgresConnection) throws {
        guard try PostgresEvents(db).isErased(stream) else { return }
        keys.drop([stream])
        throw JournalFault.erased(stream)
    }
}
