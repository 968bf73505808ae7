import Domain
import Foundation
import GRDB
import Journal

/// Contents of documents: small ones in SQLite, which is quicker for them, large ones as files beside it.
package struct SQLiteBlobs: Blobs {
    private let store: SQLiteStore
    private let files: BlobFiles?
    private let inline: Int

    /// - Parameter directory: the folder in which `blobs/` lies or is made; nil keeps everything in the table.
    /// - Parameter inline: the most bytes that are kept in the table.
    package init(_ store: SQLiteStore, directory: URL?, inline: Int = 100_000) {
        self.store = store
        self.inline = inline
        files = directory.map { BlobFiles($0.appending(path: "blobs", directoryHint: .isDirectory)) }
    }

    package func store(_ bytes: Data, for stream: StreamID, at: Instant) async throws -> BlobReference {
        let store = store
        guard bytes.count > inline, let files else {
            let reference = BlobReference.fresh(bytes)
            try await store.write { db in
                let key = try store.sealingKey(stream, db)
                let sealed = try VaultSeal.blob(key, id: reference.id, stream: stream).sealed(bytes)
                try SQLiteBlobs.insert(reference, stream, at, sealed, db)
            }
            return reference
        }
        let reference = try await files.aside { BlobReference.fresh(bytes) }
        files.begin(reference.id)
        defer { files.end(reference.id) }
        let key = try await store.write { db in try store.sealingKey(stream, db) }
        try await files.write(reference.id) { try VaultSeal.blob(key, id: reference.id, stream: stream).sealed(bytes) }
        do {
            try await store.write { db in
                try store.refuseErased(stream, db)
                try SQLiteBlobs.insert(reference, stream, at, nil, db)
            }
        } catch {
            try? await files.delete([reference.id])
            throw error
        }
        return reference
    }

    private static func insert(
        _ reference: BlobReference, _ stream: StreamID, _ at: Instant, _ sealed: Data?, _ db: Database
    ) throws {
        try db.execute(
            sql: "INSERT INTO blobs (id, stream, size, created, sealed) VALUES (?, ?, ?, ?, ?)",
            arguments: [reference.id, stream.rawValue, reference.size, at.milliseconds, sealed])
    }

    package func read(_ reference: BlobReference, of stream: StreamID) async throws -> Data {
        struct Stored: Sendable {
            let key: StreamKey
            let sealed: Data?
        }
        let store = store
        let stored = try await store.read { db -> Stored in
            let statement = try db.cachedStatement(sql: "SELECT sealed FROM blobs WHERE id = ? AND stream = ?")
            let key = try store.openingKey(stream, db)
            guard let row = try Row.fetchOne(statement, arguments: [reference.id, stream.rawValue]) else {
                throw VaultFault.blobMissing(reference.id)
            }
            return Stored(key: key, sealed: row["sealed"])
        }
        let open: @Sendable (Data) throws -> Data = { sealed in
            guard let bytes = VaultSeal.blob(stored.key, id: reference.id, stream: stream).opened(sealed), reference.isOf(bytes)
            else { throw VaultFault.blobDamaged(reference.id) }
            return bytes
        }
        if let sealed = stored.sealed { return try open(sealed) }
        guard let files, let sealed = try await files.read(reference.id) else {
            throw VaultFault.blobMissing(reference.id)
        }
        return try await files.aside { try open(sealed) }
    }
}

// What is left over.
extension SQLiteBlobs {
    package func sweep(
        from: Instant, until: Instant, isMentioned: @Sendable (StreamID, String) async throws -> Bool
    ) async throws -> Int {
        var deleted = 0
        var last: (created: Int64, id: String) = (from.milliseconds, "")
        while true {
            let page = try await page(after: last, until: until)
            guard let end = page.last else { break }
            last = (end.created, end.id)
            var lost: [String] = []
            for blob in page where try await !isMentioned(blob.stream, blob.id) { lost.append(blob.id) }
            try await delete(lost)
            deleted += lost.count
        }
        return try await deleted + sweepFiles(until: until)
    }

    private struct Found: Sendable {
        let id: String
        let stream: StreamID
        let created: Int64
    }

    private func page(after last: (created: Int64, id: String), until: Instant) async throws -> [Found] {
        try await store.read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id, stream, created FROM blobs WHERE (created, id) > (?, ?) AND created < ?
                    ORDER BY created, id LIMIT 500
                    """)
            return try Row.fetchAll(statement, arguments: [last.created, last.id, until.milliseconds]).map { row in
                Found(id: row["id"], stream: StreamID(row["stream"]), created: row["created"])
            }
        }
    }

    private func delete(_ ids: [String]) async throws {
        guard !ids.isEmpty else { return }
        try await store.write { db in
            let statement = try db.cachedStatement(sql: "DELETE FROM blobs WHERE id = ?")
            for id in ids { try statement.execute(arguments: [id]) }
        }
        try await files?.delete(ids)
    }

    /// Files whose row was never written, because the machine stopped in between, or is deleted since.
    private func sweepFiles(until: Instant) async throws -> Int {
        guard let files else { return 0 }
        let old = try await files.old(before: until.milliseconds)
        let lost = try await store.readAlong { db in
            let statement = try db.cachedStatement(sql: "SELECT 1 FROM blobs WHERE id = ?")
            return try old.ids.filter { try Bool.fetchOne(statement, arguments: [$0]) == nil }
        }
        try await files.delete(lost + old.unfinished)
        return lost.count + old.unfinished.count
    }

    package func forget(_ streams: [StreamID]) async throws {
        let ids = try await store.write { db in try streams.flatMap { try SQLiteStore.deleteVault(of: $0, db) } }
        try await files?.delete(ids)
    }
}
