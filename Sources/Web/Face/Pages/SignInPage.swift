/// Signing in with mail address and password, and then with a code.
struct SignInPage: Page {
    static let template = "account/sign-in"

    let title: String
    /// "U bent afgemeld." or why one has to sign in first.
    let message: String?
    /// To sign out where they signed in as well; nil when that was here.
    let alsoThere: Link?
    let form: Form
    /// Other ways in: the account of the school's own network.
    let providers: [Link]
    /// To the practice environment's list of roles, if this is one.
    let demo: Link?
    /// To where a new password is asked by mail; nil when this site sends none.
    let forgotten: Link?
    /// Whether the code is asked now instead of the password.
    let asksCode: Bool

    init(
        title: String, message: String?, alsoThere: Link? = nil, form: Form, providers: [Link], demo: Link?, forgotten: Link?,
        asksCode: Bool
    ) {
        self.title = title
        self.message = message
        self.alsoThere = alsoThere
        self.form = form
        self.providers = providers
        self.demo = demo
        self.forgotten = forgotten
        self.asksCode = asksCode
    }
}
