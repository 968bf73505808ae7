/// The list of pupils whose dossier the reader may see, found by name, school or group.
struct PupilsPage: Page {
    static let template = "dossier/pupils"
    /// The list alone, for searching while one types.
    static let rowsTemplate = "dossier/pupil-rows"

    struct Row: Sendable {
        let name: String
        let href: String
        /// "8 jaar"
        let age: String
        let group: String
        let school: String
        /// "Nu: HIA"
        let standing: Chip?
        /// What waits next: "overleg 17 maart"
        let next: String?
    }

    /// What was searched for, to go on from: posted, because a name does not belong in an address.
    struct Found: Sendable {
        let action: String
        let query: String
        /// The last dossier of this page, when there are more.
        let next: String?
        let isFirst: Bool
    }

    /// The form that narrows the list down by what is known of each pupil.
    struct Narrow: Sendable {
        let action: String
        let fields: [FormField]
        /// What is chosen now, each with the list without it.
        let active: [Link]
        /// Whether the form is in sight at once, because something in it is wrong.
        var isOpen = false
    }

    let title: String
    let query: String?
    /// Whether anything narrows the list down.
    let isNarrowed: Bool
    /// Nil when there is nothing to narrow down.
    var narrow: Narrow?
    /// "12 leerlingen", or "Eerste 50 leerlingen".
    let summary: String
    let rows: [Row]
    /// The next page, from the last name on.
    let next: String?
    /// Back to the first page.
    let first: String?
    /// Set when this is what a search found; then `next` and `first` are nil.
    let found: Found?
    /// Where a dossier is opened, if the reader may.
    let new: String?
    /// To a dossier that the reader does not see, in an emergency; nil if the reader may not.
    var emergency: Link?
}

extension PupilsPage: Showing {
    var shown: Shown {
        [
            "title": title.shown, "query": query.shown, "isNarrowed": isNarrowed.shown,
            "narrow": narrow.shown, "summary": summary.shown, "rows": rows.shown, "next": next.shown, "first": first.shown,
            "found": found.shown, "new": new.shown, "emergency": emergency.shown,
        ]
    }
}

extension PupilsPage.Found: Showing {
    var shown: Shown {
        ["action": action.shown, "query": query.shown, "next": next.shown, "isFirst": isFirst.shown]
    }
}

extension PupilsPage.Narrow: Showing {
    var shown: Shown {
        ["action": action.shown, "fields": fields.shown, "active": active.shown, "isOpen": isOpen.shown]
    }
}

extension PupilsPage.Row: Showing {
    var shown: Shown {
        [
            "name": name.shown, "href": href.shown, "age": age.shown, "group": group.shown, "school": school.shown,
            "standing": standing.shown, "next": next.shown,
        ]
    }
}
