import Domain

// What can come out of a route, and until when it holds.
extension PlanInspection {
    func inspect(_ outcome: OutcomeRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(outcome.title, at: "\(path).title")
        inspect(outcome.explanation, at: "\(path).explanation")
        inspect(outcome.note, at: "\(path).note")
        refer(to: outcome.leadsTo, .procedure, among: rules.procedures.map(\.id), at: "\(path).leads-to")
        for next in outcome.leadsTo {
            guard let after = rules.procedure(next)?.start.after, !after.isEmpty else { continue }
            let follows = { (id: String, outcome: String?) in
                after.contains {
                    $0.procedure == id && ($0.outcomes.isEmpty || outcome.map($0.outcomes.contains) ?? false)
                }
            }
            // What had to happen before this route has happened for the next one too.
            let before = procedure.start.after
            let isBehind =
                !before.isEmpty
                && before.allSatisfy { earlier in
                    earlier.outcomes.isEmpty
                        ? follows(earlier.procedure, nil) : earlier.outcomes.allSatisfy { follows(earlier.procedure, $0) }
                }
            guard !isBehind, !follows(procedure.id, outcome.id) else { continue }
            warn(
                .leadsNowhere, "\(path).leads-to", nl: "‘\(next)’ kan niet na deze uitkomst beginnen",
                en: "‘\(next)’ cannot start after this outcome",
                hint: Localized(nl: "kijk bij ‘after’ van ‘\(next)’", en: "look at ‘after’ of ‘\(next)’"))
        }
        inspect(form: outcome.grants, asked: procedure.allAsks.map(\.field), at: "\(path).grants")
        if let moves = outcome.movesTo { inspect(moves, procedure, "\(path).moves-to") }
        guard let decision = outcome.decision else { return }
        let path = "\(path).decision"
        inspect(source: decision.source, at: path)
        refer(to: decision.letter, .letter, among: rules.letters.keys.sorted(), at: "\(path).letter")
        refer(to: decision.advices, .step, among: procedure.steps.map(\.id), at: "\(path).advices")
        referToField(decision.reasonsField, askedIn: procedure, at: "\(path).reasons-field")
        for field in decision.copies where !PlanFacts.builtIn.contains(field) { referToField(field, at: "\(path).copies") }
        guard let validity = decision.validity else { return }
        inspect(validity, procedure, "\(path).validity")
    }

    /// The child goes to a school that this procedure asks; what goes along without agreement is said when agreement is asked.
    func inspect(_ moves: MovesToRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(source: moves.source, at: path)
        referToField(moves.field, askedIn: procedure, at: "\(path).field")
        if let field = rules.fields[moves.field], !field.kind.isSchool {
            add(
                .badField, "\(path).field", nl: "in ‘\(moves.field)’ wordt geen school gekozen",
                en: "no school is chosen in ‘\(moves.field)’",
                hint: Localized(nl: "neem een vraag van kind: school", en: "take a field of kind: school"))
        } else if let ask = procedure.allAsks.first(where: { $0.field == moves.field }), !ask.anew {
            add(
                .badField, "\(path).field", nl: "‘\(moves.field)’ hoort hier opnieuw te worden gevraagd (anew)",
                en: "‘\(moves.field)’ must be asked anew here (anew)",
                hint: Localized(nl: "schrijf in ‘asks’ { field: …, anew: true }", en: "write { field: …, anew: true } in ‘asks’"))
        }
        if let purpose = moves.agreement {
            refer(to: purpose, .purpose, among: rules.purposes.map(\.id), at: "\(path).agreement")
            if !moves.without.contains(.child) {
                add(
                    .badValue, "\(path).without", nl: "de nieuwe school weet altijd om welk kind het gaat: ‘child’ hoort erbij",
                    en: "the new school always knows which child it is: ‘child’ belongs to it",
                    hint: Localized(nl: "zet child bij ‘without’", en: "add child to ‘without’"))
            }
        } else if !moves.without.isEmpty {
            add(
                .badValue, "\(path).without", nl: "zonder ‘agreement’ gaat alles mee",
                en: "without ‘agreement’ everything goes along",
                hint: Localized(
                    nl: "schrijf ‘agreement’ erbij, of haal ‘without’ weg", en: "write ‘agreement’, or remove ‘without’"))
        }
    }

    func inspect(_ validity: ValidityRule, _ procedure: ProcedureRule, _ path: String) {
        refer(to: validity.table, .table, among: rules.tables.keys.sorted(), at: "\(path).table")
        for (key, id) in [("begin-field", validity.beginField), ("end-field", validity.endField)] {
            referToField(id, askedIn: procedure, at: "\(path).\(key)")
            if let field = rules.fields[id], field.kind != .day {
                add(
                    .badField, "\(path).\(key)", nl: "‘\(id)’ vraagt geen dag", en: "‘\(id)’ does not ask a day",
                    hint: Localized(nl: "neem een vraag van kind: day", en: "take a field of kind: day"))
            }
        }
        if let deviation = validity.deviationField {
            referToField(deviation, askedIn: procedure, at: "\(path).deviation-field")
        } else {
            inspectWithoutReasons(validity, path)
        }
        guard let whole = validity.wholeSchoolYears else { return }
        inspect(whole, at: "\(path).whole-school-years")
        if validity.wholeSchoolYearsSource == nil {
            add(
                .missingSource, "\(path).whole-school-years-source", nl: "er staat niet welke wet dit vraagt",
                en: "it does not say which law asks this",
                hint: Localized(
                    nl: "schrijf whole-school-years-source: met het artikel",
                    en: "write whole-school-years-source: with the article"))
        }
        guard let id = validity.conflictField else {
            add(
                .badField, "\(path).conflict-field", nl: "tabel en wet kunnen botsen; er is geen vraag om te kiezen",
                en: "table and law can clash; there is no field in which to choose",
                hint: Localized(
                    nl: "maak een vraag met de keuzes table en law en noem haar bij ‘conflict-field’",
                    en: "make a field with the choices table and law and name it as ‘conflict-field’"))
            return
        }
        referToField(id, askedIn: procedure, at: "\(path).conflict-field")
        if let field = rules.fields[id], field.kind != .choice || Set(field.options.map(\.id)) != ["table", "law"] {
            add(
                .badField, "\(path).conflict-field", nl: "‘\(id)’ hoort een keuze te zijn tussen table en law",
                en: "‘\(id)’ must be a choice between table and law",
                hint: Localized(
                    nl: "geef deze vraag kind: choice en precies de options table en law",
                    en: "give this field kind: choice and exactly the options table and law"))
        }
    }

    /// Without a field for reasons nothing may ask them: every end is chosen, none is later, and no law clashes.
    private func inspectWithoutReasons(_ validity: ValidityRule, _ path: String) {
        let isChosen =
            rules.tables[validity.table]?.rows.allSatisfy { if case .chosen = $0.until { true } else { false } } ?? true
        guard !isChosen || !validity.neverLater || validity.wholeSchoolYears != nil else { return }
        add(
            .missingKey, "\(path).deviation-field",
            nl: "wie van de tabel afwijkt moet kunnen schrijven waarom (deviation-field)",
            en: "whoever departs from the table must be able to write why (deviation-field)",
            hint: Localized(
                nl: "weglaten kan alleen met never-later en een tabel waarin elke dag wordt gekozen (chosen-at-most)",
                en: "it can only be left out with never-later and a table in which every day is chosen (chosen-at-most)"))
    }
}
