/// Why a page cannot be shown, in words that help, and without anything about anybody.
struct ErrorPage: Page {
    static let template = "error"

    let title: String
    /// What happened and what can be done.
    let message: String
    /// Number under which the fault can be found in the log; only of faults.
    let reference: String?
}
