import Domain

/// Why the journal could not do its work though the rules allowed it; never shown to a user but by its code.
///
/// A fault names streams, tables and codes of the database, never what was stored.
package enum JournalFault: Error, Hashable, Sendable {
    /// The database answered with an error; `code` is its own: for SQLite the extended result code, for PostgreSQL the
    /// SQLSTATE read as a number to the base of 36.
    case storage(code: Int, message: String)
    /// The store cannot write for now; nothing was written, save where the outage says that this is not known.
    case outage(WriteOutage)
    /// The store was closed before the work was done.
    case closed
    /// Too many wait for the store, or the turn did not come in time; nothing was written. Trying again is right.
    case busy
    /// The server of the database is not reached, or not ready; nothing was written. Trying again is right.
    case unreachable(String)
    /// The connection was lost at the moment of writing, and the server was not reached again in time to ask: whether it was
    /// written is not known.
    case uncertain
    /// The caller's task was cancelled before the work was done; nothing was written.
    case cancelled
    /// The stream was forgotten: its key is destroyed and nothing can be read or added any more.
    case erased(StreamID)
    /// The stream has events, and no key to open them.
    case keyMissing(StreamID)
    /// The sealed contents of this event do not open: altered, moved, or sealed with another key.
    case unsealable(StreamID, version: Int)
    /// A row of a register does not read as the type that wrote it.
    case unreadableRow(table: String)
    /// A register row would take a value that is another row's alone.
    case registerClash(table: String)
    /// The file of a key (the master key, or the one that signs checkpoints) cannot be read or written.
    case keyFile(String)
    /// The file of a key may be read by others than its owner (mode 0600 is asked).
    case keyFileExposed(String)
    /// The master key is not the one that the stream keys were wrapped with.
    case masterKeyWrong
    /// The list of erasures cannot be read or written; without it nothing is opened that it may speak of.
    case erasureList(String)
    /// The journal has fewer rows than its last checkpoint says: its end was cut off.
    case shortened
    /// A younger version of the program used the store and changed its tables; nothing was read or written.
    case younger
    /// Work done inside the store failed with an error of another kind; `type` is the name of its Swift type.
    case unexpected(type: String)

    /// The stable name of the fault, for logs and for the reference that a user can quote.
    package var code: String {
        switch self {
        case .storage: "journal.storage"
        case .outage(let outage): outage.rawValue
        case .closed: "journal.closed"
        case .busy: "journal.busy"
        case .unreachable: "journal.unreachable"
        case .uncertain: "journal.uncertain"
        case .cancelled: "journal.cancelled"
        case .erased: "journal.stream-erased"
        case .keyMissing: "journal.key-missing"
        case .unsealable: "journal.payload-unsealable"
        case .unreadableRow: "journal.register-unreadable"
        case .registerClash: "journal.register-clash"
        case .keyFile: "journal.key-file"
        case .keyFileExposed: "journal.key-file-exposed"
        case .masterKeyWrong: "journal.master-key-wrong"
        case .erasureList: "journal.erasure-list"
        case .shortened: "journal.shortened"
        case .younger: "journal.younger"
        case .unexpected: "journal.unexpected"
        }
    }
}
