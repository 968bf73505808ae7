import Domain
import Journal
import Plan

extension Installation {
    /// How a decision came about by the plan it was taken under, and what would have made it another.
    ///
    /// What was known is what was known on that moment; later answers change nothing. The look is logged like any other.
    /// - Throws: `NotFound` when there is no such decision, when it is not for this person, or when it has no end to explain.
    package func explanation(ofDecision number: String, as actor: Actor) async throws -> PlanExplanation {
        guard let row = try await registers.decision(number: number) else { throw NotFound() }
        _ = try await see(row.dossier, [.decisions], as: actor, kind: .export)
        var dossier = Dossier(id: row.dossier)
        for event in try await journal.read(Projection.stream(row.dossier)) {
            try dossier.fold(event)
            guard let decision = dossier.decisions.last, decision.number == number else { continue }
            guard let procedure = dossier.procedure(decision.instance), let rules = shelf[procedure.plan],
                let begin = decision.begin
            else { throw NotFound() }
            let facts = dossier.facts(rules, on: decision.issued, in: procedure)
            let taken = TakenDecision(
                procedure: procedure.rule, outcome: decision.outcome, decided: decision.issued, begin: begin,
                answers: facts.answers)
            guard let explained = PlanExplainer(rules).explanation(of: taken) else { throw NotFound() }
            return explained
        }
        throw NotFound()
    }
}
