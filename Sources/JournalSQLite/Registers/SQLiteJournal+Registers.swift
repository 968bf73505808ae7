import Domain
import GRDB
import Journal

extension SQLiteJournal: Registers {
    package func openings(of dossier: DossierID) async throws(JournalFault) -> [OpeningRow] {
        try await fetch("WHERE dossier = ? ORDER BY principal", [dossier.rawValue])
    }

    package func openings(for principals: [String], of dossier: DossierID) async throws(JournalFault) -> [OpeningRow] {
        try await openings(for: principals, of: [dossier])[dossier] ?? []
    }

    package func openings(
        for principals: [String], of dossiers: [DossierID]
    ) async throws(JournalFault) -> [DossierID: [OpeningRow]] {
        let wanted = Set(principals).sorted { $0.precedesByBytes($1) }
        let sql = "\(Self.select(OpeningRow.table)) WHERE principal = ? AND dossier = ?"
        return try await store.fetch { db in
            let tables = RegisterTables(db)
            var found: [DossierID: [OpeningRow]] = [:]
            for dossier in Set(dossiers) {
                var openings: [OpeningRow] = []
                for principal in wanted { openings += try tables.rows(sql, [principal, dossier.rawValue]) }
                if !openings.isEmpty { found[dossier] = openings }
            }
            return found
        }
    }

    package func dossier(_ id: DossierID) async throws(JournalFault) -> DossierRow? {
        try await fetchOne("WHERE id = ?", [id.rawValue])
    }

    package func dossiers(_ ids: [DossierID]) async throws(JournalFault) -> [DossierID: DossierRow] {
        let found: [DossierID: [DossierRow]] = try await fetchEach(ids, "WHERE id = ?")
        return found.compactMapValues(\.first)
    }

    package func dossiers(named nameKey: String, born: Day) async throws(JournalFault) -> [DossierRow] {
        try await fetch("WHERE born = ? AND name_key = ? ORDER BY id", [born.daysSinceEpoch, nameKey])
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

    package func tasks(of dossier: DossierID) async throws(JournalFault) -> [TaskRow] {
        try await fetch("WHERE dossier = ? ORDER BY principal, kind, instance, step", [dossier.rawValue])
    }

    package func changed(for principals: [String], on day: Day, limit: Int) async throws(JournalFault) -> [DossierRow] {
        try await store.fetch { db in try DossierList(principals: principals, day: day, limit: limit).newest(db) }
    }

    package func changes(of dossiers: [DossierID], limit: Int) async throws(JournalFault) -> [DossierID: [ChangeRow]] {
        try await store.fetch { db in
            var found: [DossierID: [ChangeRow]] = [:]
            for dossier in dossiers {
                let changes = try Self.changes(db, of: dossier, limit: limit)
                if !changes.isEmpty { found[dossier] = changes }
            }
            return found
        }
    }

    package func changes(of dossier: DossierID, limit: Int) async throws(JournalFault) -> [ChangeRow] {
        try await store.fetch { db in try Self.changes(db, of: dossier, limit: limit) }
    }

    private static func changes(_ db: Database, of dossier: DossierID, limit: Int) throws -> [ChangeRow] {
        let sql = "\(select(ChangeRow.table)) WHERE dossier = ? ORDER BY version DESC LIMIT ?"
        return try RegisterTables(db).rows(sql, [dossier.rawValue, max(0, limit)])
    }

    package func procedures(of dossier: DossierID) async throws(JournalFault) -> [ProcedureRow] {
        try await fetch("WHERE dossier = ? ORDER BY started, instance", [dossier.rawValue])
    }

    package func procedures(of dossiers: [DossierID]) async throws(JournalFault) -> [DossierID: [ProcedureRow]] {
        try await fetchEach(dossiers, "WHERE dossier = ? ORDER BY started, instance")
    }

    package func procedures(_ procedure: String, state: String, limit: Int) async throws(JournalFault) -> [ProcedureRow] {
        try await fetchMany(
            "WHERE procedure = ? AND state = ? ORDER BY started, instance LIMIT ?", [procedure, state, max(0, limit)])
    }

    package func procedure(_ instance: InstanceID) async throws(JournalFault) -> ProcedureRow? {
        try await fetchOne("WHERE instance = ?", [instance.rawValue])
    }

    package func decision(number: String) async throws(JournalFault) -> DecisionRow? {
        try await fetchOne("WHERE number = ?", [number])
    }

    package func decisions(of dossier: DossierID) async throws(JournalFault) -> [DecisionRow] {
        try await fetch("WHERE dossier = ? ORDER BY issued, number", [dossier.rawValue])
    }

    package func decisions(
        issuedFrom first: Day, through last: Day, limit: Int
    ) async throws(JournalFault) -> [DecisionRow] {
        try await fetchMany(
            "WHERE issued BETWEEN ? AND ? ORDER BY issued, number LIMIT ?",
            [first.daysSinceEpoch, last.daysSinceEpoch, max(0, limit)])
    }

    package func ending(
        _ filter: EndingFilter, for principals: [String]?, on day: Day, after: EndingKey?, limit: Int
    ) async throws(JournalFault) -> [EndingDecision] {
        let list = EndingList(filter: filter, principals: principals.map { Set($0).sorted() }, day: day, limit: limit)
        return try await store.fetchAlong { db in try list.page(db, after: after) }
    }

    package func endingCount(
        _ filter: EndingFilter, for principals: [String]?, on day: Day
    ) async throws(JournalFault) -> EndingCount {
        let list = EndingList(filter: filter, principals: principals.map { Set($0).sorted() }, day: day, limit: 0)
        return try await store.fetchAlong { db in try list.count(db) }
    }

    package func people(email: String) async throws(JournalFault) -> [PersonRow] {
        try await fetch("WHERE email_key = ? ORDER BY id", [email.lowercased()])
    }

    package func person(_ id: PersonID) async throws(JournalFault) -> PersonRow? {
        try await fetchOne("WHERE id = ?", [id.rawValue])
    }

    package func people(search: String?, limit: Int) async throws(JournalFault) -> [PersonRow] {
        let words = WordFilter(words: NameKey.searchWords(search), column: "name_key")
        return try await fetchMany(
            "WHERE \(words.sql) ORDER BY name_key, id LIMIT ?", words.arguments + [max(0, limit)])
    }

    package func functions(of person: PersonID, on day: Day) async throws(JournalFault) -> [FunctionRow] {
        try await fetch(
            "WHERE person = ? AND from_day <= ? AND ifnull(until, ?) >= ? ORDER BY id",
            [person.rawValue, day.daysSinceEpoch, day.daysSinceEpoch, day.daysSinceEpoch])
    }

    package func functions(
        at organisation: OrganisationID, function: String?, on day: Day
    ) async throws(JournalFault) -> [FunctionRow] {
        let today = day.daysSinceEpoch
        return try await fetch(
            "WHERE organisation = ? \(function == nil ? "" : "AND function = ? ")"
                + "AND from_day <= ? AND ifnull(until, ?) >= ? ORDER BY id",
            [organisation.rawValue] + (function.map { [$0] } ?? []) + [today, today, today])
    }

    package func organisations(
        search: String?, kind: String?, limit: Int
    ) async throws(JournalFault) -> [OrganisationRow] {
        let words = WordFilter(words: NameKey.searchWords(search), column: "name_key")
        return try await fetchMany(
            "WHERE (\(words.sql) OR code = ?) \(kind == nil ? "" : "AND kind = ? ")ORDER BY name_key, id LIMIT ?",
            words.arguments + [search?.uppercased()] + (kind.map { [$0] } ?? []) + [max(0, limit)])
    }

    package func organisation(_ id: OrganisationID) async throws(JournalFault) -> OrganisationRow? {
        try await fetchOne("WHERE id = ?", [id.rawValue])
    }

    package func retentionOver(
        before day: Day, after: RetentionKey?, limit: Int
    ) async throws(JournalFault) -> [RetentionRow] {
        try await fetch(
            "WHERE held = 0 AND kept_until < ? AND (kept_until, dossier) > (?, ?) ORDER BY kept_until, dossier LIMIT ?",
            [
                day.daysSinceEpoch, after?.keptUntil.daysSinceEpoch ?? .min, after?.dossier.rawValue ?? "", max(0, limit),
            ])
    }

    package func retention(_ stage: RetentionRow.Stage) async throws(JournalFault) -> [RetentionRow] {
        try await fetch("WHERE stage = ? ORDER BY dossier", [stage.rawValue])
    }

    package func counts() async throws(JournalFault) -> RegisterCounts {
        try await store.fetchAlong { db in
            var counts = RegisterCounts()
            for row in try Row.fetchAll(db, sql: "SELECT state, count(*) FROM dossiers GROUP BY state") {
                counts.dossiers[row[0]] = row[1]
            }
            for row in try Row.fetchAll(db, sql: "SELECT procedure, state, count(*) FROM procedures GROUP BY 1, 2") {
                counts.procedures[row[0], default: [:]][row[1]] = row[2]
            }
            counts.decisions = try Int.fetchOne(db, sql: "SELECT count(*) FROM decisions") ?? 0
            counts.people = try Int.fetchOne(db, sql: "SELECT count(*) FROM people") ?? 0
            counts.organisations = try Int.fetchOne(db, sql: "SELECT count(*) FROM organisations") ?? 0
            let remains: [RemainRow] = try RegisterTables(db).rows(Self.select(RemainRow.table))
            for remain in remains { counts.add(remain) }
            return counts
        }
    }

    private func fetch<Row: RegisterRow>(
        _ rest: String, _ arguments: StatementArguments
    ) async throws(JournalFault) -> [Row] {
        try await store.fetch { db in try RegisterTables(db).rows("\(Self.select(Row.table)) \(rest)", arguments) }
    }

    /// The rows of each dossier, by one question to a connection for all of them together.
    private func fetchEach<Row: RegisterRow>(
        _ dossiers: [DossierID], _ rest: String
    ) async throws(JournalFault) -> [DossierID: [Row]] {
        let sql = "\(Self.select(Row.table)) \(rest)"
        return try await store.fetch { db in
            let tables = RegisterTables(db)
            var found: [DossierID: [Row]] = [:]
            for dossier in dossiers {
                let rows: [Row] = try tables.rows(sql, [dossier.rawValue])
                if !rows.isEmpty { found[dossier] = rows }
            }
            return found
        }
    }

    /// Like `fetch`, for what goes through many rows to find or to bring them.
    private func fetchMany<Row: RegisterRow>(
        _ rest: String, _ arguments: StatementArguments
    ) async throws(JournalFault) -> [Row] {
        try await store.fetchAlong { db in try RegisterTables(db).rows("\(Self.select(Row.table)) \(rest)", arguments) }
    }

    private func fetchOne<Row: RegisterRow>(
        _ rest: String, _ arguments: StatementArguments
    ) async throws(JournalFault) -> Row? {
        let rows: [Row] = try await fetch(rest, arguments)
        return rows.first
    }

    private static func select(_ table: RegisterTable) -> String {
        "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.name)"
    }
}
