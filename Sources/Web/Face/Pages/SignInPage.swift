/// Signing in with mail address and password, and then with a code.
struct SignInPage: Page {
    static let template = "account/sign-in"

    let title: String
    /// "U bent afgemeld." or why one has to sign in first.
    let message: String?
    let form: Form
    /// Other ways in: the account of the school's own network.
    let providers: [Link]
    /// To the practice environment's list of roles, if this is one.
    let demo: Link?
    /// To where a new password is asked by mail; nil when this site sends none.
    let forgotten: Link?
    /// Whether the code is asked now instead of the password.
    let asksCode: Bool
}
