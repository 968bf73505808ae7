/// The first password of a guardian's new account, shown this once.
struct AccountGivenPage: Page {
    static let template = "dossier/account-given"

    let title: String
    let frame: DossierFrame
    let lead: String
    let email: String
    let password: String
    let back: Link
}
