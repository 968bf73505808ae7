import Domain

/// What narrows a list of dossiers down; everything that is set must hold.
///
/// It tells no more than the list itself: what is about procedures counts only where an opening shows those.
package struct DossierFilter: Hashable, Sendable {
    /// The child's school.
    package var school: OrganisationID?
    /// The child's group; only where the opening shows the child.
    package var group: String?
    /// The plan's name of a procedure that runs.
    package var procedure: String?
    /// Whether something waits for one of those who ask.
    package var isWaiting = false
    /// Whether a running procedure, or a step of it that is open, is past its last day.
    package var isLate = false

    package init() {}

    /// Whether nothing is narrowed down.
    package var isEmpty: Bool { self == DossierFilter() }

    /// The part of a dossier that an opening must show for a group to count.
    package static let child = "child"
    /// The part of a dossier that an opening must show for its procedures to count.
    package static let procedures = "procedures"
}

extension Registers {
    /// The dossiers of these principals without narrowing down.
    package func dossiers(
        for principals: [String], on day: Day, search: String?, after: PageKey?, limit: Int
    ) async throws(JournalFault) -> [DossierRow] {
        try await dossiers(
            for: principals, on: day, search: search, filter: DossierFilter(), after: after, limit: limit)
    }
}
