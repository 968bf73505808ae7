/// One child's dossier at a glance: what is asked now, where the child stands, what happened, who is around it.
struct DossierPage: Page {
    static let template = "dossier/dossier"

    /// What is asked of the reader now, in one procedure.
    struct Ask: Sendable {
        /// "Nu aan u: de HIA voorbereiden"
        let title: String
        /// "Het overleg is op dinsdag 17 maart, 15.30 uur."
        let text: String
        /// "Nog 2 dingen vóór vrijdag."
        let remaining: String?
        let late: Bool
        let items: [Item]
        let primary: Link?
        let secondary: Link?
    }

    /// Something that is needed, missing or already there.
    struct Item: Sendable {
        let label: String
        /// Why it is asked, or what it is.
        let note: String?
        let done: Bool
        /// "2 velden open", or "beiden, 4 maart"
        let state: String
        /// Where it can be done.
        let href: String?
    }

    /// A running or ended procedure.
    struct Running: Sendable {
        let title: String
        let href: String
        let chip: Chip
        /// "Wacht op het advies van de tweede deskundige, Ruud Evers."
        let sentence: String
        /// Received, complete, due, paused.
        let days: [Fact]
    }

    /// A procedure that may be started now.
    struct Startable: Sendable {
        let title: String
        let href: String
        /// What it is for, or what is still missing before it can begin.
        let note: String?
    }

    /// One thing that happened, or will.
    struct Moment: Sendable {
        /// "27 februari", "9 januari – 20 februari", "dinsdag 17 maart 2026"
        let when: String
        let title: String
        /// Still to come.
        let ahead: Bool
        let text: String?
        /// Words of a parent or the child.
        let quote: String?
        let chip: Chip?
        let href: String?
    }

    /// People in one relation to the child.
    struct Circle: Sendable {
        let title: String
        let people: [Person]
    }

    struct Person: Sendable {
        let name: String
        /// "leest: Waarnemen, Begrijpen", "tot 31 maart"
        let note: String?
    }

    /// Somebody who read along.
    struct Reader: Sendable {
        let when: String
        let who: String
        let why: String
    }

    struct Document: Sendable {
        let name: String
        let href: String
        let chip: Chip?
    }

    let title: String
    let frame: DossierFrame
    let asks: [Ask]
    /// When nothing is asked: "U hoeft nu niets te doen. Merel de Haan bekijkt de aanvraag."
    let quiet: String?
    let fan: Fan?
    /// The paragraph of what runs, and of every outcome that gave a form of support, each in the version under which it ran.
    let fanSources: [Link]
    let running: [Running]
    let startable: [Startable]
    /// Routes that are no support form, such as a change of school: kept folded, because they are rarely wanted.
    let startableBeside: [Startable]
    let timeline: [Moment]
    let earlier: Link?
    let circles: [Circle]
    let familyLink: Link?
    let readers: [Reader]
    let readLogLink: Link?
    let documents: [Document]
    let addDocument: Link?
    /// Who is changing something in this dossier at this moment.
    let presence: String?
    /// Where what is known of the child is corrected; nil if the reader may not.
    var childLink: Link?
    /// Whether the reader may see who read along; else nothing is said about it.
    var showsReaders = true
    /// To what the family can ask with its rights; nil for everybody else.
    var rights: Link?
    /// Whether the reader may see documents.
    var showsDocuments = true
    /// To the people asked in from outside.
    var askedInLink: Link?
    /// The times that it was opened in an emergency, the last one first.
    var emergencies: [Fact] = []
}

extension DossierPage: Showing {
    var shown: Shown {
        [
            "title": title.shown, "frame": frame.shown, "asks": asks.shown, "quiet": quiet.shown, "fan": fan.shown,
            "fanSources": fanSources.shown, "running": running.shown, "startable": startable.shown,
            "startableBeside": startableBeside.shown,
            "showsStartable": .truth(!startable.isEmpty || !startableBeside.isEmpty),
            "timeline": timeline.shown, "earlier": earlier.shown, "circles": circles.shown, "familyLink": familyLink.shown,
            "readers": readers.shown, "readLogLink": readLogLink.shown, "documents": documents.shown,
            "addDocument": addDocument.shown, "presence": presence.shown, "childLink": childLink.shown,
            "rights": rights.shown, "showsReaders": showsReaders.shown, "showsDocuments": showsDocuments.shown,
            "askedInLink": askedInLink.shown, "emergencies": emergencies.shown,
        ]
    }
}

extension DossierPage.Ask: Showing {
    var shown: Shown {
        [
            "title": title.shown, "text": text.shown, "remaining": remaining.shown, "late": late.shown,
            "items": items.shown, "primary": primary.shown, "secondary": secondary.shown,
        ]
    }
}

extension DossierPage.Item: Showing {
    var shown: Shown {
        ["label": label.shown, "note": note.shown, "done": done.shown, "state": state.shown, "href": href.shown]
    }
}

extension DossierPage.Running: Showing {
    var shown: Shown {
        [
            "title": title.shown, "href": href.shown, "chip": chip.shown, "sentence": sentence.shown, "days": days.shown,
        ]
    }
}

extension DossierPage.Startable: Showing {
    var shown: Shown {
        ["title": title.shown, "href": href.shown, "note": note.shown]
    }
}

extension DossierPage.Moment: Showing {
    var shown: Shown {
        [
            "when": when.shown, "title": title.shown, "ahead": ahead.shown, "text": text.shown, "quote": quote.shown,
            "chip": chip.shown, "href": href.shown,
        ]
    }
}

extension DossierPage.Circle: Showing {
    var shown: Shown {
        ["title": title.shown, "people": people.shown]
    }
}

extension DossierPage.Person: Showing {
    var shown: Shown {
        ["name": name.shown, "note": note.shown]
    }
}

extension DossierPage.Reader: Showing {
    var shown: Shown {
        ["when": when.shown, "who": who.shown, "why": why.shown]
    }
}

extension DossierPage.Document: Showing {
    var shown: Shown {
        ["name": name.shown, "href": href.shown, "chip": chip.shown]
    }
}
