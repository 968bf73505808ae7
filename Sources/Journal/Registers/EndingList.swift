import Domain

/// The decisions that end in a time, a page at a time, with what was begun because of each: as questions to the tables.
package struct EndingList: Sendable {
    private let filter: EndingFilter
    /// Each once; nil for all of them.
    private let principals: [String]?
    private let day: Day
    private let join: String

    /// - Parameter join: how tables are joined so that the database goes from the first to the second.
    package init(filter: EndingFilter, principals: [String]?, day: Day, join: String) {
        self.filter = filter
        self.principals = principals.map { Set($0).sorted() }
        self.day = day
        self.join = join
    }

    /// Whether nothing can be in it, so that nobody needs to be asked.
    package var isEmpty: Bool { filter.of.isEmpty || principals?.isEmpty == true }

    package func page(after: EndingKey?, limit: Int) -> RegisterQuestion<DecisionRow> {
        let start: [RegisterValue] = [after.map { RegisterValue($0.ends) } ?? .int(.min), .text(after?.number ?? "")]
        return RegisterQuestion(whole: Self.page(which, join), range + start + narrowed + seen + [RegisterValue(limit)])
    }

    /// One row: how many, and how many that nothing was begun for.
    package var count: (sql: String, arguments: [RegisterValue]) {
        (
            Self.count(which, join),
            [.text(filter.follows)] + (principals == nil ? [] : seen) + range + narrowed + seen
        )
    }

    /// The last procedure that was begun since a decision was given.
    package func begun(since decision: DecisionRow) -> RegisterQuestion<ProcedureRow> {
        RegisterQuestion(
            """
            WHERE dossier = ? AND procedure = ? AND started >= ? AND instance <> ?
            ORDER BY started DESC, instance DESC LIMIT 1
            """,
            [
                RegisterValue(decision.dossier), .text(filter.follows), RegisterValue(decision.issued),
                RegisterValue(decision.instance),
            ])
    }

    /// What the text of a question depends on.
    package struct Which {
        let kinds: Int
        /// Nil for all of them.
        let principals: Int?
        let bySchool: Bool
        let ofOne: Bool

        package init(kinds: Int, principals: Int?, bySchool: Bool, ofOne: Bool) {
            self.kinds = kinds
            self.principals = principals
            self.bySchool = bySchool
            self.ofOne = ofOne
        }
    }

    private var which: Which {
        Which(
            kinds: filter.of.count, principals: principals?.count, bySchool: filter.school != nil, ofOne: filter.dossier != nil)
    }

    private var range: [RegisterValue] { [RegisterValue(filter.first), RegisterValue(filter.last)] }

    private var narrowed: [RegisterValue] {
        filter.of.sorted().map { .text($0) }
            + [filter.school?.rawValue, filter.dossier?.rawValue].compactMap(\.self).map { .text($0) }
    }

    private var seen: [RegisterValue] {
        principals.map { $0.map { .text($0) } + [RegisterValue(day)] } ?? []
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

    private static func from(_ which: Which, _ join: String, after: String = "") -> String {
        let seen = which.principals.map { "AND \(shows([DossierFilter.child, EndingDecision.decisions], $0))" } ?? ""
        return """
            FROM decisions d
            \(join) procedures p ON p.instance = d.instance
            \(join) dossiers r ON r.id = d.dossier
            WHERE d.ends BETWEEN ? AND ? \(after)
            AND p.procedure || '.' || d.outcome IN (\(marks(which.kinds)))
            \(which.bySchool ? "AND r.school = ? " : "")\(which.ofOne ? "AND d.dossier = ? " : "")\(seen)
            """
    }

    package static func page(_ which: Which, _ join: String) -> String {
        """
        SELECT \(columns(DecisionRow.table, "d")) \(from(which, join, after: "AND (d.ends, d.number) > (?, ?)"))
        ORDER BY d.ends, d.number LIMIT ?
        """
    }

    package static func count(_ which: Which, _ join: String) -> String {
        let parts = [DossierFilter.child, EndingDecision.decisions, DossierFilter.procedures]
        let shown = which.principals.map { "AND \(shows(parts, $0))" } ?? ""
        return """
            SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM procedures b WHERE b.dossier = d.dossier
                AND b.procedure = ? AND b.started >= d.issued AND b.instance <> d.instance) \(shown)) \(from(which, join))
            """
    }
}
