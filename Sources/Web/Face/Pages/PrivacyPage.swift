/// What is kept about children, who reads it and what a family can ask: for everybody, made from the plan in force.
struct PrivacyPage: Page {
    static let template = "privacy/privacy"

    /// Who reads along: when, and which parts.
    struct Reader: Sendable {
        let title: String
        let href: String
        /// "als het dossier de persoon noemt", one line for each reason.
        let when: [String]
        let parts: String
    }

    /// What parents are asked to agree to.
    struct Purpose: Sendable {
        let title: String
        let about: String
        let href: String
    }

    /// Somebody who can be asked in from outside.
    struct Outsider: Sendable {
        let title: String
        /// Who they are, on what ground, and how long and what at most.
        let lines: [String]
    }

    let title: String
    let lead: String
    let contents: [Link]
    let why: [String]
    let parts: [Fact]
    let readers: [Reader]
    /// Who sees no dossiers; nil when there is nobody like that.
    let figures: String?
    let purposes: [Purpose]
    /// Who can be asked in from outside: on what ground, how long and for which parts at most.
    let outside: [Outsider]
    /// How a dossier is opened in an emergency; nil where nobody may.
    let emergency: String?
    /// How long it is kept; nil where the plan leaves that to paper.
    let kept: String?
    let log: String
    /// Where to ask, and by when there is an answer.
    let rightsLead: [String]
    let rights: [String]
    let safe: [String]
    let contact: [Fact]
    let register: Link
    /// Who sees what, as one table.
    let table: Link
}

/// What the program does with personal data, as the law asks it to be written down (AVG art. 30).
struct ProcessingRegisterPage: Page {
    static let template = "privacy/register"

    struct Activity: Sendable {
        let title: String
        let facts: [Fact]
    }

    let title: String
    let lead: String
    let contact: [Fact]
    let activities: [Activity]
    let back: Link
}
