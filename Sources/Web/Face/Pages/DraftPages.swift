/// The drafts that the reader writes, and a form to begin one.
struct DraftsPage: Page {
    static let template = "plan/drafts"

    let title: String
    let lead: String
    let drafts: [Link]
    let form: Form
}

/// One draft: what is wrong, which examples come out otherwise, what it changes, and where to go on.
struct DraftPage: Page {
    static let template = "plan/draft"

    /// Something that asks attention, with where it can be changed.
    struct Line: Sendable {
        let text: String
        let note: String?
        let place: Link?
    }

    /// What was changed, and the button that puts it back.
    struct Change: Sendable {
        let text: String
        let note: String?
        let path: String
        let label: String
        let place: Link?
    }

    struct Group: Sendable {
        let title: String
        let links: [Link]
    }

    let title: String
    let back: Link
    /// "Het plan klopt en alle 148 voorbeelden komen uit zoals het hoort."
    let verdict: String
    let isSound: Bool
    let failing: [Line]
    let errors: [Line]
    let turned: [Line]
    let warnings: [Line]
    let differences: [String]
    let changes: [Change]
    let undo: String
    let parts: [Group]
    let files: [Link]
    let approval: Link
}

/// One thing of a draft as a form: each value with its source and what it was.
struct DraftPartPage: Page {
    static let template = "plan/draft-part"

    struct Group: Sendable {
        let title: String
        let links: [Link]
        let removed: [DraftPage.Change]
        /// Takes one out, by its path.
        let remove: [DraftPage.Change]
        let add: Form?
    }

    let title: String
    let around: [Link]
    let notice: String?
    let verdict: String
    let isSound: Bool
    /// What is red now, in short.
    let red: [DraftPage.Line]
    var form: Form?
    let more: Link?
    let groups: [Group]
    let undo: String
    let takeOut: String
}
