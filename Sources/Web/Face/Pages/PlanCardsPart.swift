/// Cards beside a plan: what somebody who works by it would write down about it, each tried.
struct PlanCardsPart: Sendable {
    /// One thing that is told: a step, a term, who reads along.
    struct Thing: Sendable {
        /// "Stap ‘Beslissen’"; nil where the facts say it themselves.
        let title: String?
        let facts: [Fact]
    }

    struct Card: Sendable {
        let why: String
        /// "Alles hieronder begint op 3 november 2020."
        let situation: [String]
        let things: [Thing]
        let source: SourceNote?
        /// That the plan does otherwise; nil when it does as the card tells.
        let chip: Chip?
        /// That this version brought it, or tells it otherwise.
        var mark: String?
    }

    let anchor: String
    let title: String
    /// What these cards are, and whether all of them hold.
    let lead: String
    let cards: [Card]
}
