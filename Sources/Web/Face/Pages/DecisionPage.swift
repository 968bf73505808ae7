/// A decision: its number and days, its reasons, and how its end was found.
struct DecisionPage: Page {
    static let template = "procedure/decision"

    struct Expert: Sendable {
        let name: String
        /// "orthopedagoog"
        let discipline: String
        /// "advies van 9 maart 2026"
        let date: String
        let advice: [String]
    }

    /// A row of a decision table, and whether it was this case.
    struct Row: Sendable {
        let when: String
        let then: String
        let source: SourceNote?
        let matched: Bool
    }

    /// How an answer was found in a table of the plan.
    struct Explanation: Sendable {
        let title: String
        /// "De einddatum is 31 juli 2029, omdat Milan nu in groep 7 zit."
        let sentence: String
        let rows: [Row]
        /// A clash between sources that was decided, and by whom.
        let conflict: String?
        let source: Link?
    }

    let title: String
    let frame: DossierFrame
    let procedure: Link
    let chip: Chip
    /// "PO2803-2025-2026-0017-SBO"; nil when nothing numbered was given.
    let number: String?
    /// Begin, end, school type, category, requesting school, day of decision, who decided.
    let facts: [Fact]
    let reasons: [String]
    let experts: [Expert]
    let explanations: [Explanation]
    /// How to object, one text a paragraph.
    let objection: [String]
    /// "tot en met maandag 1 juni 2026"
    let objectUntil: String?
    let file: Link?
    /// The paragraph of the plan that it rests on.
    let source: Link
    /// The version of the plan under which it was taken.
    let version: Link
    /// What happens now.
    let next: [Link]
}
