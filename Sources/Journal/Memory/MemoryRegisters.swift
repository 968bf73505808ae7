import Domain

/// The registers as dictionaries; a row is found by its key, everything else by looking at all rows.
struct MemoryRegisters: Sendable {
    private var tables: [String: [[RegisterValue]: any RegisterRow]] = [:]

    mutating func apply(_ change: RegisterChange) throws(JournalFault) {
        for key in change.deletes { tables[key.table.name]?.removeValue(forKey: key.values) }
        for table in RegisterRows.tables where !change.dossiers.isEmpty {
            guard let place = table.dossierColumn.flatMap({ table.columns.firstIndex(of: $0) }) else { continue }
            let gone = Set(change.dossiers.map { RegisterValue($0) })
            tables[table.name] = tables[table.name]?.filter { !gone.contains($0.value.values[place]) }
        }
        for row in change.upserts { try upsert(row) }
    }

    /// Adds a row that may not be there yet.
    mutating func insert(_ row: some RegisterRow) throws(JournalFault) {
        guard tables[type(of: row).table.name]?[row.key.values] == nil else {
            throw .registerClash(table: type(of: row).table.name)
        }
        try upsert(row)
    }

    private mutating func upsert(_ row: some RegisterRow) throws(JournalFault) {
        let table = type(of: row).table
        let values = row.values
        let key = Array(values.prefix(table.keyCount))
        for unique in table.unique {
            let taken = unique.map { values[$0] }
            for (other, otherRow) in tables[table.name] ?? [:] where other != key {
                let others = otherRow.values
                if unique.map({ others[$0] }) == taken { throw .registerClash(table: table.name) }
            }
        }
        tables[table.name, default: [:]][key] = row
    }

    mutating func removeAll() { tables = [:] }

    func all<Row: RegisterRow>(_ type: Row.Type = Row.self) -> [Row] {
        (tables[Row.table.name] ?? [:]).values.compactMap { $0 as? Row }
    }

    func row<Row: RegisterRow>(_ key: RegisterValue...) -> Row? { tables[Row.table.name]?[key] as? Row }

    func values(_ table: RegisterTable) -> [[RegisterValue]] {
        (tables[table.name] ?? [:]).values.map(\.values).sorted { $0.precedes($1) }
    }
}
