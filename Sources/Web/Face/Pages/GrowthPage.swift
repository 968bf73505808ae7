/// The groeidocument at a glance: its parts, its locked versions, and who signed.
struct GrowthPage: Page {
    static let template = "growth/growth"

    struct Part: Sendable {
        let title: String
        let href: String
        /// What the part is about, in one sentence.
        let about: String
        let chip: Chip
        /// Filled fields and all fields that count.
        let filled: Int
        let total: Int
        /// "8 van 10 ingevuld"
        let progress: String
        /// What is still open, by name.
        let open: [String]
        /// Whose words belong here.
        let voices: [FormField.Voice]
        /// "Sanne Mulder, gisteren 15.48 uur"
        let changed: String?
    }

    struct Version: Sendable {
        /// "Versie 3"
        let title: String
        let href: String
        /// "vastgezet op 27 februari 2026 door Sanne Mulder, voor het SOT"
        let locked: String
        let signatures: [Signature]
        /// What changed since, or since the version before.
        let compare: Link?
        let print: Link?
    }

    struct Signature: Sendable {
        /// "Anouk Visser, moeder"
        let who: String
        let chip: Chip
    }

    let title: String
    let frame: DossierFrame
    /// "4 van de 6 delen zijn klaar voor het SOT."
    let lead: String
    let parts: [Part]
    /// Where locking is confirmed; nil if the reader may not, or nothing changed since the last version.
    let lock: Link?
    /// Why it cannot be locked yet.
    let lockNote: String?
    let versions: [Version]
    /// The choice of two versions to compare; goes to `…/vergelijk` as a GET.
    let compare: Form?
}

extension GrowthPage: Showing {
    var shown: Shown {
        [
            "title": title.shown, "frame": frame.shown, "lead": lead.shown, "parts": parts.shown, "lock": lock.shown,
            "lockNote": lockNote.shown, "versions": versions.shown, "compare": compare.shown,
        ]
    }
}

extension GrowthPage.Part: Showing {
    var shown: Shown {
        [
            "title": title.shown, "href": href.shown, "about": about.shown, "chip": chip.shown, "filled": filled.shown,
            "total": total.shown, "progress": progress.shown, "open": open.shown, "voices": voices.shown,
            "changed": changed.shown,
        ]
    }
}

extension GrowthPage.Version: Showing {
    var shown: Shown {
        [
            "title": title.shown, "href": href.shown, "locked": locked.shown, "signatures": signatures.shown,
            "compare": compare.shown, "print": print.shown,
        ]
    }
}

extension GrowthPage.Signature: Showing {
    var shown: Shown {
        ["who": who.shown, "chip": chip.shown]
    }
}
