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
                en: "‘\(clause.fact)’ is asked here itself, so it is never empty")
        }
        if let cases = TableCases.uncovered(by: [when], rules, in: procedure, known: []), !cases.canHold {
            add(.neverHolds, path, nl: "dit kan nooit zo zijn", en: "this can never be so")
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

    func inspect(_ asks: [Ask], at path: String) {
        for (index, ask) in asks.enumerated() {
            let path = "\(path).asks.\(index + 1)"
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
            inspect(need.why, at: "\(path).why")
            inspect(need.when, at: "\(path).when")
            switch need.kind {
            case .agreement(let purpose): refer(to: purpose, .purpose, among: rules.purposes.map(\.id), at: path)
            case .groeidocument(let parts, _):
                refer(to: parts, .part, among: rules.groeidocument.parts.map(\.id), at: path)
                if parts.isEmpty { add(.badValue, path, nl: "er is geen onderdeel genoemd", en: "no part is named") }
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
            add(.badField, path, nl: "‘\(id)’ vraagt geen dag", en: "‘\(id)’ does not ask a day")
        } else {
            inspectAnew(id, in: procedure, path)
        }
    }

    func inspectAnew(_ id: String, in procedure: ProcedureRule, _ path: String) {
        guard let ask = procedure.allAsks.first(where: { $0.field == id }), !ask.anew else { return }
        add(
            .badField, path, nl: "‘\(id)’ hoort hier opnieuw te worden gevraagd (anew)",
            en: "‘\(id)’ must be asked anew here (anew)")
    }

    /// A field whose answer counts in this procedure alone, so that it must be asked in it.
    func referToField(_ id: String, askedIn procedure: ProcedureRule, at path: String) {
        refer(to: id, .field, among: fieldKeys, at: path)
        if rules.fields[id] != nil, !procedure.allAsks.contains(where: { $0.field == id }) {
            add(
                .neverAsked, path, nl: "‘\(id)’ wordt in deze procedure niet gevraagd",
                en: "‘\(id)’ is not asked in this procedure")
        }
    }
}
