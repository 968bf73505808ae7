/// A store that gives all that it holds, row by row as it is stored. It blocks.
package protocol CopySource: Sendable {
    /// Gives a look at everything as it is at one moment.
    func give(_ body: (any CopiedRows) throws -> Void) throws
}

/// What a store holds at one moment.
package protocol CopiedRows {
    /// Goes through a table in its order.
    func each(_ table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws
}

/// A store that takes all that another one holds, all of it or nothing. It blocks.
package protocol CopyTarget: Sendable {
    /// Takes rows in one transaction; a copy that was stopped left nothing behind that is in the way of the next.
    ///
    /// The guards that hold new events to the chain are set aside within it, because an erased stream could not be copied
    /// otherwise, and are back before it ends: so whoever copies verifies the journal afterwards.
    ///
    /// - Throws: `CopyFault.notEmpty`.
    func take(_ body: (any CopyFilling) throws -> Void) throws
}

/// A store that is being filled.
package protocol CopyFilling {
    func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws
}

/// Why a store cannot be copied into another.
package enum CopyFault: Error, Hashable, Sendable {
    /// The one that is copied to holds something already.
    case notEmpty
    /// Contents that the store speaks of are not where they must be.
    case contentsMissing(String)
}

/// Copies one store into another.
package enum StoreCopy {
    private static let batch = 200

    /// Copies everything; the number of rows of each table.
    ///
    /// - Parameter told: is told of each table when it is done.
    package static func copy(
        from source: any CopySource, to target: any CopyTarget, told: (_ table: String, _ rows: Int) -> Void
    ) throws {
        try source.give { rows in
            try target.take { filling in
                for table in [.keys] + CopiedTable.all {
                    var count = 0
                    var waiting: [[CopiedValue]] = []
                    try rows.each(table) { row in
                        waiting.append(row)
                        count += 1
                        // Contents may be large, so few of them wait together.
                        guard waiting.count >= (table == .blobs ? 4 : batch) else { return }
                        try filling.add(waiting, to: table)
                        waiting = []
                    }
                    if !waiting.isEmpty { try filling.add(waiting, to: table) }
                    told(table.name, count)
                }
            }
        }
    }
}
