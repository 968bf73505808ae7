/// Who starts a route, after what, and what must be known by then.
package struct StartRule: Hashable, Sendable {
    /// A procedure that must have ended with one of the outcomes before.
    package struct After: Hashable, Sendable {
        package let procedure: String
        package let outcomes: [String]
        /// How long after that ending this can still start; nil for ever.
        package let within: Period?
        package init(procedure: String, outcomes: [String], within: Period? = nil) {
            self.procedure = procedure
            self.outcomes = outcomes
            self.within = within
        }
    }

    /// Functions whose holders may start it.
    package let by: [String]
    /// One of these must have happened; empty when it can start from nothing.
    package let after: [After]
    /// For which child, school or time of year there is such a route at all.
    package let when: Condition
    package let asks: [Ask]
    package let needs: [Need]
    /// The step that the start plans a meeting for.
    package let plans: String?
    /// Whether the groeidocument is locked as a version by starting, because it is shared from then on.
    package let locksGroeidocument: Bool
    /// Steps that open at the start.
    package let opens: [String]
    /// Whether a second one may run beside a running one.
    package let repeatable: Bool
    /// For which children it is due each school year; nil when it is not.
    package let inventory: InventoryRule?

    package init(
        by: [String], after: [After] = [], when: Condition = .always, asks: [Ask] = [], needs: [Need] = [],
        plans: String? = nil, locksGroeidocument: Bool = false, opens: [String], repeatable: Bool = false,
        inventory: InventoryRule? = nil
    ) {
        self.by = by
        self.after = after
        self.when = when
        self.asks = asks
        self.needs = needs
        self.plans = plans
        self.locksGroeidocument = locksGroeidocument
        self.opens = opens
        self.repeatable = repeatable
        self.inventory = inventory
    }
}
