/// The guardians of a child, and what they agree to.
struct FamilyPage: Page {
    static let template = "dossier/family"

    struct Guardian: Sendable {
        let name: String
        /// "moeder"
        let relation: String
        /// "met gezag"
        let authority: Chip
        let facts: [Fact]
        /// What can be changed about this guardian, folded away; nil if the reader may not.
        let form: Form?
        /// What else can be done: giving an account, ending.
        var links: [Link] = []
    }

    /// Something that agreement is asked for.
    struct Purpose: Sendable {
        let title: String
        /// What it means, in words for a parent.
        let text: String
        /// "Nodig voor het SOT van 3 maart", or the law that already permits it.
        let ground: String?
        let answers: [Answer]
        /// That it is asked apart for everybody to whom something would go; nil where nothing goes outside.
        var perRecipient: String?
        /// What was said of each person or organisation to whom something would go.
        var recipients: [Recipient] = []
        /// To ask it for another one.
        var newRecipient: Form?
        /// What somebody's no means; nil while nobody said no.
        var standing: Standing?
        /// What was said, of a purpose that is folded away because its reader has nothing to do there.
        var folded: [Chip] = []
    }

    /// Who agreed and who did not, and what follows.
    struct Standing: Sendable {
        /// "Anouk zegt ja, Joris zegt nee."
        let title: String
        let text: String
        /// What cannot be done now.
        let closed: [String]
        /// What the law allows all the same.
        let law: String?
    }

    /// A person or organisation to whom something would go, and who agrees to that.
    struct Recipient: Sendable {
        /// "Voor Praktijk De Brug"
        let title: String
        /// "Yara Smit leest nu mee."
        let reading: String?
        let answers: [Answer]
    }

    /// What one guardian answered for one purpose.
    struct Answer: Sendable {
        let who: String
        /// "akkoord", "niet akkoord", "ingetrokken", "nog niet gevraagd"
        let chip: Chip
        /// "mondeling op school, vastgelegd door Sanne Mulder op 4 maart 2026"
        let recorded: String?
        let form: Form?
    }

    let title: String
    let frame: DossierFrame
    /// From which age the child has a say, and what that means now.
    let childsSay: String?
    let problems: [FormProblem]
    let guardians: [Guardian]
    let newGuardian: Form?
    let purposes: [Purpose]
}
