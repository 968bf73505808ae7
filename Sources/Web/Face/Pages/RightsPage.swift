/// What a family can ask with its rights, and what it asked.
struct RightsPage: Page {
    static let template = "rights/rights"

    struct Row: Sendable {
        /// "Iets verbeteren"
        let label: String
        let href: String
        /// "over: Algemeen; gevraagd op 3 maart 2027"
        let note: String
        let chip: Chip?
    }

    let title: String
    let frame: DossierFrame
    let lead: String
    let rows: [Row]
    /// Nil for who cannot ask; then `information` says what is possible.
    let form: Form?
    let information: [String]
}

/// One request, for the family that asked it: what happens, by when, and what came of it.
struct RightsRequestPage: Page {
    static let template = "rights/request"

    let title: String
    let frame: DossierFrame
    let back: Link
    /// "U hoort het uiterlijk op maandag 6 oktober 2027."
    let lead: String
    let chip: Chip
    let facts: [Fact]
    /// What happens now, one sentence each.
    let next: [String]
    let decision: [Fact]
    /// How to object and to complain.
    let against: [String]
    let files: [Link]
    let filesNote: String?
    /// Why the form to add something stands there though nothing can be added any more.
    let kept: String?
    let add: Form?
    let withdraw: Form?
}

/// Where somebody of the school writes down what a guardian asked in a letter or said aloud.
struct RecordRequestPage: Page {
    static let template = "rights/record"

    struct Row: Sendable {
        /// "Een kopie krijgen"
        let label: String
        /// "van Anouk Visser, in een brief op 3 maart 2027; vastgelegd door Sanne Mulder"
        let note: String
        /// By when there is an answer, or that there is one.
        let chip: Chip
    }

    let title: String
    let frame: DossierFrame
    let lead: String
    /// What was written down before.
    let rows: [Row]
    let form: Form
}

/// What families asked, for those who handle it: no name of a child and nothing of what is in a dossier.
struct HandledRequestsPage: Page {
    static let template = "rights/handled-list"

    struct Group: Sendable {
        let title: String
        let late: Bool
        let rows: [Row]
    }

    struct Row: Sendable {
        /// "Dossier x7k2qa: een kopie"
        let label: String
        let href: String
        let note: String
        let chip: Chip
    }

    let title: String
    let lead: String
    let groups: [Group]
}

/// One request, for whoever handles it.
struct HandledRequestPage: Page {
    static let template = "rights/handled"

    /// Something that can be done now.
    struct Act: Sendable {
        let title: String
        let text: String
        let form: Form
    }

    let title: String
    let lead: String
    let back: Link
    let chip: Chip
    let facts: [Fact]
    /// To what it is about, while it runs.
    let places: [Link]
    /// To each part in which something can be mended, of a correction that is about everything.
    var parts: [Link] = []
    /// That the family reads nothing here and is told on paper; nil when it has an account.
    let onPaper: String?
    /// What is printed and handed over then.
    let files: [Link]
    /// Until when.
    let filesNote: String?
    let problems: [FormProblem]
    let acts: [Act]
    /// Why nothing can be done now.
    let quiet: String?
}

/// The copy before it is given: each passage with what was left out, and a form to leave more out.
struct CopyPreviewPage: Page {
    static let template = "rights/preview"

    struct Section: Sendable {
        let title: String
        let lead: String?
        let passages: [Passage]
    }

    struct Passage: Sendable {
        let title: String
        let lines: [String]
        let note: String?
        /// Why something was left out here.
        let leftOut: String?
        /// To leave something out of this passage; nil where nothing can be.
        let form: Form?
    }

    /// Something that was left out.
    struct LeftOut: Sendable {
        let what: String
        let reason: String
        let form: Form
    }

    let title: String
    let lead: String
    let back: Link
    let problems: [FormProblem]
    let leftOut: [LeftOut]
    let sections: [Section]
}

/// The copy on paper.
struct CopyPaperPage: Page {
    static let template = "rights/paper"

    struct Section: Sendable {
        let title: String
        let lead: String?
        let passages: [Passage]
    }

    struct Passage: Sendable {
        let title: String
        let lines: [String]
        let note: String?
        let leftOut: String?
    }

    let title: String
    let sender: String
    let lead: [String]
    let sections: [Section]
    let checkpoint: [String]
    /// Address of the style sheet for paper.
    let style: String
}
