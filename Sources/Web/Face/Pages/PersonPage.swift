/// One person and the functions that he or she holds or held.
struct PersonPage: Page {
    static let template = "governance/person"

    struct Holding: Sendable {
        let title: String
        let place: String
        /// "sinds 1 augustus 2021", "1 augustus 2019 – 31 juli 2021"
        let period: String
        let chip: Chip?
        /// Ending it; nil when it ended.
        let end: Form?
    }

    let title: String
    let tabs: [Tab]
    let facts: [Fact]
    let holdings: [Holding]
    let grant: Form?
    /// Sending a new invitation, blocking the account.
    let actions: [Form]
}
