import Domain
import TestKit
import Testing

@Suite("Until when")
struct UntilRuleTests {
    private func child(
        _ group: String, born: String = "2014-03-10", decided: String = "2021-10-18", begin: String = "2022-01-10"
    ) -> ValidityFacts {
        ValidityFacts(
            born: .of(born), group: group, groups: PlanRules.invented.groups.map(\.id), decided: .of(decided), begin: .of(begin))
    }

    @Test(
        "the end of a group, the child moving up each year",
        arguments: [
            ("4", "8", "2021-10-18", "2026-07-31"), ("8", "8", "2021-10-18", "2022-07-31"),
            ("1", "3", "2021-10-18", "2024-07-31"),
            // Decided after the summer is another school year, in which the child has moved up by then.
            ("4", "8", "2022-07-31", "2026-07-31"), ("4", "8", "2022-08-01", "2027-07-31"),
            // A group that is behind the child ends with this year.
            ("5", "3", "2021-10-18", "2022-07-31"),
        ])
    func endOfGroup(_ group: String, _ last: String, _ decided: String, _ expected: String) {
        #expect(UntilRule.endOfGroup(last).day(for: child(group, decided: decided))?.day == .of(expected))
    }

    @Test(
        "fixed moments at the end of groups 2, 5 and 8: the first that the child still has before it (deel 2, 1.7.4)",
        arguments: [
            ("1", "2023-07-31"), ("2", "2022-07-31"), ("3", "2024-07-31"), ("5", "2022-07-31"), ("6", "2024-07-31"),
            ("8", "2022-07-31"),
        ])
    func fixedMoments(_ group: String, _ expected: String) {
        #expect(UntilRule.endOfFirstGroupOf(["2", "5", "8"]).day(for: child(group))?.day == .of(expected))
        #expect(UntilRule.endOfFirstGroupOf(["8", "2", "5"]).day(for: child(group))?.day == .of(expected), "in whatever order")
    }

    @Test("decided before the summer to begin after it: the group that ends in between is no end")
    func afterTheSummer() {
        let facts = child("2", decided: "2022-05-01", begin: "2022-08-01")
        #expect(UntilRule.endOfFirstGroupOf(["2", "5", "8"]).day(for: facts)?.day == .of("2025-07-31"))
    }

    @Test(
        "the school year in which the child becomes fourteen",
        arguments: [("2010-07-31", "2024-07-31"), ("2010-08-01", "2025-07-31"), ("2008-02-29", "2022-07-31")])
    func age(_ born: String, _ expected: String) {
        #expect(UntilRule.endOfSchoolYearOfAge(14).day(for: child("4", born: born))?.day == .of(expected))
    }

    @Test("the end of this school year or a later one, counted from the begin")
    func schoolYear() {
        #expect(UntilRule.endOfSchoolYear(after: 0).day(for: child("4", begin: "2022-07-31"))?.day == .of("2022-07-31"))
        #expect(UntilRule.endOfSchoolYear(after: 0).day(for: child("4", begin: "2022-08-01"))?.day == .of("2023-07-31"))
        #expect(UntilRule.endOfSchoolYear(after: 1).day(for: child("4", begin: "2022-01-10"))?.day == .of("2023-07-31"))
    }

    @Test("a period ends the day before its first day comes again")
    func period() {
        #expect(UntilRule.period(Period(1, .years)).day(for: child("4", begin: "2022-01-10"))?.day == .of("2023-01-09"))
    }

    @Test("a group that the plan does not know gives no end")
    func unknown() {
        #expect(UntilRule.endOfGroup("8").day(for: child("klas 1")) == nil)
        #expect(UntilRule.endOfGroup("klas 1").day(for: child("8")) == nil)
        #expect(UntilRule.endOfFirstGroupOf(["2"]).day(for: child("5")) == nil)
        #expect(UntilRule.endOfFirstGroupOf([]).day(for: child("5")) == nil)
    }
}

@Suite("Whole school years")
struct WholeSchoolYearsTests {
    private let rule = ValidityRule(
        beginField: "begin", endField: "end", deviationField: "deviation", table: "entry-duration",
        wholeSchoolYears: Testland.condition("school-type", "so"), wholeSchoolYearsSource: "law", conflictField: "conflict")

    private func validity(
        _ group: String, begin: String, decided: String = "2021-10-18", type: String = "so", _ answers: Answers = [:]
    ) throws -> Validity {
        try rule.validity(
            for: ValidityFacts(
                born: .of("2014-03-10"), group: group, groups: PlanRules.invented.groups.map(\.id), decided: .of(decided),
                begin: .of(begin)),
            facts: Facts(
                ["group": .text(group), "school-type": .text(type)].merging(answers) { _, new in new },
                scales: PlanRules.invented.scales),
            table: Testland.duration)
    }

    @Test(
        "at least one whole school year, and what is left of the running one is added",
        arguments: [
            ("2022-08-01", "2023-07-31"), ("2022-08-02", "2024-07-31"), ("2022-07-31", "2023-07-31"),
            ("2022-01-10", "2023-07-31"),
        ])
    func earliest(_ begin: String, _ expected: String) throws {
        #expect(try validity("4", begin: begin).earliest == .of(expected))
        #expect(try validity("4", begin: begin, type: "sbo").earliest == nil)
    }

    @Test("in group 8 at the first of August table and law agree, a day later they clash")
    func clash() throws {
        #expect(try !validity("7", begin: "2022-08-01", decided: "2022-05-01").clashes)
        #expect(try validity("7", begin: "2022-08-02", decided: "2022-05-01").clashes)
        #expect(try validity("7", begin: "2022-08-02", decided: "2022-05-01").proposed == nil)
    }

    @Test("a group that no row speaks of is said")
    func unknownGroup() {
        #expect(throws: Refused(.noRowMatches, values: ["table": "entry-duration"], source: "Testland, 4.6")) {
            try validity("klas 1", begin: "2022-01-10")
        }
    }

    @Test("a clash settled for the table is no end before the begin")
    func clashBeforeBegin() throws {
        // Group 8 ends on 31 July 2022, the begin lies after it.
        let after = try validity("8", begin: "2022-08-01", decided: "2021-10-18")
        #expect(after.clashes)
        #expect(throws: Refused(.endBeforeBegin, field: "conflict")) {
            try rule.settle(after, answers: ["conflict": .text("table"), "deviation": .text("x")])
        }
        #expect(try rule.settle(after, answers: ["conflict": .text("law"), "deviation": .text("x")]).end == .of("2023-07-31"))
    }

    @Test("without a field for the clash nobody can settle it, and it is said at the end date")
    func noConflictField() throws {
        let without = ValidityRule(
            beginField: "begin", endField: "end", deviationField: "deviation", table: "entry-duration",
            wholeSchoolYears: Testland.condition("school-type", "so"))
        let clash = try validity("8", begin: "2022-01-10")
        #expect(throws: Refused(.conflictNeedsChoice, field: "end", values: ["table": "2022-07-31", "law": "2023-07-31"])) {
            try without.settle(clash, answers: ["conflict": .text("law"), "deviation": .text("x")])
        }
    }
}

@Suite("Never later than the table")
struct NeverLaterTests {
    /// At most a year from the begin, with or without a field for reasons.
    private func settle(_ end: String, never: Bool, reasons: Bool = true) throws(Refused) -> (end: Day, deviates: Bool) {
        let rule = ValidityRule(
            beginField: "begin", endField: "end", deviationField: never ? nil : "deviation", table: "year", neverLater: never)
        let row = DecisionTable.Row(
            id: "year", when: .always, until: .chosen(atMost: .period(Period(1, .years))), source: "Testland, 6")
        let table = DecisionTable(id: "year", title: Localized(nl: "t", en: "t"), rows: [row], source: "Testland, 6")
        let child = ValidityFacts(
            born: .of("2014-03-10"), group: "4", groups: ["4"], decided: .of("2021-09-01"), begin: .of("2021-10-01"))
        let validity = try rule.validity(for: child, facts: Facts(), table: table)
        return try rule.settle(validity, answers: ["end": .text(end), "deviation": .text(reasons ? "x" : "")])
    }

    @Test("the last day of the table is allowed, and the day after only where reasons may depart from it")
    func bound() throws {
        #expect(try settle("2022-09-30", never: true) == (.of("2022-09-30"), false))
        #expect(throws: Refused(.pastLatest, field: "end", values: ["day": "2022-09-30"], source: "Testland, 6")) {
            try settle("2022-10-01", never: true)
        }
        #expect(try settle("2022-10-01", never: false).deviates)
        #expect(throws: Refused(.afterLatest, field: "deviation", values: ["day": "2022-09-30"], source: "Testland, 6")) {
            try settle("2022-10-01", never: false, reasons: false)
        }
        #expect(try settle("2022-07-31", never: true).deviates == false)
    }
}
