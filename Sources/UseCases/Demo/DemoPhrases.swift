import Domain

/// What people write: `phrases.yaml`. `{name}`, `{he}` and the like are filled in for each child.
struct DemoPhrases: Decodable, Sendable {
    /// By field, for any child; a theme's own phrases come first.
    let phrases: [String: [String]]
    /// By `route.step.choice` and field: what somebody writes who makes just this choice.
    let said: [String: [String: [String]]]
    /// By `route.outcome` and field: what is written when it comes to this.
    let leaning: [String: [String: [String]]]
    /// Where nothing else fits.
    let general: [String]
    /// What stands in a document, by kind of evidence.
    let documents: [String: [DemoPaper]]
    /// Where meetings are held.
    let places: [String]
    /// Words for a girl and for a boy, by what stands between braces.
    let girl: [String: String]
    let boy: [String: String]
    /// How a teacher is called: `juf {given}`.
    let mistress: String
    let master: String
}

/// A document: its name and its lines.
struct DemoPaper: Decodable, Sendable {
    let name: String
    let lines: [String]
}

/// What is the matter with some children: `themes/*.yaml`.
struct DemoTheme: Decodable, Sendable {
    let name: String
    let weight: Double
    /// Places of the plan's groups in which it begins, `3..6`, from 1.
    let groups: DaySpan
    /// Names of the circles of families in which it is met; all when it is not given.
    let circles: [String]?
    /// Share of boys.
    let boys: Double
    /// How many times as often a route is taken, or a choice made.
    let routes: [String: Double]
    let choices: [String: Double]
    /// Weights of the options of a field.
    let options: [String: [String: Double]]
    let phrases: [String: [String]]
}

/// Fills in what a phrase says of one child.
struct DemoWords: Sendable {
    private var words: [String: String]

    init(_ words: [String: String]) { self.words = words }

    subscript(_ word: String) -> String? {
        get { words[word] }
        set { words[word] = newValue }
    }

    /// The phrase with every word between braces filled in, with a capital where a sentence begins; one that is unknown
    /// stays as it is.
    func filled(_ phrase: String) -> String {
        guard phrase.contains("{") else { return phrase }
        var text = ""
        var rest = Substring(phrase)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let word = rest[rest.index(after: open)..<close]
            let filled = words[String(word)] ?? String(rest[open...close])
            let begins = text.isEmpty || [". ", "? ", "! "].contains { text.hasSuffix($0) }
            text += begins ? filled.prefix(1).uppercased() + filled.dropFirst() : filled
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
