/// A decision table of the plan, as pages of the plan show it.
struct PlanTable: Sendable {
    struct Row: Sendable {
        let cells: [String]
        /// Where the source is silent or clashes, and what was chosen.
        let note: String?
        let source: SourceNote?
        /// That this version changed it.
        var mark: String?
    }

    let anchor: String
    let title: String
    /// "precies één regel geldt"
    let policy: String
    let columns: [String]
    let rows: [Row]
    let source: SourceNote?
    var mark: String?
}
