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
    func page(_ db: Database, words: [String], filter narrow: DossierFilter, after: PageKey?) throws -> [DossierRow] {
        let filter = WordFilter(words: words, column: "o.name_key")
        let narrowed = NarrowFilter(narrow, principals: principals, day: day)
        return try merged(by: { PageKey($0) < PageKey($1) }) { principal, last in
            // The index of words knows nothing of the dossiers, so what is narrowed down goes along the names.
            let rare = narrow.isEmpty ? try rareWord(words, of: principal, db) : nil
            let sql = rare == nil ? DossierList.page(filter, narrowed) : DossierList.found(filter)
            return try RegisterTables.rows(
                try db.cachedStatement(sql: sql),
                [principal] + (rare.map { [$0, $0 + DossierList.end] } ?? []) + [
                    after?.nameKey ?? "", after?.dossier.rawValue ?? "", last?.nameKey ?? DossierList.end, day.daysSinceEpoch,
                ] + StatementArguments(filter.arguments + narrowed.arguments) + [limit])
        }
    }

    /// The searched word that fewest of a principal's names have; nil when each is so frequent that a page is soon full
    /// by going through the names in order, or when the principal is one person and has no index of words.
    private func rareWord(_ words: [String], of principal: String, _ db: Database) throws -> String? {
        guard !words.isEmpty, !principal.contains("#") else { return nil }
        let statement = try db.cachedStatement(sql: DossierList.count)
        var rarest: (word: String, count: Int)?
        for word in words {
            let most = rarest?.count ?? DossierList.frequent
            let count = try Int.fetchOne(statement, arguments: [principal, word, word + DossierList.end, most]) ?? 0
            if count < most { rarest = (word, count) }
        }
        return rarest?.word
    }

    /// The dossiers that changed last, newest first.
    func newest(_ db: Database) throws -> [DossierRow] {
        let hours = try db.cachedStatement(sql: DossierList.hour)
        let statement = try db.cachedStatement(sql: DossierList.newest)
        let isNewer = { (left: DossierRow, right: DossierRow) in
            left.changedAt == right.changedAt
                ? left.id.rawValue.precedesByBytes(right.id.rawValue) : left.changedAt > right.changedAt
        }
        return try merged(by: isNewer) { principal, last in
            // Openings know the hour: whoever changed in the hour of the last one, or after it, comes into question.
            let last = last.map { OpeningRow.hour(of: $0.changedAt).milliseconds } ?? Int64.min
            let own = try Int64.fetchOne(hours, arguments: [principal, day.daysSinceEpoch, limit - 1]) ?? Int64.min
            return try RegisterTables.rows(statement, [principal, max(own, last), day.daysSinceEpoch, limit])
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

    /// After every name key: the highest character that there is.
    private static let end = "\u{10FFFF}"

    /// So many names with a word are too many to sort; going through the names in order then soon fills a page.
    private static let frequent = 400

    private static let columns = DossierRow.table.columns.map { "d.\($0)" }.joined(separator: ", ")

    static func page(_ filter: WordFilter, _ narrowed: NarrowFilter) -> String {
        """
        SELECT \(columns) FROM openings o CROSS JOIN dossiers d ON d.id = o.dossier
        WHERE o.principal = ? AND (o.name_key, o.dossier) > (?, ?) AND o.name_key <= ?
        AND (o.until IS NULL OR o.until >= ?) AND \(filter.sql) AND \(narrowed.sql)
        ORDER BY o.name_key, o.dossier LIMIT ?
        """
    }

    /// The same by the words of the names: only what begins with the searched word is looked at, and then sorted.
    static func found(_ filter: WordFilter) -> String {
        """
        SELECT \(columns) FROM (
            SELECT DISTINCT o.name_key, o.dossier FROM opening_words o
            WHERE o.principal = ? AND o.word >= ? AND o.word < ? AND (o.name_key, o.dossier) > (?, ?) AND o.name_key <= ?
            AND (o.until IS NULL OR o.until >= ?) AND \(filter.sql)
            ORDER BY o.name_key, o.dossier LIMIT ?
        ) f CROSS JOIN dossiers d ON d.id = f.dossier ORDER BY f.name_key, f.dossier
        """
    }

    static let count = """
        SELECT count(*) FROM (SELECT 1 FROM opening_words WHERE principal = ? AND word >= ? AND word < ? LIMIT ?)
        """

    /// The hour before which nothing belongs to the first so many.
    static let hour = """
        SELECT changed_at FROM openings WHERE principal = ? AND (until IS NULL OR until >= ?)
        ORDER BY changed_at DESC LIMIT 1 OFFSET ?
        """

    static let newest = """
        SELECT \(columns) FROM openings o CROSS JOIN dossiers d ON d.id = o.dossier
        WHERE o.principal = ? AND o.changed_at >= ? AND (o.until IS NULL OR o.until >= ?)
        ORDER BY d.changed_at DESC, o.dossier LIMIT ?
        """
}
