import Domain
import Foundation
import GRDB
import Journal

extension SQLiteStore {
    /// Wraps the keys of all streams by another master key, in one transaction; no contents are touched.
    ///
    /// Nobody else may have the store open: a program that runs has the old master key in memory. Done again it does no harm.
    ///
    /// - Returns: how many keys; 0 when they were wrapped by the new one already.
    /// - Throws: `masterKeyWrong` when they were wrapped by neither, `storage` when somebody has the store open.
    package static func rewrapKeys(
        in directory: URL, from old: MasterKey, to new: MasterKey
    ) throws(JournalFault) -> Int {
        try faults {
            var configuration = configuration(readers: 1, cacheKiB: 1_024)
            // Taken at the first look and kept to the end, so it fails when anybody is there.
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            configuration.busyMode = .immediateError
            let file = directory.appending(path: "keys.sqlite").path(percentEncoded: false)
            guard FileManager.default.fileExists(atPath: file) else {
                throw JournalFault.storage(code: Int(ENOENT), message: "keys.sqlite is not there")
            }
            let keys = try DatabaseQueue(path: file, configuration: configuration)
            let count = try keys.inDatabase { db -> Int in
                var count = 0
                try db.inTransaction(.exclusive) {
                    let mark = try Data.fetchOne(db, sql: "SELECT mark FROM master")
                    guard mark != new.mark else { return .commit }
                    guard mark == old.mark else { throw JournalFault.masterKeyWrong }
                    for row in try Row.fetchAll(db, sql: "SELECT stream, wrapped FROM keys") {
                        guard let name = String.fromDatabaseValue(row[0]), let wrapped = Data.fromDatabaseValue(row[1]) else {
                            throw JournalFault.unreadableRow(table: "keys")
                        }
                        let stream = StreamID(rawValue: name)
                        let key = try StreamKey(wrapped: wrapped, by: old, for: stream)
                        try db.execute(
                            sql: "UPDATE keys SET wrapped = ? WHERE stream = ?",
                            arguments: [try key.wrapped(by: new, for: stream), name])
                        count += 1
                    }
                    try db.execute(sql: "UPDATE master SET mark = ?", arguments: [new.mark])
                    return .commit
                }
                // Nothing that the old master key opens stays in what was written ahead.
                _ = try db.checkpoint(.truncate)
                return count
            }
            try keys.close()
            return count
        }
    }
}
