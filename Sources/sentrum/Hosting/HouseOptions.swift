import ArgumentParser
import Foundation

/// Which house a command is about.
struct HouseOptions: ParsableArguments {
    @Argument(help: "The folder with a data folder for each partnership, named as people reach it.")
    var directory: String

    @Option(help: "The folder of the master keys, when they are kept apart: in it NAME/master.key for each partnership.")
    var keys: String?

    @Option(
        help: """
            A PostgreSQL database in which the stores of all are, each in schemas of its own; SENTRUM_DATABASE when not given, and \
            files in the data folders without either.
            """)
    var database: String?

    @Option(
        help: "The database of the keys, when it is another one, with backups of its own; SENTRUM_KEYS_DATABASE when not given.")
    var keysDatabase: String?

    @Option(help: "Start the clock at another moment, such as 2026-11-02T09:00 (demonstrations and tests only).")
    var at: LocalTime?

    /// The house.
    ///
    /// - Throws: `CommandRefusal` when there is none.
    func house() throws -> House {
        let named = ProcessInfo.processInfo.environment
        let database = (database ?? named["SENTRUM_DATABASE"]).map {
            House.Database(address: $0, keys: keysDatabase ?? named["SENTRUM_KEYS_DATABASE"])
        }
        return try House(directory, keys: keys, database: database, at: at?.instant)
    }
}
