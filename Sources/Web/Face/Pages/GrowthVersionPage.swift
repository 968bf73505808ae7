/// One locked version of the groeidocument, to read, print and sign.
struct GrowthVersionPage: Page {
    static let template = "growth/version"

    struct Part: Sendable {
        let title: String
        let fields: [FormField]
    }

    let title: String
    let frame: DossierFrame
    /// When, by whom and for what it was locked.
    let lead: String
    let signatures: [GrowthPage.Signature]
    let parts: [Part]
    /// Signing as the reader; nil if it is not for this reader, or done.
    let sign: Link?
    let compare: Link?
    /// The family's own words that stand beside what is in it.
    var statements: [Fact] = []
}
