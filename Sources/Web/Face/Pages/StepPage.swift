/// One step of a procedure: what is asked, what is known already, and what can be chosen.
struct StepPage: Page {
    static let template = "procedure/step"

    /// Another person can be chosen.
    struct Reassign: Sendable {
        /// "Nu gekozen: Ruud Evers."
        let text: String
        let form: Form
    }

    /// What the reader began to write, and cannot send any more.
    struct Left: Sendable {
        let written: [String]
        /// Throws it away.
        let drop: Form
    }

    let title: String
    let frame: DossierFrame
    /// "TLV sbo", with its page.
    let procedure: Link
    /// "Stap 3 van 6"
    let position: String?
    let about: [String]
    /// The invitation of the meeting whose result is recorded here.
    var invitation: Link?
    let source: Link?
    let clock: Clock?
    let items: [DossierPage.Item]
    let known: [FactGroup]
    /// Nil when it is not the reader's turn.
    let form: Form?
    var left: Left?
    /// Whose turn it is, if not the reader's: "Dit is aan Ruud Evers, psycholoog."
    let waiting: String?
    /// Choosing another person for this step, when that is up to the reader.
    var reassign: Reassign?
    /// Who will be able to read the answer.
    let readers: String?
}
