/// Who was asked in from outside: what they read, why, until when; and the form to ask somebody.
struct AskedInPage: Page {
    static let template = "dossier/asked-in"

    /// Somebody who was asked in.
    struct Reader: Sendable {
        let name: String
        /// "Uitvoerder van een BOSK van buiten"
        let kind: String
        /// "leest mee tot en met 3 maart 2027", "gestopt op 4 maart"
        let chip: Chip
        let facts: [Fact]
        /// Why it is right to share more than the law gives; none where the law is the ground.
        let weighing: [Fact]
        /// More time; nil when it is over or the reader may not.
        let prolong: Form?
        let withdraw: Form?
        /// To hand over what they read; nil where the plan does not let, or to nobody.
        var handOver: Form?
    }

    /// A kind of people that can be asked in.
    struct Kind: Sendable {
        let title: String
        let text: String
        /// "ten hoogste 3 maanden; met toestemming voor …"
        let note: String
        /// To the form; nil when the agreement is not there.
        let ask: Link?
        /// What is missing, with the way to it.
        let missing: Link?
    }

    let title: String
    let frame: DossierFrame
    let lead: String
    let problems: [FormProblem]
    let readers: [Reader]
    let over: [Reader]
    let kinds: [Kind]
    /// "Iemand laten meelezen: hulpverlener of deskundige van buiten"
    let formTitle: String?
    let formText: String?
    let form: Form?
}
