/// One register as a table: its frozen name and columns.
package struct RegisterTable: Hashable, Sendable {
    /// The table's name.
    package let name: String
    /// All columns, in the order of `RegisterRow.values`.
    package let columns: [String]
    /// The number of the columns, from the first, that make the primary key.
    package let keyCount: Int
    /// Sets of columns, by their place, whose values no two rows share.
    package let unique: [[Int]]

    package init(_ name: String, key: [String], columns: [String], unique: [[String]] = []) {
        self.name = name
        self.columns = key + columns
        self.keyCount = key.count
        let all = key + columns
        self.unique = unique.map { $0.compactMap(all.firstIndex(of:)) }
    }

    /// The column that names the dossier that a row is about; nil for a register of other things.
    package var dossierColumn: String? { name == DossierRow.table.name ? "id" : columns.first { $0 == "dossier" } }
}
