import Domain
import Foundation
import Journal

/// Contents of documents in PostgreSQL, large ones too: nodes share no folder.
package struct PostgresBlobs: Blobs {
    private let store: PostgresStore
    /// What is larger is written beside the turn, so that nobody waits while it is on its way.
    private let inTurn = 100_000

    package init(_ store: PostgresStore) { self.store = store }

    package func store(_ bytes: Data, for stream: StreamID, at: Instant) async throws -> BlobReference {
        let store = store
        guard bytes.count > inTurn else {
            let reference = BlobReference.fresh(bytes)
            try await store.write { db in
                let key = try store.sealingKey(stream, db)
                let sealed = try VaultSeal.blob(key, id: reference.id, stream: stream).sealed(bytes)
                try Self.insert(reference, stream, at, sealed, db)
            }
            return reference
        }
        let key = try await store.write { db in try store.sealingKey(stream, db) }
        let (reference, sealed) = try await store.aside {
            let reference = BlobReference.fresh(bytes)
            return (reference, try VaultSeal.blob(key, id: reference.id, stream: stream).sealed(bytes))
        }
        try await store.change { db in
            try store.refuseErased(stream, db)
            try Self.insert(reference, stream, at, sealed, db)
        }
        return reference
    }

    private static func insert(
        _ reference: BlobReference, _ stream: StreamID, _ at: Instant, _ sealed: Data, _ db: PostgresConnection
    ) throws {
        try db.execute(
            "INSERT INTO blobs (id, stream, size, created, sealed) VALUES (?, ?, ?, ?, ?)",
            [.text(reference.id), PostgresValue(stream), PostgresValue(reference.size), PostgresValue(at), .bytes(sealed)])
    }

    package func read(_ reference: BlobReference, of stream: StreamID) async throws -> Data {
        let store = store
        let (key, sealed) = try await store.ask { db in
            let key = try store.openingKey(stream, db)
            let row = try db.rows(
                "SELECT sealed FROM blobs WHERE id = ? AND stream = ?", [.text(reference.id), PostgresValue(stream)]
            ).first
            guard let row else { throw VaultFault.blobMissing(reference.id) }
            return (key, try row.bytes(0))
        }
        return try await store.aside {
            guard let bytes = VaultSeal.blob(key, id: reference.id, stream: stream).opened(sealed), reference.isOf(bytes) else {
                throw VaultFault.blobDamaged(reference.id)
            }
            return bytes
        }
    }

    package func sweep(
        from: Instant, until: Instant, isMentioned: @Sendable (StreamID, String) async throws -> Bool
    ) async throws -> Int {
        var deleted = 0
        var last: (created: Int64, id: String) = (from.milliseconds, "")
        while true {
            let page = try await page(after: last, until: until)
            guard let end = page.last else { return deleted }
            last = (end.created, end.id)
            var lost: [String] = []
            for blob in page where try await !isMentioned(blob.stream, blob.id) { lost.append(blob.id) }
            deleted += lost.count
            guard !lost.isEmpty else { continue }
            let ids = PostgresValue.texts(lost)
            try await store.change { db in _ = try db.execute("DELETE FROM blobs WHERE id = ANY (?::text[])", [ids]) }
        }
    }

    private struct Found: Sendable {
        let id: String
        let stream: StreamID
        let created: Int64
    }

    private func page(after last: (created: Int64, id: String), until: Instant) async throws -> [Found] {
        let values: [PostgresValue] = [.int(last.created), .text(last.id), PostgresValue(until)]
        return try await store.ask { db in
            try db.rows(
                """
                SELECT id, stream, created FROM blobs WHERE (created, id) > (?, ?) AND created < ?
                ORDER BY created, id LIMIT 500
                """, values
            ).map { row in Found(id: try row.text(0), stream: try row.id(1), created: try row.int(2)) }
        }
    }

    package func forget(_ streams: [StreamID]) async throws {
        let names = PostgresValue.texts(streams.map(\.rawValue))
        try await store.change { db in
            _ = try db.executeAll(
                ["drafts", "blobs"].map {
                    PostgresConnection.Statement("DELETE FROM \($0) WHERE stream = ANY (?::text[])", [names])
                })
        }
    }
}
