import Domain
import Journal

extension PostgresJournal: TableRegisters {
    // An array, of which the planner expects a few elements: of a function that gives rows it expects a hundred, and would
    // rather go through the whole table.
    package static let dialect = RegisterDialect(
        thenJoin: "JOIN", list: "(SELECT e COLLATE \"C\" AS value FROM unnest((?::text)::text[]) AS e)",
        argument: { .text(PostgresValue.array($0)) })

    package func answers<Row: RegisterRow>(
        to questions: [RegisterQuestion<Row>], along: Bool
    ) async throws(JournalFault) -> [[Row]] {
        guard !questions.isEmpty else { return [] }
        let statements = questions.map { PostgresConnection.Statement($0.sql, $0.arguments.map { PostgresValue($0) }) }
        return try await store.asked { db in
            // Several are one transaction, so that all see the same moment; still they go and come back together.
            let results =
                statements.count == 1
                ? try db.executeAll(statements)
                : Array(try db.executeAll([Self.begin] + statements + [Self.end]).dropFirst().dropLast())
            return try results.map { result in try result.rows.map { try PostgresRegisters.row($0) } }
        }
    }

    private static let begin = PostgresConnection.Statement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    private static let end = PostgresConnection.Statement("COMMIT")

    package func values(_ sql: String, _ arguments: [RegisterValue]) async throws(JournalFault) -> [[RegisterValue]] {
        try await store.fetchAlong { db in
            try db.rows(sql, arguments.map { PostgresValue($0) }).map { row in
                try (0..<row.columns).map { column in
                    guard let value = row.registerValue(column) else { throw JournalFault.unreadableRow(table: "figures") }
                    return value
                }
            }
        }
    }

    package func dossiers(
        for principals: [String], on day: Day, search: String?, filter: DossierFilter, after: PageKey?, limit: Int
    ) async throws(JournalFault) -> [DossierRow] {
        let list = PostgresDossierList(principals: principals, day: day, limit: limit)
        let words = NameKey.searchWords(search)
        return try await store.asked { db in try list.page(db, words: words, filter: filter, after: after) }
    }

    package func changed(for principals: [String], on day: Day, limit: Int) async throws(JournalFault) -> [DossierRow] {
        let list = PostgresDossierList(principals: principals, day: day, limit: limit)
        return try await store.asked { db in try list.newest(db) }
    }

    package func tasks(
        for principals: [String], kind: TaskRow.Kind, limit: Int
    ) async throws(JournalFault) -> [TaskRow] {
        guard limit > 0, !principals.isEmpty else { return [] }
        let values: [PostgresValue] = [.texts(Set(principals).sorted()), .text(kind.rawValue), PostgresValue(limit)]
        return try await store.asked { db in
            // A step that several principals share is fetched for each of them, so each has a whole list of its own first; a
            // task whose dossier is not in the registers takes no place in it.
            let found: [TaskRow] = try db.rows(Self.tasks, values).map { try PostgresRegisters.row($0) }
            var seen: Set<TaskRow.Place> = []
            let sorted = found.sorted { $0.comesBefore($1) }
            return Array(sorted.filter { seen.insert($0.place).inserted }.prefix(limit))
        }
    }

    private static let tasks = """
        SELECT \(TaskRow.table.columns.map { "f.\($0)" }.joined(separator: ", "))
        FROM unnest(?::text[]) AS asked (principal) CROSS JOIN LATERAL (
            SELECT t.* FROM tasks t JOIN dossiers d ON d.id = t.dossier
            WHERE t.principal = asked.principal COLLATE "C" AND t.kind = ?
            ORDER BY coalesce(t.due, 9223372036854775807), t.since, t.instance, t.step LIMIT ?
        ) f
        """
}
