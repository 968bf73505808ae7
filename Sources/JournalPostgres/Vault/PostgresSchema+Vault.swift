extension PostgresSchema {
    /// The steps of the schema of what is not derived from the journal: accounts, the read log, drafts and contents.
    static var vaultSteps: [Step] {
        [
            ("vault-1", accountTables + readTables + readGuards.map(\.sql).joined() + contentTables),
            ("vault-identities", identityTable),
            ("vault-presences", presences),
            ("vault-handed-since", "ALTER TABLE accounts ADD COLUMN handed_since BIGINT;"),
        ]
    }

    /// Who has which part open to write in; it means nothing after two minutes.
    private static let presences = """
        CREATE TABLE presences (
            dossier \(text) NOT NULL,
            part \(text) NOT NULL,
            person \(text) NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (dossier, part, person)
        );
        CREATE INDEX presences_by_at ON presences (at);
        """

    /// What the database itself refuses.
    static let readGuards: [PostgresGuard] = [
        .refusing("reads_stay", "reads", .update, "the read log is never changed"),
        .refusing("reads_are_kept", "reads", .delete, "the read log is never changed"),
        .refusing("reads_not_emptied", "reads", .truncate, "the read log is never changed"),
    ]

    /// Of a token only its SHA-256 is kept: who reads the database cannot sign in with it. A second factor lies sealed, because
    /// it must be read to check a code; of a recovery code only a mark is kept that takes the same key to try one. `attempts`
    /// counts failures, and `known_places` knows who signed in from where, under digests.
    private static let accountTables = """
        CREATE TABLE accounts (
            person \(text) NOT NULL PRIMARY KEY,
            email \(text) NOT NULL UNIQUE,
            password \(text),
            created BIGINT NOT NULL,
            disabled BIGINT,
            handed_out BIGINT NOT NULL DEFAULT 0 CHECK (handed_out IN (0, 1))
        );

        CREATE TABLE sessions (
            token BYTEA NOT NULL PRIMARY KEY CHECK (octet_length(token) = 32),
            person \(text) NOT NULL REFERENCES accounts (person),
            csrf \(text) NOT NULL,
            created BIGINT NOT NULL,
            seen BIGINT NOT NULL,
            proved BIGINT,
            recognised BIGINT
        );
        CREATE INDEX sessions_of_person ON sessions (person);
        CREATE INDEX sessions_by_seen ON sessions (seen);

        CREATE TABLE api_tokens (
            id \(text) NOT NULL PRIMARY KEY,
            token BYTEA NOT NULL UNIQUE CHECK (octet_length(token) = 32),
            person \(text) NOT NULL REFERENCES accounts (person),
            name \(text) NOT NULL,
            created BIGINT NOT NULL,
            expires BIGINT NOT NULL,
            used BIGINT,
            revoked BIGINT
        );
        CREATE INDEX api_tokens_of_person ON api_tokens (person);

        CREATE TABLE second_factors (
            person \(text) NOT NULL PRIMARY KEY REFERENCES accounts (person),
            sealed BYTEA NOT NULL,
            since BIGINT,
            spent BIGINT NOT NULL DEFAULT 0,
            session BYTEA
        );

        CREATE TABLE recovery_codes (
            person \(text) NOT NULL REFERENCES accounts (person),
            code BYTEA NOT NULL CHECK (octet_length(code) = 32),
            PRIMARY KEY (person, code)
        );

        CREATE TABLE password_links (
            token BYTEA NOT NULL PRIMARY KEY CHECK (octet_length(token) = 32),
            person \(text) NOT NULL UNIQUE REFERENCES accounts (person),
            expires BIGINT NOT NULL
        );

        CREATE TABLE attempts (
            kind \(text) NOT NULL,
            key BYTEA NOT NULL,
            failures BIGINT NOT NULL,
            last BIGINT NOT NULL,
            until BIGINT,
            PRIMARY KEY (kind, key)
        );
        CREATE INDEX attempts_by_last ON attempts (last);

        CREATE TABLE known_places (
            place BYTEA NOT NULL PRIMARY KEY,
            at BIGINT NOT NULL
        );

        CREATE TABLE plan_of_registers (
            one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
            plan \(text) NOT NULL
        );

        """

    /// Of who somebody is elsewhere only a mark is kept that takes a key to try one.
    private static let identityTable = """
        CREATE TABLE identities (
            provider \(text) NOT NULL,
            subject BYTEA NOT NULL CHECK (octet_length(subject) = 32),
            person \(text) NOT NULL REFERENCES accounts (person),
            organisation \(text) NOT NULL,
            since BIGINT NOT NULL,
            used BIGINT,
            PRIMARY KEY (provider, subject),
            UNIQUE (person, provider)
        );

        ALTER TABLE sessions ADD COLUMN provider \(text);
        ALTER TABLE sessions ADD COLUMN proved_elsewhere BIGINT NOT NULL DEFAULT 0 CHECK (proved_elsewhere IN (0, 1));
        """

    private static let readTables = """
        CREATE TABLE reads (
            sequence BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            dossier \(text) NOT NULL,
            person \(text) NOT NULL,
            function \(text) NOT NULL,
            purpose \(text) NOT NULL,
            parts \(text) NOT NULL,
            kind \(text) NOT NULL,
            at BIGINT NOT NULL
        );
        CREATE INDEX reads_of_dossier ON reads (dossier, sequence);
        CREATE INDEX reads_by_person ON reads (person, sequence);
        CREATE INDEX reads_in_emergency ON reads (sequence, at) WHERE purpose = 'emergency';

        CREATE TABLE looks (
            person \(text) NOT NULL,
            dossier \(text) NOT NULL,
            version BIGINT NOT NULL,
            PRIMARY KEY (person, dossier)
        );

        """

    // Sealed contents cannot be made smaller, so the server does not try.
    private static let contentTables = """
        CREATE TABLE drafts (
            person \(text) NOT NULL,
            form \(text) NOT NULL,
            stream \(text) NOT NULL,
            sealed BYTEA NOT NULL,
            updated BIGINT NOT NULL,
            PRIMARY KEY (person, form)
        );
        CREATE INDEX drafts_by_updated ON drafts (updated);
        CREATE INDEX drafts_of_stream ON drafts (stream);
        ALTER TABLE drafts ALTER COLUMN sealed SET STORAGE EXTERNAL;

        CREATE TABLE blobs (
            id \(text) NOT NULL PRIMARY KEY,
            stream \(text) NOT NULL,
            size BIGINT NOT NULL,
            created BIGINT NOT NULL,
            sealed BYTEA NOT NULL
        );
        CREATE INDEX blobs_of_stream ON blobs (stream);
        CREATE INDEX blobs_by_created ON blobs (created, id);
        ALTER TABLE blobs ALTER COLUMN sealed SET STORAGE EXTERNAL;
        """
}
