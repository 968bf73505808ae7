import GRDB

/// The gap-free counters, as one act draws from them; nothing is stored until `store`.
struct CounterTable {
    private let db: Database
    private var last: [String: Int64] = [:]

    init(_ db: Database) { self.db = db }

    /// The next number of the counter, 1… for a new one.
    mutating func draw(_ name: String) throws -> Int64 {
        let stood = try last[name] ?? stored(name)
        last[name] = stood + 1
        return stood + 1
    }

    private func stored(_ name: String) throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT last FROM counters WHERE name = ?")
        return try Int64.fetchOne(statement, arguments: [name]) ?? 0
    }

    /// Writes down what was drawn.
    func store() throws {
        guard !last.isEmpty else { return }
        let statement = try db.cachedStatement(
            sql: "INSERT INTO counters (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last")
        for (name, number) in last { try statement.execute(arguments: [name, number]) }
    }
}
