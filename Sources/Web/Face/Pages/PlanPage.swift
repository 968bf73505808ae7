/// The plan in force, for everybody: its forms of support, its procedures and their terms.
struct PlanPage: Page {
    static let template = "plan/plan"

    struct Form: Sendable {
        let title: String
        let href: String?
        let about: String?
        let source: String?
    }

    struct Tier: Sendable {
        let title: String
        let forms: [Form]
    }

    struct Procedure: Sendable {
        let title: String
        let href: String
        let about: String
        /// "Besluit binnen 6 weken"
        let terms: [String]
        /// "School vraagt aan"
        let starts: String?
    }

    let title: String
    /// "Geldt van 1 augustus 2020 tot en met 31 juli 2024. Met addendum van …"
    let lead: String
    let fan: Fan
    let tiers: [Tier]
    let procedures: [Procedure]
    let sources: Link?
    /// Other versions of the plan.
    let versions: [Link]
}
