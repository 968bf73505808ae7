import Domain

/// What stands around every page: the bar with its navigation, the footer, and what each form must send along.
package struct Chrome: Sendable {
    /// A main part of the site.
    package enum Section: String, Showing, Sendable, CaseIterable {
        case work, pupils, plan, administration
    }

    /// Who is looking.
    package struct Viewer: Sendable {
        let name: String
        /// The key of the person, by which a script knows whose page it is.
        let person: String
        /// Function and place, "intern begeleider, De Kassenbouwer"; shown in the account menu.
        let role: String
        /// Parents and pupils read "Mijn kinderen" where staff read "Leerlingen".
        let isFamily: Bool
        /// Asked in from outside, and neither for work nor as family: reads "Meelezen".
        var isFromOutside = false
        /// The parts of the site that this person has.
        let sections: [Section]
    }

    struct NavigationItem: Sendable {
        let label: String
        let href: String
        let current: Bool
    }

    /// A short message after something was done.
    package struct Notice: Sendable {
        package enum Kind: String, Showing, Sendable { case done, warning }
        let kind: Kind
        let text: String
        /// A link that belongs to it, to undo or to look.
        let link: Link?

        init(_ kind: Kind, _ text: String, link: Link? = nil) {
            self.kind = kind
            self.text = text
            self.link = link
        }
    }

    package let language: Language
    /// Value of the hidden input `_csrf` in every form.
    let csrf: String
    /// Where the reader is now: path and query, to come back to after changing the language.
    let path: String
    let viewer: Viewer?
    let navigation: [NavigationItem]
    let notice: Notice?
    /// Name of the partnership, in the footer and in letters.
    let partnership: String
    /// The plan in force, "Ondersteuningsplan 2020–2024, addendum".
    let planName: String
    /// Set in a practice environment: what is practised and which day it is there.
    let practice: String?
    /// What was searched for, in the search box.
    let query: String?
    let style: String
    let script: String
    let icon: String
    let otherLanguage: Language
    let otherLanguageName: String

    /// - Parameters:
    ///   - section: the part of the site that this page belongs to, nil if none.
    ///   - viewer: nil for a guest: then there is no navigation and no search.
    package init(
        face: Face, language: Language, section: Section?, viewer: Viewer?, csrf: String, path: String, partnership: String,
        planName: String, notice: Notice? = nil, practice: String? = nil, query: String? = nil
    ) {
        let texts = face.texts(language)
        self.language = language
        self.csrf = csrf
        self.path = path
        self.viewer = viewer
        self.notice = notice
        self.partnership = partnership
        self.planName = planName
        self.practice = practice
        self.query = query
        style = face.assets.address(of: "face.css")
        script = face.assets.address(of: "face.js")
        icon = face.assets.address(of: "mark.svg")
        otherLanguage = language == .nl ? .en : .nl
        otherLanguageName = language == .nl ? "English" : "Nederlands"
        navigation = Section.allCases.filter { viewer?.sections.contains($0) ?? ($0 == .plan) }.map { item in
            let (label, address): (String, Address) =
                switch item {
                case .work: (texts(viewer?.isFamily == true ? "nav.forYou" : "nav.work"), .work)
                case .pupils:
                    (
                        texts(
                            viewer?.isFromOutside == true
                                ? "askedIn.nav" : viewer?.isFamily == true ? "nav.children" : "nav.pupils"), .pupils
                    )
                case .plan: (texts("nav.plan"), .plan)
                case .administration: (texts("nav.administration"), .people)
                }
            return NavigationItem(label: label, href: address.path, current: item == section)
        }
    }
}

extension Chrome: Showing {
    var shown: Shown {
        [
            "language": .text(language.rawValue), "csrf": csrf.shown, "path": path.shown, "viewer": viewer.shown,
            "navigation": navigation.shown, "notice": notice.shown, "partnership": partnership.shown,
            "planName": planName.shown, "practice": practice.shown, "query": query.shown, "style": style.shown,
            "script": script.shown, "icon": icon.shown, "otherLanguage": .text(otherLanguage.rawValue),
            "otherLanguageName": otherLanguageName.shown,
        ]
    }
}

extension Chrome.Viewer: Showing {
    var shown: Shown {
        [
            "name": name.shown, "person": person.shown, "role": role.shown, "isFamily": isFamily.shown,
            "isFromOutside": isFromOutside.shown, "sections": sections.shown,
        ]
    }
}

extension Chrome.NavigationItem: Showing {
    var shown: Shown {
        ["label": label.shown, "href": href.shown, "current": current.shown]
    }
}

extension Chrome.Notice: Showing {
    var shown: Shown {
        ["kind": kind.shown, "text": text.shown, "link": link.shown]
    }
}
