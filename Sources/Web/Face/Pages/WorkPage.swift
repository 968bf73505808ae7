/// "Mijn werk": what waits for the reader, what the reader waits for, and what changed.
struct WorkPage: Page {
    static let template = "work/work"

    /// What waits, under a word for how soon: "Te laat", "Deze week", "Later".
    struct Group: Sendable {
        let title: String
        let late: Bool
        let items: [Item]
    }

    /// One thing that the reader is asked to do.
    struct Item: Sendable {
        /// "HIA voorbereiden"
        let what: String
        let href: String
        /// Name of the child; nil when it is about none.
        let who: String?
        /// "groep 5, De Kassenbouwer"
        let place: String?
        /// What is still missing, or why it is asked.
        let note: String?
        let chip: Chip?
    }

    /// Something that somebody else is asked to do.
    struct Pending: Sendable {
        let what: String
        let href: String
        let who: String?
        /// "bij Merel de Haan, adviseur, sinds 27 februari"
        let waitsFor: String
        let chip: Chip?
    }

    /// One piece of news, as a sentence.
    struct Change: Sendable {
        /// "vandaag 09.12"
        let when: String
        let sentence: String
        let href: String
        let who: String?
    }

    /// A kind of work to show alone.
    struct Filter: Sendable {
        let label: String
        let href: String
        let count: Int
        let current: Bool
    }

    let title: String
    /// "3 dingen wachten op u, waarvan 1 te laat."
    let summary: String
    let filters: [Filter]
    let groups: [Group]
    let pending: [Pending]
    /// "sinds maandag 9 maart, 16.10 uur"
    let changesSince: String?
    let changes: [Change]
    /// The same page with all that waits, when not all is shown.
    let next: String?
    /// Where to go when nothing waits at all.
    let suggestion: Link?
    /// The yearly lists of the plan.
    var lists: [Link] = []
}

extension WorkPage: Showing {
    var shown: Shown {
        [
            "title": title.shown, "summary": summary.shown, "filters": filters.shown, "groups": groups.shown,
            "pending": pending.shown, "changesSince": changesSince.shown, "changes": changes.shown, "next": next.shown,
            "suggestion": suggestion.shown, "lists": lists.shown,
        ]
    }
}

extension WorkPage.Group: Showing {
    var shown: Shown {
        ["title": title.shown, "late": late.shown, "items": items.shown]
    }
}

extension WorkPage.Item: Showing {
    var shown: Shown {
        [
            "what": what.shown, "href": href.shown, "who": who.shown, "place": place.shown, "note": note.shown,
            "chip": chip.shown,
        ]
    }
}

extension WorkPage.Pending: Showing {
    var shown: Shown {
        [
            "what": what.shown, "href": href.shown, "who": who.shown, "waitsFor": waitsFor.shown, "chip": chip.shown,
        ]
    }
}

extension WorkPage.Change: Showing {
    var shown: Shown {
        ["when": when.shown, "sentence": sentence.shown, "href": href.shown, "who": who.shown]
    }
}

extension WorkPage.Filter: Showing {
    var shown: Shown {
        ["label": label.shown, "href": href.shown, "count": count.shown, "current": current.shown]
    }
}
