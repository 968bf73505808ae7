/// Who sees which part of a dossier, when, and what they may do there: the whole table, from the plan in force.
struct AccessTablePage: Page {
    static let template = "privacy/access"

    struct Cell: Sendable {
        let sees: Bool
    }

    struct Row: Sendable {
        let title: String
        /// Of the plan; nil for what the law gives or forbids everywhere.
        let href: String?
        let when: [String]
        /// One for each column.
        let cells: [Cell]
        let acts: String
    }

    let title: String
    let lead: String
    /// The parts of a dossier.
    let columns: [String]
    let rows: [Row]
    /// What holds whatever the plan says.
    let always: [String]
    let back: Link
}
