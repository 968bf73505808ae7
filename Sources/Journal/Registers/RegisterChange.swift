import Domain

/// What an act changes in the registers.
package struct RegisterChange: Sendable {
    /// Rows that are added, or take the place of the row with the same key.
    package var upserts: [any RegisterRow]
    /// Rows that are deleted; done before the upserts. One that is not there is no fault.
    package var deletes: [RegisterKey]
    /// Dossiers of which every row goes, in whatever register it stands and whatever made it; done before the upserts.
    package var dossiers: [DossierID]

    package init(upserts: [any RegisterRow] = [], deletes: [RegisterKey] = [], dossiers: [DossierID] = []) {
        self.upserts = upserts
        self.deletes = deletes
        self.dossiers = dossiers
    }

    /// True if nothing changes.
    package var isEmpty: Bool { upserts.isEmpty && deletes.isEmpty && dossiers.isEmpty }

    /// Only the differences between the rows that a stream stood for and those that it stands for now.
    ///
    /// Of two new rows with the same key the last counts. The order follows the lists, so equal input gives equal output.
    package static func between(old: [any RegisterRow], new: [any RegisterRow]) -> RegisterChange {
        var before: [RegisterKey: [RegisterValue]] = [:]
        before.reserveCapacity(old.count)
        for row in old {
            let values = row.values
            before[RegisterKey(row, values)] = values
        }
        var places: [RegisterKey: Int] = [:]
        places.reserveCapacity(new.count)
        for (index, row) in new.enumerated() { places[RegisterKey(row, row.values)] = index }
        var change = RegisterChange()
        for (index, row) in new.enumerated() {
            let values = row.values
            let key = RegisterKey(row, values)
            if places[key] == index, before[key] != values { change.upserts.append(row) }
        }
        for row in old {
            let key = RegisterKey(row, row.values)
            if places[key] == nil, before.removeValue(forKey: key) != nil { change.deletes.append(key) }
        }
        return change
    }
}

extension RegisterKey {
    fileprivate init(_ row: some RegisterRow, _ values: [RegisterValue]) {
        let table = type(of: row).table
        self.init(table: table, values: Array(values.prefix(table.keyCount)))
    }
}
