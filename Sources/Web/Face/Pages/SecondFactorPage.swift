/// Setting up the code beside the password.
struct SecondFactorPage: Page {
    static let template = "account/second-factor"

    /// The picture that an app takes, as squares on a grid.
    struct Picture: Sendable {
        /// "0 0 41 41"
        let viewBox: String
        /// Where it is dark.
        let path: String
    }

    let title: String
    /// Why it is asked.
    let lead: String
    /// What to do, in order.
    let steps: [String]
    /// Nil where no picture can be made; then the secret is typed.
    let picture: Picture?
    /// In groups of four.
    let secret: String
    let form: Form
}

/// The recovery codes, shown once.
struct RecoveryCodesPage: Page {
    static let template = "account/recovery-codes"

    let title: String
    let lead: String
    let codes: [String]
    let next: Link
}
