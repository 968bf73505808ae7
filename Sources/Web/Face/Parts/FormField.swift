import Domain

/// One question in a form, with what is filled in and what is wrong with it.
struct FormField: Sendable, Showing {
    /// How it is asked; the value is always text.
    enum Kind: String, Showing, Sendable {
        case text, email, password, code, number, paragraph, file
        /// `YYYY-MM-DD`.
        case date
        /// `YYYY-MM-DDTHH:MM`, local time.
        case moment
        /// One of the options, all in sight.
        case choice
        /// One of the options, in a drop-down list: for long lists, people among them.
        case select
        /// Any number of the options.
        case choices
        /// The options are days, each with its questions.
        case week
        /// `yes` or `no`; needs no options.
        case yesNo
        /// A single box to tick; the value is `yes`.
        case tick
        /// Sent along unseen.
        case hidden
        /// Shown, not asked: somebody else's words or a locked answer.
        case shown
    }

    /// Whose words belong in a field.
    struct Voice: Sendable {
        enum Kind: String, Showing, Sendable { case school, teacher, parents, child, other }
        let kind: Kind
        /// "de ouders"
        let label: String
    }

    /// Name of the input, and with `field-` in front its id on the page: letters, digits, `.`, `-` and `_`.
    let name: String
    let label: String
    let kind: Kind
    var value: String = ""
    var options: [FormOption] = []
    /// Why this is asked, in words for a parent.
    var why: String?
    /// How to fill it in.
    var hint: String?
    var voice: Voice?
    /// False adds "(niet verplicht)" to the label.
    var required = true
    /// What is wrong with what was filled in.
    var error: String?
    /// Number of the version that was read, sent back as `<name>.revision` so that two writers never overwrite each other.
    var revision: String?
    /// Who wrote this last and when: "Sanne Mulder, 3 maart 10.42".
    var changed: String?
    /// The HTML autocomplete token, `email` or `current-password`.
    var autocomplete: String?
    /// Earliest and latest date or number.
    var least: String?
    var most: String?
    /// Height of a paragraph in lines.
    var rows = 4
    /// Kinds of file that may be chosen, `.pdf,.docx`.
    var accept: String?

    /// Keeps the ids of two forms on one page apart when they ask by the same name; set by the form.
    var scope = ""

    /// The id of the input, for labels and for links from the list of errors.
    var id: String { Self.id(of: name, scope: scope) }

    /// The id that an input of this name has.
    static func id(of name: String, scope: String = "") -> String {
        "field-" + (scope.isEmpty ? "" : scope + "-") + name.replacing(".", with: "-")
    }

    var shown: Shown {
        let described = [
            why == nil ? nil : id + "-why", hint == nil ? nil : id + "-hint", voice == nil ? nil : id + "-voice",
            error == nil ? nil : id + "-error",
        ].compactMap { $0 }
        return [
            "name": name.shown, "label": label.shown, "kind": kind.shown, "value": value.shown, "options": options.shown,
            "why": why.shown, "hint": hint.shown, "voice": voice.shown, "required": required.shown, "error": error.shown,
            "revision": revision.shown, "changed": changed.shown, "autocomplete": autocomplete.shown, "least": least.shown,
            "most": most.shown, "rows": rows.shown, "accept": accept.shown, "scope": scope.shown, "id": id.shown,
            "describedBy": described.joined(separator: " ").shown, "invalid": .truth(error != nil),
            "optional": .truth(!required), "isInput": .truth(inputType != nil), "inputType": inputType.shown,
            "isParagraph": .truth(kind == .paragraph), "isChoice": .truth(kind == .choice),
            "isSelect": .truth(kind == .select), "isChoices": .truth(kind == .choices), "isYesNo": .truth(kind == .yesNo),
            "isTick": .truth(kind == .tick), "isHidden": .truth(kind == .hidden), "isShown": .truth(kind == .shown),
            "isWeek": .truth(kind == .week), "isGroup": .truth([.choice, .choices, .yesNo].contains(kind)),
            "isFile": .truth(kind == .file),
            "isCode": .truth(kind == .code || kind == .number), "yes": .truth(value == "yes"), "no": .truth(value == "no"),
            "narrow": .truth([.date, .moment, .number, .code].contains(kind)),
            "paragraphs": (kind == .shown ? value.split(separator: "\n").map(String.init) : []).shown,
        ]
    }

    private var inputType: String? {
        switch kind {
        // As text with a keyboard of digits: a number field of the browser drops what is no number, and what was typed stays.
        case .text, .code, .number: "text"
        case .email: "email"
        case .password: "password"
        // A date field of the browser drops what is no date; then it is asked as text, so that nothing typed is lost.
        case .date: value.isEmpty || Day(value) != nil ? "date" : "text"
        case .moment: value.isEmpty || Day(String(value.prefix(10))) != nil ? "datetime-local" : "text"
        case .file: "file"
        case .paragraph, .choice, .select, .choices, .week, .yesNo, .tick, .hidden, .shown: nil
        }
    }
}

/// One of the answers that may be chosen, with what else is asked if it is.
struct FormOption: Sendable {
    let value: String
    let label: String
    var hint: String?
    var selected = false
    /// Asked only with this choice. All are in the form, and only those of the chosen option count.
    var fields: [FormField] = []

    init(_ value: String, _ label: String, hint: String? = nil, selected: Bool = false, fields: [FormField] = []) {
        self.value = value
        self.label = label
        self.hint = hint
        self.selected = selected
        self.fields = fields
    }
}

extension FormOption: Showing {
    var shown: Shown {
        [
            "value": value.shown, "label": label.shown, "hint": hint.shown, "selected": selected.shown,
            "fields": fields.shown,
        ]
    }
}

extension FormField.Voice: Showing {
    var shown: Shown {
        ["kind": kind.shown, "label": label.shown]
    }
}
