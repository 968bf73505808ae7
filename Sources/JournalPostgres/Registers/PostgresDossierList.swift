import Domain
import Journal

/// The dossiers that some principals may see on a day, a page at a time.
///
/// One statement asks each principal along its own index for one page at most: so the cost follows the page and the number of
/// principals, not the number of dossiers.
struct PostgresDossierList {
    let principals: [String]
    let day: Day
    let limit: Int

    /// The page after a key, in order of name key and then key.
    func page(
        _ db: PostgresConnection, words: [String], filter narrow: DossierFilter, after: PageKey?
    ) throws -> [DossierRow] {
        guard limit > 0, !principals.isEmpty else { return [] }
        let filter = WordFilter(words: words, column: "o.name_key")
        let narrowed = NarrowFilter(narrow, principals: principals, day: day)
        // The index of words knows nothing of the dossiers, so what is narrowed down goes along the names.
        let rare = narrow.isEmpty && !words.isEmpty ? try rareWords(words, db) : [:]
        let start: [PostgresValue] = [.text(after?.nameKey ?? ""), .text(after?.dossier.rawValue ?? "")]
        let today = PostgresValue(day)
        var statements: [PostgresConnection.Statement] = []
        let others = Set(principals).subtracting(rare.keys).sorted()
        if !others.isEmpty {
            statements.append(
                PostgresConnection.Statement(
                    Self.page(filter, narrowed),
                    [.texts(others)] + start + [today] + (filter.arguments + narrowed.arguments).map { PostgresValue($0) }
                        + [PostgresValue(limit), PostgresValue(limit)]))
        }
        for (word, principals) in Dictionary(grouping: rare.keys, by: { rare[$0] ?? "" }) {
            statements.append(
                PostgresConnection.Statement(
                    Self.found(filter),
                    [.texts(principals), .text(word), .text(word + Self.end)] + start + [today]
                        + filter.arguments.map { PostgresValue($0) } + [PostgresValue(limit)]))
        }
        let found: [DossierRow] = try db.executeAll(statements).flatMap { result in
            try result.rows.map { try PostgresRegisters.row($0) }
        }
        return once(found) { PageKey($0) < PageKey($1) }
    }

    /// Of each principal the searched word that fewest of its names have; none for one for whom each is so frequent that a
    /// page is soon full by going through the names in order, or who is one person and has no index of words.
    private func rareWords(_ words: [String], _ db: PostgresConnection) throws -> [String: String] {
        let many = Set(principals.filter { !$0.contains("#") }).sorted()
        guard !many.isEmpty else { return [:] }
        var rarest: [String: (word: String, count: Int64)] = [:]
        let rows = try db.rows(
            Self.count, [.texts(many), .texts(words), .texts(words.map { $0 + Self.end })])
        for row in rows {
            let (principal, word, count) = (try row.text(0), try row.text(1), try row.int(2))
            guard count < rarest[principal]?.count ?? Int64(Self.frequent) else { continue }
            rarest[principal] = (word, count)
        }
        return rarest.mapValues(\.word)
    }

    /// The dossiers that changed last, newest first.
    func newest(_ db: PostgresConnection) throws -> [DossierRow] {
        guard limit > 0, !principals.isEmpty else { return [] }
        let found: [DossierRow] = try db.rows(
            Self.newest,
            [
                .texts(Set(principals).sorted()), PostgresValue(day), PostgresValue(limit - 1),
                PostgresValue(day), PostgresValue(limit),
            ]
        ).map { try PostgresRegisters.row($0) }
        return once(found) { left, right in
            left.changedAt == right.changedAt
                ? left.id.rawValue.precedesByBytes(right.id.rawValue) : left.changedAt > right.changedAt
        }
    }

    /// In order, each dossier once, no more than asked for.
    private func once(_ rows: [DossierRow], by comesBefore: (DossierRow, DossierRow) -> Bool) -> [DossierRow] {
        var seen: Set<DossierID> = []
        return Array(rows.sorted(by: comesBefore).filter { seen.insert($0.id).inserted }.prefix(limit))
    }

    /// After every name key: the highest character that there is.
    private static let end = "\u{10FFFF}"

    /// So many names with a word are too many to sort; going through the names in order then soon fills a page.
    private static let frequent = 400

    private static let columns = DossierRow.table.columns.map { "d.\($0)" }.joined(separator: ", ")

    private static func page(_ filter: WordFilter, _ narrowed: NarrowFilter) -> String {
        """
        SELECT \(columns) FROM (
            SELECT DISTINCT f.name_key, f.dossier
            FROM unnest(?::text[]) AS asked (principal) CROSS JOIN LATERAL (
                SELECT o.name_key, o.dossier FROM openings o JOIN dossiers d ON d.id = o.dossier
                WHERE o.principal = asked.principal COLLATE "C" AND (o.name_key, o.dossier) > (?, ?)
                AND (o.until IS NULL OR o.until >= ?) AND \(filter.sql) AND \(narrowed.sql)
                ORDER BY o.name_key, o.dossier LIMIT ?
            ) f ORDER BY f.name_key, f.dossier LIMIT ?
        ) g JOIN dossiers d ON d.id = g.dossier
        """
    }

    /// The same by the words of the names: only what begins with the searched word is looked at, and then sorted.
    private static func found(_ filter: WordFilter) -> String {
        """
        SELECT \(columns) FROM (
            SELECT DISTINCT o.name_key, o.dossier FROM opening_words o
            WHERE o.principal = ANY (?::text[]) AND o.word >= ? AND o.word < ? AND (o.name_key, o.dossier) > (?, ?)
            AND (o.until IS NULL OR o.until >= ?) AND \(filter.sql)
            ORDER BY o.name_key, o.dossier LIMIT ?
        ) f JOIN dossiers d ON d.id = f.dossier
        """
    }

    private static let count = """
        SELECT asked.principal, sought.word, (SELECT count(*) FROM (
            SELECT 1 FROM opening_words w WHERE w.principal = asked.principal COLLATE "C"
            AND w.word >= sought.word COLLATE "C" AND w.word < sought.upper COLLATE "C" LIMIT \(frequent)) few)
        FROM unnest(?::text[]) AS asked (principal) CROSS JOIN unnest(?::text[], ?::text[]) AS sought (word, upper)
        """

    /// Openings know the hour: whoever changed in the hour of the last one, or after it, comes into question.
    private static let newest = """
        SELECT \(columns) FROM unnest(?::text[]) AS asked (principal) CROSS JOIN LATERAL (
            SELECT o.dossier FROM openings o JOIN dossiers d ON d.id = o.dossier
            WHERE o.principal = asked.principal COLLATE "C" AND o.changed_at >= coalesce((
                SELECT h.changed_at FROM openings h
                WHERE h.principal = asked.principal COLLATE "C" AND (h.until IS NULL OR h.until >= ?)
                ORDER BY h.changed_at DESC OFFSET ? LIMIT 1), '-9223372036854775808'::bigint)
            AND (o.until IS NULL OR o.until >= ?)
            ORDER BY d.changed_at DESC, o.dossier LIMIT ?
        ) f JOIN dossiers d ON d.id = f.dossier
        """
}
