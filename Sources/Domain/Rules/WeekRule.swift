/// What week a field asks: for each part of each school day the place where the child is, or none.
///
/// An answer is a list of parts, `mon.morning.unit-4`: weekday, part of the day, and the place, which is one of the field's
/// options. A part that is not named is free: the child is nowhere that this week tells of.
package struct WeekRule: Hashable, Sendable {
    /// Places that are the child's own group: what is there is not elsewhere. Empty where nothing is told apart.
    package let own: [String]
    /// The parts of a day in their order; never empty.
    package let dayparts: [Field.Option]
    /// The most of the week that may be elsewhere, in percent; nil without a ceiling.
    package let mostElsewhere: Int?

    /// - Parameter dayparts: empty for a morning and an afternoon.
    package init(own: [String] = [], dayparts: [Field.Option] = [], mostElsewhere: Int? = nil) {
        self.own = own
        self.dayparts = dayparts.isEmpty ? Self.halfDays : dayparts
        self.mostElsewhere = mostElsewhere
    }

    /// A morning and an afternoon.
    package static let halfDays = [
        Field.Option(id: "morning", title: Localized(nl: "ochtend", en: "morning")),
        Field.Option(id: "afternoon", title: Localized(nl: "middag", en: "afternoon")),
    ]

    /// The days of a school week, as parts of an answer name them.
    package static let days: [(key: String, day: Weekday)] = [
        ("mon", .monday), ("tue", .tuesday), ("wed", .wednesday), ("thu", .thursday), ("fri", .friday),
    ]

    /// How much of a week is elsewhere.
    package struct Share: Hashable, Sendable {
        /// Parts in a place that is not the child's own, and all parts that are named.
        package let elsewhere: Int
        package let all: Int

        package init(elsewhere: Int, all: Int) {
            self.elsewhere = elsewhere
            self.all = all
        }

        /// In percent, rounded up: a ceiling is not passed by rounding.
        package var percent: Int { all == 0 ? 0 : (elsewhere * 100 + all - 1) / all }
    }

    /// How much of a week is elsewhere; nil where the plan does not say what is the child's own.
    package func share(of answer: Answer) -> Share? {
        guard !own.isEmpty else { return nil }
        let parts = answer.values.compactMap { WeekPart($0) }
        return Share(elsewhere: parts.count { !own.contains($0.place) }, all: parts.count)
    }

    /// The parts of an answer in the order of the week.
    package func ordered(_ answer: Answer) -> [WeekPart] {
        let parts = Dictionary(answer.values.compactMap { WeekPart($0) }.map { ([$0.day, $0.daypart], $0) }) { first, _ in first }
        return Self.days.flatMap { day in dayparts.compactMap { parts[[day.key, $0.id]] } }
    }

    /// What is wrong with a week: a day, part or place that there is not, a part named twice, or too much elsewhere.
    func problems(with answer: Answer, places: [Field.Option], id: String, source: String?) -> [Refusal] {
        let parts = answer.values.map { WeekPart($0) }
        let isKnown = { (part: WeekPart?) in
            guard let part else { return false }
            return Self.days.contains { $0.key == part.day } && dayparts.contains { $0.id == part.daypart }
                && places.contains { $0.id == part.place }
        }
        guard parts.allSatisfy(isKnown) else { return [Refusal(.notAnOption, field: id)] }
        // Nobody is at two places at once.
        guard Set(parts.compactMap(\.self).map { [$0.day, $0.daypart] }).count == parts.count else {
            return [Refusal(.sameTwice, field: id)]
        }
        if let most = mostElsewhere, let share = share(of: answer), share.percent > most {
            return [
                Refusal(
                    .tooMuchElsewhere, field: id, values: ["most": String(most), "share": String(share.percent)], source: source)
            ]
        }
        return []
    }
}

/// One part of a week with the place where the child is: `mon.morning.unit-4`.
package struct WeekPart: Hashable, Sendable, CustomStringConvertible {
    /// Key of the weekday.
    package let day: String
    /// Key of the part of the day.
    package let daypart: String
    /// Key of the place.
    package let place: String

    package init(day: String, daypart: String, place: String) {
        self.day = day
        self.daypart = daypart
        self.place = place
    }

    /// Nil for what is no part of a week; keys have no dots, so a part has two.
    package init?(_ written: String) {
        let parts = written.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(day: parts[0], daypart: parts[1], place: parts[2])
    }

    package var description: String { "\(day).\(daypart).\(place)" }
}
