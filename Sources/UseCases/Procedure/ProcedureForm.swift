import Domain
import Journal

/// Everything a form of a procedure shows: what is asked, what is known, what is still missing.
package struct ProcedureForm: Sendable {
    /// One way to end the step, with the fields it asks.
    package struct Choice: Sendable {
        package let rule: ChoiceRule
        /// What it asks by the plan, and what the table of its decision turns out to need.
        package let asks: [Ask]
        package let asked: [AskedField]
        package let needs: [NeedState]
        /// The meeting that this choice plans.
        package let meeting: MeetingRule?
        /// The end date that the plan gives, when this choice leads to a decision.
        package let validity: Validity?
    }

    package let rules: PlanRules
    package let route: ProcedureRule
    /// Nil for the form that starts the route.
    package let step: StepRule?
    package let asked: [AskedField]
    package let needs: [NeedState]
    /// The meeting that the start plans.
    package let meeting: MeetingRule?
    package let choices: [Choice]
    /// People who can be chosen, by field.
    package let people: [String: [Candidate]]
    /// Steps whose actor is the same person, where the plan advises against it.
    package let overlaps: [String]

    /// Whether a choice issues a decision in the name of whoever makes it.
    package func decides(_ choice: String) -> Bool {
        guard case .end(let outcome) = choices.first(where: { $0.rule.id == choice })?.rule.then else { return false }
        return route.outcome(outcome)?.decision != nil
    }

    /// Somebody, or a school, that can be chosen for a field.
    package struct Candidate: Sendable, Hashable {
        /// The key of the person or the school: the answer to the field.
        package let key: String
        package let name: String
        package let discipline: String?
        /// Where a school is.
        package let place: String?

        package init(person: PersonID, name: String, discipline: String?) {
            key = person.rawValue
            self.name = name
            self.discipline = discipline
            place = nil
        }

        package init(school: OrganisationRow) {
            key = school.id.rawValue
            name = school.name
            discipline = nil
            place = school.place
        }

        package var person: PersonID { PersonID(key) }
    }
}

extension Installation {
    /// The form that starts a route in a dossier.
    ///
    /// - Throws: `NotFound`, or `Refused` when this person may not start it or it cannot follow on what there is.
    package func startForm(_ procedure: String, in seen: SeenDossier) async throws -> ProcedureForm {
        let rules = seen.rules
        guard let route = rules.procedure(procedure) else { throw NotFound() }
        guard seen.sight.functions.contains(where: route.start.by.contains) else {
            throw Refused(.mayNotStart, source: route.source)
        }
        try seen.dossier.checkFollows(route, on: seen.today)
        try seen.dossier.checkOpen(route, rules, on: seen.today)
        let asked = seen.dossier.asked(route.start.asks, rules, on: seen.today)
        return ProcedureForm(
            rules: rules, route: route, step: nil, asked: asked,
            needs: seen.dossier.states(
                of: route.start.needs, rules, facts: seen.dossier.facts(rules, on: seen.today, in: nil), on: seen.today),
            meeting: route.start.plans.flatMap { route.step($0)?.meeting }, choices: [],
            people: try await candidates(asked.map(\.field), seen.dossier), overlaps: [])
    }

    /// The routes that this person can start now, in the order of the plan.
    package func startable(in seen: SeenDossier) -> [ProcedureRule] {
        let known = seen.dossier.facts(seen.rules, on: seen.today, in: nil)
        return seen.rules.procedures.filter { route in
            seen.sight.functions.contains(where: route.start.by.contains)
                && seen.dossier.mayStart(route, seen.rules, on: seen.today, known: known)
                && (route.start.repeatable || !seen.dossier.procedures.contains { $0.rule == route.id && $0.isRunning })
        }
    }

    /// The form of an open step.
    ///
    /// - Throws: `NotFound`, or `Refused` when this person may not take it.
    package func stepForm(_ step: String, of instance: InstanceID, in seen: SeenDossier) async throws -> ProcedureForm {
        let dossier = seen.dossier
        guard let procedure = dossier.procedure(instance), let rules = shelf[procedure.plan],
            let route = rules.procedure(procedure.rule), let rule = route.step(step)
        else { throw NotFound() }
        guard procedure.open.contains(where: { $0.step == step }) else {
            throw Refused(procedure.isRunning ? .stepNotOpen : .notRunning)
        }
        let setting = Setting(now: clock.now(), actor: seen.actor, shelf: shelf)
        try dossier.checkActor(rule, procedure, seen.sight, setting)
        let asked = dossier.asked(rule.asks, rules, on: seen.today, in: procedure)
        let facts = dossier.facts(rules, on: seen.today, in: procedure)
        let open = rule.choices.filter { dossier.isOpen($0, of: rule, rules, on: seen.today, in: procedure) }
        let choices = open.map { choice in
            let asks = dossier.asks(of: choice, rule, route, rules, on: seen.today, in: procedure)
            return ProcedureForm.Choice(
                rule: choice, asks: asks,
                asked: dossier.asked(asks, rules, on: seen.today, in: procedure, beside: rule.asks),
                needs: dossier.states(of: choice.needs, rules, facts: facts, on: seen.today),
                meeting: choice.plans.flatMap { route.step($0)?.meeting },
                validity: validity(of: choice, route, rules, dossier, facts, seen.today))
        }
        return ProcedureForm(
            rules: rules, route: route, step: rule, asked: asked, needs: [], meeting: nil, choices: choices,
            people: try await candidates((asked + choices.flatMap(\.asked)).map(\.field), dossier),
            overlaps: rule.by.warnActorOf.filter { procedure.lastDone($0)?.by == seen.actor.person })
    }

    private func validity(
        of choice: ChoiceRule, _ route: ProcedureRule, _ rules: PlanRules, _ dossier: Dossier, _ facts: Facts, _ day: Day
    ) -> Validity? {
        guard case .end(let outcome) = choice.then, let rule = route.outcome(outcome)?.decision?.validity else { return nil }
        return try? dossier.validity(rule, rules, facts, on: day)
    }

    /// Who can be chosen for each person field: holders of its function at the child's school or at the partnership.
    package func candidates(_ fields: [Field], _ dossier: Dossier) async throws -> [String: [ProcedureForm.Candidate]] {
        var found: [String: [ProcedureForm.Candidate]] = [:]
        for field in fields {
            if case .school(let kinds) = field.kind {
                found[field.id] = try await schools(kinds, besides: dossier.school)
                continue
            }
            guard case .person(let function, let disciplines) = field.kind, let rule = rules.function(function),
                let school = dossier.school
            else { continue }
            let place = rule.place == .partnership ? OrganisationID.partnership : school
            let held = try await registers.functions(at: place, function: function, on: today)
                .ofEach.filter { row in disciplines.isEmpty || row.discipline.map(disciplines.contains) == true }
            let names = try await names.people(held.map(\.person))
            found[field.id] =
                held.map {
                    ProcedureForm.Candidate(person: $0.person, name: names[$0.person] ?? "", discipline: $0.discipline)
                }
                .sorted { ($0.name, $0.person, $0.discipline ?? "") < ($1.name, $1.person, $1.discipline ?? "") }
        }
        return found
    }

    /// The schools of these kinds that are open, by name, without the child's own.
    private func schools(
        _ kinds: [String], besides own: OrganisationID?
    ) async throws -> [ProcedureForm.Candidate] {
        let today = today
        return try await names.organisations().filter { row in
            row.id != .partnership && row.id != own && row.known.isOpen(on: today)
                && (kinds.isEmpty || kinds.contains(row.kind))
        }.map { ProcedureForm.Candidate(school: $0) }
    }

    /// Starts a route.
    ///
    /// - Parameter instance: the key that it gets; one that was started with it already is started no second time.
    package func start(
        _ procedure: String, answers: Answers, in dossier: DossierID, instance: InstanceID? = nil, as actor: Actor
    ) async throws -> (dossier: Dossier, instance: InstanceID) {
        let instance = instance ?? InstanceID(chance.key())
        let after = try await perform(
            .start(.init(instance: instance, procedure: procedure, answers: answers)), on: dossier, as: actor)
        return (after, instance)
    }

    /// Takes a step.
    package func take(
        _ step: String, _ choice: String, answers: Answers, of instance: InstanceID, in dossier: DossierID, as actor: Actor
    ) async throws -> Dossier {
        try await perform(
            .take(.init(instance: instance, step: step, choice: choice, answers: answers)), on: dossier, as: actor)
    }
}
