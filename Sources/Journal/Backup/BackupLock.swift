import Foundation

/// That nobody else works in a folder, until it is let go or the program ends, however it ends.
package final class BackupLock: Sendable {
    private let descriptor: Int32

    /// Takes it at once.
    ///
    /// - Parameter shared: others may read at the same time.
    /// - Throws: `busy` when somebody else has it, `file`.
    package init(_ folder: URL, shared: Bool = false) throws(BackupFault) {
        let descriptor = open(DurableFile.path(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try DurableFile.check(descriptor, "open", folder)
        guard flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            throw code == EWOULDBLOCK
                ? .busy(DurableFile.path(folder)) : .file("lock", path: DurableFile.path(folder), code: code)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
