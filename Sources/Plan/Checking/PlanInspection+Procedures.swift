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
    func inspect(form: String?, asked: [String], at path: String) {
        guard let form else { return }
        for field in NumberTemplate(form).placeholders {
            referToField(field, at: path)
            guard let known = rules.fields[field] else { continue }
            if known.kind != .choice || !asked.contains(field) {
                add(
                    .badTemplate, path, nl: "‘\(field)’ is geen keuze die in deze procedure wordt gevraagd",
                    en: "‘\(field)’ is no choice that is asked in this procedure",
                    hint: Localized(
                        nl: "neem een vraag van kind: choice die in ‘asks’ van deze procedure staat",
                        en: "take a field of kind: choice that stands in ‘asks’ of this procedure"))
            }
        }
        refer(to: rules.forms(form), .form, among: rules.tiers.flatMap(\.forms).map(\.id), at: path)
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
                en: "what must happen before this can never happen",
                hint: Localized(
                    nl: "noem bij ‘after’ een procedure die zonder deze kan beginnen",
                    en: "name under ‘after’ a procedure that can start without this one"))
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
                add(
                    .meetingNotPlanned, path, nl: "‘\(step)’ is geen overleg", en: "‘\(step)’ is no meeting",
                    hint: Localized(
                        nl: "noem een stap met ‘meeting’, of haal ‘plans’ weg",
                        en: "name a step with ‘meeting’, or remove ‘plans’"))
            }
        }
        plan(procedure.start.plans, "\(path).start.plans")
        for step in procedure.steps {
            for choice in step.choices { plan(choice.plans, "\(path).steps.\(step.id).choices.\(choice.id).plans") }
        }
        for step in procedure.steps where step.meeting != nil && !planned.contains(step.id) {
            add(
                .meetingNotPlanned, "\(path).steps.\(step.id).meeting", nl: "niets plant dit overleg (plans)",
                en: "nothing plans this meeting (plans)",
                hint: Localized(
                    nl: "schrijf plans: \(step.id) bij het begin of bij de keuze die hierheen leidt",
                    en: "write plans: \(step.id) at the start or at the choice that leads here"))
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
