import Domain

extension PlanInspection {
    /// One route: what it names, who acts, and whether it can be walked to an end.
    func inspect(_ procedure: ProcedureRule) {
        let path = "procedures.\(procedure.id)"
        inspect(procedure.title, at: "\(path).title")
        inspect(procedure.why, at: "\(path).why")
        inspect(source: procedure.source, at: path)
        inspect(form: procedure.form, asked: procedure.allAsks.map(\.field), at: "\(path).form")
        inspectStart(procedure, "\(path).start")
        for step in procedure.steps { inspect(step, procedure, "\(path).steps.\(step.id)") }
        for clock in procedure.clocks { inspect(clock, procedure, "\(path).clocks.\(clock.id)") }
        for outcome in procedure.outcomes { inspect(outcome, procedure, "\(path).outcomes.\(outcome.id)") }
        inspectPlanning(procedure, path)
        inspectWalk(procedure, path)
    }

    /// A support form, or `{field}` in it: a choice asked in this procedure, each answer of which makes a form there is.
    private func inspect(form: String?, asked: [String], at path: String) {
        guard let form else { return }
        for field in NumberTemplate(form).placeholders {
            referToField(field, at: path)
            guard let known = rules.fields[field] else { continue }
            if known.kind != .choice || !asked.contains(field) {
                add(
                    .badTemplate, path, nl: "‘\(field)’ is geen keuze die in deze procedure wordt gevraagd",
                    en: "‘\(field)’ is no choice that is asked in this procedure")
            }
        }
        refer(to: rules.forms(form), .form, among: rules.tiers.flatMap(\.forms).map(\.id), at: path)
    }

    private func inspectStart(_ procedure: ProcedureRule, _ path: String) {
        let start = procedure.start
        if start.by.isEmpty { add(.noActor, "\(path).by", nl: "niemand kan dit beginnen", en: "nobody can start this") }
        refer(to: start.by, .function, among: functionKeys, at: "\(path).by")
        for function in start.by { inspectSight(of: function, in: procedure, step: nil, at: "\(path).by") }
        for (index, after) in start.after.enumerated() {
            let path = "\(path).after.\(index + 1)"
            refer(to: after.procedure, .procedure, among: rules.procedures.map(\.id), at: "\(path).procedure")
            guard let before = rules.procedure(after.procedure) else { continue }
            refer(to: after.outcomes, .outcome, among: before.outcomes.map(\.id), at: "\(path).outcomes")
            if let within = after.within, within.amount < 1 {
                add(
                    .badValue, "\(path).within", nl: "binnen nul dagen kan niets beginnen",
                    en: "nothing can start within zero days")
            }
        }
        if start.opens.isEmpty {
            add(.deadEnd, "\(path).opens", nl: "na het begin staat geen stap open", en: "no step is open after the start")
        }
        refer(to: start.opens, .step, among: procedure.steps.map(\.id), at: "\(path).opens")
        if let inventory = start.inventory { inspect(inventory, procedure, "\(path).inventory") }
        inspect(start.when, asking: start.asks, in: procedure, at: "\(path).when")
        inspect(start.asks, at: path)
        inspect(start.needs, at: path)
    }

    /// A list of decisions that end: each names a decision with an end, and what is filled in is asked at the start.
    private func inspect(_ inventory: InventoryRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(inventory.title, at: "\(path).title")
        inspect(source: inventory.source, at: path)
        if inventory.of.isEmpty { add(.badValue, "\(path).of", nl: "deze lijst is leeg", en: "this list is empty") }
        for (index, of) in inventory.of.enumerated() {
            let path = "\(path).of.\(index + 1)"
            refer(to: of.procedure, .procedure, among: rules.procedures.map(\.id), at: path)
            guard let route = rules.procedure(of.procedure) else { continue }
            refer(to: of.outcome, .outcome, among: route.outcomes.map(\.id), at: path)
            if let outcome = route.outcome(of.outcome), outcome.decision?.validity == nil {
                add(.badValue, path, nl: "deze uitkomst heeft geen einddatum", en: "this outcome has no last day")
            }
        }
        if let field = inventory.fills {
            refer(to: field, .field, among: fieldKeys, at: "\(path).fills")
            if !procedure.start.asks.contains(where: { $0.field == field }) {
                add(
                    .neverAsked, "\(path).fills", nl: "‘\(field)’ wordt bij het begin niet gevraagd",
                    en: "‘\(field)’ is not asked at the start")
            } else if let kind = rules.fields[field]?.kind, kind != .day {
                add(.badField, "\(path).fills", nl: "‘\(field)’ vraagt geen dag", en: "‘\(field)’ does not ask a day")
            }
        }
        if let step = inventory.shows { refer(to: step, .step, among: procedure.steps.map(\.id), at: "\(path).shows") }
    }

    /// A condition of a start or choice: it can hold, and what its own form asks does not make it untrue.
    private func inspect(_ when: Condition, asking asks: [Ask], in procedure: ProcedureRule, at path: String) {
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
    private func inspectOpenChoices(of step: StepRule, in procedure: ProcedureRule, _ path: String) {
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

    private func inspect(_ asks: [Ask], at path: String) {
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

    private func inspect(_ needs: [Need], at path: String) {
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

    private func inspect(_ step: StepRule, _ procedure: ProcedureRule, _ path: String) {
        let steps = procedure.steps.map(\.id)
        inspect(step.title, at: "\(path).title")
        inspect(step.explanation, at: "\(path).explanation")
        inspectActor(of: step, procedure, "\(path).by")
        inspect(step.asks, at: path)
        refer(to: step.waitsFor, .step, among: steps, at: "\(path).waits-for")
        if step.choices.isEmpty {
            add(.noWayOut, "\(path).choices", nl: "deze stap heeft geen uitweg", en: "this step has no way out")
        }
        inspectOpenChoices(of: step, in: procedure, path)
        for choice in step.choices {
            let path = "\(path).choices.\(choice.id)"
            inspect(choice.when, asking: step.asks + choice.asks, in: procedure, at: "\(path).when")
            inspect(choice.title, at: "\(path).title")
            inspect(choice.explanation, at: "\(path).explanation")
            inspect(choice.asks, at: path)
            inspect(choice.needs, at: path)
            switch choice.then {
            case .open(let next):
                refer(to: next, .step, among: steps, at: "\(path).then")
                if next.isEmpty { add(.deadEnd, path, nl: "hierna komt niets", en: "nothing comes after this") }
            case .end(let outcome): refer(to: outcome, .outcome, among: procedure.outcomes.map(\.id), at: "\(path).end")
            }
        }
        if let meeting = step.meeting {
            let path = "\(path).meeting"
            refer(to: [meeting.chair], .function, among: functionKeys, at: "\(path).chair")
            refer(to: meeting.required, .function, among: functionKeys, at: "\(path).required")
            refer(to: meeting.optional, .function, among: functionKeys, at: "\(path).optional")
            for (index, question) in meeting.questions.enumerated() { inspect(question, at: "\(path).questions.\(index + 1)") }
            inspect(meeting.bring, at: "\(path).bring")
        }
    }

    private func inspectActor(of step: StepRule, _ procedure: ProcedureRule, _ path: String) {
        let actor = step.by
        if actor.functions.isEmpty {
            add(.noActor, path, nl: "niemand kan deze stap doen", en: "nobody can take this step")
        }
        // The function of a field is looked at with the field.
        let chosen: String? = if case .person(let id, _)? = actor.chosenIn.flatMap({ rules.fields[$0] })?.kind { id } else { nil }
        refer(to: actor.functions.filter { $0 != chosen }, .function, among: functionKeys, at: path)
        refer(to: actor.disciplines, .discipline, among: rules.disciplines.map(\.id), at: "\(path).disciplines")
        inspectOthers(actor.notActorOf, in: procedure, at: "\(path).not-actor-of")
        inspectOthers(actor.warnActorOf, in: procedure, at: "\(path).warn-actor-of")
        let known = actor.functions.compactMap(rules.function)
        if !actor.disciplines.isEmpty, !known.isEmpty,
            known.allSatisfy({ Set($0.disciplines).isDisjoint(with: actor.disciplines) })
        {
            add(
                .nobodyCanAct, "\(path).disciplines", nl: "geen van deze functies kent een van deze disciplines",
                en: "none of these functions knows one of these disciplines")
        }
        for function in actor.functions { inspectSight(of: function, in: procedure, step: step, at: path) }
        inspectReplacing(in: step, procedure, path)
        guard let field = actor.chosenIn else { return }
        refer(to: field, .field, among: fieldKeys, at: "\(path).chosen-in")
        guard let chosen = rules.fields[field] else { return }
        guard case .person(let function, _) = chosen.kind else {
            add(
                .badField, "\(path).chosen-in", nl: "in ‘\(field)’ wordt geen persoon gekozen",
                en: "no person is chosen in ‘\(field)’")
            return
        }
        if !actor.functions.contains(function) {
            add(
                .nobodyCanAct, "\(path).chosen-in", nl: "in ‘\(field)’ wordt een ‘\(function)’ gekozen, maar die mag hier niet",
                en: "in ‘\(field)’ a ‘\(function)’ is chosen, who may not act here")
        }
        let before =
            procedure.start.asks + procedure.steps.filter { $0.id != step.id }.flatMap { $0.asks + $0.choices.flatMap(\.asks) }
        if !before.contains(where: { $0.field == field }) {
            add(
                .neverAsked, "\(path).chosen-in", nl: "‘\(field)’ wordt in deze procedure niet eerder gevraagd",
                en: "‘\(field)’ is not asked earlier in this procedure")
        }
    }

    /// Steps that somebody else did: of this route, or written `procedure.step` of another.
    private func inspectOthers(_ steps: [String], in procedure: ProcedureRule, at path: String) {
        for written in steps {
            guard let (id, step) = ActorRule.elsewhere(written) else {
                refer(to: written, .step, among: procedure.steps.map(\.id), at: path)
                continue
            }
            refer(to: id, .procedure, among: rules.procedures.map(\.id).filter { $0 != procedure.id }, at: path)
            if let other = rules.procedure(id), id != procedure.id {
                refer(to: step, .step, among: other.steps.map(\.id), at: path)
            }
        }
    }

    /// Who may choose another person: functions there are, that see the dossier, where anybody is chosen at all.
    private func inspectReplacing(in step: StepRule, _ procedure: ProcedureRule, _ path: String) {
        let path = "\(path).replaced-by"
        guard !step.by.replacedBy.isEmpty else { return }
        refer(to: step.by.replacedBy, .function, among: functionKeys, at: path)
        if step.by.chosenIn == nil {
            add(
                .badValue, path, nl: "voor deze stap wordt niemand gekozen (chosen-in)",
                en: "nobody is chosen for this step (chosen-in)")
        }
        for function in step.by.replacedBy where !step.by.functions.contains(function) {
            inspectSight(of: function, in: procedure, step: step, at: path)
        }
    }

    /// Whether somebody who must act can see the dossier then.
    private func inspectSight(of function: String, in procedure: ProcedureRule, step: StepRule?, at path: String) {
        guard let rule = rules.function(function) else { return }
        let sees = rule.sight.contains { sight in
            switch sight {
            case .always: true
            case .named: rule.place != .family
            // Starting is before the procedure runs, so another one must give sight then.
            case .during(let procedures, _): procedures.contains { step != nil ? $0 == procedure.id : $0 != procedure.id }
            case .acting: step?.by.chosenIn != nil
            case .left: false
            }
        }
        guard !sees || rule.place == .outside else { return }
        add(
            .actsUnseen, path, nl: "‘\(function)’ moet hier iets doen, maar ziet het dossier dan niet",
            en: "‘\(function)’ must act here, but does not see the dossier then",
            hint: Localized(nl: "kijk bij ‘sees’ en ‘place’ van deze functie", en: "look at ‘sees’ and ‘place’ of this function"))
    }

    private func inspect(_ clock: ClockRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(clock.title, at: "\(path).title")
        inspect(clock.ground, at: "\(path).ground")
        inspect(source: clock.source, at: path)
        refer(to: clock.pausedIn, .step, among: procedure.steps.map(\.id), at: "\(path).paused-in")
        refer(to: clock.metBy, .step, among: procedure.steps.map(\.id), at: "\(path).met-by")
        inspectWhen(of: clock, procedure, "\(path).when")
        inspectExtension(of: clock, procedure, "\(path).extended")
        if case .answer(let field) = clock.from { inspect(start: field, of: procedure, "\(path).from") }
        if case .step(let step) = clock.from {
            refer(to: step, .step, among: procedure.steps.map(\.id), at: "\(path).from")
        }
        if clock.from == .complete, !procedure.steps.contains(where: { $0.choices.contains(where: \.marksComplete) }) {
            add(
                .neverComplete, "\(path).from", nl: "geen enkele keuze maakt de aanvraag compleet (marks-complete)",
                en: "no choice makes the request complete (marks-complete)")
        }
    }

    /// Whether a clock runs can hang on what this procedure asks: what is known from elsewhere is about another case.
    private func inspectWhen(of clock: ClockRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(clock.when, at: path)
        for clause in clock.when.clauses {
            let path = "\(path).\(clause.fact)"
            guard rules.fields[clause.fact] != nil else {
                if PlanFacts.reserved.contains(clause.fact) {
                    add(
                        .badField, path, nl: "een termijn kan alleen afhangen van wat deze procedure vraagt",
                        en: "a clock can only depend on what this procedure asks")
                }
                continue
            }
            referToField(clause.fact, askedIn: procedure, at: path)
            inspectAnew(clause.fact, in: procedure, path)
        }
    }

    /// What extends a clock: steps and choices there are, by a period, with a source.
    private func inspectExtension(of clock: ClockRule, _ procedure: ProcedureRule, _ path: String) {
        guard let extended = clock.extended else { return }
        inspect(source: extended.source, at: path)
        if extended.with.period.amount < 1 {
            add(.badValue, "\(path).with", nl: "dit maakt de termijn niet langer", en: "this makes the term no longer")
        }
        for written in extended.by {
            let parts = written.split(separator: ".", maxSplits: 1).map(String.init)
            refer(to: parts.first ?? "", .step, among: procedure.steps.map(\.id), at: "\(path).by")
            guard parts.count == 2, let step = procedure.step(parts[0]) else { continue }
            refer(to: parts[1], .choice, among: step.choices.map(\.id), at: "\(path).by")
        }
        let meets = extended.by.filter { clock.metBy.contains(String($0.prefix { $0 != "." })) }
        for step in meets {
            add(
                .neverHolds, "\(path).by", nl: "‘\(step)’ haalt de termijn al (met-by) en kan hem dus niet verlengen",
                en: "‘\(step)’ meets the term already (met-by), so it cannot extend it")
        }
    }

    /// A clock can count from a day that this procedure asks: one known from elsewhere is about another case.
    private func inspect(start id: String, of procedure: ProcedureRule, _ path: String) {
        referToField(id, askedIn: procedure, at: path)
        guard let field = rules.fields[id] else { return }
        if field.kind != .day {
            add(.badField, path, nl: "‘\(id)’ vraagt geen dag", en: "‘\(id)’ does not ask a day")
        } else {
            inspectAnew(id, in: procedure, path)
        }
    }

    private func inspectAnew(_ id: String, in procedure: ProcedureRule, _ path: String) {
        guard let ask = procedure.allAsks.first(where: { $0.field == id }), !ask.anew else { return }
        add(
            .badField, path, nl: "‘\(id)’ hoort hier opnieuw te worden gevraagd (anew)",
            en: "‘\(id)’ must be asked anew here (anew)")
    }

    private func inspect(_ outcome: OutcomeRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(outcome.title, at: "\(path).title")
        inspect(outcome.explanation, at: "\(path).explanation")
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
    private func inspect(_ moves: MovesToRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(source: moves.source, at: path)
        referToField(moves.field, askedIn: procedure, at: "\(path).field")
        if let field = rules.fields[moves.field], !field.kind.isSchool {
            add(
                .badField, "\(path).field", nl: "in ‘\(moves.field)’ wordt geen school gekozen",
                en: "no school is chosen in ‘\(moves.field)’")
        } else if let ask = procedure.allAsks.first(where: { $0.field == moves.field }), !ask.anew {
            add(
                .badField, "\(path).field", nl: "‘\(moves.field)’ hoort hier opnieuw te worden gevraagd (anew)",
                en: "‘\(moves.field)’ must be asked anew here (anew)")
        }
        if let purpose = moves.agreement {
            refer(to: purpose, .purpose, among: rules.purposes.map(\.id), at: "\(path).agreement")
            if !moves.without.contains(.child) {
                add(
                    .badValue, "\(path).without", nl: "de nieuwe school weet altijd om welk kind het gaat: ‘child’ hoort erbij",
                    en: "the new school always knows which child it is: ‘child’ belongs to it")
            }
        } else if !moves.without.isEmpty {
            add(
                .badValue, "\(path).without", nl: "zonder ‘agreement’ gaat alles mee",
                en: "without ‘agreement’ everything goes along")
        }
    }

    /// A field whose answer counts in this procedure alone, so that it must be asked in it.
    private func referToField(_ id: String, askedIn procedure: ProcedureRule, at path: String) {
        refer(to: id, .field, among: fieldKeys, at: path)
        if rules.fields[id] != nil, !procedure.allAsks.contains(where: { $0.field == id }) {
            add(
                .neverAsked, path, nl: "‘\(id)’ wordt in deze procedure niet gevraagd",
                en: "‘\(id)’ is not asked in this procedure")
        }
    }

    private func inspect(_ validity: ValidityRule, _ procedure: ProcedureRule, _ path: String) {
        refer(to: validity.table, .table, among: rules.tables.keys.sorted(), at: "\(path).table")
        for (key, id) in [("begin-field", validity.beginField), ("end-field", validity.endField)] {
            referToField(id, askedIn: procedure, at: "\(path).\(key)")
            if let field = rules.fields[id], field.kind != .day {
                add(.badField, "\(path).\(key)", nl: "‘\(id)’ vraagt geen dag", en: "‘\(id)’ does not ask a day")
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
                en: "it does not say which law asks this")
        }
        guard let id = validity.conflictField else {
            add(
                .badField, "\(path).conflict-field", nl: "tabel en wet kunnen botsen; er is geen vraag om te kiezen",
                en: "table and law can clash; there is no field in which to choose")
            return
        }
        referToField(id, askedIn: procedure, at: "\(path).conflict-field")
        if let field = rules.fields[id], field.kind != .choice || Set(field.options.map(\.id)) != ["table", "law"] {
            add(
                .badField, "\(path).conflict-field", nl: "‘\(id)’ hoort een keuze te zijn tussen table en law",
                en: "‘\(id)’ must be a choice between table and law")
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

    /// Routes that must come after another one must be reachable from one that need not.
    func inspectStarts() {
        var startable: Set<String> = []
        var grows = true
        while grows {
            let found = rules.procedures.filter { procedure in
                procedure.start.after.isEmpty || procedure.start.after.contains { startable.contains($0.procedure) }
            }
            grows = found.count > startable.count
            startable = Set(found.map(\.id))
        }
        for procedure in rules.procedures where !startable.contains(procedure.id) {
            // An unknown route before it is told where it is named.
            guard procedure.start.after.contains(where: { rules.procedure($0.procedure) != nil }) else { continue }
            add(
                .neverStarts, "procedures.\(procedure.id).start.after", nl: "wat hiervoor moet gebeuren, kan nooit gebeuren",
                en: "what must happen before this can never happen")
        }
    }

    /// Meetings are planned by something, and nothing else is planned.
    private func inspectPlanning(_ procedure: ProcedureRule, _ path: String) {
        var planned: Set<String> = []
        func plan(_ step: String?, _ path: String) {
            guard let step else { return }
            planned.insert(step)
            refer(to: step, .step, among: procedure.steps.map(\.id), at: path)
            if let rule = procedure.step(step), rule.meeting == nil {
                add(.meetingNotPlanned, path, nl: "‘\(step)’ is geen overleg", en: "‘\(step)’ is no meeting")
            }
        }
        plan(procedure.start.plans, "\(path).start.plans")
        for step in procedure.steps {
            for choice in step.choices { plan(choice.plans, "\(path).steps.\(step.id).choices.\(choice.id).plans") }
        }
        for step in procedure.steps where step.meeting != nil && !planned.contains(step.id) {
            add(
                .meetingNotPlanned, "\(path).steps.\(step.id).meeting", nl: "niets plant dit overleg (plans)",
                en: "nothing plans this meeting (plans)")
        }
    }

    /// Walks every way through the route.
    private func inspectWalk(_ procedure: ProcedureRule, _ path: String) {
        guard let walk = RouteWalk(procedure) else {
            warn(
                .tooLargeToCheck, path, nl: "te groot om elke weg na te lopen", en: "too large to walk every way")
            return
        }
        for step in procedure.steps where !walk.opened.contains(step.id) {
            let path = "\(path).steps.\(step.id)"
            if walk.named.contains(step.id) {
                add(
                    .waitsForever, "\(path).waits-for", nl: "waar deze stap op wacht, komt nooit samen",
                    en: "what this step waits for never comes together")
            } else {
                add(.unreachableStep, path, nl: "niets leidt naar deze stap", en: "nothing leads to this step")
            }
        }
        for dead in walk.deadEnds {
            add(
                .deadEnd, "\(path).steps.\(dead.step).choices.\(dead.choice)", nl: "hierna kan geen enkele stap open staan",
                en: "after this no step may be open")
        }
        for outcome in procedure.outcomes where !walk.ended.contains(outcome.id) {
            add(
                .unreachedOutcome, "\(path).outcomes.\(outcome.id)", nl: "geen keuze komt hier uit",
                en: "no choice comes out here")
        }
        if walk.deadEnds.isEmpty, let stuck = walk.stuck, !procedure.steps.contains(where: \.choices.isEmpty) {
            let steps = stuck.joined(separator: ", ")
            add(
                .neverEnds, "\(path).steps.\(stuck.first ?? "")", nl: "vanaf hier komt er nooit een uitkomst: \(steps)",
                en: "from here no outcome is ever reached: \(steps)")
        }
    }
}
