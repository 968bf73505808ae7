import Domain

extension DemoStory {
    /// Somebody of the child's school who may do this in its dossier.
    func staff(for act: DossierAct) -> DemoActing? {
        let rules = rules
        for rule in rules.functions where rule.place == .school && rule.may.contains(act) {
            guard act == .openDossier || rule.sight.contains(.always) else { continue }
            if let person = stage.world.holders(of: rule.id, at: pupil.school.id).first, let actor = stage.world.actor(person) {
                return DemoActing(actor: actor, function: rule.id)
            }
        }
        return nil
    }

    /// A guardian who acts through an account of their own; nil without one.
    func acting(_ guardian: Guardian) -> DemoActing? {
        guard let person = guardian.person else { return nil }
        return DemoActing(
            actor: Actor(person: person), function: guardian.authority ? PlanRules.guardian : PlanRules.guardianWithoutAuthority)
    }

    /// Everybody who can take a step now, in the order in which they would be asked.
    mutating func actors(for step: StepRule, in procedure: Procedure, _ rules: PlanRules) -> [DemoActing] {
        var found: [DemoActing] = []
        for function in step.by.functions {
            guard let rule = rules.function(function) else { continue }
            if rule.place == .family {
                found += dossier.guardians.filter { $0.authority == (function == PlanRules.guardian) }.compactMap(acting)
                continue
            }
            let place = rule.place == .partnership ? OrganisationID.partnership : pupil.school.id
            var people = stage.world.holders(of: function, at: place)
            if let field = step.by.chosenIn, let chosen = procedure.answers[field]?.text { people = [PersonID(chosen)] }
            if !pupil.prefersFirst, people.count > 1 {
                let turn = random.below(people.count)
                people = Array(people[turn...] + people[..<turn])
            }
            found += people.compactMap { stage.world.actor($0) }.map { DemoActing(actor: $0, function: function) }
        }
        let openings = dossier.openings(stage.shelf)
        return found.filter { acting in
            let setting = Setting(now: now, actor: acting.actor, shelf: stage.shelf, people: stage.world.actors)
            guard let sight = acting.actor.sight(of: openings, rules: setting.rules, on: setting.today) else { return false }
            return (try? dossier.checkActor(step, procedure, sight, setting)) != nil
        }
    }

    /// Everybody who could start a route here.
    func starters(of route: ProcedureRule, _ rules: PlanRules) -> [DemoActing] {
        let openings = dossier.openings(stage.shelf)
        return route.start.by.flatMap { function -> [DemoActing] in
            guard let rule = rules.function(function) else { return [] }
            if rule.place == .family {
                return dossier.guardians.filter { $0.authority == (function == PlanRules.guardian) }.compactMap(acting)
            }
            let place = rule.place == .partnership ? OrganisationID.partnership : pupil.school.id
            return stage.world.holders(of: function, at: place).compactMap { stage.world.actor($0) }
                .map { DemoActing(actor: $0, function: function) }
        }.filter { $0.actor.sight(of: openings, rules: rules, on: now.day)?.functions.contains($0.function) ?? false }
    }

    /// People who can be chosen in a field, those first who were not tried before.
    mutating func candidates(_ function: String, _ disciplines: [String], _ rules: PlanRules) -> [PersonID] {
        guard let rule = rules.function(function) else { return [] }
        let place = rule.place == .partnership ? OrganisationID.partnership : pupil.school.id
        let people = stage.world.holders(of: function, at: place).filter { person in
            guard !disciplines.isEmpty, let actor = stage.world.actor(person) else { return true }
            return actor.functions.contains { $0.function == function && $0.discipline.map(disciplines.contains) == true }
        }
        guard !pupil.prefersFirst, people.count > 1 else { return people }
        let turn = random.below(people.count)
        return Array(people[turn...] + people[..<turn])
    }
}
