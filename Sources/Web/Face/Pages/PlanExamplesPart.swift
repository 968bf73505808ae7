/// Situations with what comes out by the plan, each of them tried.
struct PlanExamplesPart: Sendable {
    struct Example: Sendable {
        /// "Groep 5, besluit op 2 november 2021."
        let situation: [String]
        /// "Geldt tot en met 31 juli 2024."
        let outcome: String
        let why: String
        let source: SourceNote?
        /// Whether it came out so.
        let chip: Chip
        /// That this version brought it, or says otherwise what comes out.
        var mark: String?
    }

    struct Group: Sendable {
        let title: String
        let examples: [Example]
    }

    /// "12 voorbeelden; alle 12 zijn nagerekend en komen zo uit."
    let lead: String
    let groups: [Group]
}
