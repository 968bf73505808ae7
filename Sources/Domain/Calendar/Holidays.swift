/// Which days the law calls feestdag, and for which terms that matters: the Algemene termijnenwet as data.
///
/// The dates are national law and so not written here: they are read from a file of the law with the source of each, and
/// change there when the law does.
package struct Holidays: Hashable, Sendable {
    /// How a feestdag is found in a year.
    package enum Rule: Hashable, Sendable {
        /// The same date every year; `movedFromSundayToPrevious` puts it on Saturday if it would be a Sunday (Koningsdag).
        case fixed(month: Int, day: Int, movedFromSundayToPrevious: Bool)
        /// So many days after Easter Sunday, -80…250 so that it stays in the year: -2 is Goede Vrijdag, 1 tweede Paasdag.
        case easter(offset: Int)

        /// The day of this rule in a year; nil if that year has no such date.
        package func day(in year: Int) -> Day? {
            switch self {
            case .fixed(let month, let day, let moved):
                guard let date = Day(year: year, month: month, day: day) else { return nil }
                return moved && date.weekday == .sunday ? date.adding(days: -1) : date
            case .easter(let offset):
                return Holidays.easterSunday(year: year).adding(days: offset)
            }
        }
    }

    /// For which terms the law holds, and what it promises short ones.
    package struct Limits: Hashable, Sendable {
        /// The longest term of each unit that is under the law; one in a unit not named is not (art. 4 under a).
        package var longest: [Period]
        /// A term of this many days or more must hold enough working days (art. 2).
        package var protectedFromDays: Int
        /// How many working days such a term holds at least (art. 2).
        package var workingDays: Int

        /// The limits as the law gives them; none has a default, so that each comes from a file with its source.
        package init(longest: [Period], protectedFromDays: Int, workingDays: Int) {
            self.longest = longest
            self.protectedFromDays = protectedFromDays
            self.workingDays = workingDays
        }
    }

    /// The feestdagen that come every year.
    package let rules: [Rule]
    /// Days that a royal decree puts on a par with feestdagen, by date (art. 3 lid 3).
    package let extra: Set<Day>
    /// For which terms the law holds.
    package let limits: Limits

    /// The law as read from its file.
    package init(rules: [Rule], extra: Set<Day>, limits: Limits) {
        self.rules = rules
        self.extra = extra
        self.limits = limits
    }

    /// True if the law calls this day a feestdag or puts it on a par with one.
    package func isHoliday(_ day: Day) -> Bool {
        if extra.contains(day) { return true }
        let (year, month, date) = day.parts
        // Only a day moved back from 1 January leaves its year.
        let isNewYearsEve = month == 12 && date == 31
        return rules.contains { $0.day(in: year) == day || (isNewYearsEve && $0.day(in: year + 1) == day) }
    }

    /// True if the day is no Saturday, Sunday or feestdag: the only days on which a term under the law ends (art. 1 lid 1).
    package func isWorkingDay(_ day: Day) -> Bool { !day.weekday.isWeekend && !isHoliday(day) }

    /// This day if it is a working day, else the first one after it.
    package func workingDay(onOrAfter day: Day) -> Day {
        var day = day
        while !isWorkingDay(day), day < .latest { day = day.adding(days: 1) }
        return day
    }

    /// The feestdagen of a calendar year in order, each once, those in a weekend too.
    package func days(in year: Int) -> [Day] {
        let found = rules.compactMap { $0.day(in: year) } + rules.compactMap { $0.day(in: year + 1) } + extra
        return Set(found.filter { $0.year == year }).sorted()
    }

    /// Whether art. 1 and 2 hold for a term of this length, or art. 4 under a excepts it as too long.
    package func holds(for period: Period) -> Bool {
        limits.longest.contains { $0.unit == period.unit && period.amount <= $0.amount }
    }

    /// Easter Sunday of a year (0…9999): the Sunday after the first full moon of spring, by the Gregorian church rule.
    ///
    /// The computation is Gauss's: the age of the moon in the 19-year cycle with its two corrections per century, then the
    /// next Sunday.
    package static func easterSunday(year: Int) -> Day {
        let cycle = year % 19
        let century = year / 100
        let moonCorrection = (8 * century + 13) / 25
        var epact = (19 * cycle + century - century / 4 - moonCorrection + 15) % 30
        // The full moon is held to 18 April at the latest, and two years of a cycle never share a date.
        if epact == 29 || (epact == 28 && cycle > 10) { epact -= 1 }
        guard let equinox = Day(year: year, month: 3, day: 21) else { return year < 0 ? .earliest : .latest }
        let fullMoon = equinox.adding(days: epact)
        return fullMoon.adding(days: 7 - fullMoon.weekday.rawValue % 7)
    }
}
