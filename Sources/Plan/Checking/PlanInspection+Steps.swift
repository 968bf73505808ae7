import Domain

// Who acts in a step, and whether they see the dossier then.
extension PlanInspection {
    func inspect(_ step: StepRule, _ procedure: ProcedureRule, _ path: String) {
        let steps = procedure.steps.map(\.id)
        inspect(step.title, at: "\(path).title")
        inspect(step.explanation, at: "\(path).explanation")
        if step.source == nil, step.by.source == nil {
            warn(
                .missingSource, "\(path).source", nl: "er staat niet waar deze stap staat: de bron ontbreekt",
                en: "it does not say where this step stands: the source is missing")
        }
        inspect(step.note, at: "\(path).note")
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
            inspect(choice.when, after: procedure.start.when, at: "\(path).when")
            inspect(choice.title, at: "\(path).title")
            inspect(choice.explanation, at: "\(path).explanation")
            inspect(choice.asks, beside: step.asks, at: path)
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
        inspectOthers(actor.notActorOf, than: step, in: procedure, at: "\(path).not-actor-of")
        inspectOthers(actor.warnActorOf, than: step, in: procedure, at: "\(path).warn-actor-of")
        let known = actor.functions.compactMap(rules.function)
        if !actor.disciplines.isEmpty, !known.isEmpty,
            known.allSatisfy({ Set($0.disciplines).isDisjoint(with: actor.disciplines) })
        {
            add(
                .nobodyCanAct, "\(path).disciplines", nl: "geen van deze functies kent een van deze disciplines",
                en: "none of these functions knows one of these disciplines",
                hint: Localized(
                    nl: "neem disciplines die bij een van de functies staan, of schrijf ze daar bij",
                    en: "take disciplines that one of the functions has, or add them there"))
        }
        for function in actor.functions { inspectSight(of: function, in: procedure, step: step, at: path) }
        inspectReplacing(in: step, procedure, path)
        guard let field = actor.chosenIn else { return }
        refer(to: field, .field, among: fieldKeys, at: "\(path).chosen-in")
        guard let chosen = rules.fields[field] else { return }
        guard case .person(let function, _) = chosen.kind else {
            add(
                .badField, "\(path).chosen-in", nl: "in ‘\(field)’ wordt geen persoon gekozen",
                en: "no person is chosen in ‘\(field)’",
                hint: Localized(nl: "neem een vraag van kind: person", en: "take a field of kind: person"))
            return
        }
        if !actor.functions.contains(function) {
            add(
                .nobodyCanAct, "\(path).chosen-in", nl: "in ‘\(field)’ wordt een ‘\(function)’ gekozen, maar die mag hier niet",
                en: "in ‘\(field)’ a ‘\(function)’ is chosen, who may not act here",
                hint: Localized(
                    nl: "zet \(function) bij ‘functions’, of laat ‘functions’ weg",
                    en: "add \(function) to ‘functions’, or leave ‘functions’ out"))
        }
        let before =
            procedure.start.asks + procedure.steps.filter { $0.id != step.id }.flatMap { $0.asks + $0.choices.flatMap(\.asks) }
        if !before.contains(where: { $0.field == field }) {
            add(
                .neverAsked, "\(path).chosen-in", nl: "‘\(field)’ wordt in deze procedure niet eerder gevraagd",
                en: "‘\(field)’ is not asked earlier in this procedure",
                hint: Localized(
                    nl: "zet haar bij ‘asks’ van het begin of van een eerdere stap",
                    en: "put it in ‘asks’ of the start or of an earlier step"))
        }
    }

    /// Steps that somebody else did: of this route, or written `procedure.step` of another.
    private func inspectOthers(_ steps: [String], than own: StepRule, in procedure: ProcedureRule, at path: String) {
        for written in steps {
            guard written != own.id, written != "\(procedure.id).\(own.id)" else {
                add(
                    .badValue, path, nl: "‘\(written)’ is deze stap zelf; dit houdt niemand tegen",
                    en: "‘\(written)’ is this step itself; this stops nobody",
                    hint: Localized(nl: "noem een andere stap, of haal dit weg", en: "name another step, or remove this"))
                continue
            }
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
                en: "nobody is chosen for this step (chosen-in)",
                hint: Localized(
                    nl: "schrijf ‘chosen-in’ erbij, of haal ‘replaced-by’ weg", en: "write ‘chosen-in’, or remove ‘replaced-by’"))
        }
        for function in step.by.replacedBy where !step.by.functions.contains(function) {
            inspectSight(of: function, in: procedure, step: step, at: path)
        }
    }

    /// Whether somebody who must act can see the dossier then.
    func inspectSight(of function: String, in procedure: ProcedureRule, step: StepRule?, at path: String) {
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
}
