import Domain

// Days, periods and lists as people write them, where an explanation is made without a catalogue of texts.
extension Day {
    private static let dutch = [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december",
    ]
    private static let english = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// A day of the year: "1 mei".
    static func said(day: Int, month: Int) -> Localized {
        Localized(nl: "\(day) \(dutch[month - 1])", en: "\(day) \(english[month - 1])")
    }

    /// "31 juli 2024"
    package var said: Localized {
        let day = Day.said(day: day, month: month)
        return Localized(nl: "\(day.nl) \(year)", en: "\(day.en) \(year)")
    }
}

extension Period {
    /// "6 weken", in English "6 weeks".
    package var said: Localized {
        let (nl, en): ((String, String), (String, String)) =
            switch unit {
            case .days: (("dag", "dagen"), ("day", "days"))
            case .weeks: (("week", "weken"), ("week", "weeks"))
            case .months: (("maand", "maanden"), ("month", "months"))
            case .years: (("jaar", "jaar"), ("year", "years"))
            }
        return Localized(
            nl: "\(amount) \(amount == 1 ? nl.0 : nl.1)", en: "\(amount) \(amount == 1 ? en.0 : en.1)")
    }
}

extension Localized {
    /// The same words in both languages: a number, or what a plan does not know by a title.
    init(same text: String) { self.init(nl: text, en: text) }

    /// "a, b"
    static func list(_ items: [Localized]) -> Localized {
        Localized(nl: items.map(\.nl).joined(separator: ", "), en: items.map(\.en).joined(separator: ", "))
    }

    /// "a en b", in English "a and b"; three and more with commas.
    static func all(_ items: [Localized]) -> Localized { joined(items, nl: "en", en: "and") }

    /// "a of b", in English "a or b"; three and more with commas.
    static func either(_ items: [Localized]) -> Localized { joined(items, nl: "of", en: "or") }

    private static func joined(_ items: [Localized], nl: String, en: String) -> Localized {
        func said(_ items: [String], _ and: String) -> String {
            guard let last = items.last, items.count > 1 else { return items.first ?? "" }
            return items.dropLast().joined(separator: ", ") + " \(and) " + last
        }
        return Localized(nl: said(items.map(\.nl), nl), en: said(items.map(\.en), en))
    }
}
