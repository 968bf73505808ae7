import GRDB
import Journal
import Testing

@testable import JournalSQLite

@Suite("The lists of an ordinary user")
struct QueryPlanTests {
    @Test(
        "follow an index in its order: nothing is gone through as a whole and nothing is sorted",
        arguments: ["page", "search", "news", "tasks", "words"])
    func followIndex(list: String) async throws {
        let sql =
            switch list {
            case "page": DossierList.page(WordFilter(words: [], column: "o.name_key"))
            case "search": DossierList.page(WordFilter(words: ["de", "vries"], column: "o.name_key"))
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
        let tables = steps.filter { !$0.hasPrefix("CO-ROUTINE") && !$0.hasPrefix("SCAN (subquery") }
        #expect(tables.count == (["news", "words"].contains(list) ? 1 : 2), "\(steps)")
        #expect(tables.allSatisfy { $0.hasPrefix("SEARCH ") }, "\(steps)")
        #expect(tables.first?.contains("(principal=?") == true, "\(steps)")
    }
}
