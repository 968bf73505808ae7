import Domain
import Journal
import Plan

extension Installation {
    /// How a decision came about by the plan it was taken under, and what would have made it another.
    ///
    /// What was known is what was known on that moment; later answers change nothing. The look is logged like any other. Who may
    /// see the decision and not the procedure reads what came out and the rows it rests on, and nothing of the way there.
    /// - Throws: `NotFound` when there is no such decision, or when it is not for this person.
    package func explanation(ofDecision number: String, as actor: Actor) async throws -> CaseExplanation {
        guard let row = try await registers.decision(number: number) else { throw NotFound() }
        let seen = try await see(row.dossier, [.decisions], as: actor, kind: .export)
        guard let decision = seen.dossier.decisions.last(where: { $0.number == number }),
            let explained = try await explanation(of: decision.instance, in: seen)
        else { throw NotFound() }
        return seen.sight.sees(.procedures) ? explained : explained.withoutTheWay
    }

    /// How the routes of a dossier stand or came out, oldest first.
    ///
    /// - Parameter route: key of a route, or of one run of it; nil for all that ran. Of a route that never ran is told what its
    ///   start takes.
    /// - Throws: `NotFound` when the dossier or its procedures are not for this person, or there is no such route.
    package func explanations(
        in id: DossierID, of route: String? = nil, as actor: Actor
    ) async throws -> [CaseExplanation] {
        let seen = try await see(id, [.procedures], as: actor, kind: .export)
        let runs = seen.dossier.procedures.filter { route == nil || $0.rule == route || $0.id.rawValue == route }
        var explained: [CaseExplanation] = []
        for run in runs {
            if let found = try await explanation(of: run.id, in: seen) { explained.append(found) }
        }
        guard explained.isEmpty, let route else { return explained }
        guard let rule = seen.rules.procedure(route) else { throw NotFound() }
        return [CaseExplainer(seen.rules, seen.dossier, on: seen.today).explanation(ofStarting: rule)]
    }

    /// One run: as it stands today, or as it was known when it ended; nil when there is no such run, or its version is gone.
    package func explanation(of instance: InstanceID, in seen: SeenDossier) async throws -> CaseExplanation? {
        guard let run = seen.dossier.procedure(instance), let rules = shelf[run.plan] else { return nil }
        guard let ended = run.ended else {
            guard let route = rules.procedure(run.rule) else { return nil }
            // Whoever looks independently of another reads no more of it here than on the pages.
            let told = run.told(toDo: seen.toDo(in: run, route, rules))
            return CaseExplainer(rules, seen.dossier, on: seen.today).explanation(of: run, told: told)
        }
        var dossier = Dossier(id: seen.dossier.id)
        var before: Dossier?
        for event in try await journal.read(Projection.stream(seen.dossier.id)) {
            // Nothing that was told after the moment counts.
            guard event.at <= ended.at else { break }
            if let run = dossier.procedure(instance), run.isRunning, run.done.last?.at != ended.at { before = dossier }
            try dossier.fold(event)
        }
        // No event holds the kind of a school, and rules ask it: each of the two is told the kind of the school of its own time.
        dossier = try await knowingSchool(dossier)
        if let known = before { before = try await knowingSchool(known) }
        guard let then = dossier.procedure(instance) else { return nil }
        let visible = seen.sight.sees(.decisions)
        return CaseExplainer(rules, dossier, on: ended.at.day).explanation(
            of: then, before: before, decision: visible ? dossier.decisions.last { $0.instance == instance } : nil)
    }
}
