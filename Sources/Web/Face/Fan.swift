/// The *waaier*: all forms of support of a plan from light to heavy, and where one child stands in it.
///
/// Drawn on the server as one picture, with the same said in words beside it.
struct Fan: Sendable, Showing {
    /// Where a child stands with one form of support.
    enum Standing: String, Showing, Sendable, CaseIterable {
        /// It was given, or is being given.
        case past
        /// It is being talked about or prepared now.
        case now
        /// It can come out of what happens now.
        case possible
        /// The plan has it; it plays no part for this child, or no child is meant.
        case offered
    }

    /// One form of support: a blade of the fan.
    struct Form: Sendable {
        let title: String
        let standing: Standing
        let href: String?

        init(_ title: String, _ standing: Standing = .offered, href: String? = nil) {
            self.title = title
            self.standing = standing
            self.href = href
        }
    }

    /// Forms of about the same weight.
    struct Tier: Sendable {
        /// One or two words, "licht"; it is written along the rim.
        let title: String
        let forms: [Form]

        init(_ title: String, _ forms: [Form]) {
            self.title = title
            self.forms = forms
        }
    }

    /// A line of the key: a standing and the forms in it.
    struct KeyLine: Sendable {
        let standing: Standing
        let label: String
        let forms: [Form]
        /// What the drawing shows anyway, so that this line is only needed where the drawing is too small to read.
        let onlySmall: Bool
    }

    let tiers: [Tier]
    private let words: Words

    private struct Words: Sendable {
        let title: String
        let description: String
        let key: [KeyLine]
        let now: String
    }

    /// - Parameter child: given name, or nil for the fan of the plan itself.
    init(_ tiers: [Tier], child: String?, texts: Texts) {
        let filled = tiers.filter { !$0.forms.isEmpty }
        self.tiers = filled
        let format = LocalFormat(texts)
        let all = filled.flatMap(\.forms)
        func forms(_ standing: Standing) -> [Form] { all.filter { $0.standing == standing } }
        let key = Standing.allCases.compactMap { standing -> KeyLine? in
            let found = forms(standing)
            guard !found.isEmpty else { return nil }
            let label =
                switch standing {
                case .past: texts("fan.key.past")
                case .now: texts("fan.key.now")
                case .possible: texts("fan.key.possible")
                case .offered: child == nil ? texts("fan.key.all") : texts("fan.key.offered")
                }
            return KeyLine(standing: standing, label: label, forms: found, onlySmall: standing == .offered)
        }
        let sentences: [String]
        if child == nil {
            sentences = filled.map { texts("fan.tier", ["tier": $0.title, "forms": format.list($0.forms.map(\.title))]) }
        } else {
            sentences = key.filter { !$0.onlySmall }.map { $0.label + ": " + format.list($0.forms.map(\.title)) + "." }
        }
        words = Words(
            title: child.map { texts("fan.title.child", ["name": $0]) } ?? texts("fan.title.plan"),
            description: sentences.isEmpty ? texts("fan.none") : sentences.joined(separator: " "), key: key,
            now: texts("fan.now"))
    }

    /// What the picture is called.
    var title: String { words.title }
    /// What the picture shows, in words.
    var description: String { words.description }

    /// The picture as one SVG element.
    var svg: String {
        Drawing(tiers: tiers, title: words.title, description: words.description, now: words.now).svg
    }

    var shown: Shown {
        ["svg": svg.shown, "title": title.shown, "description": description.shown, "key": words.key.shown]
    }
}

extension Fan.Form: Showing {
    var shown: Shown {
        ["title": title.shown, "standing": standing.shown, "href": href.shown]
    }
}

extension Fan.KeyLine: Showing {
    var shown: Shown {
        ["standing": standing.shown, "label": label.shown, "forms": forms.shown, "onlySmall": onlySmall.shown]
    }
}
