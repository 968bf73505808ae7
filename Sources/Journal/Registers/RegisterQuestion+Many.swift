import Domain

// What is asked of many dossiers at once is one statement that goes along the key of the table: a statement for each of
// them costs a page of a list more than everything else that it does.

extension RegisterQuestion<OpeningRow> {
    /// What these principals may see of these dossiers: each pair is one look-up, and what others see is never met.
    package static func openings(
        for principals: [String], of dossiers: [DossierID], _ dialect: RegisterDialect
    ) -> RegisterQuestion {
        RegisterQuestion(
            whole: """
                SELECT \(columns) FROM \(dialect.list) AS p CROSS JOIN \(dialect.list) AS w
                \(dialect.thenJoin) openings r ON r.principal = p.value AND r.dossier = w.value ORDER BY r.principal
                """,
            [RegisterValue(list: principals), RegisterValue(list: dossiers.map(\.rawValue))])
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
            [RegisterValue(list: organisations.map(\.rawValue)), RegisterValue(list: functions)]
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
            [RegisterValue(list: values)])
    }

    private static var columns: String { Row.table.columns.map { "r.\($0)" }.joined(separator: ", ") }
}
