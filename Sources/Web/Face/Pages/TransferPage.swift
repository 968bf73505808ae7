/// Opening a package that another partnership handed over.
struct TransferPage: Page {
    static let template = "dossier/transfer"

    let title: String
    let lead: String
    /// Nil where nobody is known who could send one.
    let form: Form?
}
