import Domain

extension PlanInspection {
    /// How a version is approved: by functions that can sign in, of organs that are there.
    func inspectGovernance() {
        guard let governance = rules.governance else { return }
        inspect(source: governance.source, at: "governance")
        for act in GovernanceRule.Act.allCases {
            guard let role = governance.roles[act] else { continue }
            let path = "governance.\(act.rawValue)"
            inspect(source: role.source, at: path)
            inspectApprovers(role.by, at: "\(path).by")
            if let paper = role.paper { inspect(paper, at: "\(path).shown-by") }
            for other in role.notActorOf where governance.roles[other] == nil {
                add(
                    .unknownReference, "\(path).not-actor-of", nl: "‘\(other.rawValue)’ is in dit plan niet geregeld",
                    en: "‘\(other.rawValue)’ is not arranged in this plan",
                    hint: Localized(
                        nl: "regel ook die stap onder ‘governance’, of haal hem hier weg",
                        en: "arrange that act under ‘governance’ too, or remove it here"))
            }
        }
        // What has nobody before it could never be reached.
        for act in [GovernanceRule.Act.write, .submit, .enact] where governance.roles[act] == nil {
            add(
                .missingKey, "governance", nl: "‘\(act.rawValue)’ ontbreekt: zo komt geen versie in werking",
                en: "‘\(act.rawValue)’ is missing: no version comes in force like this",
                hint: Localized(nl: "schrijf wie het doet: { by: …, source: … }", en: "write who does it: { by: …, source: … }"))
        }
        if governance.roles[.ask] != nil, governance.roles[.answer] == nil {
            add(
                .missingKey, "governance.ask", nl: "wie vragen beantwoordt (‘answer’) ontbreekt",
                en: "who answers questions (‘answer’) is missing",
                hint: Localized(
                    nl: "schrijf governance.answer: { by: …, source: … }", en: "write governance.answer: { by: …, source: … }"))
        }
        for group in governance.groups { inspect(group.title, at: "governance.ask.groups.\(group.id)") }
        inspectParties(governance.municipalities, of: .agree, at: "governance.agree.municipalities", governance)
        inspectParties(governance.boards, of: .adopt, at: "governance.adopt.boards", governance)
    }

    private func inspectParties(
        _ parties: [GovernanceRule.Party], of act: GovernanceRule.Act, at path: String, _ governance: GovernanceRule
    ) {
        if governance.roles[act] != nil, parties.isEmpty {
            add(
                .noActor, path, nl: "hier staat niemand in", en: "nobody stands in it",
                hint: Localized(
                    nl: "noem ten minste één partij met ‘title’ en ‘by’", en: "name at least one party with ‘title’ and ‘by’"))
        }
        for party in parties {
            inspect(party.title, at: "\(path).\(party.id).title")
            inspectApprovers(party.by, at: "\(path).\(party.id).by")
        }
    }

    private func inspectApprovers(_ functions: [String], at path: String) {
        refer(to: functions, .function, among: functionKeys, at: path)
        for id in functions {
            guard let function = rules.function(id), function.place != .partnership, function.place != .school else { continue }
            add(
                .nobodyCanAct, path, nl: "‘\(id)’ heeft geen account: alleen wie bij een school of bij het verband werkt",
                en: "‘\(id)’ has no account: only who is at a school or at the partnership has",
                hint: Localized(
                    nl: "noem een functie van een school of van het verband",
                    en: "name a function at a school or at the partnership"))
        }
    }
}
