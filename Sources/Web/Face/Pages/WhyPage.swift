/// Why a procedure came out as it did, or what it takes to go on: row by row, with the paragraphs.
struct WhyPage: Page {
    static let template = "procedure/why"

    /// One condition, and whether it holds.
    struct Clause: Sendable {
        let question: String
        /// "antwoord: groep 5; gevraagd: groep 3 of hoger"
        let told: String
        let holds: Bool
    }

    /// One row of a table of the plan.
    struct Row: Sendable {
        let title: String
        let matched: Bool
        let clauses: [Clause]
        let notes: [String]
        let source: SourceNote?
    }

    /// A way on, or one that was not taken, with what it takes.
    struct Way: Sendable {
        /// "Toekennen: toelaatbaarheidsverklaring"
        let title: String
        /// Whether it is open; nil for whoever may not read what that rests on.
        let chip: Chip?
        let clauses: [Clause]
        let source: SourceNote?
    }

    /// What else would have come out, had one answer been another.
    struct Otherwise: Sendable {
        let change: String
        let outcome: String
    }

    let title: String
    let frame: DossierFrame
    let procedure: Link
    /// "Uitkomst: toegekend, op 3 november 2026."
    let lead: String
    let meaning: String?
    let plan: Link
    let source: SourceNote?
    let known: [Fact]
    /// Rows that applied first.
    let rows: [Row]
    let counted: [String]
    let steps: [Fact]
    let otherwise: [Otherwise]
    let waysTitle: String
    let ways: [Way]
    /// What can still come.
    let ahead: [String]
}
