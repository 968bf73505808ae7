import Domain

/// What a dossier asks of one guardian now.
package struct FamilyAsks: Sendable, Hashable {
    /// Fields in the family's own words that are still empty, by part of the groeidocument, in the order of the plan.
    package struct Part: Sendable, Hashable {
        package let part: String
        package let fields: [String]
    }

    package let parts: [Part]
    /// Purposes that a procedure which can begin or runs needs agreement for, and about which this guardian said nothing yet.
    package let purposes: [String]
    /// The last locked version, when this guardian has not signed it.
    package let version: Int?

    package var isEmpty: Bool { parts.isEmpty && purposes.isEmpty && version == nil }
}

extension SeenDossier {
    /// The guardian that this person is in the dossier; nil for everybody else.
    package var ownGuardian: Guardian? { dossier.guardians.first { $0.person == actor.person } }

    /// What the dossier asks of this guardian; nothing of who may not give it.
    package func familyAsks(_ shelf: PlanShelf) -> FamilyAsks? {
        guard sight.isFamily, let guardian = ownGuardian else { return nil }
        let facts = facts
        var parts: [FamilyAsks.Part] = []
        if sight.may(.write), sight.sees(.groeidocument) {
            parts = rules.groeidocument.parts.compactMap { part in
                let empty = dossier.emptyFields(ofPart: part.id, rules, facts).filter { id in
                    rules.fields[id]?.voice.map(PlanRules.familyVoices.contains) == true
                }
                return empty.isEmpty ? nil : FamilyAsks.Part(part: part.id, fields: empty)
            }
        }
        var purposes: [String] = []
        if sight.may(.giveAgreement), guardian.authority {
            let needed = neededPurposes(shelf, facts)
            purposes = rules.purposes.map(\.id).filter { purpose in
                needed.contains(purpose) && dossier.agreement(of: guardian.id, on: purpose) == nil
            }
        }
        let last = dossier.versions.last
        let signs = sight.may(.sign) && last?.signatures.contains { $0.guardian == guardian.id } == false
        return FamilyAsks(parts: parts, purposes: purposes, version: signs ? last?.number : nil)
    }

    /// The purposes that something running, or something that could begin now, asks agreement for.
    private func neededPurposes(_ shelf: PlanShelf, _ facts: Facts) -> Set<String> {
        var needs: [Need] = []
        for procedure in dossier.procedures where procedure.isRunning {
            guard let route = shelf[procedure.plan]?.procedure(procedure.rule) else { continue }
            needs += route.steps.flatMap(\.choices).flatMap(\.needs)
        }
        for route in rules.procedures
        where dossier.mayStart(route, rules, on: today) && !dossier.procedures.contains(where: { $0.rule == route.id }) {
            needs += route.start.needs
        }
        return Set(
            needs.compactMap { need in
                guard case .agreement(let purpose) = need.kind, need.when.holds(for: facts) else { return nil }
                return purpose
            })
    }
}
