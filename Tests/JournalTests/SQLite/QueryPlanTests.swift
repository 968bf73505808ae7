import Domain
import GRDB
import Journal
import Testing

@testable import JournalSQLite

@Suite("The lists of an ordinary user")
struct QueryPlanTests {
    @Test(
        "follow an index in its order: nothing is gone through as a whole and nothing is sorted",
        arguments: ["page", "search", "news", "tasks", "words", "narrowed"])
    func followIndex(list: String) async throws {
        let sql =
            switch list {
            case "page":
                DossierList.page(
                    WordFilter(words: [], column: "o.name_key"), NarrowFilter(DossierFilter(), principals: [], day: day(0)))
            case "narrowed":
                DossierList.page(
                    WordFilter(words: [], column: "o.name_key"), NarrowFilter(.everything, principals: ["a", "b"], day: day(0)))
            case "search":
                DossierList.page(
                    WordFilter(words: ["de", "vries"], column: "o.name_key"),
                    NarrowFilter(DossierFilter(), principals: [], day: day(0)))
            case "news": DossierList.hour
            case "words": DossierList.count
            default: TaskList.tasks
            }
        let store = try SQLiteStore.inMemory()
        let steps = try await store.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            let nothing = Array(repeating: DatabaseValue.null, count: sql.count { $0 == "?" })
            return try Row.fetchAll(statement, arguments: StatementArguments(nothing)).map { $0["detail"] as String }
        }
        // A subquery's own rows, which are few, are gone through; a table's never.
        let tables = steps.filter {
            !$0.hasPrefix("CO-ROUTINE") && !$0.hasPrefix("SCAN (subquery") && !$0.hasPrefix("CORRELATED")
        }
        let most = ["news": 1, "words": 1, "narrowed": 5][list] ?? 2
        #expect(tables.count == most, "\(steps)")
        #expect(tables.allSatisfy { $0.hasPrefix("SEARCH ") }, "\(steps)")
        #expect(tables.first?.contains("(principal=?") == true, "\(steps)")
    }

    @Test("what a page asks of many dossiers at once goes along the keys, and meets nothing of others")
    func many() async throws {
        let dialect = SQLiteJournal.dialect
        let store = try SQLiteStore.inMemory()
        for (sql, found) in [
            (
                RegisterQuestion<OpeningRow>.openings(for: ["a"], of: ["b"], dialect).sql,
                "SEARCH r USING PRIMARY KEY (principal=? AND dossier=?)"
            ),
            (
                RegisterQuestion<OpeningRow>.askedInEnding(from: day(0), through: day(9), for: ["a", "b"], limit: 9).sql,
                "SEARCH openings USING PRIMARY KEY (principal>? AND principal<?)"
            ),
            (
                RegisterQuestion<FunctionRow>.functions(["a"], at: ["b"], on: day(0), dialect).sql,
                "SEARCH r USING INDEX functions_organisation (organisation=? AND function=?)"
            ),
            (
                RegisterQuestion<DossierRow>.rows("id", among: ["b"], orderedBy: "r.id", dialect).sql,
                "SEARCH r USING PRIMARY KEY (id=?)"
            ),
            (
                RegisterQuestion<ProcedureRow>.rows("dossier", among: ["b"], orderedBy: "r.started", dialect).sql,
                "SEARCH r USING INDEX procedures_dossier (dossier=?)"
            ),
        ] {
            let steps = try await store.read { db in
                let nothing = Array(repeating: DatabaseValue.null, count: sql.count { $0 == "?" })
                return try Row.fetchAll(
                    db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)"), arguments: StatementArguments(nothing)
                ).map { $0["detail"] as String }
            }
            #expect(steps.contains(found), "\(steps)")
            #expect(steps.allSatisfy { !$0.hasPrefix("SCAN ") || $0.contains("VIRTUAL TABLE") }, "\(steps)")
        }
    }

    @Test("what ends this school year is found by its day, for one reader and for one child, also when it is counted")
    func endings() async throws {
        let store = try SQLiteStore.inMemory()
        for which in [
            EndingList.Which(kinds: 2, principals: 3, bySchool: true, ofOne: false),
            EndingList.Which(kinds: 1, principals: nil, bySchool: false, ofOne: false),
        ] {
            for sql in [EndingList.page(which, "CROSS JOIN"), EndingList.count(which, "CROSS JOIN")] {
                let steps = try await store.read { db in
                    let nothing = Array(repeating: DatabaseValue.null, count: sql.count { $0 == "?" })
                    return try Row.fetchAll(
                        db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)"), arguments: StatementArguments(nothing)
                    ).map { $0["detail"] as String }
                }
                #expect(steps.contains { $0.hasPrefix("SEARCH d ") && $0.contains("ends>") }, "\(steps)")
                #expect(!steps.contains { $0.hasPrefix("SCAN ") || $0.contains("TEMP B-TREE") }, "\(steps)")
            }
        }
    }
}

extension DossierFilter {
    /// Narrowed down by everything at once.
    fileprivate static var everything: DossierFilter {
        var filter = DossierFilter()
        filter.school = "school-1"
        filter.group = "4"
        filter.procedure = "request"
        filter.isWaiting = true
        filter.isLate = true
        return filter
    }
}
