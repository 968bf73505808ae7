import Crypto
import Domain
import Foundation

/// The contents of documents, sealed with the key of the dossier that they belong to.
package protocol Blobs: Sendable {
    /// Stores contents and returns once they are on disk: before the event that mentions them is appended.
    ///
    /// - Throws: `JournalFault.erased` if the stream was forgotten, `VaultFault.file`.
    func store(_ bytes: Data, for stream: StreamID, at: Instant) async throws -> BlobReference

    /// The contents, proven to be the ones that were stored.
    ///
    /// - Throws: `VaultFault`: `blobMissing`, `blobDamaged`; `JournalFault.erased` if the stream was forgotten.
    func read(_ reference: BlobReference, of stream: StreamID) async throws -> Data

    /// Deletes what was stored and never mentioned, because the act was refused or the machine stopped in between.
    ///
    /// - Parameter from: looks at contents stored from this moment on; earlier ones were looked at before.
    /// - Parameter until: and before this one: what is younger may be mentioned any moment. An hour ago is safe.
    /// - Parameter isMentioned: true if an event of the stream mentions the contents with this id.
    /// - Returns: how many contents and files without contents were deleted.
    func sweep(
        from: Instant, until: Instant, isMentioned: @Sendable (StreamID, String) async throws -> Bool
    ) async throws -> Int

    /// Deletes all contents and drafts of streams that were forgotten. Without their keys they are unreadable already.
    func forget(_ streams: [StreamID]) async throws
}

/// What an event says about contents: enough to find them and to prove that they are the same.
package struct BlobReference: Hashable, Sendable, Codable {
    package let id: String
    /// SHA-256 of the contents before sealing, in hexadecimal.
    package let sha256: String
    /// Bytes before sealing.
    package let size: Int

    package init(id: String, sha256: String, size: Int) {
        self.id = id
        self.sha256 = sha256
        self.size = size
    }

    /// The reference to new contents, under a fresh random id.
    package static func fresh(_ bytes: Data) -> BlobReference {
        let id = SymmetricKey(size: .bits128).withUnsafeBytes { $0.hexadecimal }
        return BlobReference(id: id, sha256: SHA256.hash(data: bytes).hexadecimal, size: bytes.count)
    }

    /// True if these are the contents.
    package func isOf(_ bytes: Data) -> Bool {
        bytes.count == size && SHA256.hash(data: bytes).hexadecimal == sha256
    }
}
