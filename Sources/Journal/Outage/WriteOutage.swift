import Foundation

/// Why nothing can be written for now, though nothing is wrong with what was asked: once it is over the same again is right.
///
/// Each store knows its own codes and names the outage by one of these; whoever answers people or programs asks here, so that a
/// disk that is full is told in the same way wherever it was met. The raw values are stable: logs and answers show them.
package enum WriteOutage: String, Hashable, Sendable, CaseIterable {
    /// There is no room left.
    case diskFull = "disk.full"
    /// The disk takes no writing.
    case diskReadOnly = "disk.read-only"
    /// The disk fails, or does not say that what was written is on it.
    case diskFailed = "disk.failed"
    /// The server of the database is not reached, or not ready.
    case storeAway = "store.away"
    /// Too many wait for the store, or the turn did not come in time.
    case storeBusy = "store.busy"
    /// What was sent may be written or not: the answer of the disk or of the server was lost.
    case uncertain = "store.uncertain"

    /// Whether it is sure that nothing was written.
    package var isCertain: Bool { self != .uncertain }

    /// The outage that an error comes down to; nil for an error that is none.
    package init?(_ error: any Error) {
        switch error {
        case JournalFault.outage(let outage): self = outage
        case JournalFault.unreachable: self = .storeAway
        case JournalFault.busy: self = .storeBusy
        case JournalFault.uncertain: self = .uncertain
        case VaultFault.file(_, let code): self.init(system: code)
        case CocoaError.fileWriteOutOfSpace: self = .diskFull
        case CocoaError.fileWriteVolumeReadOnly: self = .diskReadOnly
        default: return nil
        }
    }

    /// The outage that an error of the operating system means (`errno`); nil for one that is none.
    package init?(system code: Int32) {
        switch code {
        case ENOSPC, EDQUOT: self = .diskFull
        case EROFS: self = .diskReadOnly
        case EIO: self = .diskFailed
        default: return nil
        }
    }
}
