import Domain

extension PlanInspection {
    /// At most so many letters in the picture of the waaier.
    static let longestShort = 14

    /// The short lists of plan.yaml, the waaier and the parts of the groeidocument.
    func inspectLists() {
        inspect(rules.title, at: "title")
        if let until = rules.until, until < rules.inForce {
            add(
                .badValue, "until", nl: "dit plan eindigt vóór het ingaat", en: "this plan ends before it begins",
                hint: Localized(
                    nl: "neem bij ‘until’ een dag na ‘in-force’, of laat ‘until’ weg",
                    en: "take a day after ‘in-force’ for ‘until’, or leave ‘until’ out"))
        }
        if rules.groups.isEmpty {
            add(
                .noWayOut, "groups", nl: "er is geen enkele groep", en: "there is no group at all",
                hint: Localized(
                    nl: "schrijf de groepen, van jong naar oud, onder ‘groups’",
                    en: "write the groups, from young to old, under ‘groups’"))
        }
        for purpose in rules.purposes {
            let path = "purposes.\(purpose.id)"
            inspect(purpose.title, at: "\(path).title")
            inspect(purpose.explanation, at: "\(path).explanation")
            inspect(purpose.without, at: "\(path).without")
            inspect(source: purpose.source, at: path)
        }
        for relation in rules.relations { inspect(relation.title, at: "relations.\(relation.id).title") }
        for kind in rules.evidence { inspect(kind.title, at: "evidence.\(kind.id).title") }
        var forms: Set<String> = []
        for tier in rules.tiers {
            inspect(tier.title, at: "waaier.\(tier.id).title")
            for form in tier.forms {
                let path = "waaier.\(tier.id).forms.\(form.id)"
                inspect(form.title, at: "\(path).title")
                inspect(form.short, at: "\(path).short")
                inspect(form.explanation, at: "\(path).explanation")
                inspect(source: form.source, at: path)
                if !forms.insert(form.id).inserted {
                    add(
                        .duplicateKey, path, nl: "‘\(form.id)’ staat twee keer op de waaier",
                        en: "‘\(form.id)’ stands on the waaier twice")
                }
                for language in Language.allCases where form.short[language].count > Self.longestShort {
                    let text = form.short[language]
                    add(
                        .tooLong, "\(path).short.\(language.rawValue)",
                        nl: "‘\(text)’ is \(text.count) tekens; het mogen er \(Self.longestShort) zijn",
                        en: "‘\(text)’ is \(text.count) characters; \(Self.longestShort) are allowed",
                        hint: Localized(
                            nl: "kort het af; de hele naam staat in ‘title’", en: "shorten it; the whole name stands in ‘title’"))
                }
            }
        }
        inspect(source: rules.groeidocument.source, at: "groeidocument")
        for part in rules.groeidocument.parts {
            let path = "groeidocument.parts.\(part.id)"
            inspect(part.title, at: "\(path).title")
            inspect(part.explanation, at: "\(path).explanation")
            inspect(source: part.source, at: path)
        }
    }

    /// Who there are, what they see, and whether they can do what they may.
    func inspectFunctions() {
        for id in PlanFacts.guardians {
            guard let guardian = rules.function(id) else {
                add(
                    .missingFunction, "functions", nl: "de functie ‘\(id)’ ontbreekt; elk plan heeft haar",
                    en: "the function ‘\(id)’ is missing; every plan has it",
                    hint: Localized(
                        nl: "schrijf haar in functions.yaml, met place: family en sees: always",
                        en: "write it in functions.yaml, with place: family and sees: always"))
                continue
            }
            if guardian.place != .family || guardian.sight != [.always] {
                add(
                    .badValue, "functions.\(id)", nl: "‘\(id)’ hoort place: family en sees: always te hebben",
                    en: "‘\(id)’ must have place: family and sees: always",
                    hint: Localized(
                        nl: "ouders zien hun eigen dossier altijd: zet het terug",
                        en: "parents always see their own dossier: put it back"))
            }
        }
        for function in rules.functions {
            let path = "functions.\(function.id)"
            inspect(function.title, at: "\(path).title")
            inspect(function.explanation, at: "\(path).explanation")
            inspect(source: function.source, at: path)
            refer(to: function.disciplines, .discipline, among: rules.disciplines.map(\.id), at: "\(path).disciplines")
            for case .during(let procedures, _) in function.sight {
                refer(to: procedures, .procedure, among: rules.procedures.map(\.id), at: "\(path).sees")
            }
            if function.sight.contains(where: \.isLeft), function.place != .school || !function.sight.contains(.always) {
                add(
                    .badValue, "\(path).sees",
                    nl: "‘left’ hoort bij een functie op school die het dossier altijd ziet (always)",
                    en: "‘left’ belongs to a function at a school that always sees the dossier (always)",
                    hint: Localized(
                        nl: "zet place: school en always erbij, of haal ‘left’ weg",
                        en: "add place: school and always, or remove ‘left’"))
            }
            if function.sight.isEmpty, !function.reads.isEmpty || !function.may.isEmpty {
                add(
                    .seesNothing, "\(path).sees",
                    nl: "deze functie leest of doet iets in een dossier, maar ziet er nooit een",
                    en: "this function reads or does something in a dossier, but never sees one",
                    hint: Localized(
                        nl: "schrijf bij ‘sees’ wanneer zij het ziet, of haal ‘reads’ en ‘may’ weg",
                        en: "write under ‘sees’ when it does, or remove ‘reads’ and ‘may’"))
            }
        }
    }

    /// The fields, wherever they stand.
    func inspectFields() {
        var paths: [String: String] = [:]
        for part in rules.groeidocument.parts {
            for field in part.fields { paths[field] = "groeidocument.parts.\(part.id).fields.\(field)" }
        }
        for field in rules.fields.values.sorted(by: { $0.id < $1.id }) {
            let path = paths[field.id] ?? "fields.\(field.id)"
            inspect(field.title, at: "\(path).title")
            inspect(field.why, at: "\(path).why")
            for option in field.options { inspect(option.title, at: "\(path).options.\(option.id)") }
            inspect(field.when, at: "\(path).when")
            if field.when.clauses.contains(where: { $0.fact == field.id }) {
                add(
                    .badField, "\(path).when", nl: "deze vraag hangt van zichzelf af", en: "this field depends on itself",
                    hint: Localized(nl: "haal haar eigen sleutel weg uit ‘when’", en: "remove its own key from ‘when’"))
            }
            if let voice = field.voice {
                refer(to: voice, .voice, among: functionKeys + PlanFacts.voices, at: "\(path).voice")
            }
            if field.withoutName, ![.text, .paragraph, .texts].contains(field.kind) || paths[field.id] != nil {
                add(
                    .badField, "\(path).without-name",
                    nl: "‘without-name’ is voor een tekst die een procedure vraagt, niet voor het groeidocument",
                    en: "‘without-name’ is for a text that a procedure asks, not for the groeidocument")
            }
            inspectCount(field, path)
            switch field.kind {
            case .number(let rule): inspect(rule, of: field, path)
            case .week(let rule): inspect(rule, of: field, path)
            case .choice where field.options.count < 2, .choices where field.options.isEmpty:
                add(
                    .badField, "\(path).options", nl: "er valt niets te kiezen", en: "there is nothing to choose",
                    hint: Localized(
                        nl: "geef ten minste twee ‘options’, of neem kind: yes-no",
                        en: "give at least two ‘options’, or take kind: yes-no"))
            case .person(let function, let disciplines):
                refer(to: function, .function, among: functionKeys, at: "\(path).function")
                refer(to: disciplines, .discipline, among: rules.disciplines.map(\.id), at: "\(path).disciplines")
                if let rule = rules.function(function), !disciplines.isEmpty,
                    Set(disciplines).isDisjoint(with: rule.disciplines)
                {
                    add(
                        .nobodyCanAct, "\(path).disciplines", nl: "‘\(function)’ kent geen van deze disciplines",
                        en: "‘\(function)’ knows none of these disciplines",
                        hint: Localized(
                            nl: "neem disciplines die bij deze functie staan, of schrijf ze daar bij",
                            en: "take disciplines that this function has, or add them there"))
                }
            case .school(let kinds):
                let known = SchoolLocation.Kind.allCases.map(\.rawValue)
                for kind in kinds where !known.contains(kind) {
                    add(
                        .badValue, "\(path).school-kinds", nl: "‘\(kind)’ is geen soort school",
                        en: "‘\(kind)’ is no kind of school", hint: Nearest.hint(for: kind, among: known))
                }
            default: break
            }
        }
    }

    /// How many answers: no fewer than none, and no more than there are.
    private func inspectCount(_ field: Field, _ path: String) {
        let most = field.atMost ?? (field.kind == .texts ? Field.mostTexts : max(field.options.count, 1))
        if field.kind == .choices, most > field.options.count, field.atMost != nil {
            add(
                .badField, "\(path).at-most", nl: "zoveel antwoorden zijn er niet", en: "there are not so many answers",
                hint: Localized(nl: "neem hooguit het aantal ‘options’", en: "take at most the number of ‘options’"))
        }
        if field.kind == .texts, most > Field.mostTexts {
            add(
                .badField, "\(path).at-most", nl: "meer dan \(Field.mostTexts) teksten kan niet",
                en: "more than \(Field.mostTexts) texts are not possible",
                hint: Localized(nl: "neem hooguit \(Field.mostTexts)", en: "take at most \(Field.mostTexts)"))
        }
        if field.atLeast > most || field.atLeast < 1 {
            add(
                .badField, "\(path).at-least", nl: "zoveel antwoorden kunnen er niet zijn",
                en: "there cannot be so many answers",
                hint: Localized(nl: "neem een getal van 1 tot en met ‘at-most’", en: "take a number from 1 to ‘at-most’"))
        }
    }

    /// The bounds of a number, and the number that it may not be above.
    private func inspect(_ rule: NumberRule, of field: Field, _ path: String) {
        if rule.least > rule.most {
            add(
                .badField, "\(path).most", nl: "het meeste is minder dan het minste", en: "the most is less than the least",
                hint: Localized(nl: "maak ‘most’ ten minste zo groot als ‘least’", en: "make ‘most’ at least as large as ‘least’")
            )
        }
        if rule.unit == .percent, rule.most > 100 {
            warn(
                .badField, "\(path).most", nl: "meer dan honderd procent", en: "more than a hundred percent",
                hint: Localized(nl: "neem hooguit 100, of een andere ‘unit’", en: "take at most 100, or another ‘unit’"))
        }
        inspectTogether(rule, of: field, path)
        guard let other = rule.mostField else { return }
        referToField(other, at: "\(path).most-field")
        guard let known = rules.fields[other] else { return }
        guard case .number(let most) = known.kind, most.unit == rule.unit, other != field.id else {
            add(
                .badField, "\(path).most-field", nl: "‘\(other)’ is geen ander getal in dezelfde eenheid",
                en: "‘\(other)’ is no other number in the same unit",
                hint: Localized(
                    nl: "neem een andere vraag van kind: number met dezelfde ‘unit’",
                    en: "take another field of kind: number with the same ‘unit’"))
            return
        }
        if field.source == nil {
            add(
                .missingSource, "\(path).source", nl: "er staat niet wie deze grens stelt",
                en: "it does not say who sets this limit")
        }
    }

    /// Numbers that count along: in the same unit, and only where there is another number to stay under.
    private func inspectTogether(_ rule: NumberRule, of field: Field, _ path: String) {
        let path = "\(path).together-with"
        if !rule.togetherWith.isEmpty, rule.mostField == nil {
            add(
                .badField, path, nl: "er is geen getal om onder te blijven (most-field)",
                en: "there is no number to stay under (most-field)",
                hint: Localized(
                    nl: "schrijf ‘most-field’ erbij, of haal ‘together-with’ weg",
                    en: "write ‘most-field’, or remove ‘together-with’"))
            return
        }
        for other in rule.togetherWith {
            referToField(other, at: path)
            guard let known = rules.fields[other] else { continue }
            guard case .number(let beside) = known.kind, beside.unit == rule.unit, other != field.id, other != rule.mostField
            else {
                add(
                    .badField, path, nl: "‘\(other)’ is geen ander getal in dezelfde eenheid",
                    en: "‘\(other)’ is no other number in the same unit",
                    hint: Localized(
                        nl: "neem een andere vraag van kind: number met dezelfde ‘unit’",
                        en: "take another field of kind: number with the same ‘unit’"))
                continue
            }
        }
    }

    /// What is written down and never used: no harm, but perhaps a mistake.
    func inspectUse() {
        func tell(_ path: String, _ id: String) {
            warn(.neverUsed, path, nl: "‘\(id)’ wordt nergens gebruikt", en: "‘\(id)’ is used nowhere")
        }
        for purpose in rules.purposes where !isUsed(purpose.id, .purpose) { tell("purposes.\(purpose.id)", purpose.id) }
        // Kinds of document are also chosen from when somebody adds one, so none of them is ever unused.
        for item in rules.disciplines where !isUsed(item.id, .discipline) { tell("disciplines.\(item.id)", item.id) }
        for id in rules.tables.keys.sorted() where !isUsed(id, .table) { tell("rules.\(id)", id) }
        for id in rules.letters.keys.sorted() where !isUsed(id, .letter) { tell("letters.\(id)", id) }
        for id in fieldKeys where !asked.contains(id) && !isUsed(id, .field) { tell("fields.\(id)", id) }
    }

    /// What an example names.
    func inspect(_ example: PlanExample) {
        let file = example.place.file.split(separator: "/").last.map { $0.dropLast(5) } ?? ""
        let path = "examples.\(file).\(example.id)"
        switch example.kind {
        case .validity(let validity):
            refer(to: validity.group, .group, among: rules.groups.map(\.id), at: "\(path).group")
            refer(to: validity.procedure, .procedure, among: rules.procedures.map(\.id), at: "\(path).decision")
            if let route = rules.procedure(validity.procedure) {
                refer(to: validity.outcome, .outcome, among: route.outcomes.map(\.id), at: "\(path).decision")
                if let outcome = route.outcome(validity.outcome), outcome.decision?.validity == nil {
                    add(
                        .badValue, "\(path).decision", nl: "deze uitkomst heeft geen geldigheid",
                        en: "this outcome has no validity",
                        hint: Localized(
                            nl: "noem een uitkomst met ‘validity’ in haar ‘decision’",
                            en: "name an outcome with ‘validity’ in its ‘decision’"))
                }
            }
            let facts = Condition(
                validity.answers.sorted { $0.key < $1.key }.map { Condition.Clause(fact: $0, match: .oneOf($1.values)) })
            inspect(facts, at: "\(path).answers")
        case .route(let route): inspect(route, at: path)
        case .says: break
        case .card(let card):
            if case .tasks(let tasks) = card.subject {
                refer(to: tasks.route, .procedure, among: rules.procedures.map(\.id), at: "\(path).route")
            }
            if case .form(let form) = card.subject, let part = form.part {
                refer(to: part, .part, among: rules.groeidocument.parts.map(\.id), at: "\(path).part")
            }
        case .term(let term):
            guard case .clock(let procedure, let clock) = term.subject else { return }
            refer(to: procedure, .procedure, among: rules.procedures.map(\.id), at: "\(path).clock")
            if let route = rules.procedure(procedure) {
                refer(to: clock, .clock, among: route.clocks.map(\.id), at: "\(path).clock")
            }
        }
    }

    /// A way through a route names what there is; an answer may be one that must be refused.
    private func inspect(_ example: RouteExample, at path: String) {
        refer(to: example.route, .procedure, among: rules.procedures.map(\.id), at: "\(path).route")
        if let before = example.after {
            refer(to: before.procedure, .procedure, among: rules.procedures.map(\.id), at: "\(path).after")
            if let route = rules.procedure(before.procedure) {
                refer(to: before.outcome, .outcome, among: route.outcomes.map(\.id), at: "\(path).after")
            }
        }
        guard let route = rules.procedure(example.route) else { return }
        inspect(example.start, needs: route.start.needs, asks: route.start.asks, at: path)
        for (index, taken) in example.steps.enumerated() {
            let path = "\(path).steps.\(index + 1)"
            refer(to: taken.step, .step, among: route.steps.map(\.id), at: path)
            let step = route.step(taken.step)
            let choice = step?.choice(taken.choice)
            inspect(taken.form, needs: choice?.needs ?? [], asks: (step?.asks ?? []) + (choice?.asks ?? []), at: path)
        }
        switch example.expected {
        case .outcome(let outcome):
            refer(to: outcome, .outcome, among: route.outcomes.map(\.id), at: "\(path).expect.outcome")
        case .open(let steps): refer(to: steps, .step, among: route.steps.map(\.id), at: "\(path).expect.open")
        case .refused: break
        }
    }

    private func inspect(_ form: RouteExample.Form, needs: [Need], asks: [Ask], at path: String) {
        if let by = form.by { refer(to: by, .function, among: functionKeys, at: "\(path).by") }
        for field in form.answers.keys.sorted() where !PlanFacts.builtIn.contains(field) {
            referToField(field, at: "\(path).answers.\(field)")
        }
        let known = needs.map(\.id) + asks.map(\.field)
        for need in form.lacks where !known.contains(need) {
            add(
                .unknownReference, "\(path).lacks", nl: "‘\(need)’ is hier niet nodig", en: "‘\(need)’ is not needed here",
                hint: Nearest.hint(for: need, among: known))
        }
    }
}
