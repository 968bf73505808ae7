/// Why the vault could not do its work; names ids and places, never contents.
package enum VaultFault: Error, Hashable, Sendable {
    /// More bytes than are kept.
    case tooLarge(limit: Int)
    /// There are no contents under this id, or they belong to another stream.
    case blobMissing(String)
    /// The contents are not the ones that were stored: altered, cut off or exchanged.
    case blobDamaged(String)
    /// A sealed draft does not open.
    case draftDamaged
    /// A stored account does not read.
    case unreadable(table: String)
    /// A file could not be read or written; `code` is the operating system's.
    case file(String, code: Int32)

    /// The stable name of the fault.
    package var code: String {
        switch self {
        case .tooLarge: "vault.too-large"
        case .blobMissing: "vault.blob-missing"
        case .blobDamaged: "vault.blob-damaged"
        case .draftDamaged: "vault.draft-damaged"
        case .unreadable: "vault.unreadable"
        case .file: "vault.file"
        }
    }
}
