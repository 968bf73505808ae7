/// The invitation to a meeting about a child, for a parent to read and to print.
struct InvitationPage: Page {
    static let template = "procedure/invitation"

    struct Guest: Sendable {
        let name: String
        /// "ondersteuningsadviseur van het samenwerkingsverband"
        let role: String
        /// Why this person is there.
        let why: String?
        let chip: Chip?
    }

    struct Outcome: Sendable {
        let title: String
        let text: String?
    }

    let title: String
    let frame: DossierFrame
    let procedure: Link
    /// "dinsdag 17 maart 2026, 15.30 – 16.30 uur"; nil while not planned.
    let when: String?
    let place: String?
    /// Why this meeting, one text a paragraph.
    let why: [String]
    let guests: [Guest]
    let outcomes: [Outcome]
    /// Questions to think about beforehand.
    let questions: [String]
    /// That one may bring somebody, and whom one may ask for help.
    let bring: [String]
    /// Whom to call when one cannot come.
    let contact: String?
    /// Answering the invitation, if it is for the reader.
    let form: Form?
    let source: Link?
}
