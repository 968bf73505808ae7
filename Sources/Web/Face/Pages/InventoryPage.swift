/// The children for whom something is due this school year because a decision ends in it.
struct InventoryPage: Page {
    static let template = "work/inventory"

    struct Row: Sendable {
        let name: String
        let href: String
        let group: String
        let school: String
        let ends: String
        let number: String
        /// How far it is: begun since when, or what came out.
        let standing: Chip?
        /// What was chosen in the step that the plan shows: "Volgens verwachting".
        let choice: String?
        /// Where what was begun can be looked at.
        let procedure: Link?
        /// Nil when there is nothing to begin for this reader.
        let begin: Form?
    }

    let title: String
    /// "Schooljaar 2025-2026: 34, waarvan 12 nog niet begonnen."
    let summary: String
    let source: Link?
    /// Choosing a school; nil for who sees one.
    let narrow: PupilsPage.Narrow?
    let rows: [Row]
    let next: String?
    let first: String?
    let file: Link?
    /// Numbers alone, for who sees no child.
    let figures: [Fact]
}
