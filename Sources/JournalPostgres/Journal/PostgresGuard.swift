import Journal

/// A guard of the database itself: a trigger, and what it does.
struct PostgresGuard {
    let name: String
    let table: String
    let when: When
    /// In the language of the server, between `BEGIN` and `END`.
    let body: String

    enum When {
        case insert, update, delete, truncate

        var sql: String {
            switch self {
            case .insert: "BEFORE INSERT"
            case .update: "BEFORE UPDATE"
            case .delete: "BEFORE DELETE"
            case .truncate: "BEFORE TRUNCATE"
            }
        }

        /// What the server keeps of it: 1 for each row, 2 before, and then 4, 8, 16 or 32.
        var kept: Int64 {
            switch self {
            case .insert: 7
            case .update: 19
            case .delete: 11
            case .truncate: 34
            }
        }

        var each: String { if case .truncate = self { "STATEMENT" } else { "ROW" } }
    }

    /// One that refuses whatever comes.
    static func refusing(_ name: String, _ table: String, _ when: When, _ words: String) -> PostgresGuard {
        PostgresGuard(name: name, table: table, when: when, body: refusal("\(table): \(words)"))
    }

    static func refusal(_ words: String) -> String {
        "RAISE EXCEPTION '\(words)' USING ERRCODE = '\(PostgresConnection.guardState)';"
    }

    /// What the server keeps of the function, word for word.
    var source: String {
        """

        BEGIN
        \(body)
        RETURN NEW;
        END
        """
    }

    var sql: String {
        """
        CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $guard$\(source)$guard$;
        CREATE TRIGGER \(name) \(when.sql) ON \(table) FOR EACH \(when.each) EXECUTE FUNCTION \(name)();

        """
    }

    /// The guards that are not, word for word, what the steps of the schema make, or that are switched off.
    static func missing(_ wanted: [PostgresGuard], _ db: PostgresConnection) throws -> [String] {
        let rows = try db.rows(
            """
            SELECT t.tgname::text, c.relname::text, p.prosrc, t.tgtype::bigint
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
            AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr = ''::int2vector
            """)
        var found: [String: (table: String, source: String, kept: Int64)] = [:]
        for row in rows { found[try row.text(0)] = (try row.text(1), try row.text(2), try row.int(3)) }
        return wanted.filter { wanted in
            guard let kept = found[wanted.name] else { return true }
            return kept.table != wanted.table || kept.source != wanted.source || kept.kept != wanted.when.kept
        }.map(\.name).sorted()
    }
}
