/// What the databases of the stores say in different words.
package struct RegisterDialect: Sendable {
    /// How tables are joined so that the database goes from the first to the second: `CROSS JOIN` in SQLite, which would
    /// otherwise choose for itself; `JOIN` where it knows better.
    package let thenJoin: String
    /// A list that is handed over as one argument, as a table with one column `value`.
    package let list: String
    /// That argument: the texts as the database reads several in one.
    package let argument: @Sendable ([String]) -> RegisterValue

    package init(thenJoin: String, list: String, argument: @escaping @Sendable ([String]) -> RegisterValue) {
        self.thenJoin = thenJoin
        self.list = list
        self.argument = argument
    }
}
