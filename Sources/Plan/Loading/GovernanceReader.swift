import Domain

/// Reads how a version of the plan is approved.
struct GovernanceReader {
    /// The whole of governance.yaml.
    func governance(_ section: PlanSection) -> GovernanceRule {
        var roles: [GovernanceRule.Act: GovernanceRule.Role] = [:]
        var groups: [Field.Option] = []
        var municipalities: [GovernanceRule.Party] = []
        var boards: [GovernanceRule.Party] = []
        var majority = GovernanceRule.Majority.unanimous
        var atMost: Period?
        var before: GovernanceRule.YearDay?
        for act in GovernanceRule.Act.allCases {
            let role = section.part(act.rawValue) { section -> GovernanceRule.Role in
                switch act {
                case .ask: groups = section.options("groups", needed: false)
                case .agree: municipalities = parties("municipalities", section)
                case .adopt:
                    boards = parties("boards", section)
                    majority = section.word("majority", else: .unanimous)
                case .enact: atMost = section.optionalPeriod("at-most")
                case .report: before = yearDay("before", section)
                default: break
                }
                return GovernanceRule.Role(
                    by: section.neededKeys("by"), notActorOf: acts("not-actor-of", section),
                    paper: act.isStep ? section.optionalText("shown-by") : nil, source: section.string("source"))
            }
            if let role { roles[act] = role }
        }
        return GovernanceRule(
            source: section.string("source"), roles: roles, groups: groups, municipalities: municipalities, boards: boards,
            majority: majority, atMost: atMost, reportBefore: before)
    }

    private func parties(_ key: String, _ section: PlanSection) -> [GovernanceRule.Party] {
        section.things(key) { id, section in
            GovernanceRule.Party(id: id, title: section.text("title"), by: section.keys("by"))
        }
    }

    private func acts(_ key: String, _ section: PlanSection) -> [GovernanceRule.Act] {
        let texts = section.keys(key)
        section.note(.words(GovernanceRule.Act.allCases.map(\.rawValue)), key)
        return texts.compactMap { text in
            section.value(key).flatMap { section.word(PlanNode(.scalar(text), at: $0.place), section.path(key)) }
        }
    }

    private func yearDay(_ key: String, _ section: PlanSection) -> GovernanceRule.YearDay? {
        guard let node = section.value(key), let text = section.scalar(node, section.path(key)) else { return nil }
        if let day = GovernanceRule.YearDay(text) { return day }
        section.bad(
            node, section.path(key), nl: "‘\(text)’ is geen dag van een jaar", en: "‘\(text)’ is no day of a year",
            hint: Localized(nl: "schrijf maand-dag: \"05-01\"", en: "write month-day: \"05-01\""))
        return nil
    }
}
