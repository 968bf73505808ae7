import Domain

// The routes: how they start, their terms, and what can come out.
extension PlanComparison {
    /// Routes that came, went or go otherwise.
    func compareProcedures() {
        let at = { (route: ProcedureRule, sources: PlanSources) in
            Spot(path: "procedures.\(route.id)", thing: route.title, concerns: [.parents], sources: sources)
        }
        things(before.procedures, after.procedures, key: \.id) { route in
            let spot = at(route, PlanSources(nil, route.source)).also(audience(route.people))
            add(.procedureAdded, spot, nil, .text(route.why))
        } removed: { route in
            let spot = at(route, PlanSources(route.source, nil)).also(audience(route.people))
            add(.procedureRemoved, spot, .text(route.why), nil)
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            let told: Set = ["title", "why", "form", "start", "steps", "clocks", "outcomes"]
            node(spot, was, now, told: told) { compare(was, now, spot) }
        }
    }

    private func compare(_ old: ProcedureRule, _ new: ProcedureRule, _ spot: Spot) {
        let everybody = spot.also(audience(old.people + new.people))
        reworded(.title, everybody, old.title, new.title)
        reworded(.why, everybody, old.why, new.why)
        changed(.form, everybody, old.form, new.form) { $0.map { .written($0) } }
        compare(old.start, new.start, (old, new), spot)
        things(old.steps, new.steps, key: \.id, order: everybody) { step in
            add(
                .stepAdded, self.spot(of: step, spot, PlanSources(nil, step.source ?? new.source)), nil, titles(step.by.functions)
            )
        } removed: { step in
            add(
                .stepRemoved, self.spot(of: step, spot, PlanSources(step.source ?? old.source, nil)), titles(step.by.functions),
                nil)
        } both: { was, now in
            compareStep(was, now, (old, new), spot)
        }
        compareClocks(old, new, spot)
        compareOutcomes(old, new, spot)
    }

    /// A step for those who act in it and those who meet in it, and for the family whose child it is about.
    private func spot(of step: StepRule, _ route: Spot, _ sources: PlanSources) -> Spot {
        let people = step.by.functions + (step.meeting.map { [$0.chair] + $0.required + $0.optional } ?? [])
        return route.inner("steps.\(step.id)", step.title, concerns: [.parents] + audience(people), sources: sources)
    }

    private func compare(
        _ old: StartRule, _ new: StartRule, _ routes: (old: ProcedureRule, new: ProcedureRule), _ route: Spot
    ) {
        var spot = route
        spot.path += ".start"
        spot.concerns = audience(old.by + new.by)
        let told: Set = [
            "by", "after", "when", "asks", "needs", "plans", "locksGroeidocument", "opens", "repeatable", "inventory",
        ]
        node(spot, old, new, told: told) {
            listed(.startByGained, .startByLost, spot.also([.parents]), old.by, new.by) { .function($0) }
            compareAfter(old.after, new.after, spot.also([.parents]))
            changed(.startWhen, spot.also([.parents]), old.when, new.when) { .condition($0) }
            changed(.startOpens, spot, old.opens, new.opens) { self.steps($0, routes) }
            changed(.startPlans, spot, old.plans, new.plans) { $0.map { self.steps([$0], routes) } }
            changed(.startLocks, spot.also([.parents]), old.locksGroeidocument, new.locksGroeidocument) { .yesNo($0) }
            changed(.startRepeatable, spot, old.repeatable, new.repeatable) { .yesNo($0) }
            compareInventory(old.inventory, new.inventory, routes, spot)
            compareAsks(old.asks, new.asks, spot)
            compareNeeds(old.needs, new.needs, spot)
        }
    }

    /// What must have happened before: by the ending, so that one more of a route is not the whole list anew.
    private func compareAfter(_ old: [StartRule.After], _ new: [StartRule.After], _ spot: Spot) {
        func endings(_ all: [StartRule.After]) -> [StartRule.After] {
            all.flatMap { after in
                after.outcomes.isEmpty
                    ? [StartRule.After(procedure: after.procedure, outcomes: [])]
                    : after.outcomes.map { StartRule.After(procedure: after.procedure, outcomes: [$0]) }
            }
        }
        let (was, now) = (endings(old), endings(new))
        if Set(was) == Set(now) {
            if old != new { add(.further, spot, nil, .written("after")) }
        } else {
            partly(.after, spot, was, now) { .list(self.together($0).map(self.phrase)) }
        }
    }

    /// Endings of one route as one.
    private func together(_ endings: [StartRule.After]) -> [StartRule.After] {
        var seen: Set<String> = []
        return endings.map(\.procedure).filter { seen.insert($0).inserted }.map { procedure in
            StartRule.After(
                procedure: procedure, outcomes: endings.filter { $0.procedure == procedure }.flatMap(\.outcomes))
        }
    }

    /// The yearly list: for the family whose decision ends, and for those who begin the route.
    private func compareInventory(
        _ old: InventoryRule?, _ new: InventoryRule?, _ routes: (old: ProcedureRule, new: ProcedureRule), _ start: Spot
    ) {
        guard let title = (new ?? old)?.title else { return }
        let spot = start.inner("inventory", title, sources: PlanSources(old?.source, new?.source)).also([.parents])
        switch (old, new) {
        case (nil, let new?): add(.inventoryAdded, spot, nil, decisions(new.of))
        case (let old?, nil): add(.inventoryRemoved, spot, decisions(old.of), nil)
        case (let old?, let new?):
            node(spot, old, new, told: ["title", "of", "fills", "shows"]) {
                reworded(.title, spot, old.title, new.title)
                partly(.inventory, spot, old.of, new.of) { self.decisions($0) }
                changed(.inventoryFills, spot, old.fills, new.fills) { $0.map { self.fields([$0]) } }
                changed(.inventoryShows, spot, old.shows, new.shows) { $0.map { self.steps([$0], routes) } }
            }
        case (nil, nil): break
        }
    }

    /// Decisions by the titles of their routes and outcomes.
    private func decisions(_ of: [InventoryRule.Of]) -> PlanPhrase {
        .list(together(of.map { StartRule.After(procedure: $0.procedure, outcomes: [$0.outcome]) }).map(phrase))
    }

    /// What must have happened before, as a route with its outcomes.
    private func phrase(_ after: StartRule.After) -> PlanPhrase {
        guard let route = self.after.procedure(after.procedure) ?? before.procedure(after.procedure) else {
            return .written(after.procedure)
        }
        let outcomes = after.outcomes.map { id in
            (self.after.procedure(route.id)?.outcome(id) ?? before.procedure(route.id)?.outcome(id))?.title
                ?? Localized(nl: id, en: id)
        }
        guard !outcomes.isEmpty else { return .text(route.title) }
        return .text(
            Localized(
                nl: "\(route.title.nl) (\(outcomes.map(\.nl).joined(separator: ", ")))",
                en: "\(route.title.en) (\(outcomes.map(\.en).joined(separator: ", ")))"))
    }

    /// Steps by their titles.
    func steps(_ ids: [String], _ routes: (old: ProcedureRule, new: ProcedureRule)) -> PlanPhrase {
        .list(
            ids.map { id in
                let step = routes.new.step(id) ?? routes.old.step(id)
                return step.map { .text($0.title) } ?? .written(id)
            })
    }

    /// Those who wait for the end of a route, and those who bring it there.
    private func waiting(_ routes: [ProcedureRule]) -> [PlanAudience] {
        [.parents] + audience(routes.flatMap { route in route.start.by + route.outcomes.flatMap { route.deciders(of: $0.id) } })
    }

    private func compareClocks(_ old: ProcedureRule, _ new: ProcedureRule, _ route: Spot) {
        let concerns = waiting([old, new])
        let at = { (clock: ClockRule, sources: PlanSources) in
            route.inner("clocks.\(clock.id)", clock.title, concerns: concerns, sources: sources)
        }
        things(old.clocks, new.clocks, key: \.id) { clock in
            add(.clockAdded, at(clock, PlanSources(nil, clock.source)), nil, .term(clock.within))
        } removed: { clock in
            add(.clockRemoved, at(clock, PlanSources(clock.source, nil)), .term(clock.within), nil)
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            node(spot, was, now, told: ["title", "when", "within", "from", "pausedIn", "extended", "warn", "ground", "note"]) {
                reworded(.title, spot, was.title, now.title)
                changed(.within, spot, was.within.period, now.within.period) { .period($0) }
                changed(.countsBy, spot, was.within.countsBy, now.within.countsBy) { .written($0.rawValue) }
                changed(.clockWhen, spot, was.when, now.when) { .condition($0) }
                compareExtension(was.extended, now.extended, (old, new), spot)
                changed(.clockFrom, spot, was.from, now.from) { .from($0) }
                partly(.pausedIn, spot, was.pausedIn, now.pausedIn) { self.steps($0, (old, new)) }
                changed(.warn, spot, was.warn, now.warn) { .list($0.map { .period($0) }) }
                reworded(.ground, spot, was.ground, now.ground)
                reworded(.remark, spot, was.note, now.note)
            }
        }
    }

    /// A step, or one choice of it written `step.choice`, by its title.
    private func taken(_ written: String, _ routes: (old: ProcedureRule, new: ProcedureRule)) -> PlanPhrase {
        let parts = written.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let step = routes.new.step(parts[0]) ?? routes.old.step(parts[0]) else {
            return steps([written], routes)
        }
        let choice = step.choice(parts[1])?.title ?? Localized(nl: parts[1], en: parts[1])
        return .text(Localized(nl: "\(step.title.nl): \(choice.nl)", en: "\(step.title.en): \(choice.en)"))
    }

    /// By how much a term can be lengthened, and by which step.
    private func compareExtension(
        _ old: ClockRule.Extension?, _ new: ClockRule.Extension?, _ routes: (old: ProcedureRule, new: ProcedureRule),
        _ clock: Spot
    ) {
        var spot = clock
        spot.sources = PlanSources(old?.source ?? clock.sources.before, new?.source ?? clock.sources.after)
        let count = found.count
        changed(.clockExtended, spot, old?.with, new?.with) { $0.map { .term($0) } }
        if let old, let new {
            changed(.clockExtendedBy, spot, old.by, new.by) { .list($0.map { self.taken($0, routes) }) }
            if old.source != new.source, found.count == count { add(.source, spot) }
        }
    }

    private func compareOutcomes(_ old: ProcedureRule, _ new: ProcedureRule, _ route: Spot) {
        let at = { (outcome: OutcomeRule) in
            let sources = PlanSources(
                old.outcome(outcome.id).map { $0.decision?.source ?? old.source },
                new.outcome(outcome.id).map { $0.decision?.source ?? new.source })
            let deciders = old.deciders(of: outcome.id) + new.deciders(of: outcome.id)
            let concerns = [.parents] + self.audience(old.start.by + new.start.by + deciders)
            return route.inner("outcomes.\(outcome.id)", outcome.title, concerns: concerns, sources: sources)
        }
        things(old.outcomes, new.outcomes, key: \.id, order: route) { outcome in
            add(.outcomeAdded, at(outcome), nil, outcome.explanation.map { .text($0) })
        } removed: { outcome in
            add(.outcomeRemoved, at(outcome), outcome.explanation.map { .text($0) }, nil)
        } both: { was, now in
            let spot = at(now)
            node(spot, was, now, told: ["title", "explanation", "note", "leadsTo", "grants", "movesTo", "decision"]) {
                reworded(.title, spot, was.title, now.title)
                reworded(.explanation, spot, was.explanation, now.explanation)
                reworded(.remark, spot, was.note, now.note)
                listed(.leadsToGained, .leadsToLost, spot, was.leadsTo, now.leadsTo) { id in
                    (after.procedure(id) ?? before.procedure(id)).map { .text($0.title) } ?? .written(id)
                }
                changed(.grants, spot, was.grants, now.grants) { $0.map { .written($0) } }
                compareMove(was.movesTo, now.movesTo, spot.also([.parents]))
                switch (was.decision, now.decision) {
                case (nil, let decision?): add(.decisionAdded, spot, nil, .written(decision.number))
                case (let decision?, nil): add(.decisionRemoved, spot, .written(decision.number), nil)
                case (let was?, let now?): compare(was, now, (old, new), spot)
                case (nil, nil): break
                }
            }
        }
    }

    /// Whether and how the dossier goes to another school with the child.
    private func compareMove(_ old: MovesToRule?, _ new: MovesToRule?, _ outcome: Spot) {
        guard let old, let new else {
            return changed(.movesTo, outcome, old, new) { $0.map { self.fields([$0.field]) } }
        }
        var spot = outcome
        spot.sources = PlanSources(old.source, new.source)
        node(spot, old, new, told: ["field", "agreement", "without"]) {
            changed(.movesTo, spot, old.field, new.field) { self.fields([$0]) }
            changed(.movesToAgreement, spot, old.agreement, new.agreement) { id in
                let purpose = (after.purposes + before.purposes).first { $0.id == id }
                return purpose.map { .text($0.title) } ?? id.map { .written($0) }
            }
            let parts = [old, new].map { rule in DossierPart.allCases.filter(rule.without.contains) }
            partly(.without, spot, parts[0], parts[1]) { .list($0.map { .part($0) }) }
        }
    }

    private func compare(
        _ old: DecisionRule, _ new: DecisionRule, _ routes: (old: ProcedureRule, new: ProcedureRule), _ outcome: Spot
    ) {
        var spot = outcome
        spot.path += ".decision"
        let told: Set = [
            "number", "counter", "validity", "letter", "reasonsField", "advices", "copies", "objection", "appeal",
        ]
        node(spot, old, new, told: told) {
            changed(.number, spot, old.number, new.number) { .written($0) }
            changed(.counter, spot, old.counter, new.counter) { .written($0) }
            changed(.decisionLetter, spot, old.letter, new.letter) { id in
                (after.letters[id] ?? before.letters[id]).map { .text($0.title) } ?? .written(id)
            }
            changed(.reasonsField, spot, old.reasonsField, new.reasonsField) { self.fields([$0]) }
            partly(.advices, spot, old.advices, new.advices) { self.steps($0, routes) }
            partly(.copies, spot, old.copies, new.copies) { self.fields($0) }
            changed(.objection, spot, old.objection, new.objection) { $0.map { .term($0) } }
            changed(.appeal, spot, old.appeal, new.appeal) { $0.map { .term($0) } }
            if let old = old.validity, let new = new.validity {
                changed(.neverLater, spot, old.neverLater, new.neverLater) { .yesNo($0) }
            }
            changed(.validity, spot, old.validity, new.validity) { validity in
                guard let validity else { return nil }
                let table = after.tables[validity.table] ?? before.tables[validity.table]
                return table.map { .text($0.title) } ?? .written(validity.table)
            }
        }
    }

    func fields(_ ids: [String]) -> PlanPhrase {
        .list(ids.map { id in (after.fields[id] ?? before.fields[id]).map { .text($0.title) } ?? .written(id) })
    }
}

extension ProcedureRule {
    /// Everybody who has a part in the route.
    var people: [String] {
        start.by
            + steps.flatMap { step in
                step.by.functions + (step.meeting.map { [$0.chair] + $0.required + $0.optional } ?? [])
            }
    }
}
