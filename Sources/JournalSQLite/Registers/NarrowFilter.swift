import Domain
import GRDB
import Journal

/// A `DossierFilter` as a condition on an opening `o` and its dossier `d`; each part of it is looked up by key.
struct NarrowFilter {
    let sql: String
    let arguments: StatementArguments

    init(_ filter: DossierFilter, principals: [String], day: Day) {
        var parts: [String] = []
        var arguments = StatementArguments()
        func add(_ sql: String, _ values: StatementArguments = []) {
            parts.append(sql)
            arguments += values
        }
        if let school = filter.school { add("d.school = ?", [school.rawValue]) }
        if let group = filter.group {
            add(Self.shows, [",\(DossierFilter.child),"])
            add("d.class_group = ?", [group])
        }
        if filter.procedure != nil || filter.isLate { add(Self.shows, [",\(DossierFilter.procedures),"]) }
        if let procedure = filter.procedure, !filter.isLate {
            add("EXISTS (\(Self.running) AND p.procedure = ?)", [procedure])
        }
        if filter.isLate {
            let late = """
                (p.due < ? OR EXISTS (SELECT 1 FROM tasks t WHERE t.dossier = d.id AND t.instance = p.instance AND t.due < ?))
                """
            let today = day.daysSinceEpoch
            add(
                "EXISTS (\(Self.running) AND \(late)\(filter.procedure == nil ? "" : " AND p.procedure = ?"))",
                [today, today] + StatementArguments([filter.procedure].compactMap { $0 }))
        }
        if filter.isWaiting {
            let places = principals.map { _ in "?" }.joined(separator: ", ")
            add(
                "EXISTS (SELECT 1 FROM tasks t WHERE t.dossier = d.id AND t.kind = ? AND t.principal IN (\(places)))",
                [TaskRow.Kind.act.rawValue] + StatementArguments(principals))
        }
        sql = parts.isEmpty ? "true" : parts.joined(separator: " AND ")
        self.arguments = arguments
    }

    /// Whether the opening shows a part.
    private static let shows = "instr(',' || o.parts || ',', ?) > 0"
    private static let running = "SELECT 1 FROM procedures p WHERE p.dossier = d.id AND p.ended IS NULL"
}
