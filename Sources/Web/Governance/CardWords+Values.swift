import Domain
import Plan
import UseCases

// The keys of cards and their values, as they are read.
extension CardWords {
    /// What stands before the values of an entry.
    struct Label {
        /// The choice of a step that it is about.
        var choice: String?
        let text: String
        /// What is said where there is nothing.
        let nothing: String
    }

    /// What a value names.
    private enum Value {
        case function, discipline, route, routeOutcome, outcome, step, choice, field, purpose, part, evidence, form, letter, table
        case day, yes, from, dossierPart, signature, text
    }

    /// What the values of each key of a route name; a key that is not here is a text.
    private static let named: [String: Value] = {
        let keys: [Value: [String]] = [
            .function: ["by", "replaced-by", "chair", "invited", "may-be-invited"],
            .discipline: ["disciplines"],
            .step: [
                "then", "plans", "opens", "opens-after", "from.step", "somebody-else-than-did", "rather-somebody-else-than-did",
                "rests-on",
            ],
            .choice: ["still-in", "met-by", "extended-by"], .outcome: ["end"], .route: ["leads-to"],
            .routeOutcome: ["after", "each-year.of"],
            .field: [
                "chosen-in", "asks", "asks-when-unknown", "may-be-empty", "needs.field", "from.field", "goes-to", "reasons",
                "copies", "holds-from", "holds-until", "deviation", "clash-settled-in", "each-year.fills", "each-year.shows",
            ],
            .purpose: ["needs.agreement", "agreement"], .part: ["needs.groeidocument"], .evidence: ["needs.evidence"],
            .form: ["form", "grants"], .letter: ["letter"], .table: ["table"], .from: ["from"],
            .dossierPart: ["goes-along-without"], .signature: ["needs.signature"],
            .day: [
                "due", "earliest", "needs.changed-since", "until", "warned", "extended-to", "objection-until", "appeal-until",
            ],
            .yes: [
                "not-of-this-school", "once", "complete", "closed", "locks-groeidocument", "several-at-once", "holds-destruction",
                "never-later",
                "whole-school-years",
            ],
        ]
        return keys.reduce(into: [:]) { found, pair in for key in pair.value { found[key] = pair.key } }
    }()

    // MARK: Labels

    func label(_ entry: CardEntry, of card: PlanCard) -> Label {
        let nothing = texts("card.nothing")
        switch card.subject {
        case .tasks:
            guard !entry.key.isEmpty || entry.thing == "form" else {
                return Label(text: texts("card.further"), nothing: texts("card.nothingFollows"))
            }
            let (choice, key, route) = keys(entry)
            let values = [
                "groeidocument": rules.groeidocument.inSentence[plan.language],
                "route": route.map { plan.link(route: $0).label } ?? "",
            ]
            let own = key == "by" && entry.thing == "start" ? "startedBy" : key.replacing(".", with: "_")
            return Label(
                choice: choice.map { id in
                    let step = entry.thing.split(separator: ".").last.map(String.init) ?? ""
                    return self.route(card)?.step(step)?.choice(id)?.title[plan.language] ?? id
                }, text: texts.ifKnown("card.key.\(own)", values) ?? key, nothing: nothing)
        case .sight:
            let nobody = texts("card.nobody")
            if entry.thing == "sees" { return Label(text: texts("card.sees"), nothing: nobody) }
            let parts = entry.thing.split(separator: ".", maxSplits: 1).map(String.init)
            if parts.count == 2 {
                return Label(text: texts("card.while", ["route": plan.link(route: parts[1]).label]), nothing: nobody)
            }
            let what: String =
                switch entry.thing {
                case "reads": texts.ifKnown("dossierPart.\(entry.key)") ?? entry.key
                case "may": texts.ifKnown("comparing.act.\(entry.key)") ?? entry.key
                case "place": texts.ifKnown("planPage.place.\(entry.key)") ?? entry.key
                default: words.function(entry.key)
                }
            return Label(text: texts("card.\(entry.thing)", ["what": what]), nothing: nobody)
        case .form:
            if entry.thing == "asked-when" {
                let parts = entry.key.split(separator: ".", maxSplits: 1).map(String.init)
                let (field, fact) = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
                return Label(
                    text: texts("card.askedWhen", ["what": words.field(field), "fact": words.field(fact)]), nothing: nothing)
            }
            let what = entry.thing == "words-of" ? words.voice(entry.key).label : words.field(entry.key)
            return Label(
                text: texts.ifKnown("card.form.\(entry.thing)", ["what": what]) ?? entry.thing, nothing: nothing)
        case .paragraphs:
            // What goes by its title alone is called by it once.
            let article = rules.outline.law.first { $0.reference == entry.thing }?.title[plan.language]
            let title = article ?? rules.outline.paragraphs(in: entry.thing).first?.title[plan.language] ?? ""
            let isNamed = entry.thing.lowercased().hasSuffix(title.lowercased())
            return Label(
                text: isNamed ? entry.thing : "\(entry.thing) \(title)", nothing: texts("card.notWorkedOut"))
        case .plan: return Label(text: planLabel(entry), nothing: nothing)
        }
    }

    /// The first key of an entry and the rest of it: `consent` and `shown-by`.
    private func twoKeys(_ entry: CardEntry) -> (String, String)? {
        let parts = entry.key.split(separator: ".", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private func planLabel(_ entry: CardEntry) -> String {
        switch entry.thing {
        case "groups": return texts("card.plan.groups")
        case "waaier": return rules.tiers.first { $0.id == entry.key }?.title[plan.language] ?? entry.key
        case "law":
            let item = rules.contents?.list?.items.first { $0.id == entry.key }?.title[plan.language]
            return item ?? texts("card.plan.law")
        case "retention": return texts.ifKnown("card.retention.\(entry.key)") ?? entry.key
        case "asked-in":
            guard let parts = twoKeys(entry) else { return entry.key }
            let title = rules.askedIn.first { $0.id == parts.0 }?.title[plan.language] ?? parts.0
            return "\(title): \(texts.ifKnown("card.asked-in.\(parts.1)") ?? parts.1)"
        case "told-of":
            guard let parts = twoKeys(entry) else { return entry.key }
            return "\(words.function(parts.0)): \(texts.ifKnown("card.told-of.\(parts.1)") ?? parts.1)"
        case "questions":
            guard let parts = twoKeys(entry) else { return entry.key }
            let title = rules.question(parts.0)?.title[plan.language] ?? parts.0
            return "\(title): \(texts.ifKnown("card.questions.\(parts.1)") ?? parts.1)"
        case "version":
            guard let parts = twoKeys(entry) else { return entry.key }
            let act = texts.ifKnown("card.version.\(parts.0)") ?? parts.0
            let party = rules.governance?.municipalities.first { $0.id == parts.1 }?.title[plan.language]
            return "\(act): \(texts.ifKnown("card.version.key.\(parts.1)") ?? party ?? parts.1)"
        default:
            let key = entry.key.isEmpty ? entry.thing : "\(entry.thing)_\(entry.key)"
            return texts.ifKnown("card.plan.\(key)") ?? key
        }
    }

    /// The choice that an entry of a step is about, the key of what is told, and the route within that key.
    private func keys(_ entry: CardEntry) -> (choice: String?, key: String, route: String?) {
        if entry.key.isEmpty { return (nil, entry.thing, nil) }
        let parts = entry.key.split(separator: ".").map(String.init)
        if parts.count > 2, parts[0] == "choices" { return (parts[1], parts.dropFirst(2).joined(separator: "."), nil) }
        if parts.count == 2, parts[0] == "until" { return (nil, "until", parts[1]) }
        return (nil, entry.key, nil)
    }

    // MARK: Values

    /// The values of an entry as they are read: questions each on their own line, all else in one.
    func values(_ values: [String], _ entry: CardEntry, of card: PlanCard) -> [String] {
        let list = { (said: [String]) in said.isEmpty ? [] : [words.format.list(said)] }
        switch card.subject {
        case .tasks:
            let (_, key, _) = keys(entry)
            let value = Self.named[key] ?? .text
            let said = values.map { self.value($0, value, route(card)) }
            return value == .field ? said : list(said)
        case .sight:
            if entry.thing == "disciplines" { return list(values.map(discipline)) }
            return values.isEmpty ? [] : [words.functions(values)]
        case .form: return form(values, entry)
        case .paragraphs: return values.map(title(ofPath:)).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        case .plan:
            // The lines of an address are no list.
            if entry.thing == "partnership" { return values.isEmpty ? [] : [values.joined(separator: ", ")] }
            return list(values.map { planValue($0, entry) })
        }
    }

    private func value(_ value: String, _ kind: Value, _ route: ProcedureRule?) -> String {
        let language = plan.language
        switch kind {
        case .function: return words.functions([value])
        case .discipline: return discipline(value)
        case .route: return plan.link(route: value).label
        case .routeOutcome:
            let parts = value.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2, let other = rules.procedure(parts[0]) else { return plan.link(route: value).label }
            return "\(other.title[language]): \(other.outcome(parts[1])?.title[language] ?? parts[1])"
        case .outcome: return "‘\(route?.outcome(value)?.title[language] ?? value)’"
        case .step, .choice:
            if let step = route?.step(value) { return "‘\(step.title[language])’" }
            let parts = value.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return value }
            if let step = route?.step(parts[0]) {
                return "‘\(step.title[language])’: \(step.choice(parts[1])?.title[language] ?? parts[1])"
            }
            guard let other = rules.procedure(parts[0]) else { return value }
            return "\(other.title[language]): ‘\(other.step(parts[1])?.title[language] ?? parts[1])’"
        case .field:
            // The list of a year shows an answer, or how a step ended.
            return rules.fields[value] == nil ? route?.step(value)?.title[language] ?? words.field(value) : words.field(value)
        case .purpose: return rules.purpose(value)?.title[language] ?? value
        case .part: return rules.part(value)?.title[language] ?? value
        case .evidence: return words.evidence(value)
        case .form: return rules.form(value)?.title[language] ?? value
        case .letter: return rules.letters[value]?.title[language] ?? value
        case .table: return rules.tables[value]?.title[language] ?? value
        case .day: return Day(value).map { words.format.plainDay($0) } ?? value
        case .yes: return texts("form.yes")
        case .from: return texts.ifKnown("comparing.from.\(value)") ?? value
        case .dossierPart: return texts.ifKnown("dossierPart.\(value)") ?? value
        case .signature: return texts("card.signature")
        case .text: return value
        }
    }

    private func discipline(_ id: String) -> String { rules.disciplines.first { $0.id == id }?.title[plan.language] ?? id }

    // MARK: Questions

    private func form(_ values: [String], _ entry: CardEntry) -> [String] {
        guard !values.isEmpty else { return [] }
        let list = { (said: [String]) in [words.format.list(said)] }
        switch entry.thing {
        case "week-dayparts": return list(values.map { weekPart($0, of: entry.key) })
        case "week-most-elsewhere": return values.map { "\($0)%" }
        case "choice", "choices", "week", "week-own": return list(values.map { words.value($0, of: entry.key) })
        case "person": return [words.functions(values)]
        case "person-disciplines": return list(values.map(discipline))
        case "school":
            return list(values.map { $0 == "any" ? texts("card.anySchool") : texts.ifKnown("schoolKind.\($0)") ?? $0 })
        case "number": return list(values.map(number))
        case "at-least", "at-most": return values
        case "asked-when":
            let fact = entry.key.split(separator: ".", maxSplits: 1).last.map(String.init) ?? ""
            return [values.map { condition($0, fact) }.joined(separator: " \(texts("rule.or")) ")]
        default: return values.map { words.field($0) }
        }
    }

    private func weekPart(_ id: String, of field: String) -> String {
        guard case .week(let rule) = rules.fields[field]?.kind else { return id }
        return rule.dayparts.first { $0.id == id }?.title[plan.language] ?? id
    }

    /// `0..60 percent` in words; a number without a most has none after the dots.
    private func number(_ written: String) -> String {
        let parts = written.split(separator: " ").map(String.init)
        guard parts.count == 2, let unit = NumberRule.Unit(rawValue: parts[1]), let dots = parts[0].firstRange(of: "..") else {
            return written
        }
        let least = Int(parts[0][..<dots.lowerBound]) ?? 0
        guard let most = Int(parts[0][dots.upperBound...]) else {
            return texts("rule.from", ["from": words.amount(least, unit)])
        }
        return texts("card.between", ["from": String(least), "to": words.amount(most, unit)])
    }

    /// What a fact must be, as a card writes it: an answer, `none`, or the first and last of a range.
    private func condition(_ written: String, _ fact: String) -> String {
        if written == "none" { return texts("rule.absent") }
        if written == "any" { return texts("rule.present") }
        guard let dots = written.firstRange(of: "..") else { return words.value(written, of: fact) }
        let (from, to) = (String(written[..<dots.lowerBound]), String(written[dots.upperBound...]))
        let name = { (end: String) in words.value(end, of: fact) }
        return switch (from.isEmpty, to.isEmpty) {
        case (false, false): texts("rule.fromTo", ["from": name(from), "to": name(to)])
        case (false, true): texts("rule.from", ["from": name(from)])
        case (true, false): texts("rule.to", ["to": name(to)])
        case (true, true): texts("rule.any")
        }
    }

    // MARK: The plan itself

    private func planValue(_ value: String, _ entry: CardEntry) -> String {
        let language = plan.language
        switch entry.thing {
        case "in-force", "until": return Day(value).map { words.format.plainDay($0) } ?? value
        case "ages":
            let ends = value.split(separator: ".").map(String.init)
            return ends.count == 2 ? texts("card.ages", ["from": ends[0], "to": ends[1]]) : value
        case "authority", "no-authority": return rules.relations.first { $0.id == value }?.title[language] ?? value
        case "groups": return words.value(value, of: "group")
        case "waaier": return rules.form(value)?.title[language] ?? value
        case "on-paper": return rules.contents?.list?.items.first { $0.id == value }?.title[language] ?? value
        case "law": return entry.key == "list" ? rules.contents?.list?.title[language] ?? value : title(ofPath: value)
        case "rights": return words.functions([value])
        case "asked-in", "emergency":
            switch entry.key.split(separator: ".").last {
            case "parts": return texts.ifKnown("dossierPart.\(value)") ?? value
            case "ground":
                return rules.purposes.first { $0.id == value }?.title[language] ?? texts.ifKnown("card.asked-in.\(value)")
                    ?? value
            case "longest", "remind": return Period(value).map { words.period($0) } ?? value
            case "hands-over": return texts("card.asked-in.\(value)")
            default: return words.functions([value])
            }
        case "told-of":
            switch entry.key.split(separator: ".").last {
            case "before", "after": return texts("card.told-of.hour", ["hour": value])
            case "quiet": return Period(value).map { words.period($0) } ?? value
            default: return value
            }
        case "questions":
            switch entry.key.split(separator: ".").last {
            case "kept": return Period(value).map { words.period($0) } ?? value
            case "written-in": return rules.fields[value]?.title[language] ?? value
            default: return words.functions([value])
            }
        case "retention":
            switch entry.key {
            case "follows": return rules.retention?.law?.title[language] ?? value
            case "waits": return Period(value).map { words.period($0) } ?? value
            default: return words.functions([value])
            }
        case "version":
            let governance = rules.governance
            switch entry.key.split(separator: ".").last.map(String.init) {
            case "somebody-else-than-did": return texts.ifKnown("card.version.\(value)") ?? value
            case "shown-by": return texts.ifKnown("card.version.shown-by.\(value)") ?? value
            case "groups": return governance?.groups.first { $0.id == value }?.title[language] ?? value
            case "boards": return governance?.boards.first { $0.id == value }?.title[language] ?? value
            case "majority": return texts.ifKnown("card.version.majority.\(value)") ?? value
            case "at-most": return Period(value).map { words.period($0) } ?? value
            case "before": return Day("2001-\(value)").map { words.format.dayAndMonth($0) } ?? value
            default: return words.functions([value])
            }
        default: return value
        }
    }

    /// What the keys of a plan lead to, by its title: `procedures.hia.steps.meet` is "HIA: Overleg".
    func title(ofPath path: String) -> String {
        let keys = path.split(separator: ".").map(String.init)
        let language = plan.language
        guard keys.count > 1 else { return texts.ifKnown("card.path.\(path)") ?? path }
        let id = keys[1]
        switch keys[0] {
        case "procedures":
            guard let route = rules.procedure(id) else { break }
            guard keys.count > 3 else { return route.title[language] }
            let inner: Localized? =
                switch keys[2] {
                case "steps": route.step(keys[3])?.title
                case "clocks": route.clocks.first { $0.id == keys[3] }?.title
                case "outcomes": route.outcome(keys[3])?.title
                default: nil
                }
            return inner.map { "\(route.title[language]): \($0[language])" } ?? route.title[language]
        case "fields": return texts("card.path.field", ["title": words.field(id)])
        case "functions": return words.function(id)
        case "purposes":
            return texts("planPage.agreementTo", ["purpose": rules.purpose(id)?.title[language] ?? id])
        case "letters": if let letter = rules.letters[id] { return letter.title[language] }
        case "rules": if let table = rules.tables[id] { return table.title[language] }
        case "waaier":
            if keys.count > 3, let form = rules.form(keys[3]) { return form.title[language] }
            if let tier = rules.tiers.first(where: { $0.id == id }) { return tier.title[language] }
        case "evidence": return words.evidence(id)
        case "groeidocument":
            let part = keys.dropFirst().lazy.compactMap { rules.part($0) }.first
            return part.map { "\(rules.groeidocument.title[language]): \($0.title[language])" }
                ?? rules.groeidocument.title[language]
        case "contents":
            let item = rules.contents?.list?.items.first { $0.id == keys.last }
            return item.map { texts("card.path.item", ["title": $0.title[language]]) } ?? texts("card.path.contents")
        case "governance":
            return "\(texts("card.path.governance")): \(texts.ifKnown("card.version.\(id)") ?? id)"
        default: break
        }
        return texts.ifKnown("card.path.\(keys[0])") ?? path
    }
}
