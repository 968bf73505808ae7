import Domain
import Journal

/// What moving a procedure to another version needs: the two versions, and everything that would change.
package struct MoveOffer: Sendable {
    /// The version that it follows, with its route there.
    package let own: PlanRules
    package let route: ProcedureRule
    package let to: PlanRules
    /// Versions that it could be moved to instead.
    package let others: [PlanRules]
    package let move: ProcedureMove
}

extension Installation {
    /// The consequences of moving a procedure, for whoever may; nil for everybody else and where there is no other version.
    ///
    /// - Parameter asked: the version to look at; the first that it can be moved to when nil or when it is not one of those.
    package func moveOffer(_ instance: InstanceID, to asked: PlanKey?, in seen: SeenDossier) -> MoveOffer? {
        let shelf = shelf
        guard seen.sight.sees(.procedures), seen.sight.may(.moveProcedure), let procedure = seen.dossier.procedure(instance),
            let own = shelf[procedure.plan], let route = own.procedure(procedure.rule)
        else { return nil }
        let versions = seen.dossier.versions(toMove: procedure, shelf, on: seen.today)
        guard let to = versions.first(where: { $0.key == asked }) ?? versions.first,
            let move = seen.dossier.consequences(ofMoving: procedure, to: to, shelf, on: seen.today)
        else { return nil }
        return MoveOffer(own: own, route: route, to: to, others: versions.filter { $0.key != to.key }, move: move)
    }

    /// Moves a procedure to another version of the plan.
    ///
    /// - Parameter version: the version of the dossier at which the consequences were shown.
    package func move(
        _ instance: InstanceID, to plan: PlanKey, because reason: String, basedOn version: Int, in dossier: DossierID,
        as actor: Actor
    ) async throws -> Dossier {
        try await perform(
            .move(.init(instance: instance, to: plan, reason: reason.trimmed, basedOn: version)), on: dossier, as: actor)
    }
}
