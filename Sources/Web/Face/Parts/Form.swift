/// A form: where it goes, what it asks, and everything that was wrong the last time.
package struct Form: Sendable, Derived {
    let action: String
    var fields: [FormField] = []
    /// What is wrong, first of all, each with the field it belongs to.
    var problems: [FormProblem] = []
    /// Word on the button.
    let button: String
    /// Where to go back to without saving.
    var cancel: Link?
    /// Where a script keeps a draft while one types; nil if no drafts are kept.
    var draft: String?
    /// "Wij hebben uw concept van 10 maart bewaard."
    var draftNote: String?

    init(
        action: String, button: String, fields: [FormField] = [], problems: [FormProblem] = [], cancel: Link? = nil,
        draft: String? = nil, draftNote: String? = nil
    ) {
        self.action = action
        self.button = button
        self.fields = fields
        self.problems = problems
        self.cancel = cancel
        self.draft = draft
        self.draftNote = draftNote
    }

    var derived: [String: Any] {
        ["hasFile": fields.contains { $0.kind == .file }]
    }
}

/// A line in the summary above a form that was refused.
package struct FormProblem: Sendable {
    let text: String
    /// `#field-name`, or nil when it is about the form as a whole.
    let href: String?

    /// - Parameter field: name of the field that it is about.
    init(_ text: String, field: String? = nil) {
        self.text = text
        href = field.map { "#field-" + $0.replacing(".", with: "-") }
    }
}
