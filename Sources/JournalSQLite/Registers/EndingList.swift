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
        guard limit > 0, !filter.of.isEmpty, principals?.isEmpty != true else { return [] }
        let sql = Self.page(which)
        let start: StatementArguments = [after?.ends.daysSinceEpoch ?? Int.min, after?.number ?? ""]
        let arguments = range + start + narrowed + seen + [limit]
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

    func count(_ db: Database) throws -> EndingCount {
        guard !filter.of.isEmpty, principals?.isEmpty != true else { return EndingCount(all: 0, notBegun: 0) }
        let begun: StatementArguments = [filter.follows]
        let arguments = begun + (principals == nil ? [] : seen) + range + narrowed + seen
        guard let row = try Row.fetchOne(db, sql: Self.count(which), arguments: arguments) else {
            return EndingCount(all: 0, notBegun: 0)
        }
        return EndingCount(all: row[0], notBegun: row[1] ?? 0)
    }

    /// What the text of a question depends on.
    struct Which {
        let kinds: Int
        /// Nil for all of them.
        let principals: Int?
        let bySchool: Bool
        let ofOne: Bool
    }

    private var which: Which {
        Which(
            kinds: filter.of.count, principals: principals?.count, bySchool: filter.school != nil, ofOne: filter.dossier != nil)
    }

    private var range: StatementArguments { [filter.first.daysSinceEpoch, filter.last.daysSinceEpoch] }

    private var narrowed: StatementArguments {
        StatementArguments(filter.of.sorted())
            + StatementArguments([filter.school?.rawValue, filter.dossier?.rawValue].compactMap(\.self))
    }

    private var seen: StatementArguments {
        principals.map { StatementArguments($0) + [day.daysSinceEpoch] } ?? []
    }

    private static func columns(_ table: RegisterTable, _ name: String) -> String {
        table.columns.map { "\(name).\($0)" }.joined(separator: ", ")
    }

    private static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

    /// Whether one opening of these principals shows all these parts.
    private static func shows(_ parts: [String], _ principals: Int) -> String {
        """
        EXISTS (SELECT 1 FROM openings o WHERE o.dossier = d.dossier AND o.principal IN (\(marks(principals)))
            AND (o.until IS NULL OR o.until >= ?)
            \(parts.map { "AND instr(',' || o.parts || ',', ',\($0),') > 0" }.joined(separator: " ")))
        """
    }

    private static func from(_ which: Which, after: String = "") -> String {
        let seen = which.principals.map { "AND \(shows([DossierFilter.child, EndingDecision.decisions], $0))" } ?? ""
        return """
            FROM decisions d
            CROSS JOIN procedures p ON p.instance = d.instance
            CROSS JOIN dossiers r ON r.id = d.dossier
            WHERE d.ends BETWEEN ? AND ? \(after)
            AND p.procedure || '.' || d.outcome IN (\(marks(which.kinds)))
            \(which.bySchool ? "AND r.school = ? " : "")\(which.ofOne ? "AND d.dossier = ? " : "")\(seen)
            """
    }

    static func page(_ which: Which) -> String {
        """
        SELECT \(columns(DecisionRow.table, "d")) \(from(which, after: "AND (d.ends, d.number) > (?, ?)"))
        ORDER BY d.ends, d.number LIMIT ?
        """
    }

    /// One row: how many, and how many that nothing was begun for.
    static func count(_ which: Which) -> String {
        let parts = [DossierFilter.child, EndingDecision.decisions, DossierFilter.procedures]
        let shown = which.principals.map { "AND \(shows(parts, $0))" } ?? ""
        return """
            SELECT count(*), sum(NOT EXISTS (SELECT 1 FROM procedures b WHERE b.dossier = d.dossier AND b.procedure = ?
                AND b.started >= d.issued AND b.instance <> d.instance) \(shown)) \(from(which))
            """
    }

    private static let dossier = "SELECT \(DossierRow.table.columns.joined(separator: ", ")) FROM dossiers WHERE id = ?"

    private static let begun = """
        SELECT \(ProcedureRow.table.columns.joined(separator: ", ")) FROM procedures
        WHERE dossier = ? AND procedure = ? AND started >= ? AND instance <> ?
        ORDER BY started DESC, instance DESC LIMIT 1
        """
}
