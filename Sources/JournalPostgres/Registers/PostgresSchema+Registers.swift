extension PostgresSchema {
    /// The steps of the schema of the registers, in order.
    static var registerSteps: [Step] { [("registers-1", registers1), ("registers-2", registers2)] }

    // Days are whole days since 1970-01-01, moments milliseconds since then in UTC; all numbers have 64 bits, so that a value is
    // the same in every store. `opening_words` is an index of `openings` that a trigger keeps: each word of the name, for those
    // who may see many dossiers. A principal with a `#` is one person, who sees so few that going through them is as quick.
    private static let registers1 = """
        CREATE TABLE dossiers (
            id \(text) NOT NULL PRIMARY KEY,
            school \(text) NOT NULL,
            given_name \(text) NOT NULL,
            family_name \(text) NOT NULL,
            name_key \(text) NOT NULL,
            class_group \(text) NOT NULL,
            born BIGINT NOT NULL,
            state \(text) NOT NULL,
            version BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            opened BIGINT NOT NULL
        );

        CREATE TABLE openings (
            principal \(text) NOT NULL,
            dossier \(text) NOT NULL,
            parts \(text) NOT NULL,
            until BIGINT,
            ground \(text) NOT NULL,
            name_key \(text) NOT NULL,
            changed_at BIGINT NOT NULL,
            PRIMARY KEY (principal, dossier)
        );
        CREATE INDEX openings_dossier ON openings (dossier);
        CREATE INDEX openings_name ON openings (principal, name_key, dossier, until);
        CREATE INDEX openings_changed ON openings (principal, changed_at DESC, dossier, until);

        CREATE TABLE opening_words (
            principal \(text) NOT NULL,
            word \(text) NOT NULL,
            name_key \(text) NOT NULL,
            dossier \(text) NOT NULL,
            until BIGINT,
            PRIMARY KEY (principal, word, name_key, dossier)
        );

        CREATE FUNCTION opening_words_kept() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $words$
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW.name_key = OLD.name_key AND NEW.until IS NOT DISTINCT FROM OLD.until THEN
                RETURN NULL;
            END IF;
            IF TG_OP <> 'INSERT' AND strpos(OLD.principal, '#') = 0 THEN
                DELETE FROM opening_words WHERE principal = OLD.principal AND word = ANY (string_to_array(OLD.name_key, ' '))
                    AND name_key = OLD.name_key AND dossier = OLD.dossier;
            END IF;
            IF TG_OP <> 'DELETE' AND strpos(NEW.principal, '#') = 0 THEN
                INSERT INTO opening_words (principal, word, name_key, dossier, until)
                SELECT DISTINCT NEW.principal, value, NEW.name_key, NEW.dossier, NEW.until
                FROM unnest(string_to_array(NEW.name_key, ' ')) AS value WHERE value <> '';
            END IF;
            RETURN NULL;
        END
        $words$;
        CREATE TRIGGER opening_words_kept AFTER INSERT OR UPDATE OR DELETE ON openings
            FOR EACH ROW EXECUTE FUNCTION opening_words_kept();

        CREATE TABLE tasks (
            principal \(text) NOT NULL,
            kind \(text) NOT NULL CHECK (kind IN ('do', 'await')),
            dossier \(text) NOT NULL,
            instance \(text) NOT NULL,
            procedure \(text) NOT NULL,
            step \(text) NOT NULL,
            plan \(text) NOT NULL,
            since BIGINT NOT NULL,
            due BIGINT,
            warn_from BIGINT,
            school \(text) NOT NULL,
            PRIMARY KEY (principal, kind, instance, step)
        );
        CREATE INDEX tasks_due ON tasks (principal, kind, coalesce(due, 9223372036854775807), since, instance, step);
        CREATE INDEX tasks_dossier ON tasks (dossier);

        CREATE TABLE changes (
            dossier \(text) NOT NULL,
            version BIGINT NOT NULL,
            at BIGINT NOT NULL,
            actor \(text) NOT NULL,
            code \(text) NOT NULL,
            detail \(text) NOT NULL,
            PRIMARY KEY (dossier, version)
        );

        CREATE TABLE procedures (
            instance \(text) NOT NULL PRIMARY KEY,
            dossier \(text) NOT NULL,
            procedure \(text) NOT NULL,
            plan \(text) NOT NULL,
            school \(text) NOT NULL,
            state \(text) NOT NULL,
            outcome \(text),
            started BIGINT NOT NULL,
            received BIGINT,
            complete BIGINT,
            due BIGINT,
            ended BIGINT
        );
        CREATE INDEX procedures_dossier ON procedures (dossier, started);
        CREATE INDEX procedures_state ON procedures (procedure, state, started);

        CREATE TABLE decisions (
            number \(text) NOT NULL,
            dossier \(text) NOT NULL,
            instance \(text) NOT NULL,
            counter \(text) NOT NULL,
            ordinal BIGINT NOT NULL,
            outcome \(text) NOT NULL,
            begins BIGINT,
            ends BIGINT,
            issued BIGINT NOT NULL,
            PRIMARY KEY (dossier, instance, number),
            UNIQUE (number),
            UNIQUE (counter, ordinal)
        );
        CREATE INDEX decisions_issued ON decisions (issued, number);
        CREATE INDEX decisions_ends ON decisions (ends, number) WHERE ends IS NOT NULL;

        CREATE TABLE people (
            id \(text) NOT NULL PRIMARY KEY,
            name \(text) NOT NULL,
            email \(text) NOT NULL,
            name_key \(text) NOT NULL,
            email_key \(text) NOT NULL
        );
        CREATE INDEX people_email ON people (email_key);
        CREATE INDEX people_name ON people (name_key, id);

        CREATE TABLE organisations (
            id \(text) NOT NULL PRIMARY KEY,
            kind \(text) NOT NULL,
            name \(text) NOT NULL,
            code \(text),
            postcode \(text),
            place \(text),
            closed BIGINT,
            name_key \(text) NOT NULL
        );
        CREATE INDEX organisations_name ON organisations (name_key, id);
        CREATE INDEX organisations_code ON organisations (code);

        CREATE TABLE functions (
            id \(text) NOT NULL PRIMARY KEY,
            person \(text) NOT NULL,
            function \(text) NOT NULL,
            organisation \(text) NOT NULL,
            discipline \(text),
            from_day BIGINT NOT NULL,
            until BIGINT,
            replaces \(text)
        );
        CREATE INDEX functions_person ON functions (person);
        CREATE INDEX functions_organisation ON functions (organisation, function);

        CREATE TABLE questions (
            id \(text) NOT NULL PRIMARY KEY,
            kind \(text) NOT NULL,
            school \(text) NOT NULL,
            asker \(text) NOT NULL,
            child_group \(text),
            state \(text) NOT NULL,
            asked_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL
        );
        CREATE INDEX questions_kind ON questions (kind, school, changed_at);
        CREATE INDEX questions_state ON questions (state, changed_at);

        CREATE TABLE retention (
            dossier \(text) NOT NULL PRIMARY KEY,
            school \(text) NOT NULL,
            kept_until BIGINT,
            held BIGINT NOT NULL CHECK (held IN (0, 1)),
            stage \(text) NOT NULL,
            stop_until BIGINT
        );
        CREATE INDEX retention_over ON retention (kept_until, dossier) WHERE held = 0;
        CREATE INDEX retention_stage ON retention (stage, dossier) WHERE stage <> '';

        CREATE TABLE remains (
            statement \(text) NOT NULL,
            place BIGINT NOT NULL,
            kind \(text) NOT NULL,
            what \(text) NOT NULL,
            state \(text) NOT NULL,
            year BIGINT,
            count BIGINT NOT NULL,
            PRIMARY KEY (statement, place)
        );
        """

    // Nobody can have asked anything before there is this table, so nothing is to be filled in.
    private static let registers2 = """
        CREATE TABLE rights (
            dossier \(text) NOT NULL,
            request \(text) NOT NULL,
            school \(text) NOT NULL,
            kind \(text) NOT NULL,
            asked BIGINT NOT NULL,
            due BIGINT NOT NULL,
            state \(text) NOT NULL,
            PRIMARY KEY (dossier, request)
        );
        CREATE INDEX rights_due ON rights (due, dossier, request);
        """
}
