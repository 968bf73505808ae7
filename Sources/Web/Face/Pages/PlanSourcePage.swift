/// The paragraphs of the plan's source, each with what was made of it.
struct PlanSourcePage: Page {
    static let template = "plan/source"

    struct Paragraph: Sendable {
        /// The place that every source on the site leads to.
        let anchor: String
        /// "deel 2, 1.7.4"
        let number: String
        let title: String?
        let uses: [Link]
    }

    /// A chapter of the document, or the law.
    struct Chapter: Sendable {
        let anchor: String
        let title: String?
        let paragraphs: [Paragraph]
    }

    let title: String
    let back: Link
    /// That this version is not the one in force, and which it is.
    let version: String?
    let lead: String
    /// The chapters, to go to.
    let contents: [Link]
    let chapters: [Chapter]
    /// Cards that tell of each chapter what was made of it.
    var cards: [PlanCardsPart] = []
}
