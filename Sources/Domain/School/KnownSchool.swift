/// A school as the register knows it: what the rules need of it when somebody chooses one.
package struct KnownSchool: Hashable, Sendable {
    package let id: OrganisationID
    /// `bo`, `sbo`, `so`, `vso` or `so-vso`.
    package let kind: String
    /// The day on which it closed; nil while it is open.
    package let closed: Day?

    package init(id: OrganisationID, kind: String, closed: Day? = nil) {
        self.id = id
        self.kind = kind
        self.closed = closed
    }

    /// Whether a child can go to it on a day.
    package func isOpen(on day: Day) -> Bool { closed.map { day < $0 } ?? true }
}
