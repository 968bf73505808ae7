import Domain

// In which case something holds, and what is asked and needed.
extension PlanInspection {
    /// A condition of a start or choice: it can hold, and what its own form asks does not make it untrue.
    func inspect(_ when: Condition, asking asks: [Ask], in procedure: ProcedureRule, at path: String) {
        let count = problems.count
        inspect(when, at: path)
        guard !when.clauses.isEmpty, problems.count == count else { return }
        for clause in when.clauses where clause.match == .absent {
            let isAsked = asks.contains { ask in
                ask.field == clause.fact && ask.required && rules.fields[ask.field]?.required == true && ask.when == .always
            }
            guard isAsked else { continue }
            add(
                .neverHolds, "\(path).\(clause.fact)", nl: "‘\(clause.fact)’ wordt hier zelf gevraagd en is dus nooit leeg",
                en: "‘\(clause.fact)’ is asked here itself, so it is never empty",
                hint: Localized(
                    nl: "haal deze voorwaarde weg, of maak de vraag hier ‘optional’",
                    en: "remove this condition, or make the field ‘optional’ here"))
        }
        if let cases = TableCases.uncovered(by: [when], rules, in: procedure, known: []), !cases.canHold {
            add(
                .neverHolds, path, nl: "dit kan nooit zo zijn", en: "this can never be so",
                hint: Localized(
                    nl: "haal een van de voorwaarden weg, of verander haar", en: "remove one of the conditions, or change it"))
        }
    }

    /// A choice of a route that starts from some age or group is for children who can be in it: none gets younger.
    func inspect(_ when: Condition, after start: Condition, at path: String) {
        for clause in when.clauses where clause.fact == "age" || clause.fact == "group" {
            let began = start.clauses.filter { $0.fact == clause.fact }.compactMap { rules.span(of: $0)?.from }.max()
            guard let began, let last = rules.span(of: clause)?.to, last < began else { continue }
            let path = "\(path).\(clause.fact)"
            add(
                .neverHolds, path, nl: "deze procedure begint pas bij oudere kinderen, dus dit kan nooit zo zijn",
                en: "this procedure starts with older children only, so this can never be so",
                hint: Localized(
                    nl: "vergelijk het met ‘when’ van het begin", en: "compare it with ‘when’ of the start"))
        }
    }

    /// Whether some choice of a step is open in every case.
    func inspectOpenChoices(of step: StepRule, in procedure: ProcedureRule, _ path: String) {
        // What can be made once is no way out the second time.
        let conditions = step.choices.filter { !$0.once }.map(\.when)
        guard !step.choices.isEmpty, !conditions.contains(.always) else { return }
        let required = (procedure.start.asks + step.asks).filter { ask in
            ask.required && ask.when == .always && rules.fields[ask.field]?.required == true
        }
        guard let cases = TableCases.uncovered(by: conditions, rules, in: procedure, known: Set(required.map(\.field))) else {
            warn(
                .tooLargeToCheck, "\(path).choices", nl: "te veel gevallen om allemaal te proberen",
                en: "too many cases to try them all")
            return
        }
        guard let open = cases.gaps.first else { return }
        add(
            .noWayOut, "\(path).choices", nl: "in dit geval staat geen enkele keuze open: \(open.words(.nl))",
            en: "in this case no choice is open: \(open.words(.en))",
            hint: Localized(nl: "geef één keuze geen ‘when’", en: "give one choice no ‘when’"))
    }

    /// What one form asks: fields there are, and each of them once.
    ///
    /// - Parameter others: what else the form asks, before this.
    func inspect(_ asks: [Ask], beside others: [Ask] = [], at path: String) {
        for (index, ask) in asks.enumerated() {
            let path = "\(path).asks.\(index + 1)"
            // Of one field the first ask that applies counts, so one that is behind it in every case is never read.
            if (others + asks[..<index]).contains(where: { $0.field == ask.field && $0.when.includes(ask.when) }) {
                add(
                    .duplicateField, path, nl: "‘\(ask.field)’ wordt op dit formulier al gevraagd",
                    en: "‘\(ask.field)’ is asked on this form already",
                    hint: Localized(
                        nl: "haal een van de twee weg, of geef de eerste een ‘when’",
                        en: "remove one of the two, or give the first a ‘when’"))
            }
            if PlanFacts.reserved.contains(ask.field) {
                add(
                    .reservedKey, path, nl: "‘\(ask.field)’ wordt door het programma zelf gevraagd",
                    en: "‘\(ask.field)’ is asked by the program itself")
            } else {
                refer(to: ask.field, .field, among: fieldKeys, at: path)
            }
            inspect(ask.when, at: "\(path).when")
        }
    }

    func inspect(_ needs: [Need], at path: String) {
        var seen: Set<String> = []
        for need in needs {
            let path = "\(path).needs.\(need.id)"
            if !seen.insert(need.id).inserted {
                add(.duplicateKey, path, nl: "‘\(need.id)’ staat er twee keer", en: "‘\(need.id)’ stands there twice")
            }
            if need.source == nil {
                warn(
                    .missingSource, "\(path).source", nl: "er staat niet wie dit vraagt: de bron ontbreekt",
                    en: "it does not say who asks this: the source is missing")
            }
            inspect(need.why, at: "\(path).why")
            inspect(need.when, at: "\(path).when")
            switch need.kind {
            case .agreement(let purpose): refer(to: purpose, .purpose, among: rules.purposes.map(\.id), at: path)
            case .groeidocument(let parts, _):
                refer(to: parts, .part, among: rules.groeidocument.parts.map(\.id), at: path)
                if parts.isEmpty {
                    add(
                        .badValue, path, nl: "er is geen onderdeel genoemd", en: "no part is named",
                        hint: Localized(
                            nl: "noem de onderdelen: groeidocument: [a, b]", en: "name the parts: groeidocument: [a, b]"))
                }
            case .field(let field): referToField(field, at: path)
            case .evidence(let kind): refer(to: kind, .evidence, among: rules.evidence.map(\.id), at: path)
            case .signature: break
            }
        }
    }

    /// A clock can count from a day that this procedure asks: one known from elsewhere is about another case.
    func inspect(start id: String, of procedure: ProcedureRule, _ path: String) {
        referToField(id, askedIn: procedure, at: path)
        guard let field = rules.fields[id] else { return }
        if field.kind != .day {
            add(
                .badField, path, nl: "‘\(id)’ vraagt geen dag", en: "‘\(id)’ does not ask a day",
                hint: Localized(nl: "neem een vraag van kind: day", en: "take a field of kind: day"))
        } else {
            inspectAnew(id, in: procedure, path)
        }
    }

    func inspectAnew(_ id: String, in procedure: ProcedureRule, _ path: String) {
        guard let ask = procedure.allAsks.first(where: { $0.field == id }), !ask.anew else { return }
        add(
            .badField, path, nl: "‘\(id)’ hoort hier opnieuw te worden gevraagd (anew)",
            en: "‘\(id)’ must be asked anew here (anew)",
            hint: Localized(nl: "schrijf in ‘asks’ { field: …, anew: true }", en: "write { field: …, anew: true } in ‘asks’"))
    }

    /// A field whose answer counts in this procedure alone, so that it must be asked in it.
    func referToField(_ id: String, askedIn procedure: ProcedureRule, at path: String) {
        refer(to: id, .field, among: fieldKeys, at: path)
        if rules.fields[id] != nil, !procedure.allAsks.contains(where: { $0.field == id }) {
            add(
                .neverAsked, path, nl: "‘\(id)’ wordt in deze procedure niet gevraagd",
                en: "‘\(id)’ is not asked in this procedure",
                hint: Localized(
                    nl: "zet haar bij ‘asks’ van het begin of van een stap", en: "put it in ‘asks’ of the start or of a step"))
        }
    }
}

extension Condition {
    /// Whether this holds wherever the other does, as far as that can be read from their words: it asks nothing more.
    fileprivate func includes(_ other: Condition) -> Bool { clauses.allSatisfy(other.clauses.contains) }
}

extension PlanRules {
    /// The lowest and highest place on its scale that a clause of an age or group allows; nil where it is open, or no place.
    fileprivate func span(of clause: Condition.Clause) -> (from: Int?, to: Int?)? {
        switch clause.match {
        case .range(let from, let to): return (from, to)
        case .oneOf(let values):
            let facts = Facts([:], scales: scales)
            let places = values.compactMap { facts.position(of: $0, in: clause.fact) }
            return places.count == values.count ? (places.min(), places.max()) : nil
        case .calendar, .absent, .present: return nil
        }
    }
}
