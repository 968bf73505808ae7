/// Beginning a procedure: what it is for, what is needed, and the few things that are not known yet.
struct StartPage: Page {
    static let template = "procedure/start"

    let title: String
    let frame: DossierFrame
    /// What this is, in words for a parent.
    let about: [String]
    let source: Link?
    /// What must be there before it can begin or go on.
    let items: [DossierPage.Item]
    /// Why it cannot begin; then there is no form.
    let blocked: String?
    let known: [FactGroup]
    /// What happens afterwards, one sentence a step.
    let next: [String]
    /// Who will be able to read what.
    let readers: String?
    let form: Form?
}
