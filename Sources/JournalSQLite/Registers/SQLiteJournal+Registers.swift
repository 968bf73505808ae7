import Domain
import GRDB
import Journal

extension SQLiteJournal: TableRegisters {
    package static let dialect = RegisterDialect(
        thenJoin: "CROSS JOIN", list: "json_each(?)", argument: { RegisterValue(json: $0) })

    package func answers<Row: RegisterRow>(
        to questions: [RegisterQuestion<Row>], along: Bool
    ) async throws(JournalFault) -> [[Row]] {
        let work: @Sendable (Database) throws -> [[Row]] = { db in
            let tables = RegisterTables(db)
            return try questions.map { try tables.rows($0.sql, StatementArguments($0.arguments)) }
        }
        return along ? try await store.fetchAlong(work) : try await store.fetch(work)
    }

    package func values(_ sql: String, _ arguments: [RegisterValue]) async throws(JournalFault) -> [[RegisterValue]] {
        try await store.fetchAlong { db in
            try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments)).map { row in
                try row.databaseValues.map { value in
                    guard let value = RegisterValue.fromDatabaseValue(value) else {
                        throw JournalFault.unreadableRow(table: "figures")
                    }
                    return value
                }
            }
        }
    }

    package func dossiers(
        for principals: [String], on day: Day, search: String?, filter: DossierFilter, after: PageKey?, limit: Int
    ) async throws(JournalFault) -> [DossierRow] {
        let words = NameKey.searchWords(search)
        let page: @Sendable (Database) throws -> [DossierRow] = { db in
            try DossierList(principals: principals, day: day, limit: limit).page(
                db, words: words, filter: filter, after: after)
        }
        // What few have is found by going through many.
        return words.isEmpty && filter.isEmpty ? try await store.fetch(page) : try await store.fetchAlong(page)
    }

    package func tasks(
        for principals: [String], kind: TaskRow.Kind, limit: Int
    ) async throws(JournalFault) -> [TaskRow] {
        try await store.fetch { db in try TaskList(principals: principals, kind: kind, limit: limit).entries(db) }
    }

    package func changed(for principals: [String], on day: Day, limit: Int) async throws(JournalFault) -> [DossierRow] {
        try await store.fetch { db in try DossierList(principals: principals, day: day, limit: limit).newest(db) }
    }
}
