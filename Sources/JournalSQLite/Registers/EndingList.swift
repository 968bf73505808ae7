import Domain
import GRDB
import Journal

/// The decisions that end in a time, a page at a time, with what was begun because of each.
struct EndingList {
    let filter: EndingFilter
    /// Nil for all of them.
    let principals: [String]?
    let day: Day
    let limit: Int

    func page(_ db: Database, after: EndingKey?) throws -> [EndingDecision] {
        let kinds = filter.of.sorted()
        guard limit > 0, !kinds.isEmpty, principals?.isEmpty != true else { return [] }
        let sql = Self.page(kinds: kinds.count, principals: principals?.count, bySchool: filter.school != nil)
        var arguments: StatementArguments = [
            filter.first.daysSinceEpoch, filter.last.daysSinceEpoch, after?.ends.daysSinceEpoch ?? Int.min, after?.number ?? "",
        ]
        arguments += StatementArguments(kinds)
        if let school = filter.school { arguments += [school.rawValue] }
        if let principals { arguments += StatementArguments(principals) + [day.daysSinceEpoch] }
        arguments += [limit]
        let tables = RegisterTables(db)
        let decisions: [DecisionRow] = try tables.rows(sql, arguments)
        return try decisions.compactMap { decision in
            let dossiers: [DossierRow] = try tables.rows(Self.dossier, [decision.dossier.rawValue])
            guard let dossier = dossiers.first else { return nil }
            let begun: [ProcedureRow] = try tables.rows(
                Self.begun,
                [decision.dossier.rawValue, filter.follows, decision.issued.daysSinceEpoch, decision.instance.rawValue])
            return EndingDecision(decision: decision, dossier: dossier, begun: begun.first)
        }
    }

    private static func columns(_ table: RegisterTable, _ name: String) -> String {
        table.columns.map { "\(name).\($0)" }.joined(separator: ", ")
    }

    static func page(kinds: Int, principals: Int?, bySchool: Bool) -> String {
        func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        let school = bySchool ? "AND r.school = ? " : ""
        let seen =
            principals.map { count in
                """
                AND EXISTS (SELECT 1 FROM openings o WHERE o.dossier = d.dossier AND o.principal IN (\(marks(count)))
                    AND (o.until IS NULL OR o.until >= ?) AND instr(',' || o.parts || ',', ',child,') > 0
                    AND instr(',' || o.parts || ',', ',decisions,') > 0)
                """
            } ?? ""
        return """
            SELECT \(columns(DecisionRow.table, "d")) FROM decisions d
            CROSS JOIN procedures p ON p.instance = d.instance
            CROSS JOIN dossiers r ON r.id = d.dossier
            WHERE d.ends BETWEEN ? AND ? AND (d.ends, d.number) > (?, ?)
            AND p.procedure || '.' || d.outcome IN (\(marks(kinds))) \(school)\(seen)
            ORDER BY d.ends, d.number LIMIT ?
            """
    }

    private static let dossier = "SELECT \(DossierRow.table.columns.joined(separator: ", ")) FROM dossiers WHERE id = ?"

    private static let begun = """
        SELECT \(ProcedureRow.table.columns.joined(separator: ", ")) FROM procedures
        WHERE dossier = ? AND procedure = ? AND started >= ? AND instance <> ?
        ORDER BY started DESC, instance DESC LIMIT 1
        """
}
