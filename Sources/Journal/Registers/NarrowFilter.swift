import Domain

/// A `DossierFilter` as a condition on an opening `o` and its dossier `d`; each part of it is looked up by key.
package struct NarrowFilter: Sendable {
    package let sql: String
    package let arguments: [RegisterValue]

    package init(_ filter: DossierFilter, principals: [String], day: Day) {
        var parts: [String] = []
        var arguments: [RegisterValue] = []
        func add(_ sql: String, _ values: [RegisterValue] = []) {
            parts.append(sql)
            arguments += values
        }
        if let school = filter.school { add("d.school = ?", [RegisterValue(school)]) }
        if let group = filter.group {
            add(Self.shows, [.text(",\(DossierFilter.child),")])
            add("d.class_group = ?", [.text(group)])
        }
        if filter.procedure != nil || filter.isLate { add(Self.shows, [.text(",\(DossierFilter.procedures),")]) }
        if let procedure = filter.procedure, !filter.isLate {
            add("EXISTS (\(Self.running) AND p.procedure = ?)", [.text(procedure)])
        }
        if filter.isLate {
            let late = """
                (p.due < ? OR EXISTS (SELECT 1 FROM tasks t WHERE t.dossier = d.id AND t.instance = p.instance AND t.due < ?))
                """
            let today = RegisterValue(day)
            add(
                "EXISTS (\(Self.running) AND \(late)\(filter.procedure == nil ? "" : " AND p.procedure = ?"))",
                [today, today] + [filter.procedure].compactMap(\.self).map { .text($0) })
        }
        if filter.isWaiting {
            let places = principals.map { _ in "?" }.joined(separator: ", ")
            add(
                "EXISTS (SELECT 1 FROM tasks t WHERE t.dossier = d.id AND t.kind = ? AND t.principal IN (\(places)))",
                [.text(TaskRow.Kind.act.rawValue)] + principals.map { .text($0) })
        }
        sql = parts.isEmpty ? "true" : parts.joined(separator: " AND ")
        self.arguments = arguments
    }

    /// Whether the opening shows a part.
    private static let shows = "instr(',' || o.parts || ',', ?) > 0"
    private static let running = "SELECT 1 FROM procedures p WHERE p.dossier = d.id AND p.ended IS NULL"
}
