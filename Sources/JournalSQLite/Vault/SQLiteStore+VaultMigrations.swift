import GRDB

extension SQLiteStore {
    /// The tables of what is not derived from the journal: accounts, the read log, drafts and contents of documents.
    static var vaultMigrations: [Migration] {
        [
            (
                "vault-1",
                { db in
                    try db.execute(sql: accountTables)
                    try db.execute(sql: readTables)
                    try db.execute(sql: draftTables)
                    try db.execute(sql: blobTables)
                }
            ), ("vault-2", { db in try db.execute(sql: handedOut) }), ("vault-3", { db in try db.execute(sql: planOfRegisters) }),
            ("vault-4", { db in try db.execute(sql: secondFactors) }),
            ("vault-5", { db in try db.execute(sql: "ALTER TABLE sessions ADD COLUMN recognised INTEGER") }),
            ("vault-6", { db in try db.execute(sql: passwordLinks) }),
            ("vault-emergency", { db in try db.execute(sql: emergencyReads) }),
            ("vault-identities", { db in try db.execute(sql: identities) }),
            ("vault-handed-since", { db in try db.execute(sql: "ALTER TABLE accounts ADD COLUMN handed_since INTEGER") }),
        ]
    }

    /// Few among many: found without going through the log.
    private static let emergencyReads =
        "CREATE INDEX reads_in_emergency ON reads (sequence, at) WHERE purpose = 'emergency'"

    /// Of who somebody is elsewhere only a mark is kept that takes a key to try one.
    private static let identities = """
        CREATE TABLE identities (
            provider TEXT NOT NULL,
            subject BLOB NOT NULL CHECK (length(subject) = 32),
            person TEXT NOT NULL REFERENCES accounts (person),
            organisation TEXT NOT NULL,
            since INTEGER NOT NULL,
            used INTEGER,
            PRIMARY KEY (provider, subject),
            UNIQUE (person, provider)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE sessions ADD COLUMN provider TEXT;
        ALTER TABLE sessions ADD COLUMN proved_elsewhere INTEGER NOT NULL DEFAULT 0;
        """

    private static let passwordLinks = """
        CREATE TABLE password_links (
            token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32),
            person TEXT NOT NULL UNIQUE REFERENCES accounts (person),
            expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// A secret lies sealed, because it must be read to check a code; of a recovery code only a mark is kept
    /// that takes the same key to try one.
    private static let secondFactors = """
        CREATE TABLE second_factors (
            person TEXT NOT NULL PRIMARY KEY REFERENCES accounts (person),
            sealed BLOB NOT NULL,
            since INTEGER,
            spent INTEGER NOT NULL DEFAULT 0,
            session BLOB
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE recovery_codes (
            person TEXT NOT NULL REFERENCES accounts (person),
            code BLOB NOT NULL CHECK (length(code) = 32),
            PRIMARY KEY (person, code)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE sessions ADD COLUMN proved INTEGER;
        """

    /// One row: the part of the plan that the openings in the registers were made by.
    private static let planOfRegisters = """
        CREATE TABLE plan_of_registers (
            one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
            plan TEXT NOT NULL
        ) STRICT;
        """

    /// Of a password from before this column nobody knows who handed it out, so it stays as it is.
    private static let handedOut = "ALTER TABLE accounts ADD COLUMN handed_out INTEGER NOT NULL DEFAULT 0"

    /// Of a token only its SHA-256 is kept: who reads the database cannot sign in with it.
    private static let accountTables = """
        CREATE TABLE accounts (
            person TEXT NOT NULL PRIMARY KEY,
            email TEXT NOT NULL UNIQUE,
            password TEXT,
            created INTEGER NOT NULL,
            disabled INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sessions (
            token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32),
            person TEXT NOT NULL REFERENCES accounts (person),
            csrf TEXT NOT NULL,
            created INTEGER NOT NULL,
            seen INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessions_of_person ON sessions (person);
        CREATE INDEX sessions_by_seen ON sessions (seen);

        CREATE TABLE api_tokens (
            id TEXT NOT NULL PRIMARY KEY,
            token BLOB NOT NULL UNIQUE CHECK (length(token) = 32),
            person TEXT NOT NULL REFERENCES accounts (person),
            name TEXT NOT NULL,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            used INTEGER,
            revoked INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX api_tokens_of_person ON api_tokens (person);
        """

    /// `recursive_triggers` is on, so that REPLACE meets the trigger against deletion as well.
    private static let readTables = """
        CREATE TABLE reads (
            sequence INTEGER PRIMARY KEY,
            dossier TEXT NOT NULL,
            person TEXT NOT NULL,
            function TEXT NOT NULL,
            purpose TEXT NOT NULL,
            parts TEXT NOT NULL,
            kind TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX reads_of_dossier ON reads (dossier, sequence);
        CREATE INDEX reads_by_person ON reads (person, sequence);
        CREATE TRIGGER reads_stay BEFORE UPDATE ON reads BEGIN SELECT RAISE(ABORT, 'the read log is never changed'); END;
        CREATE TRIGGER reads_are_kept BEFORE DELETE ON reads BEGIN SELECT RAISE(ABORT, 'the read log is never changed'); END;

        CREATE TABLE looks (
            person TEXT NOT NULL,
            dossier TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (person, dossier)
        ) STRICT, WITHOUT ROWID;
        """

    private static let draftTables = """
        CREATE TABLE drafts (
            person TEXT NOT NULL,
            form TEXT NOT NULL,
            stream TEXT NOT NULL,
            sealed BLOB NOT NULL,
            updated INTEGER NOT NULL,
            PRIMARY KEY (person, form)
        ) STRICT;
        CREATE INDEX drafts_by_updated ON drafts (updated);
        CREATE INDEX drafts_of_stream ON drafts (stream);
        """

    /// A document larger than `inline` lies as a file named by its id; its row has no `sealed`.
    private static let blobTables = """
        CREATE TABLE blobs (
            id TEXT NOT NULL PRIMARY KEY,
            stream TEXT NOT NULL,
            size INTEGER NOT NULL,
            created INTEGER NOT NULL,
            sealed BLOB
        ) STRICT;
        CREATE INDEX blobs_of_stream ON blobs (stream);
        CREATE INDEX blobs_by_created ON blobs (created, id);
        """
}
