import Domain
import UseCases

extension Words {
    /// Where a child stands on the waaier of the plan in force.
    ///
    /// A form is *now* when a running route stands for it; *past* when it was granted, or when a route that does not
    /// itself grant it stood for it and ended; *possible* when something that runs, or ended last, can lead to it; else
    /// the plan offers it.
    func fan(of seen: SeenDossier, _ shelf: PlanShelf) -> Fan {
        let standing = standings(seen, shelf)
        let tiers = seen.rules.tiers.map { tier in
            Fan.Tier(
                tier.title[language],
                tier.forms.map { form in
                    Fan.Form(
                        form.short[language], standing[form.id]?.standing ?? .offered, href: standing[form.id]?.href.path)
                })
        }
        return Fan(tiers, child: given(seen), texts: texts)
    }

    private func standings(_ seen: SeenDossier, _ shelf: PlanShelf) -> [String: (standing: Fan.Standing, href: Address)] {
        let dossier = seen.dossier
        let id = dossier.id.rawValue
        var found: [String: (standing: Fan.Standing, href: Address)] = [:]
        func stand(_ forms: [String], _ standing: Fan.Standing, _ href: Address) {
            for form in forms where found[form].map({ standing.weight > $0.standing.weight }) ?? true {
                found[form] = (standing, href)
            }
        }
        func lead(to routes: [String]) {
            for route in routes.compactMap({ seen.rules.procedure($0) }) {
                stand(seen.rules.forms(route.form), .possible, .planProcedure(route.id))
            }
        }
        for procedure in dossier.procedures {
            guard let rules = shelf[procedure.plan], let route = rules.procedure(procedure.rule) else { continue }
            let page = Address.procedure(id, procedure.id.rawValue)
            // Which form it is may rest on what an earlier procedure told, and what was decided then stays so.
            let decided = dossier.decisions.last { $0.instance == procedure.id }?.copies ?? [:]
            let answers = dossier.facts(rules, on: seen.today, in: procedure).answers.merging(decided) { $1 }
            let own = rules.form(route.form, with: answers).map { [$0.id] }
            guard let ended = procedure.ended else {
                stand(own ?? [], .now, page)
                // Which of several it becomes is not known yet.
                if own == nil { stand(rules.forms(route.form), .possible, page) }
                for outcome in route.outcomes { lead(to: outcome.leadsTo) }
                continue
            }
            let outcome = route.outcome(ended.outcome)
            if let granted = rules.form(outcome?.grants, with: answers) {
                stand([granted.id], .past, page)
            } else if !route.outcomes.contains(where: { !Set(rules.forms($0.grants)).isDisjoint(with: rules.forms(route.form)) })
            {
                stand(own ?? [], .past, page)
            }
            let next = outcome?.leadsTo.filter { route in
                !dossier.procedures.contains { $0.rule == route && $0.startedAt >= ended.at }
            }
            lead(to: next ?? [])
        }
        return found
    }
}

extension Fan.Standing {
    /// Which of two standings of one form is shown: what is now before what was before what may come.
    fileprivate var weight: Int {
        switch self {
        case .now: 3
        case .past: 2
        case .possible: 1
        case .offered: 0
        }
    }
}
