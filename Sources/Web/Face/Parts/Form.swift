/// A form: where it goes, what it asks, and everything that was wrong the last time.
struct Form: Sendable, Showing {
    let action: String
    /// Keeps the ids apart when a page has several forms; letters, digits and hyphens.
    let scope: String
    private(set) var fields: [FormField]
    /// What is wrong, first of all, each with the field it belongs to.
    private(set) var problems: [FormProblem] = []
    /// Word on the button.
    let button: String
    /// Where to go back to without saving.
    let cancel: Link?
    /// Where a script keeps a draft while one types, and a button without a script; nil if no drafts are kept.
    let draft: String?
    /// "U was hier gebleven, 10 maart 14.05 uur."
    let draftNote: String?

    init(
        action: String, button: String, scope: String = "", fields: [FormField] = [], problems: [FormProblem] = [],
        cancel: Link? = nil, draft: String? = nil, draftNote: String? = nil
    ) {
        self.action = action
        self.button = button
        self.scope = scope
        self.fields = fields.map { $0.changed { $0.scope = scope } }
        self.cancel = cancel
        self.draft = draft
        self.draftNote = draftNote
        refuse(problems)
    }

    /// Puts each problem in the list on top and beside the field it is about.
    mutating func refuse(_ problems: [FormProblem]) {
        let order = fields.flatMap(\.names)
        func place(_ problem: FormProblem) -> Int { problem.field.flatMap(order.firstIndex) ?? -1 }
        self.problems += problems.map { problem in
            var problem = problem
            problem.scope = scope
            problem.label = problem.field.flatMap(label)
            return problem
        }
        // As they stand on the page, first what is about no one question.
        .enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }.map(\.element)
        fields = fields.map {
            $0.changed { field in field.error = problems.first { $0.field == field.name }?.text ?? field.error }
        }
    }

    /// The label of a field, wherever in the form it is asked.
    private func label(of name: String) -> String? {
        var found: String?
        for field in fields { _ = field.changed { if $0.name == name, $0.kind != .hidden { found = $0.label } } }
        return found
    }

    /// The form without some of its fields, because they are asked elsewhere on the page.
    func without(_ names: Set<String>) -> Form {
        var form = self
        form.fields.removeAll { names.contains($0.name) }
        return form
    }

    /// Fills in what was sent before, so that nothing typed is lost: values by the name of the input.
    mutating func fill(_ values: [String: [String]]) {
        fields = fields.map { $0.changed { $0.fill(values) } }
    }

    var shown: Shown {
        [
            "action": action.shown, "scope": scope.shown, "fields": fields.shown, "problems": problems.shown,
            "button": button.shown, "cancel": cancel.shown, "draft": draft.shown, "draftNote": draftNote.shown,
            "hasFile": .truth(fields.contains { $0.kind == .file }),
            // What is sent along unseen is no question.
            "asksNothing": .truth(fields.allSatisfy { $0.kind == .hidden }),
        ]
    }
}

/// A line in the summary above a form that was refused.
struct FormProblem: Sendable, Showing {
    let text: String
    /// Name of the field that it is about; nil when it is about the form as a whole.
    let field: String?
    fileprivate(set) var scope = ""
    /// Label of that field, for the summary: beside the field itself it would be said twice.
    fileprivate(set) var label: String?

    init(_ text: String, field: String? = nil) {
        self.text = text
        self.field = field
    }

    var shown: Shown {
        [
            "text": text.shown, "field": field.shown, "scope": scope.shown, "label": label.shown,
            "href": field.map { "#" + FormField.id(of: $0, scope: scope) }.shown,
            // A question needs no colon behind it.
            "lead": label.map { $0.hasSuffix("?") ? $0 : $0 + ":" }.shown,
        ]
    }
}

extension FormField {
    /// The name of the field, and of every field that one of its options brings, in the order of the page.
    fileprivate var names: [String] { [name] + options.flatMap { $0.fields.flatMap(\.names) } }

    /// The field with the change made in it and in every field that one of its options brings.
    func changed(_ change: (inout FormField) -> Void) -> FormField {
        var field = self
        change(&field)
        field.options = field.options.map { option in
            var option = option
            option.fields = option.fields.map { $0.changed(change) }
            return option
        }
        return field
    }

    fileprivate mutating func fill(_ values: [String: [String]]) {
        // Boxes that are not ticked are not sent at all, so for them absence is an answer.
        guard let sent = values[name] ?? ([.choices, .tick].contains(kind) ? [] : nil) else { return }
        switch kind {
        case .choice, .select, .choices:
            options = options.map { option in
                var option = option
                option.selected = sent.contains(option.value)
                return option
            }
        case .password, .file, .shown: break
        default: value = sent.first ?? ""
        }
    }
}
