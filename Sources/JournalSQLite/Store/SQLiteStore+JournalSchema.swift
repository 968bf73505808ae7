import GRDB

extension SQLiteStore {
    /// The steps of the schema of events, erasures and counters, in order.
    static var journalMigrations: [Migration] {
        [("journal-1", { try $0.execute(sql: journal1) }), ("journal-2", { try $0.execute(sql: journal2) })]
    }

    /// `roots` is the frontier of the tree: the roots of its full subtrees, one behind the other.
    private static let journal2 = """
        CREATE TABLE checkpoints (
            size INTEGER NOT NULL PRIMARY KEY CHECK (size >= 1),
            at INTEGER NOT NULL,
            note TEXT NOT NULL,
            roots BLOB NOT NULL
        ) STRICT;

        CREATE TABLE witnesses (
            witness TEXT NOT NULL PRIMARY KEY,
            size INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER checkpoints_grow BEFORE INSERT ON checkpoints BEGIN
            SELECT RAISE(ABORT, 'checkpoints: each covers more rows than the one before')
                WHERE NEW.size <= (SELECT ifnull(max(size), 0) FROM checkpoints);
        END;

        CREATE TRIGGER checkpoints_unchanged BEFORE UPDATE ON checkpoints BEGIN
            SELECT RAISE(ABORT, 'checkpoints: a checkpoint is never changed');
        END;

        CREATE TRIGGER checkpoints_kept BEFORE DELETE ON checkpoints BEGIN
            SELECT RAISE(ABORT, 'checkpoints: a checkpoint is never deleted');
        END;
        """

    // REPLACE would delete without firing a trigger, but it never meets an existing row: `events_gapless` comes first.
    private static let journal1 = """
        CREATE TABLE events (
            sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence >= 1),
            stream TEXT NOT NULL CHECK (stream <> ''),
            version INTEGER NOT NULL CHECK (version >= 1),
            type TEXT NOT NULL CHECK (type <> ''),
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            on_behalf_of TEXT,
            payload BLOB,
            payload_digest BLOB NOT NULL CHECK (length(payload_digest) = 32),
            commitment BLOB NOT NULL CHECK (length(commitment) = 32),
            previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            UNIQUE (stream, version)
        ) STRICT;

        CREATE TABLE erased_streams (
            stream TEXT NOT NULL PRIMARY KEY,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE counters (
            name TEXT NOT NULL PRIMARY KEY,
            last INTEGER NOT NULL CHECK (last >= 0)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER events_gapless BEFORE INSERT ON events BEGIN
            SELECT RAISE(ABORT, 'events: the sequence has no gaps')
                WHERE NEW.sequence IS NOT (SELECT ifnull(max(sequence), 0) + 1 FROM events);
            SELECT RAISE(ABORT, 'events: the versions of a stream have no gaps')
                WHERE NEW.version IS NOT (SELECT ifnull(max(version), 0) + 1 FROM events WHERE stream = NEW.stream);
            SELECT RAISE(ABORT, 'events: the hash of the previous version is carried on')
                WHERE NEW.previous_hash IS NOT ifnull(
                    (SELECT hash FROM events WHERE stream = NEW.stream AND version = NEW.version - 1),
                    x'0000000000000000000000000000000000000000000000000000000000000000');
            SELECT RAISE(ABORT, 'events: a new event has contents') WHERE NEW.payload IS NULL;
            SELECT RAISE(ABORT, 'events: the stream is erased')
                WHERE EXISTS (SELECT 1 FROM erased_streams WHERE stream = NEW.stream);
        END;

        CREATE TRIGGER events_unchanged BEFORE UPDATE ON events
        WHEN NOT (
            NEW.payload IS NULL
            AND NEW.sequence IS OLD.sequence AND NEW.stream IS OLD.stream AND NEW.version IS OLD.version
            AND NEW.type IS OLD.type AND NEW.at IS OLD.at AND NEW.actor IS OLD.actor
            AND NEW.on_behalf_of IS OLD.on_behalf_of AND NEW.payload_digest IS OLD.payload_digest
            AND NEW.commitment IS OLD.commitment AND NEW.previous_hash IS OLD.previous_hash AND NEW.hash IS OLD.hash
            AND EXISTS (SELECT 1 FROM erased_streams WHERE stream = OLD.stream)
        ) BEGIN
            SELECT RAISE(ABORT, 'events: an event is never changed');
        END;

        CREATE TRIGGER events_kept BEFORE DELETE ON events BEGIN
            SELECT RAISE(ABORT, 'events: an event is never deleted');
        END;

        CREATE TRIGGER erased_streams_unchanged BEFORE UPDATE ON erased_streams BEGIN
            SELECT RAISE(ABORT, 'erased_streams: an erasure is never changed');
        END;

        CREATE TRIGGER erased_streams_kept BEFORE DELETE ON erased_streams BEGIN
            SELECT RAISE(ABORT, 'erased_streams: an erasure is never undone');
        END;
        """
}
