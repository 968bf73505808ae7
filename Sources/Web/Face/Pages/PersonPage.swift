/// One person and the functions that he or she holds or held.
struct PersonPage: Page {
    static let template = "governance/person"

    struct Holding: Sendable {
        let title: String
        let place: String
        /// "sinds 1 augustus 2021", "1 augustus 2019 – 31 juli 2021"
        let period: String
        /// "in plaats van Marie Dam", "wordt vervangen door Jet Vos, 3 – 28 november 2026"
        let standing: [String]
        let chip: Chip?
        /// Ending it; nil when it ended.
        let end: Form?
    }

    struct Replace: Sendable {
        let lead: String
        let form: Form
    }

    /// Something that was done to this person.
    struct Act: Sendable {
        /// "intern begeleider gegeven, De Eik"
        let what: String
        /// "2 november 2026, 9.00 uur, door Marie Dam"
        let who: String
    }

    let title: String
    let tabs: [Tab]
    let facts: [Fact]
    let holdings: [Holding]
    let grant: Form?
    /// Why no function can be given by the reader; nil when one can.
    let notGiven: String?
    /// Having somebody take this one's place for a time; nil for whoever holds nothing.
    let replace: Replace?
    /// Sending a new invitation, blocking the account.
    let actions: [Form]
    /// Who does that when the reader may not; nil when they may.
    let notHandled: String?
    /// Newest first.
    let acts: [Act]
}
