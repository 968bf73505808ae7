import Domain
import Hummingbird
import UseCases

// What is typed in the forms of a procedure is kept until it is sent; of whoever may send it, and of nobody else.
extension ProcedureRoutes {
    func keepStart(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try context.dossierID
        let key = try context.parameter("procedure")
        let address = Address.newProcedure(id.rawValue, key)
        if let answer = try await site.answerToEnded(request, context, address, { try await startDraft(key, in: id, by: $0) }) {
            return answer
        }
        let seen = try await site.installation.glance(id, as: try context.signedIn)
        do {
            _ = try await site.installation.startForm(key, in: seen)
        } catch let refused as Refused where !refused.reasons.contains(where: { $0.code == .mayNotStart }) {
            // Something that it needs went missing meanwhile: what was typed waits until it is there.
        }
        return try await site.keep(
            .start(key, in: id), request, context, address: address, place: .dossier(id.rawValue))
    }

    func keepStep(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try context.dossierID
        let instance = try context.instanceID
        let step = try context.parameter("step")
        let address = Address.step(id.rawValue, instance.rawValue, step)
        let draft = { (person: PersonID) in try await stepDraft(step, of: instance, in: id, by: person) }
        if let answer = try await site.answerToEnded(request, context, address, draft) { return answer }
        let seen = try await site.installation.glance(id, as: try context.signedIn)
        let readsOn = seen.sight.sees(.procedures)
        guard readsOn || seen.hasToDo(step, of: instance, site.installation.shelf) else { throw NotFound() }
        // Also of what can be sent no more.
        if context.form[PostedForm.anew] == "ja" {
            return try await site.keep(
                .step(step, of: instance, in: id), request, context, address: address, place: .work)
        }
        do {
            _ = try await site.installation.stepForm(step, of: instance, in: seen)
        } catch let refused as Refused
            where refused.reasons.contains(where: { $0.code == .stepNotOpen || $0.code == .notRunning })
        {
            // Somebody took the step meanwhile: there is no form any more to come back to, and no word is lost.
            guard context.form.typed.isEmpty || isTaken(step, of: instance, in: seen, by: context.form) else { throw refused }
            return site.redirect(.procedure(id.rawValue, instance.rawValue))
        }
        return try await site.keep(
            .step(step, of: instance, in: id), request, context, address: address,
            place: readsOn ? .procedure(id.rawValue, instance.rawValue) : .work)
    }

    /// What somebody began in a step and can send no more, because another took it, or was chosen for it; nothing of what they sent.
    func left(of begun: BegunForm?, in step: String, of instance: InstanceID, _ seen: SeenDossier) -> [String] {
        guard let begun else { return [] }
        let done = seen.dossier.procedure(instance)?.lastDone(step)
        let isSent = done?.by == seen.actor.person && done.map { $0.at > begun.updated } == true
        return isSent ? [] : begun.sent.written
    }

    /// Whether a step that is not open was taken just so by whoever sends it again, as the rules see it: a second click, or one
    /// after an answer that was lost.
    func isTaken(_ step: String, of instance: InstanceID, in seen: SeenDossier, by sent: PostedForm) -> Bool {
        guard let procedure = seen.dossier.procedure(instance), let rules = site.installation.shelf[procedure.plan],
            let rule = rules.procedure(procedure.rule)?.step(step), let choice = rule.choice(sent[ProcedureForms.choice])
        else { return false }
        let take = DossierCommand.Take(
            instance: instance, step: step, choice: choice.id,
            answers: ProcedureForms.answers(sent, to: rule, choice, rules))
        return site.installation.refusals(of: .take(take), in: seen).isEmpty
    }

    /// Who starts a procedure; see `Site.sender`.
    func sender(start key: String, in id: DossierID, _ context: SiteContext) async throws -> Actor {
        try await site.sender(context, address: .newProcedure(id.rawValue, key)) { try await startDraft(key, in: id, by: $0) }
    }

    /// Who takes a step; see `Site.sender`.
    func sender(
        step: String, of instance: InstanceID, in id: DossierID, _ context: SiteContext
    ) async throws -> Actor {
        try await site.sender(context, address: .step(id.rawValue, instance.rawValue, step)) {
            try await stepDraft(step, of: instance, in: id, by: $0)
        }
    }

    private func startDraft(_ key: String, in id: DossierID, by person: PersonID) async throws -> DraftForm? {
        try await ifAllowed {
            let seen = try await site.installation.glance(id, as: try await site.installation.actor(person))
            _ = try await site.installation.startForm(key, in: seen)
            return .start(key, in: id)
        }
    }

    private func stepDraft(
        _ step: String, of instance: InstanceID, in id: DossierID, by person: PersonID
    ) async throws -> DraftForm? {
        try await ifAllowed {
            let seen = try await site.installation.glance(id, as: try await site.installation.actor(person))
            _ = try await site.installation.stepForm(step, of: instance, in: seen)
            return .step(step, of: instance, in: id)
        }
    }

    /// Nil for what is not there or not allowed: whoever is not signed in hears nothing about it.
    private func ifAllowed(_ form: () async throws -> DraftForm) async throws -> DraftForm? {
        do {
            return try await form()
        } catch is NotFound {
            return nil
        } catch is Refused {
            return nil
        }
    }
}
