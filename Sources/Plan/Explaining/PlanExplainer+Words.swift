import Domain

// The words in which an explanation speaks of the things of a plan.
extension PlanExplainer {
    /// What comes out of a situation, in words for whoever reads it.
    func words(of example: PlanExample) -> PlanExplanation.Outcome {
        let result = PlanExamples.run(example, by: rules, sources: sources)
        let got = result.got
        guard example.isSituation else {
            return PlanExplanation.Outcome(
                result.passed
                    ? Localized(nl: "zoals het er staat", en: "as it is written")
                    : Localized(nl: "anders dan het er staat", en: "not as it is written"))
        }
        let start = "refused "
        if got.hasPrefix(start),
            let code = Refusal.Code(rawValue: String(got.dropFirst(start.count).prefix { $0.isLetter }))
        {
            return PlanExplanation.Outcome(Localized(nl: "geweigerd", en: "refused"), refused: code)
        }
        return PlanExplanation.Outcome(words(got, of: example))
    }

    private func words(_ got: String, of example: PlanExample) -> Localized {
        guard case .route(let route) = example.kind, let rule = rules.procedure(route.route) else { return plain(got) }
        let parts = got.split(separator: " ", maxSplits: 1).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("outcome", let id?):
            let title = rule.outcome(id)?.title ?? Localized(nl: id, en: id)
            return Localized(nl: "afgelopen met ‘\(title.nl)’", en: "ended with ‘\(title.en)’")
        case ("open", let ids?):
            let titles = ids.split(separator: ", ").map { id in
                rule.step(String(id))?.title ?? Localized(nl: String(id), en: String(id))
            }
            return Localized(
                nl: "aan de beurt: " + titles.map(\.nl).joined(separator: ", "),
                en: "next: " + titles.map(\.en).joined(separator: ", "))
        default: return plain(got)
        }
    }

    /// The words of a result: `end 2024-07-31, deviates`, `due 2021-12-14`, `stands still`.
    private func plain(_ got: String) -> Localized {
        let pairs: [(String, String, String)] = [
            ("end ", "tot en met ", "until "), ("due ", "uiterlijk ", "by "),
            ("stands still", "de termijn staat stil", "the term stands still"),
        ]
        for (start, nl, en) in pairs where got.hasPrefix(start) {
            let rest = got.dropFirst(start.count).split(separator: ", row ").first.map(String.init) ?? ""
            let deviates = rest.hasSuffix(", deviates")
            let day = said(rest.replacing(", deviates", with: ""))
            return Localized(
                nl: nl + day.nl + (deviates ? ", met reden om af te wijken" : ""),
                en: en + day.en + (deviates ? ", with reasons to deviate" : ""))
        }
        if got.hasPrefix("conflict table "), let law = got.firstRange(of: " law ") {
            let table = said(String(got[..<law.lowerBound].dropFirst("conflict table ".count)))
            let end = said(got[law.upperBound...].split(separator: ",").first.map(String.init) ?? "")
            return clash(table: table, law: end)
        }
        return Localized(nl: got, en: got)
    }

    /// A day written out; what is no day as it is.
    private func said(_ written: String) -> Localized { Day(written)?.said ?? Localized(same: written) }

    /// That the table and the law end on different days.
    func clash(table: Localized, law: Localized) -> Localized {
        Localized(
            nl: "plan en wet botsen: volgens het plan tot \(table.nl), volgens de wet tot \(law.nl)",
            en: "plan and law clash: until \(table.en) by the plan, until \(law.en) by the law")
    }

    /// The other answers that a fact can have, each with how it is said.
    func others(for fact: String, than now: Answer?) -> [(Answer, Localized)] {
        let values: [String] =
            switch fact {
            case "group": rules.groups.map(\.id)
            case PlanRules.schoolKind: PlanFacts.schoolKinds
            default: rules.fields[fact]?.possibleValues ?? []
            }
        let current = now?.values.map { title(of: $0, fact: fact) } ?? []
        let asked = question(fact)
        return values.filter { now?.values != [$0] }.map { value in
            let other = title(of: value, fact: fact)
            let was = (nl: current.map(\.nl).joined(separator: ", "), en: current.map(\.en).joined(separator: ", "))
            return (
                .text(value),
                Localized(
                    nl: "\(asked.nl) ‘\(other.nl)’" + (was.nl.isEmpty ? "" : " in plaats van ‘\(was.nl)’"),
                    en: "\(asked.en) ‘\(other.en)’" + (was.en.isEmpty ? "" : " instead of ‘\(was.en)’"))
            )
        }
    }

    func question(_ fact: String) -> Localized {
        switch fact {
        case "group": Localized(nl: "groep", en: "group")
        case "age": Localized(nl: "leeftijd", en: "age")
        case "born": Localized(nl: "geboren", en: "born")
        case PlanRules.today: Localized(nl: "de dag zelf", en: "the day itself")
        case PlanRules.schoolKind: Localized(nl: "soort school", en: "kind of school")
        default: rules.fields[fact]?.title ?? Localized(nl: fact, en: fact)
        }
    }

    func title(ofGroup id: String) -> Localized { rules.groups.first { $0.id == id }?.title ?? Localized(nl: id, en: id) }

    func title(of value: String, fact: String) -> Localized {
        if fact == "group" { return title(ofGroup: value) }
        if fact == PlanRules.schoolKind { return SchoolLocation.Kind(rawValue: value)?.said ?? Localized(same: value) }
        if let day = Day(value) { return day.said }
        guard let field = rules.fields[fact] else { return Localized(nl: value, en: value) }
        if field.kind == .yesNo { return value == "yes" ? Localized(nl: "ja", en: "yes") : Localized(nl: "nee", en: "no") }
        return field.options.first { $0.id == value }?.title ?? Localized(nl: value, en: value)
    }

    func wanted(_ clause: Condition.Clause) -> Localized {
        switch clause.match {
        case .absent: return Localized(nl: "niet bekend", en: "not known")
        case .present: return Localized(nl: "bekend, wat het ook is", en: "known, whatever it is")
        case .oneOf(let values):
            let titles = values.map { title(of: $0, fact: clause.fact) }
            return Localized(
                nl: titles.map(\.nl).joined(separator: " of "), en: titles.map(\.en).joined(separator: " or "))
        case .calendar(let from, let to):
            return span(from.map { dayOfYear($0) }, to.map { dayOfYear($0) })
        case .range(let from, let to):
            let name = { (position: Int?) -> Localized? in
                position.map { position in
                    let id = rules.scales[clause.fact]?.first { $0.value == position }?.key ?? String(position)
                    return title(of: id, fact: clause.fact)
                }
            }
            return span(
                name(from), name(to), from: Localized(nl: "of hoger", en: "or more"), to: Localized(nl: "of lager", en: "or less")
            )
        }
    }

    private func span(
        _ first: Localized?, _ last: Localized?, from: Localized = Localized(nl: "of later", en: "or later"),
        to: Localized = Localized(nl: "of eerder", en: "or earlier")
    ) -> Localized {
        switch (first, last) {
        case (let first?, let last?): Localized(nl: "\(first.nl) tot en met \(last.nl)", en: "\(first.en) to \(last.en)")
        case (let first?, nil): Localized(nl: "\(first.nl) \(from.nl)", en: "\(first.en) \(from.en)")
        case (nil, let last?): Localized(nl: "\(last.nl) \(to.nl)", en: "\(last.en) \(to.en)")
        case (nil, nil): Localized(nl: "bekend", en: "known")
        }
    }

    /// A day of the year as it is said: `1 mei`.
    private func dayOfYear(_ day: DayOfSchoolYear) -> Localized { Day.said(day: day.day, month: day.month) }

    func names(of functions: [String]) -> Localized {
        let titles = functions.map { rules.function($0)?.title ?? Localized(nl: $0, en: $0) }
        return Localized(nl: titles.map(\.nl).joined(separator: " of "), en: titles.map(\.en).joined(separator: " or "))
    }

    /// A title within a sentence: `groep 3`.
    func inSentence(_ title: String) -> String { title.prefix(1).lowercased() + title.dropFirst() }
}
