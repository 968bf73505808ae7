/// The statements that write one register's table, made once; a `?` stands for each value.
package struct RegisterStatements: Sendable {
    /// Adds a row that may not be there yet; takes all values.
    package let insert: String
    /// Adds a row or takes the place of the one with its key; takes all values.
    package let upsert: String
    /// Deletes a row; takes the values of its key.
    package let delete: String
    /// All rows in order of key.
    package let all: String
    /// Deletes every row of a dossier; nil for a register of other things.
    package let deleteDossier: String?

    private init(_ table: RegisterTable) {
        let key = table.columns.prefix(table.keyCount)
        let columns = table.columns.joined(separator: ", ")
        let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
        let set = table.columns.dropFirst(table.keyCount).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        insert = "INSERT INTO \(table.name) (\(columns)) VALUES (\(marks))"
        upsert = "\(insert) ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(set)"
        delete = "DELETE FROM \(table.name) WHERE \(key.map { "\($0) = ?" }.joined(separator: " AND "))"
        all = "SELECT \(columns) FROM \(table.name) ORDER BY \(key.joined(separator: ", "))"
        deleteDossier = table.dossierColumn.map { "DELETE FROM \(table.name) WHERE \($0) = ?" }
    }

    private static let made = Dictionary(uniqueKeysWithValues: RegisterRows.tables.map { ($0.name, RegisterStatements($0)) })

    package static func of(_ table: RegisterTable) -> RegisterStatements { made[table.name] ?? RegisterStatements(table) }
}
