import Domain

extension Procedure {
    /// The steps done that somebody may read who has these open steps still to do, in the order they were done.
    ///
    /// What was done beside such a step stays closed to them: two experts who are asked at once look independently, and
    /// read each other's advice only when they have given their own.
    package func told(toDo open: [OpenStep]) -> [DoneStep] {
        done.filter { done in !open.contains { $0.since == done.since && $0.step != done.step } }
    }
}

extension Dossier {
    /// The open steps of a procedure that somebody can take.
    package func toDo(
        in procedure: Procedure, _ route: ProcedureRule, _ rules: PlanRules, as actor: Actor
    ) -> [Procedure.OpenStep] {
        procedure.open.filter { open in
            guard let step = route.step(open.step) else { return false }
            return principals(for: step, in: procedure, rules).contains(where: actor.principals.contains)
        }
    }
}

extension SeenDossier {
    /// The open steps of a procedure that this reader can take.
    package func toDo(in procedure: Procedure, _ route: ProcedureRule, _ rules: PlanRules) -> [Procedure.OpenStep] {
        dossier.toDo(in: procedure, route, rules, as: actor)
    }
}
