import Domain

extension TaskRow {
    /// The order of task lists: due first, without a term last, then the oldest, then by instance, step and principal.
    package func comesBefore(_ other: TaskRow) -> Bool { orderValues.precedes(other.orderValues) }

    /// The due day as a number for sorting; without a term the highest number there is.
    package var orderedDue: Int64 { due.map { Int64($0.daysSinceEpoch) } ?? .max }

    private var orderValues: [RegisterValue] {
        [.int(orderedDue), RegisterValue(since), RegisterValue(instance), .text(step), .text(principal)]
    }
}
