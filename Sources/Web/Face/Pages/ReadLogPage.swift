/// Who read what of this child, when and why; the family sees the same.
struct ReadLogPage: Page {
    static let template = "dossier/read-log"

    struct Row: Sendable {
        let when: String
        let who: String
        /// "ondersteuningsadviseur"
        let function: String
        let why: String
        /// "overzicht, deel Begrijpen"
        let what: String
        /// Set when somebody broke the glass.
        let chip: Chip?
    }

    let title: String
    let frame: DossierFrame
    let lead: String
    let rows: [Row]
    let next: String?
    let first: String?
}
