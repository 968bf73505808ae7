/// The practice environment's way in: one press for each role.
struct DemoPage: Page {
    static let template = "account/demo"

    struct Role: Sendable {
        /// Sent as `rol`.
        let value: String
        /// "Intern begeleider"
        let title: String
        /// "Sanne Mulder, De Kassenbouwer"
        let who: String
        /// What one would do here in this role.
        let text: String
    }

    struct Group: Sendable {
        let title: String
        let roles: [Role]
    }

    let title: String
    /// "Alles hier is verzonnen. Het is hier maandag 1 maart 2021."
    let lead: String
    let action: String
    let groups: [Group]
}
