import Domain
import GRDB
import Journal

/// The dossiers that some principals may see on a day, a page at a time.
///
/// One principal after the other is asked along its own index for one page at most, never for more than the page that the
/// others already fill: so the cost follows the page and the number of principals, not the number of dossiers.
struct DossierList {
    let principals: [String]
    let day: Day
    let limit: Int

    /// The page after a key, in order of name key and then key.
    func page(_ db: Database, words: [String], after: PageKey?) throws -> [DossierRow] {
        let filter = WordFilter(words: words, column: "o.name_key")
        let statement = try db.cachedStatement(sql: DossierList.page(filter))
        return try merged(by: { PageKey($0) < PageKey($1) }) { principal, last in
            try DossierList.rows(
                statement,
                [
                    principal, after?.nameKey ?? "", after?.dossier.rawValue ?? "", last?.nameKey ?? DossierList.end,
                    day.daysSinceEpoch,
                ] + filter.arguments + [limit])
        }
    }

    /// The dossiers that changed last, newest first.
    func newest(_ db: Database) throws -> [DossierRow] {
        let statement = try db.cachedStatement(sql: DossierList.newest)
        let isNewer = { (left: DossierRow, right: DossierRow) in
            left.changedAt == right.changedAt
                ? left.id.rawValue.precedesByBytes(right.id.rawValue) : left.changedAt > right.changedAt
        }
        return try merged(by: isNewer) { principal, last in
            try DossierList.rows(
                statement, [principal, last?.changedAt.milliseconds ?? Int64.min, day.daysSinceEpoch, limit])
        }
    }

    /// The first rows of all principals together, each dossier once.
    private func merged(
        by comesBefore: (DossierRow, DossierRow) -> Bool,
        _ rows: (_ principal: String, _ last: DossierRow?) throws -> [DossierRow]
    ) throws -> [DossierRow] {
        guard limit > 0 else { return [] }
        var merged: [DossierRow] = []
        var seen: Set<DossierID> = []
        var asked: Set<String> = []
        for principal in principals where asked.insert(principal).inserted {
            let found = try rows(principal, merged.count < limit ? nil : merged.last).filter { seen.insert($0.id).inserted }
            guard !found.isEmpty else { continue }
            merged = Array((merged + found).sorted(by: comesBefore).prefix(limit))
        }
        return merged
    }

    private static func rows(_ statement: Statement, _ arguments: StatementArguments) throws -> [DossierRow] {
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        var rows: [DossierRow] = []
        while let row = try cursor.next() { rows.append(try RegisterTables.row(row)) }
        return rows
    }

    /// After every name key: the highest character that there is.
    private static let end = "\u{10FFFF}"

    private static let columns = DossierRow.table.columns.map { "d.\($0)" }.joined(separator: ", ")

    static func page(_ filter: WordFilter) -> String {
        """
        SELECT \(columns) FROM openings o CROSS JOIN dossiers d ON d.id = o.dossier
        WHERE o.principal = ? AND (o.name_key, o.dossier) > (?, ?) AND o.name_key <= ?
        AND (o.until IS NULL OR o.until >= ?) AND \(filter.sql)
        ORDER BY o.name_key, o.dossier LIMIT ?
        """
    }

    static let newest = """
        SELECT \(columns) FROM openings o CROSS JOIN dossiers d ON d.id = o.dossier
        WHERE o.principal = ? AND o.changed_at >= ? AND (o.until IS NULL OR o.until >= ?)
        ORDER BY o.changed_at DESC, o.dossier LIMIT ?
        """
}
