/// Something known: what it is called, what it is, and where it comes from.
struct Fact: Sendable {
    let term: String
    /// One or more lines.
    let lines: [String]
    /// Small print: who said it, when, in which paragraph.
    let note: String?

    init(_ term: String, _ lines: String..., note: String? = nil) {
        self.init(term, lines: lines, note: note)
    }

    init(_ term: String, lines: [String], note: String? = nil) {
        self.term = term
        self.lines = lines
        self.note = note
    }
}

/// Facts under one heading, folded away where they are only there to look up.
struct FactGroup: Sendable {
    let title: String
    let facts: [Fact]
    /// Where this is written, and can be mended.
    let link: Link?
    /// Stands open: the reader needs it for what is asked here.
    let isOpen: Bool

    init(_ title: String, _ facts: [Fact], link: Link? = nil, isOpen: Bool = false) {
        self.title = title
        self.facts = facts
        self.link = link
        self.isOpen = isOpen
    }
}

extension Fact: Showing {
    var shown: Shown {
        ["term": term.shown, "lines": lines.shown, "note": note.shown]
    }
}

extension FactGroup: Showing {
    var shown: Shown {
        ["title": title.shown, "facts": facts.shown, "link": link.shown, "isOpen": isOpen.shown]
    }
}
