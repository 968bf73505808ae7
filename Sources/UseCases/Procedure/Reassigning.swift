import Domain
import Journal

/// What choosing another person for an open step needs: who it is now, and who it can be.
package struct ReassignForm: Sendable {
    package let rules: PlanRules
    /// The question in which the person is chosen.
    package let field: Field
    package let current: PersonID
    /// Whether the person chosen still holds the function: if not, nobody can take the step.
    package let isHeld: Bool
    /// Everybody else who can be chosen.
    package let candidates: [ProcedureForm.Candidate]
}

extension Installation {
    /// How this person can choose another one for an open step; nil when it is not up to them.
    package func reassignForm(_ step: String, of instance: InstanceID, in seen: SeenDossier) async throws -> ReassignForm? {
        guard let procedure = seen.dossier.procedure(instance), let rules = shelf[procedure.plan],
            let route = rules.procedure(procedure.rule), let rule = route.step(step),
            let id = seen.dossier.reassignable(rule, in: procedure, route, seen.sight, by: seen.actor),
            let field = rules.fields[id]
        else { return nil }
        let current = PersonID(procedure.answers[id]?.text ?? "")
        let all = try await candidates([field], seen.dossier)[id] ?? []
        return ReassignForm(
            rules: rules, field: field, current: current, isHeld: all.contains { $0.person == current },
            candidates: all.filter { $0.person != current })
    }

    /// Chooses another person for an open step.
    package func reassign(
        _ step: String, to person: PersonID, because reason: String, of instance: InstanceID, in dossier: DossierID,
        as actor: Actor
    ) async throws -> Dossier {
        try await perform(
            .reassign(.init(instance: instance, step: step, person: person, reason: reason)), on: dossier, as: actor)
    }

    /// Opens the page of a step: for whoever may read procedures, and for whoever has this very step to do.
    ///
    /// - Throws: `NotFound` for everybody else.
    package func seeStep(
        _ step: String, of instance: InstanceID, in dossier: DossierID, as actor: Actor
    ) async throws -> SeenDossier {
        let seen = try await glance(dossier, as: actor)
        guard !seen.sight.sees(.procedures) else { return try await see(dossier, [.procedures], as: actor) }
        guard seen.hasToDo(step, of: instance, shelf) else { throw NotFound() }
        return try await see(dossier, [.child, .groeidocument], all: false, as: actor)
    }
}

extension SeenDossier {
    /// Whether this open step waits for this reader.
    package func hasToDo(_ step: String, of instance: InstanceID, _ shelf: PlanShelf) -> Bool {
        guard let procedure = dossier.procedure(instance), let rules = shelf[procedure.plan],
            let route = rules.procedure(procedure.rule)
        else { return false }
        return toDo(in: procedure, route, rules).contains { $0.step == step }
    }
}
