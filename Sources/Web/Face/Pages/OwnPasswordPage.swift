/// Choosing one's own password in the place of the one that was handed out.
struct OwnPasswordPage: Page {
    static let template = "account/own-password"

    let title: String
    /// Why it is asked.
    let lead: String
    let form: Form
}
