import GRDB

extension SQLiteStore {
    /// One step of the schema: a name that is frozen once released, and what it does.
    typealias Migration = (name: String, work: @Sendable (Database) throws -> Void)

    /// All steps in order; a new one is added at the end of its own list and never changed after a release.
    static var migrations: [Migration] { journalMigrations + registerMigrations + vaultMigrations }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (name, work) in migrations {
            migrator.registerMigration(name, foreignKeyChecks: .immediate, migrate: work)
        }
        return migrator
    }
}
