/// Asks whether something that cannot be undone by oneself is really meant: locking, signing, withdrawing, revoking.
struct ConfirmPage: Page {
    static let template = "confirm"

    let title: String
    let frame: DossierFrame?
    let lead: String
    let facts: [Fact]
    /// What follows from it, one sentence each.
    let consequences: [String]
    let form: Form
    /// Whether it takes something away.
    let isGrave: Bool
}
