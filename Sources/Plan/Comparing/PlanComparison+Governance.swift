import Domain

// How a version of the plan comes about.
extension PlanComparison {
    /// For those who have a part in it.
    func compareGovernance() {
        let (old, new) = (before.governance, after.governance)
        guard old != new else { return }
        let spot = Spot(
            path: "governance", thing: .word(.version), concerns: audience([old, new].flatMap { $0?.functions.sorted() ?? [] }),
            sources: PlanSources(old?.source, new?.source))
        let acts = { (rule: GovernanceRule) in
            PlanPhrase.list(GovernanceRule.Act.allCases.filter { rule.roles[$0] != nil }.map { .word(.init($0)) })
        }
        guard let old, let new else {
            return add(old == nil ? .listAdded : .listRemoved, spot, old.map(acts), new.map(acts))
        }
        let told: Set = ["roles", "groups", "municipalities", "boards", "majority", "atMost", "reportBefore"]
        node(spot, old, new, told: told) {
            for act in GovernanceRule.Act.allCases { compare(old.roles[act], new.roles[act], of: act) }
            let asking = audience((new.roles[.ask] ?? old.roles[.ask])?.by ?? [])
            compareOptions(old.groups, new.groups, "governance.ask.groups", concerns: asking)
            compareParties(old.municipalities, new.municipalities, (old, new), of: .agree)
            compareParties(old.boards, new.boards, (old, new), of: .adopt)
            changed(.votes, self.spot(of: .adopt, old.roles[.adopt], new.roles[.adopt]), old.majority, new.majority) {
                .majority($0)
            }
            changed(.planAtMost, self.spot(of: .enact, old.roles[.enact], new.roles[.enact]), old.atMost, new.atMost) {
                $0.map { .period($0) }
            }
            changed(
                .reportBefore, self.spot(of: .report, old.roles[.report], new.roles[.report]), old.reportBefore,
                new.reportBefore
            ) { $0.map { .yearDay($0) } }
        }
    }

    /// What is done with a version, for those who do it in either plan.
    private func spot(of act: GovernanceRule.Act, _ old: GovernanceRule.Role?, _ new: GovernanceRule.Role?) -> Spot {
        Spot(
            path: "governance.\(act.rawValue)", thing: .word(.init(act)), concerns: audience((old?.by ?? []) + (new?.by ?? [])),
            sources: PlanSources(old?.source, new?.source))
    }

    private func compare(_ old: GovernanceRule.Role?, _ new: GovernanceRule.Role?, of act: GovernanceRule.Act) {
        guard old != new else { return }
        let spot = spot(of: act, old, new)
        guard let old, let new else {
            return add(
                old == nil ? .stepAdded : .stepRemoved, spot, old.map { titles($0.by) }, new.map { titles($0.by) })
        }
        node(spot, old, new, told: ["by", "notActorOf", "paper"]) {
            doers(.actorsGained, .actorsLost, spot, old.by, new.by)
            listed(.notActorOfGained, .notActorOfLost, spot, old.notActorOf, new.notActorOf) { .word(.init($0)) }
            reworded(.paper, spot, old.paper, new.paper)
        }
    }

    /// The municipalities that must agree, or the boards that vote.
    private func compareParties(
        _ old: [GovernanceRule.Party], _ new: [GovernanceRule.Party], _ rules: (GovernanceRule, GovernanceRule),
        of act: GovernanceRule.Act
    ) {
        let (key, codes): (String, (added: PlanDifference.Code, removed: PlanDifference.Code)) =
            act == .agree
            ? ("municipalities", (.municipalityAdded, .municipalityRemoved)) : ("boards", (.boardAdded, .boardRemoved))
        let path = "governance.\(act.rawValue).\(key)"
        let sources = PlanSources(rules.0.roles[act]?.source, rules.1.roles[act]?.source)
        let at = { (party: GovernanceRule.Party) in
            Spot(
                path: "\(path).\(party.id)", thing: party.title,
                concerns: self.audience(
                    rules.0.functions(for: act, party: party.id) + rules.1.functions(for: act, party: party.id)),
                sources: sources)
        }
        let whole = Spot(
            path: path, thing: .word(.init(act)), concerns: audience(rules.1.roles[act]?.by ?? []), sources: sources)
        things(old, new, key: \.id, order: whole) {
            add(codes.added, at($0))
        } removed: {
            add(codes.removed, at($0))
        } both: { was, now in
            let spot = at(now)
            node(spot, was, now, told: ["title", "by"]) {
                reworded(.title, spot, was.title, now.title)
                doers(.onBehalfGained, .onBehalfLost, spot, was.by, now.by)
            }
        }
    }
}
