import Domain
import UseCases

/// What guardians say together about a purpose, kindly and in sentences.
extension Words {
    /// Who agreed, who did not, what follows, and what the law allows all the same; nil while nobody said no.
    func standing(on purpose: PlanRules.Purpose, in seen: SeenDossier) -> FamilyPage.Standing? {
        let standing = seen.dossier.standing(on: purpose.id)
        guard !standing.refused.isEmpty || standing.childRefuses else { return nil }
        let refused = names(standing.refused, child: standing.childRefuses, seen)
        let title: String
        if standing.state == .divided {
            let agreed = names(standing.agreed, child: standing.child == .given, seen)
            title = texts("consent.divided", ["agreed": agreed, "refused": refused])
        } else {
            let count = standing.refused.count + (standing.childRefuses ? 1 : 0)
            title = texts.count("consent.refused", count, ["refused": refused])
        }
        let closed =
            rules.procedures(needingAgreementTo: purpose.id).map { $0.title[language] }
            + rules.askedIn(needingAgreementTo: purpose.id).map {
                texts("consent.reading", ["who": functions([$0.function])])
            }
        return FamilyPage.Standing(
            title: title,
            text: texts(standing.state == .divided ? "consent.dividedText" : "consent.refusedText"),
            closed: closed, law: purpose.without.map { $0[language] })
    }

    /// Guardians by name, for who sees the family; else how many there are. The child with them, when it says the same.
    private func names(_ guardians: [Guardian], child: Bool, _ seen: SeenDossier) -> String {
        let parents: [String] =
            if seen.sight.sees(.family) {
                guardians.map { $0.person == seen.actor.person ? texts("you") : $0.name }
            } else {
                guardians.isEmpty ? [] : [texts.count("consent.parents", guardians.count)]
            }
        return format.list(parents + (child ? [given(seen)] : []))
    }

    /// From which age the child has a say, and what that means now; nil for a child that is younger.
    func childsSay(_ seen: SeenDossier) -> String? {
        guard let child = seen.dossier.child, seen.sight.sees(.child) else { return nil }
        guard let law = rules.rights?.law.age(on: seen.today) else { return nil }
        let age = child.age(on: seen.today)
        guard age >= law.heard else { return nil }
        let decides = age >= law.itself
        return texts(
            decides ? "consent.decides" : "consent.heard",
            ["given": child.givenName, "age": String(age), "from": String(decides ? law.itself : law.heard)])
    }
}
