import ArgumentParser
import Foundation
import JournalPostgres

/// Where the stores of an installation are.
enum StorePlace: Sendable {
    /// In files of the data folder.
    case folder
    /// In PostgreSQL, for several nodes; the keys in a schema, or a database, of their own.
    case postgres(PostgresAddress, keys: PostgresAddress)

    /// The stores in a database, in a schema of this name and, for the keys, in `<name>_keys`.
    ///
    /// - Parameter keys: the database of the keys; the same when not given.
    init(database: String, keys: String?, schema: String) throws {
        guard let address = PostgresAddress(database, schema: schema),
            let keyAddress = PostgresAddress(keys ?? database, schema: "\(schema)_keys")
        else { throw ValidationError("--schema is a name of small letters, digits and _, such as sentrum") }
        self = .postgres(address, keys: keyAddress)
    }

    /// Looks whether the databases are there, before anything is made for them; a folder is made where it is not.
    ///
    /// - Throws: `JournalFault`, `unreachable` when one is not.
    func reach() throws {
        if case .postgres(let address, let keys) = self { try PostgresStore.reach(address, keys) }
    }
}

/// In which database an installation has its stores, when not in its folder.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: """
            A PostgreSQL database in which the stores are, such as postgresql://sentrum@db.example/sentrum; SENTRUM_DATABASE when \
            not given, and files in the data folder without either. The password comes from PGPASSWORD or a password file.
            """)
    var database: String?

    @Option(
        help: "The database of the keys, when it is another one, with backups of its own; SENTRUM_KEYS_DATABASE when not given.")
    var keysDatabase: String?

    @Option(help: "The schema in it; that of the keys has _keys behind its name.")
    var schema = "sentrum"

    /// Where the stores are.
    func place() throws -> StorePlace {
        let named = ProcessInfo.processInfo.environment
        guard let database = database ?? named["SENTRUM_DATABASE"] else {
            guard keysDatabase == nil else { throw ValidationError("--keys-database goes with --database") }
            return .folder
        }
        return try StorePlace(
            database: database, keys: keysDatabase ?? named["SENTRUM_KEYS_DATABASE"], schema: schema)
    }
}
