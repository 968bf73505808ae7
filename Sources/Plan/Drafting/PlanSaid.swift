import Domain

/// A value of a plan as somebody reads and types it.
package enum PlanSaid: Hashable, Sendable {
    case text(Localized)
    case line(String)
    case lines([String])
    case period(Period)
    case periods([Period])
    case term(Term)
    case day(Day)
    case number(Int)
    case flag(Bool)
    case condition(Condition)
    case until(UntilRule)
}

extension PlanSaid {
    /// What a node says; nil when nothing stands there, or not what the format reads there.
    init?(_ node: PlanNode?, _ shape: PlanShape, groups: [String]) {
        // The readers themselves say what it is, so that nothing is read twice in two ways.
        let reading = PlanReading()
        reading.groups = groups
        let section = PlanSection(
            PlanNode(.map(node.map { [PlanNode.Entry(key: "it", place: $0.place, value: $0)] } ?? []), at: node?.place ?? .none),
            path: "", reading: reading)
        guard node != nil else {
            switch shape {
            case .flag: self = .flag(false)
            case .condition: self = .condition(.always)
            case .word(_, let standard?): self = .line(standard)
            case .lines: self = .lines([])
            case .words: self = .lines([])
            case .periods: self = .periods([])
            default: return nil
            }
            return
        }
        switch shape {
        case .text: self = .text(section.text("it"))
        case .line, .letter, .word: self = .line(section.string("it").trimmed)
        case .lines: self = .lines(section.keys("it"))
        case .words(let all): self = .lines(node?.scalar == "all" ? all : section.keys("it"))
        case .period: self = .period(section.period("it"))
        case .periods: self = .periods(section.periods("it"))
        case .term: self = .term(section.optionalTerm("it") ?? Term(Period(0, .days), countsBy: .calendar))
        case .day: self = .day(section.day("it"))
        case .number: self = .number(section.number("it") ?? 0)
        case .flag: self = .flag(section.flag("it"))
        case .condition: self = .condition(section.condition("it"))
        case .until: self = .until(section.until("it"))
        case .things, .thing, .options, .list: return nil
        }
        guard reading.problems.isEmpty else { return nil }
    }

    /// The value as a plan writes it; nil for what is left out.
    func node(groups: [String], at place: PlanPlace) -> PlanNode? {
        let scalar = { (text: String) in PlanNode(.scalar(text), at: place) }
        let map = { (entries: [(String, PlanNode)]) in
            PlanNode(.map(entries.map { PlanNode.Entry(key: $0, place: place, value: $1) }), at: place)
        }
        let list = { (texts: [String]) -> PlanNode? in
            texts.isEmpty ? nil : texts.count == 1 ? scalar(texts[0]) : PlanNode(.list(texts.map(scalar)), at: place)
        }
        switch self {
        case .text(let text):
            if text.nl.trimmed.isEmpty, text.en.trimmed.isEmpty { return nil }
            return map([("nl", scalar(text.nl.trimmed)), ("en", scalar(text.en.trimmed))])
        case .line(let text): return text.trimmed.isEmpty ? nil : scalar(text.trimmed)
        case .lines(let lines): return list(lines)
        case .period(let period): return scalar(period.description)
        case .periods(let periods): return list(periods.map(\.description))
        case .term(let term):
            if term.countsBy == .calendar { return scalar(term.period.description) }
            return map([("within", scalar(term.period.description)), ("counts-by", scalar(term.countsBy.rawValue))])
        case .day(let day): return scalar(day.description)
        case .number(let number): return scalar(String(number))
        case .flag(let flag): return scalar(flag ? "true" : "false")
        case .condition(let condition):
            if condition == .always { return nil }
            return map(
                condition.clauses.map { clause in
                    switch clause.match {
                    case .absent: return (clause.fact, scalar("none"))
                    case .present: return (clause.fact, scalar("any"))
                    case .oneOf(let values): return (clause.fact, list(values) ?? scalar("none"))
                    case .calendar(let from, let to):
                        return (clause.fact, scalar("\(from?.description ?? "")..\(to?.description ?? "")"))
                    case .range(let from, let to):
                        let end = { (position: Int?) in
                            position.map { place in
                                clause.fact == "group" && groups.indices.contains(place - 1) ? groups[place - 1] : String(place)
                            } ?? ""
                        }
                        return (clause.fact, scalar("\(end(from))..\(end(to))"))
                    }
                })
        case .until(let rule):
            switch rule {
            case .endOfGroup(let group): return map([("end-of-group", scalar(group))])
            case .endOfFirstGroupOf(let groups):
                return map([("end-of-first-group-of", PlanNode(.list(groups.map(scalar)), at: place))])
            case .endOfSchoolYearOfAge(let age): return map([("end-of-school-year-of-age", scalar(String(age)))])
            case .endOfSchoolYear(let years): return map([("end-of-school-year", scalar(String(years)))])
            case .period(let period): return map([("period", scalar(period.description))])
            case .chosen(let most):
                return PlanSaid.until(most).node(groups: groups, at: place).map { map([("chosen-at-most", $0)]) }
            }
        }
    }
}

extension PlanPlace {
    /// A place in no file, for what is made and not read.
    static let none = PlanPlace(file: "", line: 1)
}

extension Period {
    /// Reads a period as people write it: `6 weken`, `zes weken`, `1 year`; anything else is nil.
    package init?(said text: String) {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 2 else { return nil }
        let amount = Int(words[0]) ?? Self.numbers.firstIndex { $0.contains(words[0]) }.map { $0 + 1 }
        guard let amount, (0...9999).contains(amount), let unit = Self.units[words[1]] else { return nil }
        self.init(amount, unit)
    }

    private static let units: [String: Unit] = [
        "dag": .days, "dagen": .days, "day": .days, "days": .days, "week": .weeks, "weken": .weeks, "weeks": .weeks,
        "maand": .months, "maanden": .months, "month": .months, "months": .months, "jaar": .years, "jaren": .years,
        "year": .years, "years": .years,
    ]

    /// From one on, in both languages.
    private static let numbers: [[String]] = [
        ["een", "één", "one", "a"], ["twee", "two"], ["drie", "three"], ["vier", "four"], ["vijf", "five"], ["zes", "six"],
        ["zeven", "seven"], ["acht", "eight"], ["negen", "nine"], ["tien", "ten"], ["elf", "eleven"], ["twaalf", "twelve"],
        ["dertien", "thirteen"], ["veertien", "fourteen"], ["vijftien", "fifteen"], ["zestien", "sixteen"],
    ]
}
