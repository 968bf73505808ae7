import Domain
import Plan
import UseCases

// One card in a draft.
extension DraftWords {
    /// The page of a card.
    func page(_ told: ToldCard) -> DraftCardPage {
        let said = CardWords(plan)
        let same = told.entries.filter(\.isSame)
        return DraftCardPage(
            title: told.example.why[language], around: [Link(texts("draftPlan.draft"), .planDraft(key))],
            chip: told.isSame ? Chip(texts("draftCard.holds"), .ok) : Chip(texts("draftCard.chip"), .wait),
            situation: said.situation(told.card), lead: texts(told.isSame ? "draftCard.noChange" : "draftCard.lead"),
            changes: said.changes(told.entries, of: told.card), things: said.things(same, of: told.card),
            source: told.example.source.map { texts("draftPlan.source", ["source": $0]) })
    }

    /// A card by what it shows, with how much of it goes otherwise.
    func line(_ told: ToldCard) -> DraftPage.Line {
        DraftPage.Line(
            text: Self.sentence(told.example.why[language]),
            note: texts.count("draftCard.count", told.entries.count { !$0.isSame }),
            place: Link(texts("draftCard.to"), href(example: told.path, "kaart")))
    }
}
