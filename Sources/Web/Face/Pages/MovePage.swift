/// Moving a running procedure to another version of the plan: what it would change first, side by side, then why.
struct MovePage: Page {
    static let template = "procedure/move"

    /// One thing as it is and as it would be.
    struct Row: Sendable {
        let label: String
        let before: String
        let after: String
        let changes: Bool
    }

    /// Rows about the same kind of thing.
    struct Part: Sendable {
        let title: String
        let rows: [Row]
    }

    let title: String
    let frame: DossierFrame
    let procedure: Link
    let about: [String]
    /// Names of the two versions, above the columns.
    let before: String
    let after: String
    /// The other version that can be chosen, when there is one.
    let others: [Link]
    let parts: [Part]
    /// Why it cannot be moved, each as a sentence; empty when it can.
    let lost: [String]
    /// Nil when it cannot be moved.
    let form: Form?
}
