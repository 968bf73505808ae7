/// The versions of the plan: what is in force, what comes, what is in the making.
struct PlanVersionsPage: Page {
    static let template = "governance/plan-versions"

    struct Row: Sendable {
        let title: String
        let href: String
        /// "in werking sinds 1 augustus 2021"
        let about: String
        /// "wacht op de ondersteuningsplanraad"
        let waits: String?
        let chip: Chip?
    }

    struct Group: Sendable {
        let title: String
        let rows: [Row]
    }

    let title: String
    let lead: String
    let groups: [Group]
}

/// One version of the plan: how far it is, what the council asks, and what the reader may do now.
struct PlanVersionPage: Page {
    static let template = "governance/plan-version"

    /// An organ that the version passes.
    struct Stage: Sendable, Derived {
        enum State: Sendable { case done, now, ahead }
        let title: String
        let state: State
        let entries: [Entry]
        /// Whose turn it is, while nothing was recorded.
        let note: String?

        var derived: [String: Any] { ["isDone": state == .done, "isNow": state == .now] }
    }

    /// What was recorded of a stage: once, or once for each municipality.
    struct Entry: Sendable {
        /// "31 maart 2020"
        let day: String
        /// "Gemeente Oost"
        let party: String?
        /// "vastgelegd door Ank Bos, voorzitter van de raad"
        let who: String?
        let note: String?
        let paper: Link?
    }

    struct Question: Sendable {
        let paragraphs: [String]
        /// "Werkgroep ouders, Bas Vos, 3 maart 2024"
        let by: String
        let chip: Chip
        let answer: [String]
        let answered: String?
        let form: Form?
        let settle: Form?
    }

    struct Chapter: Sendable {
        let title: String
        let questions: [Question]
    }

    struct Action: Sendable {
        let title: String
        let text: String
        let form: Form
        /// Folded away: it takes something back.
        let isGrave: Bool
    }

    let title: String
    let chip: Chip?
    let lead: String
    let back: Link
    /// What is said aloud: a term that passed, consent that is void.
    let remarks: [String]
    /// What `plan check` and the examples say, when that stopped something just now.
    let faults: [DraftPage.Line]
    let actions: [Action]
    let stages: [Stage]
    /// What it changes, by procedure and step.
    let changes: [Fact]
    let chapters: [Chapter]
    /// How each board voted.
    let votes: [Fact]
    /// Steps that have no effect any more.
    let earlier: [Fact]
    let links: [Link]
}
