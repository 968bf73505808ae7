import Domain
import Journal

/// With which key dossiers are handed over, and to which partnerships.
package protocol TransferDesk: Sendable {
    /// The key of this partnership.
    ///
    /// - Throws: `JournalFault` or `TransferFault` when it cannot be read.
    func key() throws -> TransferKey

    /// The cards of the partnerships that are known, in the order of their names.
    ///
    /// - Throws: `JournalFault.file` when they cannot be read.
    func partners() throws -> [TransferCard]
}
