import Domain
import Plan
import UseCases

/// Asks the values of a draft in a form, and reads what was typed.
struct DraftFields {
    let words: Words
    let draft: PlanDraft

    /// What was typed cannot be read as what is asked.
    struct Unread: Error {
        let field: String
        let text: String
    }

    private var language: Language { words.language }

    // MARK: What a value is called

    /// "Stap › termijn": the keys that lead to it, an answer or a row by its title.
    func label(_ value: PlanValue) -> String {
        let thing = value.path.split(separator: ".").count - value.within.count
        var path = value.path.split(separator: ".").prefix(max(thing, 0)).map(String.init)
        return value.within.map { key in
            path.append(key)
            return title(at: path.joined(separator: ".")) ?? word(key)
        }.joined(separator: " › ")
    }

    /// What the plan itself calls what stands at a path: an answer by its title.
    private func title(at path: String) -> String? {
        for place in ["\(path).title", path] {
            guard let value = draft.value(at: place), case .text(let title)? = value.was ?? value.said else { continue }
            // What is itself the title of a thing is called that.
            if place == path, value.within.last == "title" || words.texts.has("draftPlan.key.\(value.within.last ?? "")") {
                continue
            }
            return title[language]
        }
        return nil
    }

    private func word(_ key: String) -> String {
        words.texts.ifKnown("draftPlan.key.\(key.replacing(".", with: "_"))") ?? key
    }

    /// The title of a thing; a row by its case.
    func title(_ thing: PlanThing) -> String {
        let title = thing.title?[language] ?? ""
        guard title.isEmpty else { return title }
        return words.texts.ifKnown("draftPlan.key.\(thing.key)") ?? thing.key.replacing("-", with: " ")
    }

    /// The title of a kind of things: "Stappen".
    func group(_ key: String) -> String { words.texts.ifKnown("draftPlan.things.\(key)") ?? key }

    /// A value as it is read.
    func sentence(_ said: PlanSaid?, _ value: PlanValue) -> String {
        switch said {
        case nil: words.texts("comparing.nothing")
        case .text(let text)?: "‘\(text[language])’"
        case .line(let line)?: name(line, value)
        case .lines(let lines)?:
            lines.isEmpty ? words.texts("comparing.nothing") : words.format.list(lines.map { name($0, value) })
        case .period(let period)?: words.period(period)
        case .periods(let periods)?:
            periods.isEmpty ? words.texts("comparing.nothing") : words.format.list(periods.map { words.period($0) })
        case .term(let term)?: words.period(term.period)
        case .day(let day)?: words.format.plainDay(day)
        case .number(let number)?: String(number)
        case .flag(let flag)?: words.texts(flag ? "comparing.yes" : "comparing.no")
        case .condition(let condition)?: words.condition(condition)
        case .until(let rule)?: words.until(rule)
        }
    }

    private func name(_ id: String, _ value: PlanValue) -> String {
        guard let option = value.options?.first(where: { $0.id == id }) else { return id }
        return option.title.nl == id ? words.texts.ifKnown("draftPlan.word.\(id)") ?? id : option.title[language]
    }

    // MARK: Asking

    /// The fields of one value, with what it was and where it stands as the hint.
    ///
    /// - Parameter known: where the thing that it belongs to stands: that is said once, in a field of its own.
    func fields(_ value: PlanValue, known: String? = nil) -> [FormField] {
        let label = label(value)
        var hints: [String] = []
        if value.isChanged { hints.append(words.texts("draftPlan.was", ["was": sentence(value.was, value)])) }
        if let source = value.source, source != known, value.within.last?.hasSuffix("source") != true {
            hints.append(words.texts("draftPlan.source", ["source": source]))
        }
        var found = bare(value, value.path, label)
        if let first = found.indices.first, !hints.isEmpty {
            found[first].hint = ([found[first].hint] + hints).compactMap(\.self).joined(separator: " ")
        }
        return found
    }

    private func bare(_ value: PlanValue, _ name: String, _ label: String) -> [FormField] {
        switch value.shape {
        case .text:
            let text: Localized? = if case .text(let text)? = value.said { text } else { nil }
            let isLong = max(text?.nl.count ?? 0, text?.en.count ?? 0) > 70
            return Language.allCases.map { language in
                var field = FormField(
                    name: "\(name).\(language.rawValue)",
                    label: words.texts("draftPlan.in.\(language.rawValue)", ["label": label]),
                    kind: isLong ? .paragraph : .text, value: text?[language] ?? "")
                field.rows = 3
                return field
            }
        case .letter:
            var field = FormField(name: name, label: label, kind: .paragraph, value: plain(value.said))
            field.rows = 16
            return [field]
        case .line, .word:
            guard let options = value.options else {
                return [FormField(name: name, label: label, kind: .text, value: plain(value.said))]
            }
            let chosen = plain(value.said)
            var choices = options.map { FormOption($0.id, self.name($0.id, value), selected: $0.id == chosen) }
            if !options.contains(where: { $0.id == chosen }) {
                choices.insert(FormOption("", words.texts("draftPlan.none"), selected: true), at: 0)
            } else if case .line = value.shape {
                choices.insert(FormOption("", words.texts("draftPlan.none")), at: 0)
            }
            return [FormField(name: name, label: label, kind: .select, options: choices)]
        case .lines, .words:
            guard let options = value.options else {
                var field = FormField(name: name, label: label, kind: .paragraph, value: plain(value.said))
                field.hint = words.texts("draftPlan.lines")
                return [field]
            }
            let chosen: [String] = if case .lines(let lines)? = value.said { lines } else { [] }
            return [
                FormField(
                    name: name, label: label, kind: .choices,
                    options: options.map { FormOption($0.id, self.name($0.id, value), selected: chosen.contains($0.id)) })
            ]
        case .period, .periods:
            return [period(name, label, plain(value.said))]
        case .term:
            let term: Term? = if case .term(let term)? = value.said { term } else { nil }
            return [
                period(name, label, plain(value.said)),
                FormField(
                    name: "\(name).telt", label: words.texts("draftPlan.countsBy", ["label": label]), kind: .select,
                    options: CountsBy.allCases.reversed().map {
                        FormOption(
                            $0.rawValue, words.texts("comparing.counts.\($0.rawValue)"),
                            selected: $0 == (term?.countsBy ?? .calendar))
                    }),
            ]
        case .day: return [FormField(name: name, label: label, kind: .date, value: plain(value.said))]
        case .number: return [FormField(name: name, label: label, kind: .number, value: plain(value.said))]
        case .flag: return [FormField(name: name, label: label, kind: .yesNo, value: value.said == .flag(true) ? "yes" : "no")]
        case .condition: return condition(value, name, label)
        case .until: return until(value, name, label)
        case .things, .thing, .options, .list: return []
        }
    }

    private func period(_ name: String, _ label: String, _ value: String) -> FormField {
        var field = FormField(name: name, label: label, kind: .text, value: value)
        field.hint = words.texts("draftPlan.period")
        return field
    }

    /// A value as it stands in an input.
    private func plain(_ said: PlanSaid?) -> String {
        switch said {
        case .line(let line)?: line
        case .lines(let lines)?: lines.joined(separator: "\n")
        case .period(let period)?: words.period(period)
        case .periods(let periods)?: periods.map { words.period($0) }.joined(separator: ", ")
        case .term(let term)?: words.period(term.period)
        case .day(let day)?: day.description
        case .number(let number)?: String(number)
        default: ""
        }
    }

    /// What can be chosen of a fact: the groups, or the answers of a question.
    private func values(of fact: String) -> [Field.Option]? {
        if fact == "group" { return words.rules.groups }
        guard let field = words.rules.fields[fact], !field.options.isEmpty else { return nil }
        return field.options
    }

    private func chosen(_ clause: Condition.Clause) -> [String]? {
        guard let options = values(of: clause.fact)?.map(\.id) else { return nil }
        switch clause.match {
        case .oneOf(let values): return values.allSatisfy(options.contains) ? values : nil
        case .range(let from, let to):
            return options.enumerated().filter { ($0.offset + 1) >= from ?? 0 && ($0.offset + 1) <= to ?? .max }.map(\.element)
        case .absent, .present, .calendar: return nil
        }
    }

    private func condition(_ value: PlanValue, _ name: String, _ label: String) -> [FormField] {
        let condition: Condition = if case .condition(let condition)? = value.said { condition } else { .always }
        var fields = condition.clauses.compactMap { clause -> FormField? in
            guard let chosen = chosen(clause), let options = values(of: clause.fact) else { return nil }
            return FormField(
                name: "\(name).\(clause.fact)", label: "\(label): \(words.field(clause.fact))", kind: .choices,
                options: options.map { FormOption($0.id, $0.title[language], selected: chosen.contains($0.id)) })
        }
        let facts = ["group"] + words.rules.fields.values.filter { $0.kind == .choice }.map(\.id).sorted()
        fields.append(
            FormField(
                name: "\(name).erbij", label: words.texts("draftPlan.alsoWhen", ["label": label]), kind: .select,
                options: [FormOption("", words.texts("draftPlan.none"), selected: true)]
                    + facts.filter { fact in !condition.clauses.contains { $0.fact == fact } }
                    .map { FormOption($0, words.field($0)) }))
        return fields
    }

    private static let untils = [
        "end-of-group", "end-of-first-group-of", "end-of-school-year-of-age", "end-of-school-year", "period",
    ]

    private func until(_ value: PlanValue, _ name: String, _ label: String) -> [FormField] {
        var rule: UntilRule = if case .until(let rule)? = value.said { rule } else { .endOfSchoolYear(after: 0) }
        var isChosen = false
        if case .chosen(let most) = rule {
            isChosen = true
            rule = most
        }
        var kind = 3
        var groups: [String] = []
        var number = ""
        var length = ""
        switch rule {
        case .endOfGroup(let group): (kind, groups) = (0, [group])
        case .endOfFirstGroupOf(let several): (kind, groups) = (1, several)
        case .endOfSchoolYearOfAge(let age): (kind, number) = (2, String(age))
        case .endOfSchoolYear(let years): (kind, number) = (3, String(years))
        case .period(let period): (kind, length) = (4, words.period(period))
        case .chosen: break
        }
        let options = words.rules.groups.map { FormOption($0.id, $0.title[language], selected: groups.contains($0.id)) }
        let inner: [FormField] = [
            FormField(name: "\(name).groep", label: words.texts("draftPlan.until.group"), kind: .select, options: options),
            FormField(name: "\(name).groepen", label: words.texts("draftPlan.until.groups"), kind: .choices, options: options),
            FormField(
                name: "\(name).leeftijd", label: words.texts("draftPlan.until.age"), kind: .number, value: kind == 2 ? number : ""
            ),
            FormField(
                name: "\(name).jaren", label: words.texts("draftPlan.until.years"), kind: .number,
                value: kind == 3 ? number : ""),
            period("\(name).duur", words.texts("draftPlan.until.length"), length),
        ]
        return [
            FormField(
                name: "\(name).soort", label: label, kind: .choice,
                options: Self.untils.enumerated().map { index, word in
                    FormOption(word, words.texts("draftPlan.until.\(word)"), selected: index == kind, fields: [inner[index]])
                }),
            FormField(
                name: "\(name).kiezen", label: words.texts("draftPlan.until.chosen"), kind: .yesNo, value: isChosen ? "yes" : "no"
            ),
        ]
    }

    // MARK: Reading

    /// What was typed for a value; nil for nothing.
    ///
    /// - Throws: what is no period, day or number, beside its field.
    func said(_ value: PlanValue, _ form: PostedForm) throws(Unread) -> PlanSaid? {
        let name = value.path
        let text = form[name].replacing("\r\n", with: "\n").trimmed
        switch value.shape {
        case .text:
            let text = Localized(nl: Self.line(form["\(name).nl"]), en: Self.line(form["\(name).en"]))
            return text.nl.isEmpty && text.en.isEmpty ? nil : .text(text)
        case .letter: return .line(text)
        case .line, .word: return text.isEmpty ? nil : .line(text)
        case .lines, .words:
            guard let options = value.options else {
                return .lines(text.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty })
            }
            let sent = Set(form.values(name))
            // As they stood before, then what is new: the order can mean something.
            let before: [String] = if case .lines(let lines)? = value.said { lines } else { [] }
            return .lines(before.filter(sent.contains) + options.map(\.id).filter { sent.contains($0) && !before.contains($0) })
        case .period: return text.isEmpty ? nil : .period(try period(text, name))
        case .periods:
            var periods: [Period] = []
            for part in text.split(separator: ",") { periods.append(try period(String(part), name)) }
            return .periods(periods)
        case .term:
            if text.isEmpty { return nil }
            return .term(Term(try period(text, name), countsBy: CountsBy(rawValue: form["\(name).telt"]) ?? .calendar))
        case .day:
            if text.isEmpty { return nil }
            guard let day = Day(text) else { throw Unread(field: name, text: words.texts("refusal.notADay")) }
            return .day(day)
        case .number: return text.isEmpty ? nil : .number(try number(text, name))
        case .flag: return .flag(form[name] == "yes")
        case .condition: return condition(value, form)
        case .until: return .until(try until(value, form))
        case .things, .thing, .options, .list: return nil
        }
    }

    private static func line(_ text: String) -> String { text.replacing("\r\n", with: "\n").trimmed }

    private func period(_ text: String, _ name: String) throws(Unread) -> Period {
        guard let period = Period(said: text) else { throw Unread(field: name, text: words.texts("draftPlan.notAPeriod")) }
        return period
    }

    private func number(_ text: String, _ name: String) throws(Unread) -> Int {
        guard let number = Int(text.trimmed), (0...9999).contains(number) else {
            throw Unread(field: name, text: words.texts("draftPlan.notANumber"))
        }
        return number
    }

    private func condition(_ value: PlanValue, _ form: PostedForm) -> PlanSaid {
        let before: Condition = if case .condition(let condition)? = value.said { condition } else { .always }
        var clauses = before.clauses.compactMap { clause -> Condition.Clause? in
            guard let chosen = chosen(clause) else { return clause }
            let sent = form.values("\(value.path).\(clause.fact)")
            if Set(sent) == Set(chosen) { return clause }
            return self.clause(clause.fact, sent)
        }
        let fact = form["\(value.path).erbij"]
        if let options = values(of: fact), !clauses.contains(where: { $0.fact == fact }) {
            clauses.append(Condition.Clause(fact: fact, match: .oneOf(options.map(\.id))))
        }
        return .condition(Condition(clauses))
    }

    /// Neighbouring groups are a range, as plans write them; no answer at all is no condition.
    private func clause(_ fact: String, _ sent: [String]) -> Condition.Clause? {
        guard let options = values(of: fact)?.map(\.id) else { return nil }
        let places = options.indices.filter { sent.contains(options[$0]) }
        guard let first = places.first, let last = places.last else { return nil }
        guard fact == "group", places.count > 1, last - first == places.count - 1 else {
            return Condition.Clause(fact: fact, match: .oneOf(places.map { options[$0] }))
        }
        return Condition.Clause(
            fact: fact,
            match: .range(from: first == 0 ? nil : first + 1, to: last == options.count - 1 && first > 0 ? nil : last + 1))
    }

    private func until(_ value: PlanValue, _ form: PostedForm) throws(Unread) -> UntilRule {
        let name = value.path
        let rule: UntilRule =
            switch form["\(name).soort"] {
            case "end-of-group": .endOfGroup(form["\(name).groep"])
            case "end-of-first-group-of": .endOfFirstGroupOf(form.values("\(name).groepen"))
            case "end-of-school-year-of-age":
                .endOfSchoolYearOfAge(try number(form["\(name).leeftijd"], "\(name).leeftijd"))
            case "period": .period(try period(form["\(name).duur"], "\(name).duur"))
            default: .endOfSchoolYear(after: try number(form["\(name).jaren"], "\(name).jaren"))
            }
        return form["\(name).kiezen"] == "yes" ? .chosen(atMost: rule) : rule
    }
}
