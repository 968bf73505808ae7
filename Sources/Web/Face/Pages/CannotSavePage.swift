/// That what somebody sent cannot be saved for now, with all they filled in and a button that sends it once more.
struct CannotSavePage: Page {
    static let template = "cannot-save"

    /// The form that was sent, to be sent again to the same address.
    struct Again: Sendable {
        /// One field as it was sent.
        struct Field: Sendable {
            let name: String
            let value: String
        }

        let action: String
        let fields: [Field]
        /// What somebody wrote in words, so that it can be read and copied.
        let written: [String]
    }

    /// A page to go on from.
    struct Back: Sendable {
        let href: String
        let label: String
    }

    let title: String
    /// What happened and what can be done.
    let paragraphs: [String]
    /// Nil where nothing was sent, or it cannot be sent again from here.
    let again: Again?
    /// Where to go on where there is no `again`.
    let back: Back?
    /// Number under which it stands in the log, and the code of what is wrong.
    let reference: String
}
