/// The band above every page of one dossier: whose it is, and the way to its parts.
struct DossierFrame: Sendable {
    /// Full name of the child.
    let name: String
    /// Given name, for sentences about the child.
    let given: String
    /// "Groep 5 · basisschool De Kassenbouwer · 8 jaar · adviseur Merel de Haan".
    let lead: String
    /// The dossier itself.
    let href: String
    let chips: [Chip]
    let tabs: [Tab]

    /// A part of the dossier that has a tab.
    enum Part: Sendable, CaseIterable {
        case overview, growth, documents, family, readLog
    }

    /// - Parameters:
    ///   - parts: the parts that the reader may see; in the order of the tabs.
    ///   - current: the part that is open, nil on a page of a procedure.
    init(
        id: String, name: String, given: String, lead: String, chips: [Chip] = [], parts: [Part], current: Part?, texts: Texts
    ) {
        self.name = name
        self.given = given
        self.lead = lead
        self.chips = chips
        href = Address.dossier(id).path
        tabs = Part.allCases.filter(parts.contains).map { part in
            let (key, address): (String, Address) =
                switch part {
                case .overview: ("dossier.tab.overview", .dossier(id))
                case .growth: ("dossier.tab.growth", .growth(id))
                case .documents: ("dossier.tab.documents", .documents(id))
                case .family: ("dossier.tab.family", .family(id))
                case .readLog: ("dossier.tab.readLog", .readLog(id))
                }
            return Tab(label: texts(key), href: address.path, current: part == current)
        }
    }
}

extension DossierFrame: Showing {
    var shown: Shown {
        [
            "name": name.shown, "given": given.shown, "lead": lead.shown, "href": href.shown, "chips": chips.shown,
            "tabs": tabs.shown,
        ]
    }
}
