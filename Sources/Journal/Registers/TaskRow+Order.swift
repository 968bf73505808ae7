import Domain

extension TaskRow {
    /// What makes a task one: of the tasks of several principals for a step, a list shows one.
    package struct Place: Hashable, Sendable {
        package let instance: InstanceID
        package let step: String
    }

    /// The open step that this task is about.
    package var place: Place { Place(instance: instance, step: step) }

    /// The order of task lists: due first, without a term last, then the oldest, then by instance, step and principal.
    package func comesBefore(_ other: TaskRow) -> Bool {
        if orderedDue != other.orderedDue { return orderedDue < other.orderedDue }
        if since != other.since { return since < other.since }
        if instance != other.instance { return instance.rawValue.precedesByBytes(other.instance.rawValue) }
        if step != other.step { return step.precedesByBytes(other.step) }
        return principal.precedesByBytes(other.principal)
    }

    /// The due day as a number for sorting; without a term the highest number there is.
    package var orderedDue: Int64 { due.map { Int64($0.daysSinceEpoch) } ?? .max }
}
