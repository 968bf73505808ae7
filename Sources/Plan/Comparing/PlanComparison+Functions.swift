import Domain

// Who may see and do what.
extension PlanComparison {
    /// Functions: for those who hold them, and for the family whose dossier they see.
    func compareFunctions() {
        let at = { (rule: FunctionRule, sources: PlanSources) in
            Spot(
                path: "functions.\(rule.id)", thing: rule.title, concerns: [PlanAudience(function: rule.id)], sources: sources)
        }
        things(before.functions, after.functions, key: \.id) { rule in
            let spot = at(rule, PlanSources(nil, rule.source)).also([.parents])
            add(.functionAdded, spot, nil, .text(rule.explanation))
            if !rule.sight.isEmpty { add(.sees, spot, nil, .list(rule.sight.map { .sees($0) })) }
            if !rule.reads.isEmpty { add(.reads, spot, nil, .list(Self.parts(rule.reads))) }
            if !rule.may.isEmpty { add(.may, spot, nil, .list(Self.acts(rule.may))) }
        } removed: { rule in
            add(.functionRemoved, at(rule, PlanSources(rule.source, nil)).also([.parents]))
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            node(
                spot, was, now,
                told: ["title", "explanation", "place", "sight", "reads", "may", "disciplines", "secondFactor", "watch"]
            ) { compare(was, now, spot) }
        }
    }

    private func compare(_ old: FunctionRule, _ new: FunctionRule, _ spot: Spot) {
        reworded(.title, spot.also([.parents]), old.title, new.title)
        reworded(.explanation, spot.also([.parents]), old.explanation, new.explanation)
        changed(.place, spot.also([.parents]), old.place, new.place) { .place($0) }
        // Who sees what of a child is the family's business as well as that of whoever sees it.
        let family = spot.also([.parents])
        listed(
            .seesGained, .seesLost, family, Self.sight(old.sight, besides: new.sight),
            Self.sight(new.sight, besides: old.sight)
        ) { .sees($0) }
        read(family, old.reads, new.reads)
        let acts = DossierAct.allCases
        listed(.mayGained, .mayLost, family, acts.filter(old.may.contains), acts.filter(new.may.contains)) { .act($0) }
        listed(.disciplinesGained, .disciplinesLost, spot, old.disciplines, new.disciplines) { .discipline($0) }
        changed(.secondFactor, spot, old.secondFactor, new.secondFactor) { .yesNo($0) }
        changed(.watch, spot, old.watch, new.watch) { $0.map { .watch($0) } }
    }

    /// What one list of sight has and another has not, procedure by procedure: one route more is not a new list of routes.
    private static func sight(_ sight: [FunctionRule.Sight], besides others: [FunctionRule.Sight]) -> [FunctionRule.Sight] {
        let known = Set(others.flatMap(each))
        return sight.compactMap { one in
            let left = each(one).filter { !known.contains($0) }
            guard case .during(_, let afterwards) = one else { return left.first }
            let routes = left.flatMap { if case .during(let routes, _) = $0 { routes } else { [String]() } }
            return routes.isEmpty ? nil : .during(procedures: routes, afterwards: afterwards)
        }
    }

    private static func each(_ sight: FunctionRule.Sight) -> [FunctionRule.Sight] {
        guard case .during(let routes, let afterwards) = sight else { return [sight] }
        return routes.map { .during(procedures: [$0], afterwards: afterwards) }
    }

    private static func parts(_ parts: Set<DossierPart>) -> [PlanPhrase] {
        DossierPart.allCases.filter(parts.contains).map { .part($0) }
    }

    private static func acts(_ acts: Set<DossierAct>) -> [PlanPhrase] {
        DossierAct.allCases.filter(acts.contains).map { .act($0) }
    }
}
