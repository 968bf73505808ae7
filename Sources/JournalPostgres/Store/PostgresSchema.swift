import Dispatch
import Foundation
import Journal

/// What the schemas consist of, step by step.
enum PostgresSchema {
    /// One step: a name that is frozen once released, and what it does.
    typealias Step = (name: String, sql: String)

    /// All steps of the schema of journal, registers and vault in order; a new one is added at the end of its own list and
    /// never changed after a release.
    static var steps: [Step] { journalSteps + registerSteps + vaultSteps }

    /// A text is compared by its bytes, whatever the order of the database is.
    static let text = #"TEXT COLLATE "C""#

    /// Makes the schema and takes the steps that were not taken, in one transaction; who comes at the same time waits.
    static func migrate(_ address: PostgresAddress, _ steps: [Step], patience: Int) throws {
        let end = DispatchTime.now() + .milliseconds(patience)
        while true {
            do {
                return try migrate(address, steps)
            } catch JournalFault.unreachable where DispatchTime.now() < end {
                usleep(200_000)
            }
        }
    }

    private static func migrate(_ address: PostgresAddress, _ steps: [Step]) throws {
        var limits = PostgresConnection.Limits()
        limits.statement = 0
        limits.lock = 0
        let db = try PostgresConnection(address, limits: limits)
        try db.script("BEGIN")
        try db.execute("SELECT pg_advisory_xact_lock(?)", [.int(lockKey(address.schema, "steps"))])
        // Whoever may use the schema and not make one finds it there.
        let isThere = try db.rows("SELECT 1 FROM pg_namespace WHERE nspname = ?", [.text(address.schema)]).first != nil
        if !isThere { try db.script("CREATE SCHEMA \(address.schema)") }
        let knows = try db.rows("SELECT to_regclass(?) IS NOT NULL", [.text("\(address.schema).steps")]).first?.truth(0)
        if knows != true {
            try db.script(
                "CREATE TABLE steps (name \(text) NOT NULL PRIMARY KEY, taken TIMESTAMPTZ NOT NULL DEFAULT now())")
        }
        let taken = Set(try db.rows("SELECT name FROM steps").map { try $0.text(0) })
        guard taken.isSubset(of: steps.map(\.name)) else { throw JournalFault.younger }
        for step in steps where !taken.contains(step.name) {
            try db.script(step.sql)
            try db.execute("INSERT INTO steps (name) VALUES (?)", [.text(step.name)])
        }
        try db.script("COMMIT")
    }

    /// A number for a lock of the server, which follows from what it is for.
    static func lockKey(_ schema: String, _ purpose: String) -> Int64 {
        Int64(bitPattern: FormKey.bits(["sentrum", schema, purpose]).high)
    }

    /// The keys of the streams, and what is to be forgotten: together in a schema, or a database, with backups of its own.
    static var keySteps: [Step] {
        [
            (
                "keys-1",
                """
                CREATE TABLE keys (stream \(text) NOT NULL PRIMARY KEY, wrapped BYTEA NOT NULL);
                CREATE TABLE master (one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1), mark BYTEA NOT NULL);
                CREATE TABLE erasures (
                    place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    id \(text) NOT NULL UNIQUE,
                    entry \(text) NOT NULL,
                    done BIGINT NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
                );
                """
            )
        ]
    }
}
