/// A card laid beside a plan: what it tells with what is so there.
package struct ToldCard: Hashable, Sendable {
    package let example: PlanExample
    package let card: PlanCard
    /// Everything it tells, in its own order.
    package let entries: [CardEntry]

    package var path: String { example.path }
    /// Whether the plan does all that it tells, and no more.
    package var isSame: Bool { entries.allSatisfy(\.isSame) }

    /// What is of one version alone, and of no version that changes it.
    private static let ofVersion: Set<String> = ["in-force", "until", "amends"]

    /// Nil for an example that is no card.
    ///
    /// - Parameter isInherited: whether the version that the plan changes gives the card.
    init?(_ example: PlanExample, by plan: LoadedPlan, isInherited: Bool = false) {
        guard let card = example.card else { return nil }
        self.example = example
        self.card = card
        entries = card.entries(by: plan.rules, sources: plan.sources).filter { entry in
            !isInherited || card.subject != .plan || !Self.ofVersion.contains(entry.thing)
        }
    }

    /// Every card of a version, in the order of its files.
    package static func all(of plan: LoadedPlan) -> [ToldCard] { plan.examples.compactMap { ToldCard($0, by: plan) } }
}

// Cards of a draft: its own, and those of what it changes that it did not write anew or take out.
extension PlanDraft {
    /// All of them; none while the draft cannot be read.
    var cards: [ToldCard] {
        guard let plan else { return [] }
        return standingCards.compactMap { ToldCard($0, by: plan, isInherited: true) } + ToldCard.all(of: plan)
    }

    /// One card by its path; nil when there is none.
    package func card(at path: String) -> ToldCard? {
        guard let plan else { return nil }
        if let own = plan.examples.first(where: { $0.path == path }) { return ToldCard(own, by: plan) }
        return standingCards.first { $0.path == path }.flatMap { ToldCard($0, by: plan, isInherited: true) }
    }

    private var standingCards: [PlanExample] { ground.cards.filter { plan?.answers($0) == false } }
}
