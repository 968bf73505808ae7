extension Dossier {
    /// What happens when an outcome brings the child to another school; nothing when no school of the register was chosen.
    ///
    /// Everything that runs goes along: who acts is found again at the new school. People named at the old school are named no
    /// more, because their function is of that school.
    /// - Throws: `unknownSchool` when the school closed since it was chosen, `sameSchool` when the child came there meanwhile.
    func moving(
        _ outcome: OutcomeRule, _ procedure: Procedure, _ facts: Facts, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        guard let rule = outcome.movesTo, let from = school, let answer = facts[rule.field], !answer.isEmpty else { return [] }
        let to = OrganisationID(answer.text)
        guard to != from else { throw Refused(.sameSchool, field: rule.field, source: rule.source) }
        guard let school = setting.schools[to], school.isOpen(on: setting.today) else {
            throw Refused(.unknownSchool, field: rule.field, source: rule.source)
        }
        let unnamed = named.filter { setting.rules.function($0.function)?.place == .school }
        let moved = DossierEvent.Moved(from: from, to: to, instance: procedure.id, withheld: withheld(by: rule))
        return unnamed.map { .personUnnamed($0) } + [.moved(moved)]
    }

    /// What stays closed at the new school: all that the law does not give it, until every guardian with authority agreed.
    private func withheld(by rule: MovesToRule) -> Withheld? {
        guard let purpose = rule.agreement, !agrees(to: purpose) else { return nil }
        let parts = Set(DossierPart.allCases).subtracting(rule.without)
        return parts.isEmpty ? nil : Withheld(purpose: purpose, parts: parts)
    }
}
