import Domain

// The words that conditions, fields, asks and needs are written in.
extension PlanSection {
    /// When something holds; always when the key is left out.
    func condition(_ key: String) -> Condition { optionalCondition(key) ?? .always }

    func optionalCondition(_ key: String) -> Condition? {
        note(.condition, key)
        guard let node = value(key) else { return nil }
        guard node.isMap else {
            reading.expected(
                node, path(key), nl: "feiten met hun waarde", en: "facts with their value",
                hint: Localized(nl: "bijvoorbeeld { group: \"4..\" }", en: "such as { group: \"4..\" }"))
            return .always
        }
        return Condition(
            node.entries.compactMap { entry in
                let path = "\(path(key)).\(entry.key)"
                reading.places[path] = entry.place
                return match(entry.value, of: entry.key, path).map { Condition.Clause(fact: entry.key, match: $0) }
            })
    }

    private func match(_ node: PlanNode, of fact: String, _ path: String) -> Condition.Match? {
        if case .list(let nodes) = node.content {
            let values = nodes.compactMap { scalar($0, path) }
            for value in values
            where ["none", "any"].contains(value) || value.contains("..")
                || (Self.calendarFacts.contains(fact) && DayOfSchoolYear(value) != nil)
            {
                bad(
                    node, path, nl: "‘\(value)’ kan niet in een lijst", en: "‘\(value)’ cannot stand in a list",
                    hint: Localized(nl: "zet het alleen, zonder haken", en: "put it alone, without brackets"))
            }
            if values.isEmpty {
                bad(
                    node, path, nl: "deze lijst is leeg", en: "this list is empty",
                    hint: Localized(nl: "noem ten minste één procedure.uitkomst", en: "name at least one procedure.outcome"))
            }
            return .oneOf(values)
        }
        guard let text = scalar(node, path) else { return nil }
        if text == "none" { return .absent }
        if text == "any" { return .present }
        guard let dots = text.firstRange(of: "..") else {
            if Self.calendarFacts.contains(fact), let day = DayOfSchoolYear(text) { return .calendar(from: day, to: day) }
            return .oneOf([text])
        }
        let ends = [String(text[..<dots.lowerBound]), String(text[dots.upperBound...])]
        if Self.calendarFacts.contains(fact) || ends.contains(where: { DayOfSchoolYear($0) != nil }) {
            return calendar(ends, node, path)
        }
        let positions = ends.map { end in end.isEmpty ? nil : position(of: end, in: fact) }
        guard ends != ["", ""], zip(ends, positions).allSatisfy({ $0.isEmpty || $1 != nil }) else {
            bad(
                node, path, nl: "‘\(text)’ is geen bereik", en: "‘\(text)’ is no range",
                hint: fact == "group"
                    ? Nearest.hint(
                        for: ends.first { !$0.isEmpty && position(of: $0, in: fact) == nil } ?? "", among: reading.groups)
                    : Localized(nl: "schrijf 4.., ..2 of 3..5", en: "write 4.., ..2 or 3..5"))
            return nil
        }
        if let from = positions[0], let to = positions[1], from > to {
            bad(
                node, path, nl: "dit bereik loopt terug", en: "this range runs backwards",
                hint: Localized(nl: "zet het kleinste voorop: 3..5", en: "put the smallest first: 3..5"))
            return nil
        }
        return .range(from: positions[0], to: positions[1])
    }

    /// Facts of which conditions compare the day and month.
    private static let calendarFacts: Set = ["today", "born"]

    /// A range of days of the year, in the order of the school year.
    private func calendar(_ ends: [String], _ node: PlanNode, _ path: String) -> Condition.Match? {
        let days = ends.map { $0.isEmpty ? nil : DayOfSchoolYear($0) }
        guard ends != ["", ""], zip(ends, days).allSatisfy({ $0.isEmpty || $1 != nil }) else {
            bad(
                node, path, nl: "dit is geen tijd van het jaar", en: "this is no time of the year",
                hint: Localized(
                    nl: "schrijf maand-dag: \"05-01..07-31\", \"..09-30\" of \"10-01..\"",
                    en: "write month-day: \"05-01..07-31\", \"..09-30\" or \"10-01..\""))
            return nil
        }
        if let from = days[0], let to = days[1], from > to {
            bad(
                node, path, nl: "dit loopt terug: een schooljaar begint op 08-01 en eindigt op 07-31",
                en: "this runs backwards: a school year begins on 08-01 and ends on 07-31",
                hint: Localized(
                    nl: "zet de vroegste dag van het schooljaar voorop", en: "put the earliest day of the school year first"))
            return nil
        }
        return .calendar(from: days[0], to: days[1])
    }

    /// Where a value stands on the scale of its fact: a group by its place in the list, a number for itself.
    private func position(of value: String, in fact: String) -> Int? {
        if fact == "group" { return reading.groups.firstIndex(of: value).map { $0 + 1 } }
        return NumberRule.number(value)
    }

    /// The written names of the kinds of field.
    private enum KindWord: String, CaseIterable {
        case text, texts, paragraph, day, moment, choice, choices, number, person, school, week
        case yesNo = "yes-no"
    }

    /// This section read as a field with the given key.
    func field(_ id: String) -> Field {
        let written: KindWord? = needed("kind").flatMap { word($0, path("kind")) }
        if written == nil { giveUp() }
        let kind: Field.Kind =
            switch written {
            case .text, nil: .text
            case .paragraph: .paragraph
            case .day: .day
            case .moment: .moment
            case .choice: .choice
            case .choices: .choices
            case .yesNo: .yesNo
            case .texts: .texts
            case .number: .number(numberRule())
            case .person: .person(function: string("function"), disciplines: keys("disciplines"))
            case .school: .school(kinds: keys("school-kinds"))
            case .week: .week(weekRule())
            }
        let isChoice = kind == .choice || kind == .choices || written == .week
        let isSeveral = kind == .choices || kind == .texts
        return Field(
            id: id, title: text("title"), why: optionalText("why"), kind: kind,
            options: isChoice ? options("options") : [], required: !flag("optional"),
            atLeast: isSeveral && has("at-least") ? amount("at-least") ?? 1 : 1,
            atMost: isSeveral && has("at-most") ? amount("at-most") : nil, when: condition("when"),
            voice: optionalString("voice"), withoutName: flag("without-name"), source: optionalString("source"))
    }

    /// Which places are the child's own, the parts of a day, and the ceiling of what may be elsewhere.
    private func weekRule() -> WeekRule {
        WeekRule(
            own: keys("own"), dayparts: has("dayparts") ? options("dayparts") : [],
            mostElsewhere: has("most-elsewhere") ? amount("most-elsewhere") : nil)
    }

    /// The unit and bounds of a number.
    private func numberRule() -> NumberRule {
        let unit: NumberRule.Unit? = needed("unit").flatMap { word($0, path("unit")) }
        return NumberRule(
            unit: unit ?? .count, least: has("least") ? amount("least") ?? 0 : 0,
            most: (has("most") ? amount("most") : nil) ?? (unit == .percent ? 100 : NumberRule.largest),
            mostField: optionalString("most-field"),
            togetherWith: keys("together-with"))
    }

    /// The fields asked at one place.
    func asks() -> [Ask] {
        list("asks") { node, path in
            if node.scalar != nil {
                reading.note(.line, at: path)
                return scalar(node, path).map { Ask(field: $0) }
            }
            return reading.section(node, path: path) { section in
                Ask(
                    field: section.string("field"), required: !section.flag("optional"), anew: section.flag("anew"),
                    when: section.condition("when"))
            }
        }
    }

    /// What must be there first: a map by key, or a list of things with an `id`.
    func needs() -> [Need] {
        note(.things, "needs")
        guard let node = value("needs") else { return [] }
        if node.isMap { return reading.things(node, path: path("needs")) { id, section in section.need(id) } }
        return list("needs") { node, path in
            reading.section(node, path: path) { section in section.need(section.string("id")) }
        }
    }

    private func need(_ id: String) -> Need? {
        let words = ["agreement", "groeidocument", "field", "evidence", "signature"]
        let given = words.filter(has)
        // Every word is known here, so that a wrong one is answered with these.
        let oldest = optionalPeriod("not-older-than")
        if oldest != nil, !given.contains("groeidocument") {
            bad(
                node, path("not-older-than"), nl: "alleen bij ‘groeidocument’", en: "only with ‘groeidocument’",
                hint: Localized(nl: "haal ‘not-older-than’ hier weg", en: "remove ‘not-older-than’ here"))
        }
        let kind: Need.Kind?
        switch given.count == 1 ? given[0] : "" {
        case "agreement": kind = .agreement(purpose: string("agreement"))
        case "groeidocument": kind = .groeidocument(parts: keys("groeidocument"), notOlderThan: oldest)
        case "field": kind = .field(string("field"))
        case "evidence": kind = .evidence(kind: string("evidence"))
        case "signature":
            if let node = value("signature"), node.scalar != "guardians-with-authority" {
                bad(
                    node, path("signature"), nl: "alleen ‘guardians-with-authority’", en: "only ‘guardians-with-authority’",
                    hint: Localized(
                        nl: "schrijf signature: guardians-with-authority", en: "write signature: guardians-with-authority"))
            }
            kind = .signature
        default:
            if node.isMap {
                bad(
                    node, path, nl: "hier hoort precies één van deze: \(words.joined(separator: ", "))",
                    en: "exactly one of these belongs here: \(words.joined(separator: ", "))",
                    hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
            }
            kind = nil
        }
        let why = text("why")
        let when = condition("when")
        let source = optionalString("source")
        return kind.map { Need(id: id, kind: $0, why: why, when: when, source: source) }
    }

    /// Until when something lasts.
    func until(_ key: String) -> UntilRule {
        note(.until, key)
        let standard = UntilRule.endOfSchoolYear(after: 0)
        guard let node = needed(key) else { return standard }
        return reading.section(node, path: path(key)) { section in
            let words = [
                "end-of-group", "end-of-first-group-of", "end-of-school-year-of-age", "end-of-school-year", "period",
                "chosen-at-most",
            ]
            let given = words.filter(section.has)
            switch given.count == 1 ? given[0] : "" {
            case "end-of-group": return .endOfGroup(section.string("end-of-group"))
            case "end-of-first-group-of": return .endOfFirstGroupOf(section.keys("end-of-first-group-of"))
            case "end-of-school-year-of-age": return .endOfSchoolYearOfAge(section.number("end-of-school-year-of-age") ?? 0)
            case "end-of-school-year": return .endOfSchoolYear(after: section.number("end-of-school-year") ?? 0)
            case "period": return .period(section.period("period"))
            case "chosen-at-most": return .chosen(atMost: section.until("chosen-at-most"))
            default:
                if node.isMap {
                    bad(
                        node, path(key), nl: "hier hoort precies één van deze: \(words.joined(separator: ", "))",
                        en: "exactly one of these belongs here: \(words.joined(separator: ", "))",
                        hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
                }
                return standard
            }
        }
    }
}
