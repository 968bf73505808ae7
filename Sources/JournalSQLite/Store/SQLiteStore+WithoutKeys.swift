import Foundation
import GRDB
import Journal

extension SQLiteStore {
    /// Opens the journal of a folder without its keys: for whoever may check the rows and not read what they say.
    ///
    /// Nothing sealed opens, and nothing can be added to a stream that exists.
    package static func openWithoutKeys(directory: URL) throws(JournalFault) -> SQLiteStore {
        try faults {
            let database = try pool(directory.appending(path: "journal.sqlite"), readers: 2, cacheKiB: 65_536)
            let keys = try DatabaseQueue(configuration: configuration(readers: 1, cacheKiB: 1_024))
            return try SQLiteStore(database: database, keyDatabase: keys, master: .generate(), options: Options())
        }
    }
}
