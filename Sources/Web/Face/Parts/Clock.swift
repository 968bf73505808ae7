/// A term that runs, with how its end was counted.
struct Clock: Sendable {
    /// A step in the counting: "received on", "stopped while asked", "ends on a Sunday, so".
    struct Count: Sendable {
        /// "maandag 2 maart 2026", or a period.
        let day: String
        let what: String
        /// "+ 42 dagen", "+ 9 dagen pauze"
        let days: String?
        /// "Awb 4:15 lid 1"
        let source: String?
    }

    /// "Besluit binnen 6 weken"
    let title: String
    let chip: Chip
    /// Day by which it must be done, written out; nil while not all is there.
    let due: String?
    /// "Compleet sinds 9 maart. Het besluit valt uiterlijk op maandag 20 april 2026."
    let sentence: String
    /// Received, complete, paused, due: the days that count.
    let days: [Fact]
    let counts: [Count]
    let source: Link?
    /// How much of the term has gone by, 0…100, for a bar; nil without one.
    let gone: Int?
    let paused: Bool
    let late: Bool
}

extension Clock: Showing {
    var shown: Shown {
        [
            "title": title.shown, "chip": chip.shown, "due": due.shown, "sentence": sentence.shown, "days": days.shown,
            "counts": counts.shown, "source": source.shown, "gone": gone.shown, "paused": paused.shown, "late": late.shown,
        ]
    }
}

extension Clock.Count: Showing {
    var shown: Shown {
        ["day": day.shown, "what": what.shown, "days": days.shown, "source": source.shown]
    }
}
