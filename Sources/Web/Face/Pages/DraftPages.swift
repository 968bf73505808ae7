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

    /// The things of one kind: the procedures, the letters.
    struct Group: Sendable {
        /// "Procedures (15, 1 veranderd)"
        let title: String
        /// Whether the draft changes something in it: such a group stands first and is open.
        let isChanged: Bool
        let links: [Link]
    }

    /// A word to look for in the plan, and where it stands.
    struct Search: Sendable {
        let action: String
        let query: String
        /// "3 onderdelen met ‘termijn’"; nil when nothing was asked.
        let lead: String?
        let found: [Link]
    }

    let title: String
    let back: Link
    /// "Het plan klopt en alle 148 voorbeelden komen uit zoals het hoort."
    let verdict: String
    let isSound: Bool
    /// Where the draft goes from here: to the council.
    let next: String
    let approval: Link
    let failing: [Line]
    let errors: [Line]
    let turned: [Line]
    /// Cards that tell what follows from the changes: to look at, nothing that must be answered.
    let cards: [Line]
    /// Examples of which the draft itself says what comes out.
    let answered: [Line]
    let warnings: [Line]
    let differences: [String]
    let changes: [Change]
    let undo: String
    let search: Search
    let parts: [Group]
    let files: [Link]
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
        var add: Form?
        /// What opens the list when it is so long that it starts closed.
        var opener: String?
    }

    let title: String
    let around: [Link]
    let notice: String?
    let verdict: String
    let isSound: Bool
    /// What is red now, in short.
    let red: [DraftPage.Line]
    /// Where the rest of it stands; nil when all of it stands here.
    let moreRed: Link?
    var form: Form?
    let more: Link?
    var groups: [Group]
    let undo: String
    let takeOut: String

    /// Gives back what was typed to add something, with why it was not added.
    ///
    /// - Returns: whether the form that was sent is on the page.
    mutating func refuse(_ problems: [FormProblem], adding sent: PostedForm) -> Bool {
        func isSent(_ form: Form) -> Bool {
            form.fields.contains { $0.name == "pad" && $0.value == sent["pad"] }
                && form.fields.allSatisfy { sent.fields[$0.name] != nil }
        }
        guard let index = groups.firstIndex(where: { $0.add.map(isSent) == true }) else { return false }
        groups[index].add?.fill(sent.fields)
        groups[index].add?.refuse(problems)
        return true
    }
}

/// One example in a draft: the situation, what came out before and what comes out now, and what to do about it.
struct DraftExamplePage: Page {
    static let template = "plan/draft-example"

    let title: String
    let around: [Link]
    let chip: Chip
    let situation: [String]
    /// What came out, what the example says, what comes out now.
    let outcomes: [Fact]
    let source: String?
    /// Says that what comes out now is meant; nil when that cannot be said.
    var meant: Form?
    let drop: Form?
    let restore: Form?
}
