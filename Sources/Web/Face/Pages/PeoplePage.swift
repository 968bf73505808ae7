/// Everybody who has a function, and inviting somebody.
struct PeoplePage: Page {
    static let template = "governance/people"

    struct Row: Sendable {
        let name: String
        let href: String
        let email: String
        /// "intern begeleider, De Kassenbouwer"
        let functions: [String]
        let chip: Chip?
    }

    let title: String
    let tabs: [Tab]
    let query: String?
    let summary: String
    let rows: [Row]
    let next: String?
    let first: String?
    /// What the form asks of a school's administrator.
    let lead: String?
    /// Inviting somebody; nil if the reader may not.
    let form: Form?
}
