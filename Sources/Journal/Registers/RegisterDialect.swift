/// What the databases of the stores say in different words.
package struct RegisterDialect: Sendable {
    /// How tables are joined so that the database goes from the first to the second: `CROSS JOIN` in SQLite, which would
    /// otherwise choose for itself; `JOIN` where it knows better.
    package let thenJoin: String
    /// A list that is handed over as one argument (`RegisterValue(list:)`), as a table with one column `value`.
    package let list: String

    package init(thenJoin: String, list: String) {
        self.thenJoin = thenJoin
        self.list = list
    }
}
