/// A table of cases: facts in, an outcome out, each row with its source.
package struct DecisionTable: Hashable, Sendable {
    /// How many rows may match.
    package enum HitPolicy: String, Hashable, Sendable, CaseIterable {
        /// Exactly one row must match; none or two is a fault of the table, shown as such.
        case exactlyOne = "exactly-one"
        /// The first row that matches, in the order of the table.
        case first
    }

    /// One case with what follows from it.
    package struct Row: Hashable, Sendable {
        package let id: String
        package let when: Condition
        package let until: UntilRule
        package let source: String
        package let note: Localized?
        package init(id: String, when: Condition, until: UntilRule, source: String, note: Localized? = nil) {
            self.id = id
            self.when = when
            self.until = until
            self.source = source
            self.note = note
        }
    }

    package let id: String
    package let title: Localized
    package let hit: HitPolicy
    package let rows: [Row]
    package let source: String

    package init(id: String, title: Localized, hit: HitPolicy = .exactlyOne, rows: [Row], source: String) {
        self.id = id
        self.title = title
        self.hit = hit
        self.rows = rows
        self.source = source
    }

    /// The row that applies to the facts.
    ///
    /// - Throws: `noRowMatches`, or `severalRowsMatch` when the policy allows one only.
    package func row(for facts: Facts) throws(Refused) -> Row {
        let matching = rows.filter { $0.when.holds(for: facts) }
        guard let first = matching.first else { throw Refused(.noRowMatches, values: ["table": id], source: source) }
        if hit == .exactlyOne, matching.count > 1 {
            throw Refused(
                .severalRowsMatch, values: ["table": id, "rows": matching.map(\.id).joined(separator: ",")], source: source)
        }
        return first
    }

    /// Facts that are not known while the table needs them: with one of these an unmatched row could match.
    ///
    /// Empty as soon as a row matches: then the table asks nothing more.
    package func missing(for facts: Facts) -> [String] {
        guard !rows.contains(where: { $0.when.holds(for: facts) }) else { return [] }
        var missing: [String] = []
        for row in rows {
            let open = row.when.clauses.filter { !$0.holds(for: facts) }
            guard open.allSatisfy({ facts[$0.fact]?.isEmpty ?? true }) else { continue }
            for clause in open where !missing.contains(clause.fact) { missing.append(clause.fact) }
        }
        return missing
    }
}

/// Until when something granted lasts, in words a plan may use.
package indirect enum UntilRule: Hashable, Sendable {
    /// The last day of the school year in which the child, moving up each year, ends the group.
    case endOfGroup(String)
    /// The end of the first of these groups that the child still has before it.
    case endOfFirstGroupOf([String])
    /// The last day of the school year in which the child reaches the age.
    case endOfSchoolYearOfAge(Int)
    /// The last day of the n-th school year after the one in which it begins; 0 is that year itself.
    case endOfSchoolYear(after: Int)
    /// A period from the day it begins.
    case period(Period)
    /// A day somebody chooses, with a latest day by another rule.
    case chosen(atMost: UntilRule)
}
