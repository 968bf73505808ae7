import Domain

extension PlanInspection {
    /// A decision table: what it names, and whether every case that can occur has its row.
    func inspect(_ table: DecisionTable) {
        let path = "rules.\(table.id)"
        inspect(table.title, at: "\(path).title")
        inspect(source: table.source, at: path)
        for row in table.rows {
            let path = "\(path).rows.\(row.id)"
            inspect(row.when, at: "\(path).when", isRow: true)
            inspect(row.note, at: "\(path).note")
            inspect(source: row.source, at: path)
            inspect(row.until, "\(path).until")
        }
        guard !table.rows.isEmpty else {
            add(.tableGap, path, nl: "deze tabel heeft geen rijen", en: "this table has no rows")
            return
        }
        let users = rules.procedures.filter { procedure in
            procedure.outcomes.contains { $0.decision?.validity?.table == table.id }
        }
        guard let cases = TableCases(table, rules, users: users) else {
            warn(
                .tooLargeToCheck, path, nl: "te veel gevallen om allemaal te proberen",
                en: "too many cases to try them all")
            return
        }
        report(cases, table, path)
    }

    private func report(_ cases: TableCases, _ table: DecisionTable, _ path: String) {
        if !cases.gaps.isEmpty {
            let some = cases.gaps.prefix(3)
            let more = cases.gaps.count - some.count
            add(
                .tableGap, path,
                nl: "voor deze gevallen is er geen rij: \(some.map { $0.words(.nl) }.joined(separator: "; "))"
                    + (more > 0 ? "; en nog \(more)" : ""),
                en: "no row is for these cases: \(some.map { $0.words(.en) }.joined(separator: "; "))"
                    + (more > 0 ? "; and \(more) more" : ""))
        }
        for overlap in cases.overlaps {
            let rows = overlap.rows.map { "‘\($0)’" }
            add(
                .tableOverlap, "\(path).rows.\(overlap.rows.last ?? "")",
                nl: "\(rows.joined(separator: " en ")) gelden allebei bij: \(overlap.example.words(.nl))",
                en: "\(rows.joined(separator: " and ")) both hold for: \(overlap.example.words(.en))")
        }
        for row in table.rows where !cases.matched.contains(row.id) {
            warn(
                .rowNeverMatches, "\(path).rows.\(row.id)", nl: "deze rij komt nooit aan de beurt",
                en: "this row never has its turn")
        }
        for (row, group) in cases.passed {
            add(
                .tableGap, "\(path).rows.\(row).until",
                nl: "een kind in groep \(group) heeft geen van deze groepen meer voor zich",
                en: "a child in group \(group) has none of these groups before it",
                hint: Localized(
                    nl: "laat de rij alleen voor jongere kinderen gelden (when: group), of noem een latere groep",
                    en: "let the row hold for younger children only (when: group), or name a later group"))
        }
    }

    private func inspect(_ until: UntilRule, _ path: String) {
        switch until {
        case .endOfGroup(let group): refer(to: group, .group, among: rules.groups.map(\.id), at: path)
        case .endOfFirstGroupOf(let groups):
            refer(to: groups, .group, among: rules.groups.map(\.id), at: path)
            let places = groups.compactMap { group in rules.groups.firstIndex { $0.id == group } }
            if places != places.sorted() {
                add(
                    .badValue, path, nl: "noem de jongste groep eerst", en: "name the youngest group first",
                    hint: Localized(
                        nl: "zet de groepen in de volgorde van ‘groups’", en: "put the groups in the order of ‘groups’"))
            }
        case .chosen(let most): inspect(most, path)
        case .endOfSchoolYearOfAge, .endOfSchoolYear, .period: break
        }
    }
}

/// Every case that can occur for a decision table, tried against its rows.
struct TableCases {
    /// One case: facts with their value, nil for what is not known.
    struct Case: Hashable {
        let facts: [(name: String, value: Answer?)]

        static func == (left: Self, right: Self) -> Bool { left.words(.en) == right.words(.en) }
        func hash(into hasher: inout Hasher) { hasher.combine(words(.en)) }

        func words(_ language: Language) -> String {
            guard !facts.isEmpty else { return language == .nl ? "alles" : "anything" }
            let none = language == .nl ? "leeg" : "none"
            return facts.map { "\($0.name) \($0.value?.text ?? none)" }.joined(separator: ", ")
        }
    }

    private(set) var gaps: [Case] = []
    /// Each pair of rows that can hold together, with the first case in which they do.
    private(set) var overlaps: [(rows: [String], example: Case)] = []
    /// Rows that apply to some case.
    private(set) var matched: Set<String> = []
    /// Rows that end with a group which some child has passed already.
    private(set) var passed: [(row: String, group: String)] = []

    private static let most = 100_000

    /// One fact with the values it can have, and when it is there.
    private struct Fact {
        let name: String
        let values: [Answer?]
        /// Conditions of which one must hold for it to be asked; it is not known otherwise. Nil: always known.
        var asked: [Condition]?
        /// Conditions under which an answer is required.
        var required: [Condition]
    }

    /// Nil when there are more cases than can be tried.
    init?(_ table: DecisionTable, _ rules: PlanRules, users: [ProcedureRule]) {
        guard let facts = Self.facts(table, rules, users) else { return nil }
        run(table, rules, facts)
    }

    /// Every case that can occur, as what is known in it; a fact that is named and not there has no answer. Nil when there
    /// are more cases than can be tried.
    static func possible(_ table: DecisionTable, _ rules: PlanRules, users: [ProcedureRule]) -> [[String: Answer?]]? {
        guard let facts = facts(table, rules, users) else { return nil }
        var cases: [[String: Answer?]] = []
        each(facts, rules) { picked in
            cases.append(Dictionary(uniqueKeysWithValues: zip(facts, picked).map { ($0.name, $0.values[$1]) }))
        }
        return cases
    }

    /// The cases in which none of the conditions holds, and whether one of them ever does. Nil when there are too many cases.
    ///
    /// - Parameter known: what is known by then in any case; every other answer may not be there yet.
    static func uncovered(
        by conditions: [Condition], _ rules: PlanRules, in procedure: ProcedureRule, known: Set<String>
    ) -> (gaps: [Case], canHold: Bool)? {
        guard var facts = facts(conditions, [], rules, [procedure]) else { return nil }
        for index in facts.indices where !PlanFacts.builtIn.contains(facts[index].name) && !known.contains(facts[index].name) {
            facts[index].required = []
        }
        let tried = conditions.map { TriedCondition($0, facts.map { ($0.name, $0.values) }, rules.scales) }
        var gaps: [Case] = []
        var canHold = false
        each(facts, rules) { picked in
            if tried.contains(where: { $0.holds(picked) }) { canHold = true } else { gaps.append(spoken(facts, picked)) }
        }
        return (gaps, canHold)
    }

    private static func facts(_ table: DecisionTable, _ rules: PlanRules, _ users: [ProcedureRule]) -> [Fact]? {
        let countsGroups = table.rows.contains { !$0.until.groupsAhead.isEmpty }
        return facts(table.rows.map(\.when), countsGroups ? ["group"] : [], rules, users)
    }

    private static func facts(
        _ named: [Condition], _ first: [String], _ rules: PlanRules, _ users: [ProcedureRule]
    ) -> [Fact]? {
        var names = first
        var conditions = named
        // What a fact is asked by is a fact too: a question for group 3 only has no answer in group 4.
        var facts: [Fact] = []
        var next = 0
        while true {
            for clause in conditions[next...].flatMap(\.clauses) where !names.contains(clause.fact) { names.append(clause.fact) }
            next = conditions.count
            guard facts.count < names.count else { break }
            let fact = fact(names[facts.count], rules, users)
            facts.append(fact)
            conditions += (fact.asked ?? []) + fact.required
        }
        facts = facts.map { fact in widened(fact, by: conditions, rules) }
        return facts.reduce(1, { min($0 * $1.values.count, most + 1) }) <= most ? facts : nil
    }

    /// Goes through the cases that can occur, each as the place of the value of every fact.
    private static func each(_ facts: [Fact], _ rules: PlanRules, _ body: ([Int]) -> Void) {
        let tried = { (condition: Condition) in TriedCondition(condition, facts.map { ($0.name, $0.values) }, rules.scales) }
        let asked = facts.map { $0.asked.map { $0.map(tried) } }
        let required = facts.map { $0.required.map(tried) }
        var picked = facts.map { _ in 0 }
        repeat {
            let possible = facts.indices.allSatisfy { index in
                let isThere = facts[index].values[picked[index]] != nil
                let isAsked = asked[index].map { $0.contains { $0.holds(picked) } } ?? true
                return isThere ? isAsked : !(isAsked && required[index].contains { $0.holds(picked) })
            }
            if possible { body(picked) }
        } while advance(&picked, facts)
    }

    private mutating func run(_ table: DecisionTable, _ rules: PlanRules, _ facts: [Fact]) {
        let tried = { (condition: Condition) in TriedCondition(condition, facts.map { ($0.name, $0.values) }, rules.scales) }
        let rows = table.rows.map { tried($0.when) }
        var pairs: Set<[Int]> = []
        var late: Set<Int> = []
        let groups = rules.groups.map(\.id)
        Self.each(facts, rules) { picked in
            let found = rows.indices.filter { rows[$0].holds(picked) }
            guard let first = found.first else {
                gaps.append(Self.spoken(facts, picked))
                return
            }
            matched.insert(table.rows[first].id)
            if table.hit == .exactlyOne, found.count > 1 {
                matched.formUnion(found.map { table.rows[$0].id })
                if pairs.insert(found).inserted { overlaps.append((found.map { table.rows[$0].id }, Self.spoken(facts, picked))) }
            }
            let ahead = table.rows[first].until.groupsAhead
            if !ahead.isEmpty, let index = facts.firstIndex(where: { $0.name == "group" }),
                let group = facts[index].values[picked[index]]?.text, let now = groups.firstIndex(of: group),
                !ahead.contains(where: { (groups.firstIndex(of: $0) ?? -1) >= now }), late.insert(first).inserted
            {
                passed.append((table.rows[first].id, group))
            }
        }
    }

    private static func spoken(_ facts: [Fact], _ picked: [Int]) -> Case {
        Case(facts: zip(facts, picked).map { ($0.name, $0.values[$1]) })
    }

    /// The next combination; false after the last.
    private static func advance(_ picked: inout [Int], _ facts: [Fact]) -> Bool {
        for index in facts.indices.reversed() {
            picked[index] += 1
            if picked[index] < facts[index].values.count { return true }
            picked[index] = 0
        }
        return false
    }

    private static func fact(_ name: String, _ rules: PlanRules, _ users: [ProcedureRule]) -> Fact {
        let always = [Condition.always]
        switch name {
        case "group": return Fact(name: name, values: rules.groups.map { .text($0.id) }, asked: nil, required: always)
        case "born", "age", PlanRules.today: return Fact(name: name, values: [], asked: nil, required: always)
        case PlanRules.schoolKind:
            return Fact(name: name, values: PlanFacts.schoolKinds.map { .text($0) }, asked: nil, required: always)
        default: break
        }
        guard let field = rules.fields[name] else { return Fact(name: name, values: [nil], asked: nil, required: []) }
        var values: [Answer?] = (field.possibleValues ?? []).map { .text($0) }
        if field.kind.isSeveral {
            for (index, one) in field.options.enumerated() {
                for other in field.options[(index + 1)...] { values.append(.list([one.id, other.id])) }
            }
        }
        let here = users.flatMap { $0.allAsks.filter { $0.field == name } }
        // What each procedure asks for itself is not known from another one.
        let isElsewhere =
            !rules.fieldsOfOneProcedure.contains(name)
            && (rules.groeidocument.parts.contains { $0.fields.contains(name) }
                || rules.procedures.contains { procedure in
                    !users.contains(procedure) && procedure.allAsks.contains { $0.field == name }
                })
        let conditions = { (asks: [Ask]) in asks.map { Condition($0.when.clauses + field.when.clauses) } }
        let asked = isElsewhere ? [field.when] : conditions(here)
        let required = field.required ? (here.isEmpty ? [field.when] : conditions(here.filter(\.required))) : []
        return Fact(name: name, values: values + [nil], asked: asked, required: required)
    }

    /// The fact with a value on each side of every bound that is named for it.
    private static func widened(_ fact: Fact, by conditions: [Condition], _ rules: PlanRules) -> Fact {
        var values = fact.values
        let matches = conditions.flatMap(\.clauses).filter { $0.fact == fact.name }.map(\.match)
        if fact.name == "age" {
            var ages: Set = [rules.ages.lowerBound, rules.ages.upperBound]
            for match in matches {
                switch match {
                case .range(let from, let to):
                    for bound in [from, to].compactMap(\.self) { ages.formUnion(bound - 1...bound + 1) }
                case .oneOf(let named):
                    for age in named.compactMap({ Int($0) }) where (0...150).contains(age) { ages.formUnion(age - 1...age + 1) }
                case .absent, .present, .calendar: break
                }
            }
            values = ages.filter { $0 >= 0 }.sorted().map { .text(String($0)) }
        } else if case .number(let rule)? = rules.fields[fact.name]?.kind {
            values = numbers(rule, matches).map { .text(String($0)) } + values
        } else if fact.name == PlanRules.today || matches.contains(where: { if case .calendar = $0 { true } else { false } }) {
            values = days(matches).map { .text($0.description) } + values
        } else if rules.fields[fact.name]?.possibleValues == nil, fact.name != "group" {
            for case .oneOf(let named) in matches {
                for value in named where !values.contains(.text(value)) { values.insert(.text(value), at: 0) }
            }
            values.insert(.text("…"), at: 0)
        }
        return Fact(name: fact.name, values: values, asked: fact.asked, required: fact.required)
    }
}

extension TableCases {
    /// The bounds of a number, with one on each side of every bound that is named.
    private static func numbers(_ rule: NumberRule, _ matches: [Condition.Match]) -> [Int] {
        var numbers: Set = [rule.least, rule.most]
        for match in matches {
            switch match {
            case .range(let from, let to):
                for bound in [from, to].compactMap(\.self) { numbers.formUnion(bound - 1...bound + 1) }
            case .oneOf(let named):
                for number in named.compactMap({ NumberRule.number($0) }) { numbers.formUnion(number - 1...number + 1) }
            case .absent, .present, .calendar: break
            }
        }
        return numbers.filter { $0 >= rule.least && $0 <= rule.most }.sorted()
    }

    /// Days of the year on each side of every bound that is named, with the first and the last of a school year.
    private static func days(_ matches: [Condition.Match]) -> [DayOfSchoolYear] {
        var days = Set([DayOfSchoolYear("08-01"), DayOfSchoolYear("07-31")].compactMap(\.self))
        for case .calendar(let from, let to) in matches {
            days.formUnion([from, from?.previous, to, to?.next].compactMap(\.self))
        }
        return days.sorted()
    }
}

/// A condition worked out beforehand for every value of every fact, so that trying a case is only looking up.
private struct TriedCondition {
    /// For each clause the place of its fact, and whether it holds for each value; nil when the fact is not tried.
    private let clauses: [(fact: Int, holds: [Bool])]

    init(_ condition: Condition, _ facts: [(name: String, values: [Answer?])], _ scales: [String: [String: Int]]) {
        clauses = condition.clauses.compactMap { clause in
            guard let index = facts.firstIndex(where: { $0.name == clause.fact }) else { return nil }
            let holds = facts[index].values.map { value in
                clause.holds(for: Facts(value.map { [clause.fact: $0] } ?? [:], scales: scales))
            }
            return (index, holds)
        }
    }

    func holds(_ picked: [Int]) -> Bool { clauses.allSatisfy { $0.holds[picked[$0.fact]] } }
}

extension UntilRule {
    /// The groups of which one must still lie ahead of the child; empty when the rule asks none.
    fileprivate var groupsAhead: [String] {
        switch self {
        case .endOfFirstGroupOf(let groups): groups
        case .chosen(let most): most.groupsAhead
        default: []
        }
    }
}
