import Domain

// Decision tables: their rows, and which situations come out otherwise.
extension PlanComparison {
    /// Tables by key: rows for those who decide by them, situations for those whom they decide about too.
    func compareTables() {
        let sorted = { (rules: PlanRules) in rules.tables.values.sorted { $0.id < $1.id } }
        let at = { (table: DecisionTable, sources: PlanSources) in
            Spot(path: "rules.\(table.id)", thing: table.title, concerns: self.deciders(by: table.id), sources: sources)
        }
        things(sorted(before), sorted(after), key: \.id) { table in
            add(.tableAdded, at(table, PlanSources(nil, table.source)))
        } removed: { table in
            add(.tableRemoved, at(table, PlanSources(table.source, nil)))
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            node(spot, was, now, told: ["title", "hit", "rows"]) {
                reworded(.title, spot, was.title, now.title)
                changed(.hit, spot, was.hit, now.hit) { .hit($0) }
                compareRows(was, now, spot)
            }
            compareSituations(was, now, spot)
        }
    }

    private func users(of table: String, in rules: PlanRules) -> [(route: ProcedureRule, outcome: OutcomeRule)] {
        rules.procedures.flatMap { route in
            route.outcomes.filter { $0.decision?.validity?.table == table }.map { (route, $0) }
        }
    }

    private func deciders(by table: String) -> [PlanAudience] {
        audience([before, after].flatMap { users(of: table, in: $0) }.flatMap { $0.route.deciders(of: $0.outcome.id) })
    }

    private func compareRows(_ old: DecisionTable, _ new: DecisionTable, _ table: Spot) {
        let at = { (row: DecisionTable.Row, sources: PlanSources) in
            table.inner("rows.\(row.id)", row.note ?? Localized(nl: row.id, en: row.id), sources: sources)
        }
        let words = { (row: DecisionTable.Row) in PlanPhrase.rule(row.when, row.until) }
        // The order of rows says something only where the first that matches holds.
        let order = old.hit == .first || new.hit == .first ? table : nil
        things(old.rows, new.rows, key: \.id, order: order) { row in
            add(.rowAdded, at(row, PlanSources(nil, row.source)), nil, words(row))
        } removed: { row in
            add(.rowRemoved, at(row, PlanSources(row.source, nil)), words(row), nil)
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            node(spot, was, now, told: ["when", "until", "note"]) {
                changed(.rowWhen, spot, was.when, now.when) { .condition($0) }
                changed(.rowUntil, spot, was.until, now.until) { .until($0) }
                reworded(.note, spot, was.note, now.note)
            }
        }
    }

    private func compareSituations(_ old: DecisionTable, _ new: DecisionTable, _ table: Spot) {
        let starters = [before, after].flatMap { users(of: old.id, in: $0) }.flatMap(\.route.start.by)
        let spot = Spot(
            path: table.path, within: [table.thing], thing: table.thing,
            concerns: [.parents] + audience(starters) + table.concerns,
            sources: table.sources)
        guard
            let found = TableSituations.otherwise(
                TableSituations.Side(old, before, users(of: old.id, in: before).map(\.route)),
                TableSituations.Side(new, after, users(of: new.id, in: after).map(\.route)))
        else {
            if old != new { add(.tooManySituations, spot) }
            return
        }
        for situation in found {
            var spot = spot
            spot.sources = PlanSources(
                situation.before?.source, situation.after?.source)
            add(
                .situation, spot, .situation(situation.facts, situation.before?.until),
                .situation(situation.facts, situation.after?.until))
        }
    }
}

/// The situations in which two tables give another end.
struct TableSituations {
    /// A table with the plan it stands in.
    struct Side {
        let table: DecisionTable
        let rules: PlanRules
        let users: [ProcedureRule]

        init(_ table: DecisionTable, _ rules: PlanRules, _ users: [ProcedureRule]) {
            self.table = table
            self.rules = rules
            self.users = users
        }
    }

    /// Situations that come from the same row of each table, told together; nil where no single row is for them.
    struct Situation {
        var facts: [PlanPhrase.Fact]
        let before: DecisionTable.Row?
        let after: DecisionTable.Row?
    }

    /// One combination of values, known by the facts of both tables.
    private struct Case: Hashable {
        var facts: [String: Set<String?>]
        let before: DecisionTable.Row?
        let after: DecisionTable.Row?
    }

    /// More combinations of both tables than this are not tried.
    private static let most = 200_000
    /// More than this are not brought together, because nobody would read them.
    private static let mostTold = 2000

    /// What comes out otherwise; nil when there are too many cases to try.
    ///
    /// A case counts when it can occur in both plans; what only one of them can know is told by the questions that differ.
    static func otherwise(_ old: Side, _ new: Side) -> [Situation]? {
        guard let oldCases = TableCases.possible(old.table, old.rules, users: old.users),
            let newCases = TableCases.possible(new.table, new.rules, users: new.users)
        else { return nil }
        let shared = Set(oldCases.first?.keys.map(\.self) ?? []).intersection(newCases.first?.keys.map(\.self) ?? [])
        let joint = { (facts: [String: Answer?]) in facts.filter { shared.contains($0.key) } }
        let byJoint = Dictionary(grouping: newCases, by: joint)
        var count = 0
        var cases: Set<Case> = []
        var all: [String: Set<String?>] = [:]
        for was in oldCases {
            for now in byJoint[joint(was)] ?? [] {
                let facts = was.merging(now) { first, _ in first }
                for group in groups(facts, old, new) {
                    count += 1
                    guard count <= most else { return nil }
                    var facts = facts
                    if let group { facts["group"] = .some(.text(group)) }
                    let spoken = facts.mapValues { Set([$0?.values.joined(separator: ", ")]) }
                    all.merge(spoken) { $0.union($1) }
                    let rows = (row(of: old, facts), row(of: new, facts))
                    guard differ(rows.0, rows.1, facts, old.rules, new.rules) else { continue }
                    let matter = matter(rows.0, rows.1)
                    cases.insert(
                        Case(
                            facts: matter.map { names in spoken.filter { names.contains($0.key) } } ?? spoken, before: rows.0,
                            after: rows.1))
                }
            }
        }
        guard cases.count <= mostTold else { return nil }
        return merged(cases, all, new.rules, old.rules)
    }

    /// The groups to try: those of the case, else all that both plans have when an end depends on the group.
    private static func groups(_ facts: [String: Answer?], _ old: Side, _ new: Side) -> [String?] {
        guard facts["group"] == nil, (old.table.rows + new.table.rows).contains(where: { $0.until.countsGroups }) else {
            return [nil]
        }
        return old.rules.groups.map(\.id).filter { id in new.rules.groups.contains { $0.id == id } }
    }

    private static func row(of side: Side, _ facts: [String: Answer?]) -> DecisionTable.Row? {
        let known = facts.compactMapValues(\.self)
        do throws(Refused) {
            return try side.table.row(for: Facts(known, scales: side.rules.scales))
        } catch {
            return nil
        }
    }

    /// The facts that lead to these rows and their ends, in the order in which the rows name them; nil where it is all of them.
    private static func matter(_ old: DecisionTable.Row?, _ new: DecisionTable.Row?) -> [String]? {
        guard let old, let new else { return nil }
        var names: [String] = []
        for name in (new.when.clauses + old.when.clauses).map(\.fact) where !names.contains(name) { names.append(name) }
        if !names.contains("group"), old.until.countsGroups || new.until.countsGroups { names.append("group") }
        return names
    }

    /// Whether the rows give another end to a child, on one of the days of a school year on which it may matter.
    private static func differ(
        _ old: DecisionTable.Row?, _ new: DecisionTable.Row?, _ facts: [String: Answer?], _ before: PlanRules, _ after: PlanRules
    ) -> Bool {
        guard let old, let new else { return (old == nil) != (new == nil) }
        guard old.until != new.until else { return false }
        if old.until.isChosen != new.until.isChosen { return true }
        let group = facts["group"]?.flatMap(\.text)
        let year = SchoolYear(containing: max(before.inForce, after.inForce))
        let first = year.first
        // Decided at the beginning, half-way with a begin at once, and in spring for after the summer.
        let moments = [
            (first, first), (first.adding(months: 3), first.adding(months: 4)), (first.adding(months: 8), year.next.first),
        ]
        // A child of the age that goes with its group, born in the autumn or in the spring.
        let place = { (rules: PlanRules) in rules.groups.firstIndex { $0.id == group } ?? 0 }
        let births = [first.adding(months: 2), first.adding(months: 9)].map { $0.adding(years: -(4 + place(after))) }
        return moments.contains { decided, begin in
            births.contains { born in
                let end = { (until: UntilRule, rules: PlanRules) in
                    until.day(
                        for: ValidityFacts(
                            born: born, group: group ?? "", groups: rules.groups.map(\.id), decided: decided, begin: begin))?.day
                }
                return end(old.until, before) != end(new.until, after)
            }
        }
    }

    // MARK: Told together

    /// Cases of the same rows brought together where they differ in one fact only; facts that never matter left out.
    private static func merged(
        _ cases: Set<Case>, _ all: [String: Set<String?>], _ rules: PlanRules, _ other: PlanRules
    ) -> [Situation] {
        var merged = Array(cases)
        let names = all.keys.sorted { ($0 == "group" ? 1 : 0, $0) < ($1 == "group" ? 1 : 0, $1) }
        // The group last, so that "groep 4 en 5" comes of cases that are equal in all else.
        for name in names.reversed() {
            var byRest: [Case: Set<String?>] = [:]
            for one in merged {
                var rest = one
                let values = rest.facts.removeValue(forKey: name)
                byRest[rest, default: []].formUnion(values ?? [])
            }
            merged = byRest.map { rest, values in
                var whole = rest
                if !values.isEmpty { whole.facts[name] = values }
                return whole
            }
        }
        let situations = merged.map { one in
            (
                one,
                (matter(one.before, one.after) ?? names).compactMap { name -> PlanPhrase.Fact? in
                    guard let values = one.facts[name], values != all[name] else { return nil }
                    return PlanPhrase.Fact(name: name, values: sorted(values, of: name, rules, other))
                }
            )
        }
        return situations.sorted { key($0.1, $0.0) < key($1.1, $1.0) }
            .map { Situation(facts: $0.1, before: $0.0.before, after: $0.0.after) }
    }

    private static func key(_ facts: [PlanPhrase.Fact], _ one: Case) -> String {
        facts.map { "\($0.name) \($0.values.map { $0 ?? "~" })" }.joined(separator: ";")
            + " \(one.before?.id ?? "") \(one.after?.id ?? "")"
    }

    /// Values in the order in which the plan has them.
    private static func sorted(_ values: Set<String?>, of name: String, _ rules: PlanRules, _ other: PlanRules) -> [String?] {
        let order = [rules, other].flatMap { rules in
            name == "group" ? rules.groups.map(\.id) : rules.fields[name]?.possibleValues ?? []
        }
        let place = { (value: String?) in value.flatMap { order.firstIndex(of: $0) } ?? order.count }
        return values.sorted { (place($0), $0 ?? "~") < (place($1), $1 ?? "~") }
    }
}

extension UntilRule {
    /// Whether the end depends on the child's group.
    fileprivate var countsGroups: Bool {
        switch self {
        case .endOfGroup, .endOfFirstGroupOf: true
        case .chosen(let most): most.countsGroups
        case .endOfSchoolYearOfAge, .endOfSchoolYear, .period: false
        }
    }

    /// Whether somebody chooses the day.
    fileprivate var isChosen: Bool { if case .chosen = self { true } else { false } }
}
