/// The dossiers that were read lately, each with the way to its log, for whoever watches over privacy.
struct ReadLogsPage: Page {
    static let template = "governance/read-logs"

    struct Row: Sendable {
        /// "Dossier x7k2qa": no name of a child.
        let label: String
        /// To the log of the dossier.
        let href: String
        let school: String
        /// When it was read last.
        let last: String
        /// "24 keer gelezen"
        let reads: String
        /// "door 3 mensen"
        let people: String
    }

    /// Reading that stands out: who, when and why, with the logs to look in.
    struct Unusual: Sendable {
        let who: String
        /// "intern begeleider"
        let function: String
        /// "vandaag 23.10 uur"
        let when: String
        /// "Las 41 dossiers op één dag."
        let why: String
        /// The logs of the first dossiers.
        let dossiers: [Link]
        /// "en nog 30"
        let more: String?
    }

    /// A dossier that was opened in an emergency.
    struct Emergency: Sendable {
        let label: String
        let href: String
        let school: String
        let when: String
        /// "Merel de Haan (ondersteuningsadviseur) opende dit dossier met noodtoegang."
        let what: String
        /// "Reden: …"
        let why: String
    }

    let title: String
    let lead: String
    /// Nil on further pages, and where the plan tells nothing of it.
    let unusual: [Unusual]
    let rows: [Row]
    let next: String?
    let first: String?
    /// Those of the last weeks, the last one first; shown on the first page.
    var emergencies: [Emergency] = []
    /// How many requests of families wait and how many are late, with the way there; nil when none does.
    var requests: Link?
    var requestsAreLate = false
}
