extension Dossier {
    /// For whom an open step waits: the person chosen, or all holders of its functions at the right place.
    package func principals(for step: StepRule, in procedure: Procedure, _ rules: PlanRules) -> [Principal] {
        guard let school else { return [] }
        return step.by.functions.flatMap { function -> [Principal] in
            guard let rule = rules.function(function) else { return [] }
            let place = rule.place == .partnership ? OrganisationID.partnership : school
            if rule.place == .family {
                return guardians.compactMap { guardian in
                    guard let person = guardian.person else { return nil }
                    let principal = Principal.guardian(person, authority: guardian.authority)
                    return principal.rawValue.hasPrefix("\(function)#") ? principal : nil
                }
            }
            guard let field = step.by.chosenIn else { return [.holders(of: function, at: place)] }
            guard let chosen = procedure.answers[field]?.text, !chosen.isEmpty else { return [] }
            return [.holder(PersonID(chosen), of: function, at: place)]
        }
    }

    /// Who else follows a procedure: those whose functions start it, and those whose functions have a step in it already done.
    package func followers(of procedure: Procedure, _ route: ProcedureRule, _ rules: PlanRules) -> Set<Principal> {
        guard let school else { return [] }
        var followers: Set<Principal> = []
        for function in route.start.by {
            guard let rule = rules.function(function), rule.place == .school || rule.place == .partnership else { continue }
            followers.insert(.holders(of: function, at: rule.place == .school ? school : .partnership))
        }
        // The family follows what it may read.
        for guardian in guardians {
            guard let person = guardian.person,
                let rule = rules.function(guardian.authority ? PlanRules.guardian : PlanRules.guardianWithoutAuthority),
                rule.sight.contains(.always), rule.reads.isSuperset(of: [.child, .procedures])
            else { continue }
            followers.insert(.guardian(person, authority: guardian.authority))
        }
        for done in procedure.done {
            guard let step = route.step(done.step) else { continue }
            followers.formUnion(principals(for: step, in: procedure, rules))
        }
        return followers
    }
}
