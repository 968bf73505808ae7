/// Why a page cannot be shown, in words that help, and without anything about anybody.
struct ErrorPage: Page {
    static let template = "error"

    let title: String
    /// What happened and what can be done.
    let message: String
    /// What the rules say no to, a sentence each; only of what was refused.
    let reasons: [String]
    /// What stood in the form that the reader sent, in words; nothing where no form was sent.
    let written: [String]
    /// What is to be done with it.
    let writtenNote: String
    /// The page on which the form was sent, to see how it stands now.
    let back: Link?
    /// Number under which the fault can be found in the log; only of faults.
    let reference: String?
}
