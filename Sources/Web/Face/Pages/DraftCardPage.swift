/// One card in a draft: what goes otherwise than it tells, and then all of it.
struct DraftCardPage: Page {
    static let template = "plan/draft-card"

    let title: String
    let around: [Link]
    let chip: Chip
    let situation: [String]
    /// That it was so and goes otherwise now, or that nothing changes.
    let lead: String
    /// What goes otherwise, each with what the card tells and what is so in the draft.
    let changes: [Fact]
    /// What stays as it is.
    let things: [PlanCardsPart.Thing]
    let source: String?
}
