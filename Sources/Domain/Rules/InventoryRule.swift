/// A route that is due each school year for every child whose decision ends in it, such as the reassessment of a TLV.
package struct InventoryRule: Hashable, Sendable {
    /// A decision that the route follows on.
    package struct Of: Hashable, Sendable {
        package let procedure: String
        package let outcome: String
        package init(procedure: String, outcome: String) {
            self.procedure = procedure
            self.outcome = outcome
        }
    }

    package let title: Localized
    package let of: [Of]
    /// Field of the start in which the last day of the decision is filled in; nil when the start does not ask it.
    package let fills: String?
    /// Step whose choice the list shows once it is made, such as whether the child follows its perspective.
    package let shows: String?
    package let source: String

    package init(title: Localized, of: [Of], fills: String? = nil, shows: String? = nil, source: String) {
        self.title = title
        self.of = of
        self.fills = fills
        self.shows = shows
        self.source = source
    }
}
