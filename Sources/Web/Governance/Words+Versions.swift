import Domain
import UseCases

extension Words {
    /// The list of versions, as far as the reader may see them.
    ///
    /// - Parameters:
    ///   - versions: those of which something was recorded and that the reader may see.
    ///   - broken: those that were put in force and cannot be followed.
    func versionsPage(
        followed: [PlanRules], inForce: PlanRules, versions: [PlanVersion], broken: [PlanKey]
    ) -> PlanVersionsPage {
        func row(
            _ key: PlanKey, _ title: Localized?, _ about: String, _ chip: Chip?, waits: String? = nil
        ) -> PlanVersionsPage.Row {
            PlanVersionsPage.Row(
                title: title?[language] ?? key.rawValue, href: Address.planVersion(key.rawValue).path, about: about,
                waits: waits, chip: chip)
        }
        func since(_ day: Day) -> String {
            texts(day > today ? "approval.comesOn" : "approval.since", ["day": format.plainDay(day)])
        }
        let coming = followed.filter { $0.inForce > today }.map {
            row($0.key, $0.title, since($0.inForce), Chip(texts("approval.state.coming"), .wait))
        }
        let making = versions.filter { !$0.isKnown && [.draft, .submitted, .adopted].contains($0.state) }.map { version in
            row(
                version.key, version.title,
                version.amends.map { base in
                    texts(
                        "approval.amends",
                        ["version": followed.first { $0.key == base }?.title[language] ?? base.rawValue])
                } ?? "",
                Chip(texts("approval.state.\(version.state.rawValue)"), .wait), waits: waits(version))
        }
        let broken = broken.map { key in
            row(
                key, versions.first { $0.key == key }?.title, texts("approval.fault.short"),
                Chip(texts("approval.state.broken"), .late))
        }
        let older = followed.filter { $0.inForce <= today && $0.key != inForce.key }.reversed().map {
            row($0.key, $0.title, since($0.inForce), nil)
        }
        let withdrawn = versions.filter { $0.state == .withdrawn }.map {
            row($0.key, $0.title, "", Chip(texts("approval.state.withdrawn")))
        }
        let groups: [(String, [PlanVersionsPage.Row])] = [
            (
                "inForce",
                [row(inForce.key, inForce.title, since(inForce.inForce), Chip(texts("approval.state.inForce"), .ok))]
            ),
            ("coming", coming), ("making", making), ("broken", broken), ("older", older), ("withdrawn", withdrawn),
        ]
        return PlanVersionsPage(
            title: texts("approval.list"),
            lead: texts(rules.governance == nil ? "approval.listNotArranged" : "approval.listLead"),
            groups: groups.filter { !$0.1.isEmpty }.map {
                PlanVersionsPage.Group(title: texts("approval.groups.\($0.0)"), rows: $0.1)
            })
    }

    /// For whom a version waits, in one sentence.
    func waits(_ version: PlanVersion) -> String? {
        guard let governance = rules.governance else { return nil }
        let act: GovernanceRule.Act? =
            switch version.state {
            case .draft: .submit
            case .submitted: version.nextStage(governance) ?? .enact
            case .adopted: .enact
            case .absent, .enacted, .withdrawn: nil
            }
        guard let act else { return nil }
        if act == .agree {
            return texts("approval.waitsFor", ["who": format.list(version.missing(governance).map { $0.title[language] })])
        }
        let who = functions(governance.functions(for: act))
        return who.isEmpty ? nil : texts("approval.waitsFor", ["who": who])
    }
}
