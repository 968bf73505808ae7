import GRDB
import Journal
import Testing

@testable import JournalSQLite

@Suite("The lists of an ordinary user")
struct QueryPlanTests {
    @Test(
        "follow an index in its order: nothing is gone through as a whole and nothing is sorted",
        arguments: ["page", "search", "news", "tasks"])
    func followIndex(list: String) async throws {
        let sql =
            switch list {
            case "page": DossierList.page(WordFilter(words: [], column: "o.name_key"))
            case "search": DossierList.page(WordFilter(words: ["de", "vries"], column: "o.name_key"))
            case "news": DossierList.newest
            default: TaskList.tasks
            }
        let store = try SQLiteStore.inMemory()
        let steps = try await store.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            let nothing = Array(repeating: DatabaseValue.null, count: sql.count { $0 == "?" })
            return try Row.fetchAll(statement, arguments: StatementArguments(nothing)).map { $0["detail"] as String }
        }
        #expect(steps.count == 2, "\(steps)")
        #expect(steps.allSatisfy { $0.hasPrefix("SEARCH ") }, "\(steps)")
        #expect(steps.first?.contains("(principal=?") == true, "\(steps)")
    }
}
