import Domain

// How a route starts, and for whom it is due each year.
extension PlanInspection {
    func inspectStart(_ procedure: ProcedureRule, _ path: String) {
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
                    en: "nothing can start within zero days",
                    hint: Localized(
                        nl: "neem ten minste P1D, of laat ‘within’ weg", en: "take at least P1D, or leave ‘within’ out"))
            }
        }
        if start.opens.isEmpty {
            add(
                .deadEnd, "\(path).opens", nl: "na het begin staat geen stap open", en: "no step is open after the start",
                hint: Localized(
                    nl: "noem bij ‘opens’ een stap zonder ‘waits-for’", en: "name under ‘opens’ a step without ‘waits-for’"))
        }
        refer(to: start.opens, .step, among: procedure.steps.map(\.id), at: "\(path).opens")
        if let inventory = start.inventory { inspect(inventory, procedure, "\(path).inventory") }
        inspect(start.when, asking: start.asks, in: procedure, at: "\(path).when")
        inspect(start.asks, at: path)
        inspect(start.needs, at: path)
    }

    /// A list of decisions that end: each names a decision with an end, and what is filled in is asked at the start.
    func inspect(_ inventory: InventoryRule, _ procedure: ProcedureRule, _ path: String) {
        inspect(inventory.title, at: "\(path).title")
        inspect(source: inventory.source, at: path)
        if inventory.of.isEmpty {
            add(
                .badValue, "\(path).of", nl: "deze lijst is leeg", en: "this list is empty",
                hint: Localized(nl: "noem ten minste één procedure.uitkomst", en: "name at least one procedure.outcome"))
        }
        for (index, of) in inventory.of.enumerated() {
            let path = "\(path).of.\(index + 1)"
            refer(to: of.procedure, .procedure, among: rules.procedures.map(\.id), at: path)
            guard let route = rules.procedure(of.procedure) else { continue }
            refer(to: of.outcome, .outcome, among: route.outcomes.map(\.id), at: path)
            if let outcome = route.outcome(of.outcome), outcome.decision?.validity == nil {
                add(
                    .badValue, path, nl: "deze uitkomst heeft geen einddatum", en: "this outcome has no last day",
                    hint: Localized(
                        nl: "noem een uitkomst met ‘validity’ in haar ‘decision’",
                        en: "name an outcome with ‘validity’ in its ‘decision’"))
            }
        }
        if let field = inventory.fills {
            refer(to: field, .field, among: fieldKeys, at: "\(path).fills")
            if !procedure.start.asks.contains(where: { $0.field == field }) {
                add(
                    .neverAsked, "\(path).fills", nl: "‘\(field)’ wordt bij het begin niet gevraagd",
                    en: "‘\(field)’ is not asked at the start",
                    hint: Localized(
                        nl: "zet haar bij start.asks, of laat ‘fills’ weg", en: "put it in start.asks, or leave ‘fills’ out"))
            } else if let kind = rules.fields[field]?.kind, kind != .day {
                add(
                    .badField, "\(path).fills", nl: "‘\(field)’ vraagt geen dag", en: "‘\(field)’ does not ask a day",
                    hint: Localized(nl: "neem een vraag van kind: day", en: "take a field of kind: day"))
            }
        }
        if let step = inventory.shows { refer(to: step, .step, among: procedure.steps.map(\.id), at: "\(path).shows") }
    }
}
