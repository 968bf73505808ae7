/// A day and month without a year, in the order of the school year: 1 August comes first and 31 July last.
///
/// For rules such as "between May of group 7 and October of group 8" or "before 1 October", which come back each year.
package struct DayOfSchoolYear: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 1…12.
    package let month: Int
    /// 1…31, as far as the month has them; 29 February is one of the days.
    package let day: Int

    /// The day and month of a date.
    package init(_ date: Day) {
        let (_, month, day) = date.parts
        self.month = month
        self.day = day
    }

    /// Reads `05-01` (month, day); nil for anything else and for a date that no year has.
    package init?(_ text: String) {
        // 2000 was a leap year, so 29 February is let through.
        guard text.utf8.count == 5, let date = Day("2000-\(text)") else { return nil }
        self.init(date)
    }

    /// 0 for August, 11 for July.
    private var monthOfSchoolYear: Int { (month + 4) % 12 }

    package static func < (left: Self, right: Self) -> Bool {
        (left.monthOfSchoolYear, left.day) < (right.monthOfSchoolYear, right.day)
    }

    /// `05-01`.
    package var description: String { String(Day(year: 2000, month: month, day: day)?.description.dropFirst(5) ?? "") }

    /// The day before, in the order of the school year; nil for 1 August.
    package var previous: DayOfSchoolYear? { neighbour(-1) }
    /// The day after; nil for 31 July.
    package var next: DayOfSchoolYear? { neighbour(1) }

    private func neighbour(_ days: Int) -> DayOfSchoolYear? {
        let year = SchoolYear(startingIn: 1999)
        // The school year 1999-2000 has a 29 February.
        guard let date = Day(year: month >= 8 ? 1999 : 2000, month: month, day: day)?.adding(days: days), year.contains(date)
        else { return nil }
        return DayOfSchoolYear(date)
    }
}
