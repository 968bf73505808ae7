extension PostgresSchema {
    /// The steps of the schema of events, erasures, counters and checkpoints, in order.
    static var journalSteps: [Step] { [("journal-1", journal1 + guards.map(\.sql).joined())] }

    // `turn` has no rows: whoever writes in turn holds its lock. `writers` says of each open store how far it came, so that one
    // whose commit was not answered can ask. `instr` is what SQLite has for the same question.
    private static let journal1 = """
        CREATE FUNCTION instr(whole TEXT, part TEXT) RETURNS INTEGER
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT pg_catalog.strpos(whole, part)';

        CREATE TABLE turn (nobody BIGINT);

        CREATE TABLE writers (
            name \(text) NOT NULL PRIMARY KEY,
            last BIGINT NOT NULL
        );

        CREATE TABLE events (
            sequence BIGINT NOT NULL PRIMARY KEY CHECK (sequence >= 1),
            stream \(text) NOT NULL CHECK (stream <> ''),
            version BIGINT NOT NULL CHECK (version >= 1),
            type \(text) NOT NULL CHECK (type <> ''),
            at BIGINT NOT NULL,
            actor \(text) NOT NULL,
            on_behalf_of \(text),
            payload BYTEA,
            payload_digest BYTEA NOT NULL CHECK (octet_length(payload_digest) = 32),
            commitment BYTEA NOT NULL CHECK (octet_length(commitment) = 32),
            previous_hash BYTEA NOT NULL CHECK (octet_length(previous_hash) = 32),
            hash BYTEA NOT NULL CHECK (octet_length(hash) = 32),
            UNIQUE (stream, version)
        );
        ALTER TABLE events ALTER COLUMN payload SET STORAGE EXTERNAL;

        CREATE TABLE erased_streams (
            stream \(text) NOT NULL PRIMARY KEY,
            at BIGINT NOT NULL
        );

        CREATE TABLE counters (
            name \(text) NOT NULL PRIMARY KEY,
            last BIGINT NOT NULL CHECK (last >= 0)
        );

        CREATE TABLE checkpoints (
            size BIGINT NOT NULL PRIMARY KEY CHECK (size >= 1),
            at BIGINT NOT NULL,
            note \(text) NOT NULL,
            roots BYTEA NOT NULL
        );

        CREATE TABLE witnesses (
            witness \(text) NOT NULL PRIMARY KEY,
            size BIGINT NOT NULL
        );

        """

    /// What the database itself refuses.
    static let guards: [PostgresGuard] = [
        PostgresGuard(
            name: "events_gapless", table: "events", when: .insert,
            body: """
                IF NEW.sequence IS DISTINCT FROM (SELECT coalesce(max(sequence), 0) + 1 FROM events) THEN
                    \(PostgresGuard.refusal("events: the sequence has no gaps"))
                END IF;
                IF NEW.version IS DISTINCT FROM (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream) THEN
                    \(PostgresGuard.refusal("events: the versions of a stream have no gaps"))
                END IF;
                IF NEW.previous_hash IS DISTINCT FROM coalesce(
                    (SELECT hash FROM events WHERE stream = NEW.stream AND version = NEW.version - 1),
                    decode(repeat('00', 32), 'hex')) THEN
                    \(PostgresGuard.refusal("events: the hash of the previous version is carried on"))
                END IF;
                IF NEW.payload IS NULL THEN
                    \(PostgresGuard.refusal("events: a new event has contents"))
                END IF;
                IF EXISTS (SELECT 1 FROM erased_streams WHERE stream = NEW.stream) THEN
                    \(PostgresGuard.refusal("events: the stream is erased"))
                END IF;
                """),
        PostgresGuard(
            name: "events_unchanged", table: "events", when: .update,
            body: """
                IF NOT (NEW.payload IS NULL
                    AND (NEW.sequence, NEW.stream, NEW.version, NEW.type, NEW.at, NEW.actor)
                        = (OLD.sequence, OLD.stream, OLD.version, OLD.type, OLD.at, OLD.actor)
                    AND NEW.on_behalf_of IS NOT DISTINCT FROM OLD.on_behalf_of
                    AND (NEW.payload_digest, NEW.commitment, NEW.previous_hash, NEW.hash)
                        = (OLD.payload_digest, OLD.commitment, OLD.previous_hash, OLD.hash)
                    AND EXISTS (SELECT 1 FROM erased_streams WHERE stream = OLD.stream)) THEN
                    \(PostgresGuard.refusal("events: an event is never changed"))
                END IF;
                """),
        .refusing("events_kept", "events", .delete, "an event is never deleted"),
        .refusing("events_not_emptied", "events", .truncate, "an event is never deleted"),
        .refusing("erased_streams_unchanged", "erased_streams", .update, "an erasure is never changed"),
        .refusing("erased_streams_kept", "erased_streams", .delete, "an erasure is never undone"),
        .refusing("erased_streams_not_emptied", "erased_streams", .truncate, "an erasure is never undone"),
        PostgresGuard(
            name: "checkpoints_grow", table: "checkpoints", when: .insert,
            body: """
                IF NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoints) THEN
                    \(PostgresGuard.refusal("checkpoints: each covers more rows than the one before"))
                END IF;
                """),
        .refusing("checkpoints_unchanged", "checkpoints", .update, "a checkpoint is never changed"),
        .refusing("checkpoints_kept", "checkpoints", .delete, "a checkpoint is never deleted"),
        .refusing("checkpoints_not_emptied", "checkpoints", .truncate, "a checkpoint is never deleted"),
    ]

    /// The tables that may hold something about somebody that was deleted.
    static let settled = [
        "events", "dossiers", "openings", "opening_words", "tasks", "changes", "procedures", "decisions", "people", "functions",
        "retention", "rights", "questions", "accounts", "identities", "sessions", "api_tokens", "password_links",
        "second_factors",
        "recovery_codes", "drafts", "blobs", "looks", "presences",
    ]
}
