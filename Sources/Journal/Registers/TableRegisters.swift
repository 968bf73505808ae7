import Domain

/// Registers that are tables of a database: what one statement answers is said here once, for all of them.
///
/// Lists that go along several principals are each store's own, because databases differ in what makes those quick.
package protocol TableRegisters: Registers {
    /// The rows that each question finds, in the order of the questions, all in one snapshot.
    ///
    /// - Parameter along: whether many rows are gone through to find or to bring them, so that others should not wait for it.
    func answers<Row: RegisterRow>(
        to questions: [RegisterQuestion<Row>], along: Bool
    ) async throws(JournalFault) -> [[Row]]

    /// The values that a statement gives, row by row; for figures.
    func values(_ sql: String, _ arguments: [RegisterValue]) async throws(JournalFault) -> [[RegisterValue]]

    /// What its database says in words of its own.
    static var dialect: RegisterDialect { get }
}

extension TableRegisters {
    private func answer<Row: RegisterRow>(
        _ rest: String, _ arguments: [RegisterValue], along: Bool = false
    ) async throws(JournalFault) -> [Row] {
        try await answers(to: [RegisterQuestion<Row>(rest, arguments)], along: along).first ?? []
    }

    private func first<Row: RegisterRow>(_ rest: String, _ arguments: [RegisterValue]) async throws(JournalFault) -> Row? {
        let rows: [Row] = try await answer(rest, arguments)
        return rows.first
    }

    /// The rows of each dossier; one without any is left out.
    private func answers<Row: RegisterRow>(
        _ dossiers: [DossierID], _ question: (DossierID) -> RegisterQuestion<Row>
    ) async throws(JournalFault) -> [DossierID: [Row]] {
        guard !dossiers.isEmpty else { return [:] }
        let rows = try await answers(to: dossiers.map(question), along: false)
        return Dictionary(zip(dossiers, rows).filter { !$1.isEmpty }, uniquingKeysWith: { first, _ in first })
    }

    package func openings(of dossier: DossierID) async throws(JournalFault) -> [OpeningRow] {
        try await answer("WHERE dossier = ? ORDER BY principal", [RegisterValue(dossier)])
    }

    package func askedInEnding(
        from first: Day, through last: Day, for principals: [String], limit: Int
    ) async throws(JournalFault) -> [OpeningRow] {
        guard !principals.isEmpty else { return [] }
        let question = RegisterQuestion<OpeningRow>.askedInEnding(from: first, through: last, for: principals, limit: limit)
        return try await answers(to: [question], along: false).first ?? []
    }

    package func openings(for principals: [String], of dossier: DossierID) async throws(JournalFault) -> [OpeningRow] {
        try await openings(for: principals, of: [dossier])[dossier] ?? []
    }

    package func openings(
        for principals: [String], of dossiers: [DossierID]
    ) async throws(JournalFault) -> [DossierID: [OpeningRow]] {
        guard !principals.isEmpty, !dossiers.isEmpty else { return [:] }
        let question = RegisterQuestion<OpeningRow>.openings(
            for: Array(Set(principals)), of: Array(Set(dossiers)), Self.dialect)
        return Dictionary(grouping: try await answers(to: [question], along: false).joined(), by: \.dossier)
    }

    package func dossier(_ id: DossierID) async throws(JournalFault) -> DossierRow? {
        try await first("WHERE id = ?", [RegisterValue(id)])
    }

    package func dossiers(_ ids: [DossierID]) async throws(JournalFault) -> [DossierID: DossierRow] {
        guard !ids.isEmpty else { return [:] }
        let question = RegisterQuestion<DossierRow>.rows(
            "id", among: Array(Set(ids)).map(\.rawValue), orderedBy: "r.id", Self.dialect)
        let found = try await answers(to: [question], along: false).joined()
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func dossiers(named nameKey: String, born: Day) async throws(JournalFault) -> [DossierRow] {
        try await answer("WHERE born = ? AND name_key = ? ORDER BY id", [RegisterValue(born), .text(nameKey)])
    }

    package func tasks(of dossier: DossierID) async throws(JournalFault) -> [TaskRow] {
        try await answer("WHERE dossier = ? ORDER BY principal, kind, instance, step", [RegisterValue(dossier)])
    }

    package func changes(of dossier: DossierID, limit: Int) async throws(JournalFault) -> [ChangeRow] {
        try await changes(of: [dossier], limit: limit)[dossier] ?? []
    }

    package func changes(of dossiers: [DossierID], limit: Int) async throws(JournalFault) -> [DossierID: [ChangeRow]] {
        try await answers(dossiers) {
            RegisterQuestion(
                "WHERE dossier = ? ORDER BY version DESC LIMIT ?", [RegisterValue($0), RegisterValue(max(0, limit))])
        }
    }

    package func procedures(of dossier: DossierID) async throws(JournalFault) -> [ProcedureRow] {
        try await procedures(of: [dossier])[dossier] ?? []
    }

    package func procedures(of dossiers: [DossierID]) async throws(JournalFault) -> [DossierID: [ProcedureRow]] {
        guard !dossiers.isEmpty else { return [:] }
        let question = RegisterQuestion<ProcedureRow>.rows(
            "dossier", among: Array(Set(dossiers)).map(\.rawValue), orderedBy: "r.dossier, r.started, r.instance", Self.dialect)
        return Dictionary(grouping: try await answers(to: [question], along: false).joined(), by: \.dossier)
    }

    package func procedures(_ procedure: String, state: String, limit: Int) async throws(JournalFault) -> [ProcedureRow] {
        try await answer(
            "WHERE procedure = ? AND state = ? ORDER BY started, instance LIMIT ?",
            [.text(procedure), .text(state), RegisterValue(max(0, limit))], along: true)
    }

    package func procedure(_ instance: InstanceID) async throws(JournalFault) -> ProcedureRow? {
        try await first("WHERE instance = ?", [RegisterValue(instance)])
    }

    package func decision(number: String) async throws(JournalFault) -> DecisionRow? {
        try await first("WHERE number = ?", [.text(number)])
    }

    package func decisions(of dossier: DossierID) async throws(JournalFault) -> [DecisionRow] {
        try await answer("WHERE dossier = ? ORDER BY issued, number", [RegisterValue(dossier)])
    }

    package func decisions(
        issuedFrom first: Day, through last: Day, limit: Int
    ) async throws(JournalFault) -> [DecisionRow] {
        try await answer(
            "WHERE issued BETWEEN ? AND ? ORDER BY issued, number LIMIT ?",
            [RegisterValue(first), RegisterValue(last), RegisterValue(max(0, limit))], along: true)
    }

    package func retentionOver(
        before day: Day, after: RetentionKey?, limit: Int
    ) async throws(JournalFault) -> [RetentionRow] {
        try await answer(
            "WHERE held = 0 AND kept_until < ? AND (kept_until, dossier) > (?, ?) ORDER BY kept_until, dossier LIMIT ?",
            [
                RegisterValue(day), after.map { RegisterValue($0.keptUntil) } ?? .int(.min),
                .text(after?.dossier.rawValue ?? ""), RegisterValue(max(0, limit)),
            ])
    }

    package func retention(_ stage: RetentionRow.Stage) async throws(JournalFault) -> [RetentionRow] {
        try await answer("WHERE stage = ? ORDER BY dossier", [.text(stage.rawValue)])
    }

    package func rights(at schools: [OrganisationID]?, limit: Int) async throws(JournalFault) -> [RightsRow] {
        let order = "ORDER BY due, dossier, request LIMIT ?"
        guard let schools else { return try await answer(order, [RegisterValue(max(0, limit))]) }
        guard !schools.isEmpty else { return [] }
        let places = Array(repeating: "?", count: schools.count).joined(separator: ", ")
        return try await answer(
            "WHERE school IN (\(places)) \(order)", schools.map { RegisterValue($0) } + [RegisterValue(max(0, limit))])
    }

    package func people(email: String) async throws(JournalFault) -> [PersonRow] {
        try await answer("WHERE email_key = ? ORDER BY id", [.text(email.lowercased())])
    }

    package func person(_ id: PersonID) async throws(JournalFault) -> PersonRow? {
        try await first("WHERE id = ?", [RegisterValue(id)])
    }

    package func people(search: String?, limit: Int) async throws(JournalFault) -> [PersonRow] {
        let words = WordFilter(words: NameKey.searchWords(search), column: "name_key")
        return try await answer(
            "WHERE \(words.sql) ORDER BY name_key, id LIMIT ?", words.arguments + [RegisterValue(max(0, limit))], along: true)
    }

    package func people(
        at organisations: [OrganisationID], search: String?, limit: Int
    ) async throws(JournalFault) -> [PersonRow] {
        guard !organisations.isEmpty else { return [] }
        let words = WordFilter(words: NameKey.searchWords(search), column: "name_key")
        let places = Array(repeating: "?", count: organisations.count).joined(separator: ", ")
        return try await answer(
            "WHERE id IN (SELECT person FROM functions WHERE organisation IN (\(places))) AND \(words.sql) "
                + "ORDER BY name_key, id LIMIT ?",
            organisations.map { RegisterValue($0) } + words.arguments + [RegisterValue(max(0, limit))])
    }

    package func functions(of person: PersonID, on day: Day) async throws(JournalFault) -> [FunctionRow] {
        try await answer(
            "WHERE person = ? AND from_day <= ? AND coalesce(until, ?) >= ? ORDER BY id",
            [RegisterValue(person), RegisterValue(day), RegisterValue(day), RegisterValue(day)])
    }

    package func functions(
        at organisation: OrganisationID, function: String?, on day: Day
    ) async throws(JournalFault) -> [FunctionRow] {
        let today = RegisterValue(day)
        return try await answer(
            "WHERE organisation = ? \(function == nil ? "" : "AND function = ? ")"
                + "AND from_day <= ? AND coalesce(until, ?) >= ? ORDER BY id",
            [RegisterValue(organisation)] + (function.map { [.text($0)] } ?? []) + [today, today, today])
    }

    package func functions(
        _ functions: Set<String>, at organisations: Set<OrganisationID>, on day: Day
    ) async throws(JournalFault) -> [FunctionRow] {
        guard !functions.isEmpty, !organisations.isEmpty else { return [] }
        let question = RegisterQuestion<FunctionRow>.functions(
            Array(functions), at: Array(organisations), on: day, Self.dialect)
        return try await answers(to: [question], along: false).first ?? []
    }

    package func questions(
        in reach: [QuestionReach], states: Set<SchoolQuestion.State>, limit: Int
    ) async throws(JournalFault) -> [QuestionRow] {
        guard !reach.isEmpty, !states.isEmpty else { return [] }
        let standing = states.map(\.rawValue).sorted()
        let parts = reach.map { $0.school == nil ? "kind = ?" : "(kind = ? AND school = ?)" }
        let arguments = reach.flatMap { [.text($0.kind)] + ($0.school.map { [RegisterValue($0)] } ?? []) }
        return try await answer(
            "WHERE (\(parts.joined(separator: " OR "))) AND state IN (\(standing.map { _ in "?" }.joined(separator: ", "))) "
                + "ORDER BY changed_at DESC, id LIMIT ?",
            arguments + standing.map { .text($0) } + [RegisterValue(max(0, limit))])
    }

    package func questions(
        of kind: String, state: SchoolQuestion.State, changedBefore: Instant, limit: Int
    ) async throws(JournalFault) -> [QuestionRow] {
        try await answer(
            "WHERE kind = ? AND state = ? AND changed_at < ? ORDER BY changed_at, id LIMIT ?",
            [.text(kind), .text(state.rawValue), RegisterValue(changedBefore), RegisterValue(max(0, limit))])
    }

    package func organisations(
        search: String?, kind: String?, limit: Int
    ) async throws(JournalFault) -> [OrganisationRow] {
        let words = WordFilter(words: NameKey.searchWords(search), column: "name_key")
        return try await answer(
            "WHERE (\(words.sql) OR code = ?) \(kind == nil ? "" : "AND kind = ? ")ORDER BY name_key, id LIMIT ?",
            words.arguments + [RegisterValue(search?.uppercased())] + (kind.map { [.text($0)] } ?? [])
                + [RegisterValue(max(0, limit))], along: true)
    }

    package func organisation(_ id: OrganisationID) async throws(JournalFault) -> OrganisationRow? {
        try await first("WHERE id = ?", [RegisterValue(id)])
    }
}

// Decisions that end, and figures.
extension TableRegisters {
    package func ending(
        _ filter: EndingFilter, for principals: [String]?, on day: Day, after: EndingKey?, limit: Int
    ) async throws(JournalFault) -> [EndingDecision] {
        let list = EndingList(filter: filter, principals: principals, day: day, join: Self.dialect.thenJoin)
        guard limit > 0, !list.isEmpty else { return [] }
        let decisions = try await answers(to: [list.page(after: after, limit: limit)], along: true).first ?? []
        let dossiers = try await dossiers(decisions.map(\.dossier))
        let begun = try await answers(to: decisions.map { list.begun(since: $0) }, along: false)
        return zip(decisions, begun).compactMap { decision, begun in
            dossiers[decision.dossier].map { EndingDecision(decision: decision, dossier: $0, begun: begun.first) }
        }
    }

    package func endingCount(
        _ filter: EndingFilter, for principals: [String]?, on day: Day
    ) async throws(JournalFault) -> EndingCount {
        let list = EndingList(filter: filter, principals: principals, day: day, join: Self.dialect.thenJoin)
        guard !list.isEmpty else { return EndingCount(all: 0, notBegun: 0) }
        let count = list.count
        let numbers = try await values(count.sql, count.arguments).first?.map(\.number) ?? []
        guard numbers.count == 2 else { return EndingCount(all: 0, notBegun: 0) }
        return EndingCount(all: numbers[0], notBegun: numbers[1])
    }

    package func counts() async throws(JournalFault) -> RegisterCounts {
        var counts = RegisterCounts()
        for row in try await values("SELECT state, count(*) FROM dossiers GROUP BY state", []) where row.count == 2 {
            counts.dossiers[row[0].word] = row[1].number
        }
        let procedures = try await values("SELECT procedure, state, count(*) FROM procedures GROUP BY 1, 2", [])
        for row in procedures where row.count == 3 { counts.procedures[row[0].word, default: [:]][row[1].word] = row[2].number }
        let all =
            try await values(
                """
                SELECT (SELECT count(*) FROM decisions), (SELECT count(*) FROM people), (SELECT count(*) FROM organisations)
                """, []
            ).first?.map(\.number) ?? []
        if all.count == 3 { (counts.decisions, counts.people, counts.organisations) = (all[0], all[1], all[2]) }
        let remains: [RemainRow] = try await answer("", [])
        for remain in remains { counts.add(remain) }
        return counts
    }
}

extension RegisterValue {
    fileprivate var number: Int { if case .int(let number) = self { Int(number) } else { 0 } }
    fileprivate var word: String { if case .text(let text) = self { text } else { "" } }
}
