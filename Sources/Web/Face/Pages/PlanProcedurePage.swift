/// One procedure of the plan, for a parent as well as for a lawyer.
struct PlanProcedurePage: Page {
    static let template = "plan/procedure"

    struct Step: Sendable {
        let title: String
        let who: String
        let text: [String]
        /// "binnen 2 weken"
        let terms: [String]
        /// "goed: naar advies; niet compleet: terug naar school"
        let then: [String]
        let source: String?
    }

    struct Line: Sendable {
        let title: String
        let text: String?
        let source: String?
    }

    /// A decision table.
    struct Table: Sendable {
        let title: String
        /// "precies één regel geldt"
        let policy: String
        let columns: [String]
        let rows: [Row]
        let source: String?
    }

    struct Row: Sendable {
        let cells: [String]
        let source: String?
    }

    let title: String
    let about: [String]
    let facts: [Fact]
    let needs: [Line]
    /// What is asked because it is not known yet, each with why.
    let asks: [Line]
    let steps: [Step]
    let terms: [Line]
    let outcomes: [Line]
    let tables: [Table]
    /// Where sources clash and what was chosen.
    let conflicts: [Line]
    let source: String?
}
