import Domain

/// Looks for what a plan says that cannot be meant: what is unknown, unreachable, contradictory or without a source.
package enum PlanCheck {
    /// Everything found in a plan, with the places it was read from, in the order of its files; its examples included.
    package static func problems(of plan: LoadedPlan) -> [PlanProblem] {
        found(in: plan).problems
    }

    /// The same, with what is named where.
    static func found(in plan: LoadedPlan) -> PlanInspection.Found {
        let inspection = inspection(of: plan.rules, examples: plan.examples, places: plan.places)
        inspection.inspect(sources: plan.sources, notes: plan.notes)
        inspection.inspectContents()
        return inspection.found
    }

    /// What an installation may still follow although it is wrong: plans from before the check knew of it.
    package static let harmless: Set<PlanProblem.Code> = [.unknownWord, .unknownSource, .missingFile, .missingContent]

    /// Everything found in rules, whether they were read from files or not.
    package static func problems(
        of rules: PlanRules, examples: [PlanExample] = [], places: PlanPlaces = PlanPlaces()
    ) -> [PlanProblem] {
        inspection(of: rules, examples: examples, places: places).found.problems
    }

    private static func inspection(of rules: PlanRules, examples: [PlanExample], places: PlanPlaces) -> PlanInspection {
        let inspection = PlanInspection(rules, places)
        inspection.inspectLists()
        inspection.inspectFunctions()
        inspection.inspectAskedIn()
        inspection.inspectEmergency()
        inspection.inspectSchoolQuestions()
        inspection.inspectFields()
        for procedure in rules.procedures { inspection.inspect(procedure) }
        inspection.inspectStarts()
        for (_, table) in rules.tables.sorted(by: { $0.key < $1.key }) { inspection.inspect(table) }
        inspection.inspectNumbers()
        inspection.inspectLetters()
        inspection.inspectGovernance()
        inspection.inspectRetention()
        inspection.inspectRights()
        inspection.inspectUse()
        for example in examples { inspection.inspect(example) }
        return inspection
    }
}

/// One inspection of a plan: the rules, and what was found so far.
final class PlanInspection {
    let rules: PlanRules
    private let places: PlanPlaces
    private(set) var problems: [PlanProblem] = []
    /// Everything that is referred to, for what is never used.
    private var used: Set<Reference> = []
    /// What can be named at each path that names something.
    private(set) var named: [String: Named] = [:]

    /// What an inspection found.
    struct Found: Sendable {
        let problems: [PlanProblem]
        let named: [String: Named]
    }

    var found: Found { Found(problems: problems.inOrder(), named: named) }
    /// Fields that are asked somewhere: in the groeidocument or in a procedure.
    let asked: Set<String>

    init(_ rules: PlanRules, _ places: PlanPlaces) {
        self.rules = rules
        self.places = places
        asked = Set(rules.groeidocument.parts.flatMap(\.fields) + rules.procedures.flatMap { $0.allAsks.map(\.field) })
    }

    /// Notes an error.
    ///
    /// - Parameters:
    ///   - line: the line in the file of this path, when that is a text of its own; else where the path stands.
    ///   - place: where it stands, when that is known already.
    func add(
        _ code: PlanProblem.Code, _ path: String, line: Int? = nil, at place: PlanPlace? = nil, nl: String, en: String,
        hint: Localized? = nil
    ) {
        let place = place ?? places[path].map { PlanPlace(file: $0.file, line: line ?? $0.line) }
        problems.append(PlanProblem(code, at: place, path: path, message: Localized(nl: nl, en: en), hint: hint))
    }

    /// Notes what may be meant, but is odd.
    func warn(_ code: PlanProblem.Code, _ path: String, nl: String, en: String, hint: Localized? = nil) {
        problems.append(
            PlanProblem(
                code, severity: .warning, at: places[path], path: path, message: Localized(nl: nl, en: en), hint: hint))
    }

    /// What one part of a plan names in another.
    enum Kind: Hashable, Sendable {
        case function, field, step, procedure, outcome, table, letter, form, purpose, evidence, part, discipline, group, voice
        case clock, schoolKind, choice, content

        var name: Localized {
            switch self {
            case .function: Localized(nl: "functie", en: "function")
            case .field: Localized(nl: "vraag", en: "field")
            case .step: Localized(nl: "stap van deze procedure", en: "step of this procedure")
            case .procedure: Localized(nl: "procedure", en: "procedure")
            case .outcome: Localized(nl: "uitkomst van die procedure", en: "outcome of that procedure")
            case .table: Localized(nl: "tabel", en: "table")
            case .letter: Localized(nl: "brief", en: "letter")
            case .form: Localized(nl: "ondersteuningsvorm", en: "support form")
            case .purpose: Localized(nl: "doel van toestemming", en: "purpose of agreement")
            case .evidence: Localized(nl: "soort document", en: "kind of document")
            case .part: Localized(nl: "onderdeel van het groeidocument", en: "part of the groeidocument")
            case .discipline: Localized(nl: "discipline", en: "discipline")
            case .group: Localized(nl: "groep", en: "group")
            case .voice: Localized(nl: "stem", en: "voice")
            case .choice: Localized(nl: "keuze van die stap", en: "choice of that step")
            case .schoolKind: Localized(nl: "soort school", en: "kind of school")
            case .content: Localized(nl: "punt van de lijst van de wet", en: "item of the law's list")
            case .clock: Localized(nl: "termijn van die procedure", en: "clock of that procedure")
            }
        }
    }

    private struct Reference: Hashable {
        let kind: Kind
        let id: String
    }

    /// What can be named at one place.
    struct Named: Sendable {
        let kind: Kind
        let known: [String]
    }

    /// Notes that something is named here, and whether it exists.
    func refer(to id: String, _ kind: Kind, among known: [String], at path: String) {
        if named[path] == nil { named[path] = Named(kind: kind, known: known) }
        used.insert(Reference(kind: kind, id: id))
        guard !known.contains(id) else { return }
        add(
            .unknownReference, path, nl: "‘\(id)’ is geen bekende \(kind.name.nl)", en: "‘\(id)’ is no known \(kind.name.en)",
            hint: Nearest.hint(for: id, among: known))
    }

    func refer(to ids: [String], _ kind: Kind, among known: [String], at path: String) {
        if named[path] == nil { named[path] = Named(kind: kind, known: known) }
        for id in ids { refer(to: id, kind, among: known, at: path) }
    }

    func isUsed(_ id: String, _ kind: Kind) -> Bool { used.contains(Reference(kind: kind, id: id)) }

    /// Notes that a field is named here: it must exist, and be asked somewhere.
    func referToField(_ id: String, at path: String) {
        guard !PlanFacts.meeting.contains(id) else { return }
        refer(to: id, .field, among: fieldKeys, at: path)
        if rules.fields[id] != nil, !asked.contains(id) {
            add(.neverAsked, path, nl: "‘\(id)’ wordt nergens gevraagd", en: "‘\(id)’ is asked nowhere")
        }
    }

    /// Notes what a condition names: facts that exist, and values they can have.
    ///
    /// - Parameter isRow: whether it is of a row: a table may have rows for ages before and behind those of the plan.
    func inspect(_ condition: Condition, at path: String, isRow: Bool = false) {
        for clause in condition.clauses {
            let path = "\(path).\(clause.fact)"
            guard !PlanFacts.builtIn.contains(clause.fact) else {
                inspectBuiltIn(clause, at: path)
                if clause.fact == "age", !isRow { inspectAge(clause.match, at: path) }
                continue
            }
            referToField(clause.fact, at: path)
            if clause.fact == PlanFacts.invited, case .oneOf(let values) = clause.match {
                refer(to: values, .function, among: functionKeys, at: path)
            }
            guard let field = rules.fields[clause.fact] else { continue }
            switch (clause.match, field.kind) {
            case (.absent, _), (.present, _): break
            case (.range(let from, let to), .number(let rule)):
                if from.map({ $0 > rule.most }) ?? false || to.map({ $0 < rule.least }) ?? false {
                    add(
                        .neverHolds, path, nl: "dit getal kan ‘\(field.id)’ niet zijn",
                        en: "‘\(field.id)’ cannot be this number",
                        hint: Localized(
                            nl: "neem een getal tussen ‘least’ en ‘most’ van deze vraag",
                            en: "take a number between ‘least’ and ‘most’ of this field"))
                }
            case (.calendar, .day): break
            case (.range, _), (.calendar, _):
                add(
                    .badValue, path, nl: "een bereik kan alleen bij group, age, today, born, een getal en een dag",
                    en: "a range is for group, age, today, born, a number and a day only",
                    hint: Localized(nl: "noem hier de antwoorden zelf: [a, b]", en: "name the answers themselves here: [a, b]"))
            case (.oneOf, .texts):
                add(
                    .badValue, path, nl: "van losse teksten kan alleen ‘none’ of ‘any’ worden gevraagd",
                    en: "of texts only ‘none’ or ‘any’ can be asked",
                    hint: Localized(
                        nl: "vraag of er niets staat (none), of haal deze voorwaarde weg",
                        en: "ask whether there is nothing (none), or remove this condition"))
            case (.oneOf(let values), .number):
                for value in values where !field.problems(with: .text(value)).isEmpty {
                    add(
                        .unknownReference, path, nl: "‘\(value)’ is geen antwoord op ‘\(field.id)’",
                        en: "‘\(value)’ is no answer to ‘\(field.id)’")
                }
            case (.oneOf(let values), _):
                guard let possible = field.possibleValues else { continue }
                for value in values where !possible.contains(value) {
                    add(
                        .unknownReference, path, nl: "‘\(value)’ is geen antwoord op ‘\(field.id)’",
                        en: "‘\(value)’ is no answer to ‘\(field.id)’", hint: Nearest.hint(for: value, among: possible))
                }
            }
        }
    }

    /// Facts of the program itself: groups and kinds of school that there are, and a time of the year where that is meant.
    private func inspectBuiltIn(_ clause: Condition.Clause, at path: String) {
        let isCalendar = if case .calendar = clause.match { true } else { false }
        let isRange = if case .range = clause.match { true } else { false }
        switch clause.fact {
        case "group", "age":
            if clause.fact == "group", case .oneOf(let values) = clause.match {
                refer(to: values, .group, among: rules.groups.map(\.id), at: path)
            }
            if isCalendar {
                add(
                    .badValue, path, nl: "dit is geen tijd van het jaar", en: "this is no time of the year",
                    hint: Localized(nl: "schrijf groepen of jaren: \"4..\" of 3..5", en: "write groups or years: \"4..\" or 3..5")
                )
            }
        case PlanRules.schoolKind:
            if case .oneOf(let values) = clause.match {
                refer(to: values, .schoolKind, among: PlanFacts.schoolKinds, at: path)
            }
            if isRange || isCalendar {
                add(
                    .badValue, path, nl: "een soort school heeft geen bereik", en: "a kind of school has no range",
                    hint: Localized(nl: "noem de soorten: [bo, sbo]", en: "name the kinds: [bo, sbo]"))
            }
        case PlanRules.today where !isCalendar:
            add(
                .badValue, path, nl: "hier hoort een tijd van het jaar", en: "a time of the year belongs here",
                hint: Localized(nl: "schrijf maand-dag: \"05-01..07-31\"", en: "write month-day: \"05-01..07-31\""))
        default: break
        }
    }

    /// An age that children of this plan have: a dossier is opened between these, and closed in the year of the last.
    private func inspectAge(_ match: Condition.Match, at path: String) {
        let ages = rules.ages
        let isThere =
            switch match {
            case .range(let from, let to): (from ?? .min) <= ages.upperBound && (to ?? .max) >= ages.lowerBound
            case .oneOf(let values): values.contains { Int($0).map(ages.contains) ?? false }
            case .absent: false
            case .calendar, .present: true
            }
        guard !isThere else { return }
        let span = "\(ages.lowerBound)..\(ages.upperBound)"
        add(
            .neverHolds, path, nl: "geen kind van dit plan heeft deze leeftijd; het plan is er voor \(span)",
            en: "no child of this plan is of this age; the plan is for \(span)",
            hint: Localized(
                nl: "neem een leeftijd daarbinnen, of verander ‘ages’ in plan.yaml",
                en: "take an age within it, or change ‘ages’ in plan.yaml"))
    }

    var functionKeys: [String] { rules.functions.map(\.id) }
    private(set) lazy var fieldKeys: [String] = rules.fields.keys.sorted()

    /// A text that must say something in both languages.
    func inspect(_ text: Localized?, at path: String) {
        guard let text, text.nl.allSatisfy(\.isWhitespace) || text.en.allSatisfy(\.isWhitespace) else { return }
        add(.emptyText, path, nl: "deze tekst is leeg", en: "this text is empty")
    }

    /// A source that must name a paragraph.
    func inspect(source: String, at path: String) {
        guard source.allSatisfy(\.isWhitespace) else { return }
        add(
            .missingSource, "\(path).source", nl: "er staat niet waar dit staat: de bron ontbreekt",
            en: "it does not say where this stands: the source is missing")
    }
}

extension Field {
    /// The answers there can be, when these are few.
    var possibleValues: [String]? {
        switch kind {
        case .choice, .choices, .week: options.map(\.id)
        case .yesNo: ["yes", "no"]
        default: nil
        }
    }
}

extension ProcedureRule {
    /// Every ask of the route, wherever it stands.
    var allAsks: [Ask] { start.asks + steps.flatMap { $0.asks + $0.choices.flatMap(\.asks) } }
}
