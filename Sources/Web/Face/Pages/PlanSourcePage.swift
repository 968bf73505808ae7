/// The paragraphs of the plan's source, each with what was made of it.
struct PlanSourcePage: Page {
    static let template = "plan/source"

    struct Paragraph: Sendable {
        /// "deel 2, 1.7.4"
        let number: String
        let title: String?
        let uses: [Link]
    }

    let title: String
    let lead: String
    let paragraphs: [Paragraph]
}
