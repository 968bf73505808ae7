import Domain
import Hummingbird
import UseCases

/// Choosing another person for an open step, on the page of that step.
extension ProcedureRoutes {
    /// The form with which this reader can choose another person; nil when it is not up to them.
    func reassignForm(
        _ step: String, _ instance: InstanceID, _ seen: SeenDossier, _ words: Words, sent: PostedForm?, refused: [Refusal]
    ) async throws -> StepPage.Reassign? {
        guard let form = try await site.installation.reassignForm(step, of: instance, in: seen) else { return nil }
        let name = try await site.installation.names.people([form.current])[form.current] ?? words.texts("somebody")
        var person = words.field(
            form.field, value: sent.map { .text($0[form.field.id]) }, required: true, problems: refused, people: form.candidates)
        person.why = nil
        var reason = FormField(
            name: ReassignField.reason, label: words.texts("reassign.reason"), kind: .text,
            value: sent?[ReassignField.reason] ?? "")
        reason.error = refused.first { $0.field == ReassignField.reason }.map { words.refusal($0) }
        return StepPage.Reassign(
            text: words.texts(form.isHeld ? "reassign.now" : "reassign.gone", ["who": name]),
            form: Form(
                action: Address.stepPerson(seen.dossier.id.rawValue, instance.rawValue, step).path,
                button: words.texts("reassign.button"), scope: "ander", fields: [person, reason],
                problems: refused.map { FormProblem(words.refusal($0), field: $0.field) }))
    }

    func reassign(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let id = try context.dossierID
        let instance = try context.instanceID
        let step = try context.parameter("step")
        let seen = try await site.installation.glance(id, as: actor)
        guard seen.sight.sees(.procedures), let procedure = seen.dossier.procedure(instance),
            let rule = site.installation.shelf[procedure.plan]?.procedure(procedure.rule)?.step(step)
        else { throw NotFound() }
        do {
            _ = try await site.installation.reassign(
                step, to: PersonID(rule.by.chosenIn.map { context.form[$0] } ?? ""), because: context.form[ReassignField.reason],
                of: instance, in: id, as: actor)
            return site.redirect(.procedure(id.rawValue, instance.rawValue), done: "reassigned")
        } catch let refused as Refused {
            let reason = context.form[ReassignField.reason].trimmed
            if refused.reasons.contains(where: { $0.code == .stepNotOpen || $0.code == .notRunning }),
                procedure.replaced.contains(where: { $0.by == actor.person && $0.reason.trimmed == reason })
            {
                return site.redirect(.procedure(id.rawValue, instance.rawValue))
            }
            guard refused.reasons.allSatisfy({ $0.field != nil }) else { throw refused }
            return try await stepPage(seen, request, context, reassigning: (context.form, refused.reasons))
        }
    }

    /// Why a line of history about another person, or another version of the plan, says so, with what it was and is.
    func replacement(
        _ entry: HistoryEntry, _ procedure: Procedure, _ names: [PersonID: String], _ words: Words
    ) -> String? {
        if entry.code == "procedure.moved", let move = procedure.moves.first(where: { $0.at == entry.at }) {
            let shelf = site.installation.shelf
            let title = { (key: PlanKey) in shelf[key]?.title[words.language] ?? key.rawValue }
            return words.texts("move.toldWhy", ["from": title(move.from), "to": title(move.to), "reason": move.reason])
        }
        guard entry.code == "step.reassigned",
            let replaced = procedure.replaced.first(where: {
                $0.at == entry.at && $0.field == entry.values["field"] && $0.to.rawValue == entry.values["person"]
            })
        else { return nil }
        return words.texts(
            "reassign.told",
            [
                "from": names[replaced.from] ?? words.texts("somebody"), "to": names[replaced.to] ?? words.texts("somebody"),
                "reason": replaced.reason,
            ])
    }
}

extension Procedure {
    /// Everybody whose name its pages tell: who acted, who is chosen, who was replaced, who moved it to another version.
    func told(_ route: ProcedureRule) -> Set<PersonID> {
        let chosen = route.steps.compactMap { $0.by.chosenIn }.compactMap { answers[$0] }.map { PersonID($0.text) }
        return Set(
            actors + done.compactMap(\.inPlaceOf) + chosen + replaced.flatMap { [$0.from, $0.to, $0.by] } + moves.map(\.by))
    }
}
