/// The documents of a dossier, and adding one.
struct DocumentsPage: Page {
    static let template = "dossier/documents"

    struct Row: Sendable {
        let name: String
        let href: String
        /// "Onderzoeksverslag"
        let kind: String
        /// "pdf, 820 kB"
        let size: String
        /// "toegevoegd door Tom Hendriks, 20 februari 2026"
        let added: String
        let explanation: String?
        let chip: Chip?
        /// Where removing is asked for; nil if the reader may not.
        let remove: Link?
    }

    let title: String
    let frame: DossierFrame
    /// "Pdf, Word, foto; ten hoogste 20 MB. Een virus of een wachtwoord erop weigeren wij."
    let accepted: String
    let form: Form?
    let rows: [Row]
}
