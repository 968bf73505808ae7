import Foundation
import GRDB
import Journal

extension SQLiteStore {
    /// What can be chosen when a store is opened.
    package struct Options: Sendable {
        /// The number of connections that read at the same time.
        package var readers = 4
        /// The number of stream keys kept in memory.
        package var cachedKeys = 50_000
        /// The number of pieces of work that share one commit at most.
        package var largestGroup = 256
        /// In seconds: how long is waited for another who has the database.
        package var patience = 10.0

        package init() {}
    }

    static let memoryLabel = "memory"

    /// Opens, or makes, `journal.sqlite` and `keys.sqlite` in a folder that only the owner may enter.
    ///
    /// Throws `JournalFault`: `masterKeyWrong` if the keys were wrapped by another master key.
    package static func open(directory: URL, master: MasterKey, options: Options = Options()) throws(JournalFault) -> SQLiteStore
    {
        try faults {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // For each connection; what is not in it is in the system's own cache of files, so more of it buys no time.
            let database = try pool(
                directory.appending(path: "journal.sqlite"), readers: options.readers, cacheKiB: 16_384,
                patience: options.patience)
            let keys = try pool(directory.appending(path: "keys.sqlite"), readers: 2, cacheKiB: 8_192, patience: options.patience)
            return try SQLiteStore(database: database, keyDatabase: keys, master: master, options: options)
        }
    }

    /// A store that lives as long as the object: the same behaviour without files.
    package static func inMemory(
        master: MasterKey = .generate(), options: Options = Options()
    ) throws(JournalFault) -> SQLiteStore {
        try faults {
            var configuration = SQLiteStore.configuration(readers: 1, cacheKiB: 65_536)
            configuration.label = memoryLabel
            return try SQLiteStore(
                database: DatabaseQueue(configuration: configuration), keyDatabase: DatabaseQueue(configuration: configuration),
                master: master, options: options)
        }
    }

    static func faults<T>(_ work: () throws -> T) throws(JournalFault) -> T {
        do {
            return try work()
        } catch let fault as JournalFault {
            throw fault
        } catch let error as DatabaseError {
            throw JournalFault(error)
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    static func pool(_ file: URL, readers: Int, cacheKiB: Int, patience: Double = Options().patience) throws -> DatabasePool {
        // SQLite gives its log and shared memory the mode of the database file, so that is made first.
        try makePrivateFile(file)
        let pool = try DatabasePool(
            path: file.path, configuration: configuration(readers: readers, cacheKiB: cacheKiB, patience: patience))
        try pool.writeWithoutTransaction { db in
            // The pool sets NORMAL itself when it turns on the log, so this comes after. FULL: a commit is on disk before
            // it is acknowledged.
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 4000;
                    PRAGMA journal_size_limit = 67108864;
                    """)
        }
        return pool
    }

    static func configuration(readers: Int, cacheKiB: Int, patience: Double = Options().patience) -> Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(patience)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    PRAGMA recursive_triggers = ON;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(cacheKiB);
                    """)
        }
        return configuration
    }
}

/// Makes the file if it is missing, readable by its owner only from the first moment.
private func makePrivateFile(_ file: URL) throws(JournalFault) {
    let descriptor = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
        if let outage = WriteOutage(system: errno) { throw .outage(outage) }
        throw .storage(code: Int(errno), message: "file cannot be opened")
    }
    close(descriptor)
}
