import Domain

/// Why a backup cannot be made, read or put back; names files of the backup, never what they hold.
package enum BackupFault: Error, Hashable, Sendable {
    /// There are no backups of this kind in the folder, or the folder is not there.
    case notOurs(String)
    /// A new place of backups was to be made in a folder that holds something else.
    case notEmpty(String)
    /// What lies in the folder is of another installation.
    case otherInstallation(String)
    /// Somebody else is working in this folder.
    case busy(String)
    /// What says what was in a backup cannot be read, or was written by a later release.
    case manifest(String)
    /// There is no backup, or none at or before the moment that was asked.
    case none(String)
    /// A piece of a file is gone, or is not what it was.
    case damaged(file: String, piece: String, reason: Damage)
    /// A file that was to be in the backup went away while it was made.
    case vanished(String)
    /// So many dossiers have no key: what is there now must not take the place of what was kept before.
    case keysLost(Int)
    /// A file could not be read or written; `code` is the operating system's.
    case file(String, path: String, code: Int32)

    /// What can be the matter with a piece.
    package enum Damage: String, Hashable, Sendable {
        case missing, altered
    }

    /// Whether the state of things says no, rather than that something broke.
    package var isRefusal: Bool { if case .file = self { false } else { true } }
}
