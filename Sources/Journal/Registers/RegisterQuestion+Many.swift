import Domain

// What a page asks of many dossiers or places at once is one statement that goes along an index of the table: a statement for
// each of them costs a page of a list more than everything else that it does.

extension RegisterQuestion<OpeningRow> {
    /// What these principals may see of these dossiers: SQLite looks up each pair, and never meets what others see; PostgreSQL
    /// may look up each dossier.
    package static func openings(
        for principals: [String], of dossiers: [DossierID], _ dialect: RegisterDialect
    ) -> RegisterQuestion {
        RegisterQuestion(
            whole: """
                SELECT \(columns) FROM \(dialect.list) AS p CROSS JOIN \(dialect.list) AS w
                \(dialect.thenJoin) openings r ON r.principal = p.value AND r.dossier = w.value ORDER BY r.principal
                """,
            [dialect.argument(principals), dialect.argument(dossiers.map(\.rawValue))])
    }

    /// Those asked in whose days end between two days, in dossiers that these principals may see then.
    package static func askedInEnding(
        from first: Day, through last: Day, for principals: [String], limit: Int
    ) -> RegisterQuestion {
        let places = Array(repeating: "?", count: principals.count).joined(separator: ", ")
        // What begins with the prefix lies between it and the letter after its last one, so the key of the table finds it.
        let prefix = Principal.askedInPrefix
        let after = String(prefix.dropLast()) + "$"
        let seen = """
            EXISTS (SELECT 1 FROM openings m WHERE m.dossier = openings.dossier AND m.principal IN (\(places))
                AND (m.until IS NULL OR m.until >= ?))
            """
        return RegisterQuestion(
            """
            WHERE principal >= ? AND principal < ? AND until BETWEEN ? AND ? AND \(seen)
            ORDER BY until, dossier, principal LIMIT ?
            """,
            [.text(prefix), .text(after), RegisterValue(first), RegisterValue(last)] + principals.map { .text($0) }
                + [RegisterValue(first), RegisterValue(max(0, limit))])
    }
}

extension RegisterQuestion<FunctionRow> {
    /// Who holds any of these functions at any of these organisations on a day.
    package static func functions(
        _ functions: [String], at organisations: [OrganisationID], on day: Day, _ dialect: RegisterDialect
    ) -> RegisterQuestion {
        RegisterQuestion(
            whole: """
                SELECT \(columns) FROM \(dialect.list) AS o CROSS JOIN \(dialect.list) AS w
                \(dialect.thenJoin) functions r ON r.organisation = o.value AND r.function = w.value
                WHERE r.from_day <= ? AND coalesce(r.until, ?) >= ? ORDER BY r.id
                """,
            [dialect.argument(organisations.map(\.rawValue)), dialect.argument(functions)]
                + Array(repeating: RegisterValue(day), count: 3))
    }
}

extension RegisterQuestion {
    /// The rows whose column has one of these values.
    package static func rows(
        _ column: String, among values: [String], orderedBy order: String, _ dialect: RegisterDialect
    ) -> RegisterQuestion {
        RegisterQuestion(
            whole: """
                SELECT \(columns) FROM \(dialect.list) AS w \(dialect.thenJoin) \(Row.table.name) r ON r.\(column) = w.value
                ORDER BY \(order)
                """,
            [dialect.argument(values)])
    }

    private static var columns: String { Row.table.columns.map { "r.\($0)" }.joined(separator: ", ") }
}
