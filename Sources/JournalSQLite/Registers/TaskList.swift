import Domain
import GRDB
import Journal

/// What some principals have to do or wait for.
///
/// One principal after the other is asked along its own index for one list at most, never for tasks that come after the
/// list that the others already fill.
struct TaskList {
    let principals: [String]
    let kind: TaskRow.Kind
    let limit: Int

    func entries(_ db: Database) throws -> [TaskRow] {
        guard limit > 0 else { return [] }
        let statement = try db.cachedStatement(sql: TaskList.tasks)
        var merged: [TaskRow] = []
        for principal in Set(principals).sorted() {
            let last = merged.count < limit ? nil : merged.last
            let due = last.map { RegisterValue($0.orderedDue) } ?? .int(.max)
            let since = last.map { RegisterValue($0.since) } ?? .int(.max)
            let arguments: StatementArguments = [principal, kind.rawValue, due, due, since, limit]
            let found: [TaskRow] = try RegisterTables.rows(statement, arguments)
            guard !found.isEmpty else { continue }
            merged = once(merged + found)
        }
        return merged
    }

    /// In order, each step once, no more than asked for.
    private func once(_ tasks: [TaskRow]) -> [TaskRow] {
        var seen: Set<TaskRow.Place> = []
        let sorted = tasks.sorted { $0.comesBefore($1) }
        return Array(sorted.filter { seen.insert($0.place).inserted }.prefix(limit))
    }

    // A task whose dossier is not in the registers is passed over here already, so that it takes no place in the list.
    static let tasks = """
        SELECT \(TaskRow.table.columns.map { "t.\($0)" }.joined(separator: ", "))
        FROM tasks t CROSS JOIN dossiers d ON d.id = t.dossier
        WHERE t.principal = ? AND t.kind = ? AND ifnull(t.due, 9223372036854775807) <= ?
        AND (ifnull(t.due, 9223372036854775807) < ? OR t.since <= ?)
        ORDER BY ifnull(t.due, 9223372036854775807), t.since, t.instance, t.step LIMIT ?
        """
}
