/// How the begin and end of something granted are found: by a table, with bounds that the law adds.
package struct ValidityRule: Hashable, Sendable {
    /// Field that holds the first day.
    package let beginField: String
    /// Field in which another end than the table's is given.
    package let endField: String
    /// Field for the reasons of a deviation; nil where the table is never departed from.
    package let deviationField: String?
    package let table: String
    /// Whether no reasons whatever allow a later end than the table's.
    package let neverLater: Bool
    /// When whole school years are asked: given during a year, the rest of that year is added (WEC 40.15).
    package let wholeSchoolYears: Condition?
    package let wholeSchoolYearsSource: String?
    /// Field in which the clash between the table and the whole school years is settled: `table` or `law`.
    package let conflictField: String?

    package init(
        beginField: String, endField: String, deviationField: String?, table: String, neverLater: Bool = false,
        wholeSchoolYears: Condition? = nil, wholeSchoolYearsSource: String? = nil, conflictField: String? = nil
    ) {
        self.beginField = beginField
        self.endField = endField
        self.deviationField = deviationField
        self.table = table
        self.neverLater = neverLater
        self.wholeSchoolYears = wholeSchoolYears
        self.wholeSchoolYearsSource = wholeSchoolYearsSource
        self.conflictField = conflictField
    }
}

/// The child's facts that an end date is counted from.
package struct ValidityFacts: Hashable, Sendable {
    package let born: Day
    package let group: String
    /// The plan's groups in their order.
    package let groups: [String]
    /// The day of the decision: the group is the group of that day's school year.
    package let decided: Day
    package let begin: Day

    package init(born: Day, group: String, groups: [String], decided: Day, begin: Day) {
        self.born = born
        self.group = group
        self.groups = groups
        self.decided = decided
        self.begin = begin
    }
}

/// The end date that the rules give, with what it rests on.
package struct Validity: Hashable, Sendable {
    package let begin: Day
    /// The end that holds when nobody chooses another; nil when one must be chosen, or when table and law clash.
    package let proposed: Day?
    /// The latest end the table allows without reasons.
    package let latest: Day
    /// The earliest end that whole school years allow.
    package let earliest: Day?
    package let row: DecisionTable.Row
    package let explanation: [Explained]

    /// Whether the table's latest end lies before the earliest that the law allows: a clash that somebody must settle.
    package var clashes: Bool { earliest.map { $0 > latest } ?? false }
}

extension UntilRule {
    /// The day this rule comes to for one child, with the line that explains it; nil when the child's group is unknown to it.
    package func day(for facts: ValidityFacts) -> (day: Day, explained: Explained)? {
        switch self {
        case .endOfGroup(let group):
            guard let now = facts.groups.firstIndex(of: facts.group), let last = facts.groups.firstIndex(of: group) else {
                return nil
            }
            let years = max(0, last - now)
            let day = SchoolYear(startingIn: SchoolYear(containing: facts.decided).first.year + years).last
            return (
                day,
                Explained(
                    "until.endOfGroup",
                    ["group": group, "now": facts.group, "years": String(years), "day": day.description])
            )
        case .endOfFirstGroupOf(let groups):
            // What begins after the summer is not ended by a group that is over by then.
            guard let now = facts.groups.firstIndex(of: facts.group) else { return nil }
            let ahead = facts.groups[now...].filter(groups.contains)
                .compactMap { UntilRule.endOfGroup($0).day(for: facts) }
            return ahead.first { $0.day >= facts.begin } ?? ahead.last
        case .endOfSchoolYearOfAge(let age):
            let birthday = facts.born.adding(years: age)
            let day = SchoolYear(containing: birthday).last
            return (day, Explained("until.endOfSchoolYearOfAge", ["age": String(age), "day": day.description]))
        case .endOfSchoolYear(let after):
            let day = SchoolYear(startingIn: SchoolYear(containing: facts.begin).first.year + after).last
            return (day, Explained("until.endOfSchoolYear", ["years": String(after), "day": day.description]))
        case .period(let period):
            let day = period.after(facts.begin).adding(days: -1)
            return (day, Explained("until.period", ["period": period.description, "day": day.description]))
        case .chosen(let atMost):
            return atMost.day(for: facts)
        }
    }
}

extension ValidityRule {
    /// The end date for one child by the plan's table and the law's whole school years.
    ///
    /// - Throws: `noRowMatches`, `severalRowsMatch`, or `unknownGroup` when the table speaks of groups this child is not in.
    package func validity(for child: ValidityFacts, facts: Facts, table: DecisionTable) throws(Refused) -> Validity {
        let row = try table.row(for: facts)
        guard let (latest, reason) = row.until.day(for: child) else {
            throw Refused(.unknownGroup, values: ["group": child.group], source: row.source)
        }
        var explanation = [
            Explained("validity.row", ["table": table.id, "row": row.id, "source": row.source]), reason,
        ]
        var earliest: Day?
        if let wholeSchoolYears, wholeSchoolYears.holds(for: facts) {
            let year = SchoolYear(containing: child.begin)
            let end = child.begin == year.first ? year.last : year.next.last
            earliest = end
            explanation.append(
                Explained(
                    "validity.wholeSchoolYears",
                    ["begin": child.begin.description, "day": end.description, "source": wholeSchoolYearsSource ?? ""]))
        }
        // Where the table leaves the day to choose, nobody is given the longest without choosing it.
        var proposed: Day? = if case .chosen = row.until { nil } else { latest }
        if let earliest, earliest > latest {
            proposed = nil
            explanation.append(
                Explained("validity.clash", ["table": latest.description, "law": earliest.description]))
        }
        return Validity(
            begin: child.begin, proposed: proposed, latest: latest, earliest: earliest, row: row, explanation: explanation)
    }

    /// The end that is granted, and whether it departs from the table.
    ///
    /// - Throws: what is missing or wrong in the chosen end: a day after the latest without reasons, before the earliest, not
    ///   at the end of a school year, or a clash that nobody settled.
    package func settle(_ validity: Validity, answers: Answers) throws(Refused) -> (end: Day, deviates: Bool) {
        let reasons = deviationField.flatMap { answers[$0] }.map { !$0.isEmpty } ?? false
        let given = answers[endField].flatMap { $0.isEmpty ? nil : $0 }
        if let given, given.day == nil { throw Refused(.notADay, field: endField) }
        if validity.clashes, let earliest = validity.earliest {
            guard let conflictField, let choice = answers[conflictField]?.text, ["table", "law"].contains(choice) else {
                throw Refused(
                    .conflictNeedsChoice, field: conflictField ?? endField,
                    values: ["table": validity.latest.description, "law": earliest.description],
                    source: wholeSchoolYearsSource)
            }
            guard reasons else {
                throw Refused(.reasonsRequired, field: deviationField ?? conflictField, source: validity.row.source)
            }
            let end = given?.day ?? (choice == "law" ? earliest : validity.latest)
            guard end >= validity.begin else {
                throw Refused(.endBeforeBegin, field: given == nil ? conflictField : endField)
            }
            if choice == "law" {
                try checkWholeSchoolYears(end, earliest)
            } else if end > validity.latest {
                throw Refused(
                    .afterLatest, field: endField, values: ["day": validity.latest.description], source: validity.row.source)
            }
            return (end, true)
        }
        guard let end = given?.day ?? validity.proposed else {
            throw Refused(.required, field: endField, source: validity.row.source)
        }
        guard end >= validity.begin else { throw Refused(.endBeforeBegin, field: endField) }
        if let earliest = validity.earliest { try checkWholeSchoolYears(end, earliest) }
        // Where the table leaves the day to choose, only a later one departs from it.
        let free = if case .chosen = validity.row.until { true } else { false }
        let deviates = free ? end > validity.latest : end != validity.proposed
        if end > validity.latest, neverLater {
            throw Refused(
                .pastLatest, field: endField, values: ["day": validity.latest.description], source: validity.row.source)
        }
        if deviates, !reasons {
            throw Refused(
                end > validity.latest ? .afterLatest : .reasonsRequired, field: deviationField ?? endField,
                values: ["day": validity.latest.description], source: validity.row.source)
        }
        return (end, deviates)
    }

    /// An end that the law allows: not before the first whole school year is over, and on the last day of one.
    private func checkWholeSchoolYears(_ end: Day, _ earliest: Day) throws(Refused) {
        guard end >= earliest else {
            throw Refused(
                .beforeEarliest, field: endField, values: ["day": earliest.description], source: wholeSchoolYearsSource)
        }
        guard SchoolYear(containing: end).last == end else {
            throw Refused(.notWholeSchoolYears, field: endField, source: wholeSchoolYearsSource)
        }
    }
}
