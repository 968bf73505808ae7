/// One question to the tables of the registers, in the SQL that every store's database speaks.
///
/// A `?` stands for each argument. Beyond the common language `instr` is used, which a store makes where its database lacks
/// it, and what `RegisterDialect` says. Texts are compared by their bytes everywhere.
package struct RegisterQuestion<Row: RegisterRow>: Sendable {
    package let sql: String
    package let arguments: [RegisterValue]

    /// The rows of the table to which this applies, such as `WHERE id = ?`.
    package init(_ rest: String, _ arguments: [RegisterValue] = []) {
        sql = "SELECT \(Row.table.columns.joined(separator: ", ")) FROM \(Row.table.name) \(rest)"
        self.arguments = arguments
    }

    /// A whole statement that gives all columns of the row's table, in their order.
    package init(whole sql: String, _ arguments: [RegisterValue]) {
        self.sql = sql
        self.arguments = arguments
    }
}
