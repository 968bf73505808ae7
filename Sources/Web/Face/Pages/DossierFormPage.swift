/// Opening a dossier, or correcting what is known of the child.
struct DossierFormPage: Page {
    static let template = "dossier/form"

    /// One parent or other guardian in the form.
    struct Guardian: Sendable {
        /// "Eerste ouder of verzorger"
        let legend: String
        let fields: [FormField]
        /// Name of the button that takes the block away, `verwijder` with this value; nil for the first.
        let remove: String?
    }

    let title: String
    let lead: String?
    /// Set when an existing dossier is corrected.
    let frame: DossierFrame?
    let form: Form
    let guardians: [Guardian]
    /// A block with `__n__` where the number goes, for a script that adds one without asking the server; also means that
    /// one may be added, with the button `meer` without script.
    let blank: Guardian?
    /// Dossiers that may be of the same child, to look at first.
    let alike: [Link]
    /// Another way to begin.
    var other: Link?
}
