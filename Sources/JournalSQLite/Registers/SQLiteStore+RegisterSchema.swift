import GRDB

extension SQLiteStore {
    /// The steps of the schema of the registers, in order.
    static var registerMigrations: [Migration] {
        [
            ("registers-1", { try $0.execute(sql: registers1) }),
            ("registers-2", { try $0.execute(sql: registers2) }),
            ("registers-3", { try $0.execute(sql: registers3) }),
            ("registers-4", { try $0.execute(sql: registers4) }),
            ("registers-5", { try $0.execute(sql: registers5) }),
            ("registers-6", { try $0.execute(sql: registers6) }),
            ("registers-7", { try $0.execute(sql: registers7) }),
        ]
    }

    // Days are whole days since 1970-01-01, moments milliseconds since then in UTC.
    private static let registers1 = """
        CREATE TABLE dossiers (
            id TEXT NOT NULL PRIMARY KEY,
            school TEXT NOT NULL,
            given_name TEXT NOT NULL,
            family_name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            class_group TEXT NOT NULL,
            born INTEGER NOT NULL,
            state TEXT NOT NULL,
            version INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            opened INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE openings (
            principal TEXT NOT NULL,
            dossier TEXT NOT NULL,
            parts TEXT NOT NULL,
            until INTEGER,
            ground TEXT NOT NULL,
            name_key TEXT NOT NULL,
            changed_at INTEGER NOT NULL,
            PRIMARY KEY (principal, dossier)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX openings_dossier ON openings (dossier);
        CREATE INDEX openings_name ON openings (principal, name_key, dossier, until);
        CREATE INDEX openings_changed ON openings (principal, changed_at DESC, dossier, until);

        CREATE TABLE tasks (
            principal TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('do', 'await')),
            dossier TEXT NOT NULL,
            instance TEXT NOT NULL,
            procedure TEXT NOT NULL,
            step TEXT NOT NULL,
            plan TEXT NOT NULL,
            since INTEGER NOT NULL,
            due INTEGER,
            warn_from INTEGER,
            school TEXT NOT NULL,
            PRIMARY KEY (principal, kind, instance, step)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tasks_due ON tasks (principal, kind, ifnull(due, 9223372036854775807), since);
        CREATE INDEX tasks_dossier ON tasks (dossier);

        CREATE TABLE changes (
            dossier TEXT NOT NULL,
            version INTEGER NOT NULL,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            code TEXT NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY (dossier, version)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE procedures (
            instance TEXT NOT NULL PRIMARY KEY,
            dossier TEXT NOT NULL,
            procedure TEXT NOT NULL,
            plan TEXT NOT NULL,
            school TEXT NOT NULL,
            state TEXT NOT NULL,
            outcome TEXT,
            started INTEGER NOT NULL,
            received INTEGER,
            complete INTEGER,
            due INTEGER,
            ended INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX procedures_dossier ON procedures (dossier, started);
        CREATE INDEX procedures_state ON procedures (procedure, state, started);

        CREATE TABLE decisions (
            number TEXT NOT NULL,
            dossier TEXT NOT NULL,
            instance TEXT NOT NULL,
            counter TEXT NOT NULL,
            ordinal INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            begins INTEGER,
            ends INTEGER,
            issued INTEGER NOT NULL,
            PRIMARY KEY (dossier, instance, number),
            UNIQUE (number),
            UNIQUE (counter, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX decisions_issued ON decisions (issued, number);

        CREATE TABLE people (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            name_key TEXT NOT NULL,
            email_key TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX people_email ON people (email_key);
        CREATE INDEX people_name ON people (name_key, id);

        CREATE TABLE organisations (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            code TEXT,
            postcode TEXT,
            place TEXT,
            closed INTEGER,
            name_key TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX organisations_name ON organisations (name_key, id);
        CREATE INDEX organisations_code ON organisations (code);

        CREATE TABLE functions (
            id TEXT NOT NULL PRIMARY KEY,
            person TEXT NOT NULL,
            function TEXT NOT NULL,
            organisation TEXT NOT NULL,
            discipline TEXT,
            from_day INTEGER NOT NULL,
            until INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX functions_person ON functions (person);
        CREATE INDEX functions_organisation ON functions (organisation, function);
        """

    // Nobody can have asked anything before there is this table, so nothing is to be filled in.
    private static let registers5 = """
        CREATE TABLE rights (
            dossier TEXT NOT NULL,
            request TEXT NOT NULL,
            school TEXT NOT NULL,
            kind TEXT NOT NULL,
            asked INTEGER NOT NULL,
            due INTEGER NOT NULL,
            state TEXT NOT NULL,
            PRIMARY KEY (dossier, request)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX rights_due ON rights (due, dossier, request);
        """

    private static let registers7 = """
        CREATE TABLE questions (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            school TEXT NOT NULL,
            asker TEXT NOT NULL,
            child_group TEXT,
            state TEXT NOT NULL,
            asked_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX questions_kind ON questions (kind, school, changed_at);
        CREATE INDEX questions_state ON questions (state, changed_at);
        """

    // Nobody stood in for anybody before.
    private static let registers6 = "ALTER TABLE functions ADD COLUMN replaces TEXT;"

    // `retention` is empty after this step; the registers are filled anew because the plan tells more than they were made by.
    private static let registers4 = """
        CREATE TABLE retention (
            dossier TEXT NOT NULL PRIMARY KEY,
            school TEXT NOT NULL,
            kept_until INTEGER,
            held INTEGER NOT NULL CHECK (held IN (0, 1)),
            stage TEXT NOT NULL,
            stop_until INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX retention_over ON retention (kept_until, dossier) WHERE held = 0;
        CREATE INDEX retention_stage ON retention (stage, dossier) WHERE stage <> '';

        CREATE TABLE remains (
            statement TEXT NOT NULL,
            place INTEGER NOT NULL,
            kind TEXT NOT NULL,
            what TEXT NOT NULL,
            state TEXT NOT NULL,
            year INTEGER,
            count INTEGER NOT NULL,
            PRIMARY KEY (statement, place)
        ) STRICT, WITHOUT ROWID;
        """

    // For the list of decisions that end in a school year.
    private static let registers3 = "CREATE INDEX decisions_ends ON decisions (ends, number) WHERE ends IS NOT NULL;"

    // `opening_words` is an index of `openings` that triggers keep: each word of the name, for those who may see many
    // dossiers. A principal with a `#` is one person, who sees so few that going through them is as quick.
    private static let registers2 = """
        UPDATE openings SET changed_at = changed_at - ((changed_at % 3600000) + 3600000) % 3600000;

        CREATE TABLE opening_words (
            principal TEXT NOT NULL,
            word TEXT NOT NULL,
            name_key TEXT NOT NULL,
            dossier TEXT NOT NULL,
            until INTEGER,
            PRIMARY KEY (principal, word, name_key, dossier)
        ) STRICT, WITHOUT ROWID;

        INSERT INTO opening_words (principal, word, name_key, dossier, until)
        SELECT DISTINCT principal, value, name_key, dossier, until
        FROM openings, json_each('["' || replace(name_key, ' ', '","') || '"]')
        WHERE instr(principal, '#') = 0 AND value <> '' ORDER BY 1, 2, 3, 4;

        CREATE TRIGGER opening_words_added AFTER INSERT ON openings WHEN instr(NEW.principal, '#') = 0 BEGIN
            INSERT INTO opening_words (principal, word, name_key, dossier, until)
            SELECT DISTINCT NEW.principal, value, NEW.name_key, NEW.dossier, NEW.until
            FROM json_each('["' || replace(NEW.name_key, ' ', '","') || '"]') WHERE value <> '';
        END;

        CREATE TRIGGER opening_words_changed AFTER UPDATE ON openings
        WHEN instr(NEW.principal, '#') = 0 AND (NEW.name_key IS NOT OLD.name_key OR NEW.until IS NOT OLD.until) BEGIN
            DELETE FROM opening_words WHERE principal = OLD.principal AND name_key = OLD.name_key AND dossier = OLD.dossier
                AND word IN (SELECT value FROM json_each('["' || replace(OLD.name_key, ' ', '","') || '"]'));
            INSERT INTO opening_words (principal, word, name_key, dossier, until)
            SELECT DISTINCT NEW.principal, value, NEW.name_key, NEW.dossier, NEW.until
            FROM json_each('["' || replace(NEW.name_key, ' ', '","') || '"]') WHERE value <> '';
        END;

        CREATE TRIGGER opening_words_removed AFTER DELETE ON openings WHEN instr(OLD.principal, '#') = 0 BEGIN
            DELETE FROM opening_words WHERE principal = OLD.principal AND name_key = OLD.name_key AND dossier = OLD.dossier
                AND word IN (SELECT value FROM json_each('["' || replace(OLD.name_key, ' ', '","') || '"]'));
        END;
        """
}
