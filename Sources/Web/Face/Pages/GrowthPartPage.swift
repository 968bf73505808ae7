/// One part of the groeidocument, to write in or to read.
struct GrowthPartPage: Page {
    static let template = "growth/part"

    /// A field that somebody else changed while one was writing.
    struct Conflict: Sendable {
        /// Name of the field; the choice is sent as `<name>.keuze` (`mine`, `theirs`, `merged`), the merged text as
        /// `<name>`, their revision as `<name>.revision`.
        let name: String
        let id: String
        let label: String
        let mine: String
        let theirs: String
        /// "Iris Bakker, vandaag 10.40 uur"
        let theirsBy: String
        /// Both texts with the double lines once.
        let merged: String
        let revision: String
        /// What the writer sent, as it is sent again with the choice for it: `<name>.mine`.
        let sent: String
        /// Whether both can be joined: a choice or a day can only be the one or the other.
        let isText: Bool

        init(
            name: String, label: String, mine: String, theirs: String, theirsBy: String, merged: String, revision: String,
            sent: String? = nil, isText: Bool = true
        ) {
            self.sent = sent ?? mine
            self.isText = isText
            self.name = name
            id = "field-" + name.replacing(".", with: "-")
            self.label = label
            self.mine = mine
            self.theirs = theirs
            self.theirsBy = theirsBy
            self.merged = merged
            self.revision = revision
        }
    }

    let title: String
    let frame: DossierFrame
    let about: String
    /// The parts in order, to go from one to the next.
    let parts: [Tab]
    let form: Form
    /// Whether the form is there to write in; else the fields are shown only.
    let mayWrite: Bool
    /// Why not, if not.
    let readOnly: String?
    /// "Iris Bakker schrijft nu ook in dit deel."
    let presence: String?
    let conflicts: [Conflict]
    /// "Bewaard om 10.42 uur"
    let saved: String?
    let next: Link?
    /// That this part rests because the family asked it.
    let resting: String?
    /// The family's own words that stand beside this part.
    let statements: [Fact]
    /// To ask something about this part with a right; nil for who is no family.
    let ask: Link?

    /// - Parameter form: with all fields of the part; those in conflict are asked in the conflict instead.
    init(
        title: String, frame: DossierFrame, about: String, parts: [Tab], form: Form, mayWrite: Bool, readOnly: String? = nil,
        presence: String? = nil, conflicts: [Conflict] = [], saved: String? = nil, next: Link? = nil,
        resting: String? = nil, statements: [Fact] = [], ask: Link? = nil
    ) {
        self.title = title
        self.frame = frame
        self.about = about
        self.parts = parts
        self.form = form.without(Set(conflicts.map(\.name)))
        self.mayWrite = mayWrite
        self.readOnly = readOnly
        self.presence = presence
        self.conflicts = conflicts
        self.saved = saved
        self.next = next
        self.resting = resting
        self.statements = statements
        self.ask = ask
    }
}
