/// The schools of the partnership.
struct SchoolsPage: Page {
    static let template = "governance/schools"

    struct Row: Sendable {
        let name: String
        let href: String?
        /// Number of the location.
        let number: String
        let kind: String
        let board: String
        let adviser: String?
        let chip: Chip?
    }

    let title: String
    let tabs: [Tab]
    let summary: String
    let rows: [Row]
    let form: Form?
}
