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

    let title: String
    let query: String?
    /// Drop-down lists to narrow down by: school, group, support. Their names are query parameters.
    let filters: [FormField]
    /// Whether anything narrows the list down.
    let isNarrowed: Bool
    /// "12 leerlingen", or "Eerste 50 leerlingen".
    let summary: String
    let rows: [Row]
    /// The next page, from the last name on.
    let next: String?
    /// Back to the first page.
    let first: String?
    /// Where a dossier is opened, if the reader may.
    let new: String?
}

extension PupilsPage: Showing {
    var shown: Shown {
        [
            "title": title.shown, "query": query.shown, "filters": filters.shown, "isNarrowed": isNarrowed.shown,
            "summary": summary.shown, "rows": rows.shown, "next": next.shown, "first": first.shown, "new": new.shown,
        ]
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
