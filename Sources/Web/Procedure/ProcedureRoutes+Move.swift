import Domain
import Hummingbird
import UseCases

/// Moving a running procedure to another version of the plan: the consequences first, then the reason.
extension ProcedureRoutes {
    /// Query of the page: the version to look at.
    private static let version = "naar"

    func showMove(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.procedures], as: try context.signedIn)
        let asked = request.asked(Self.version).map { PlanKey($0) }
        return try await movePage(seen, to: asked, request, context)
    }

    private func movePage(
        _ seen: SeenDossier, to asked: PlanKey?, _ request: Request, _ context: SiteContext, sent: PostedForm? = nil,
        refused: [Refusal] = []
    ) async throws -> Response {
        let instance = try context.instanceID
        guard let offer = site.installation.moveOffer(instance, to: asked, in: seen) else { throw NotFound() }
        let words = site.words(context, offer.own)
        let id = seen.dossier.id.rawValue
        let told = MoveWords(before: words, after: site.words(context, offer.to), route: offer.route, move: offer.move)
        let lost = offer.move.refusals.map { told.lost($0) }
        var reason = FormField(
            name: MoveField.reason, label: words.texts("move.reason"), kind: .paragraph, value: sent?[MoveField.reason] ?? "")
        reason.why = words.texts("move.reasonWhy")
        reason.required = true
        let page = MovePage(
            title: words.texts("move.title"), frame: try await site.frame(seen, current: nil, words),
            procedure: Link(offer.route.title[words.language], .procedure(id, instance.rawValue)),
            about: [words.texts("move.about")], before: offer.own.title[words.language], after: offer.to.title[words.language],
            others: offer.others.map { other in
                Link(other.title[words.language], .procedureVersion(id, instance.rawValue, other.key.rawValue))
            }, parts: told.parts, lost: lost,
            // What was typed stays, also when it cannot be moved any more.
            form: lost.isEmpty || sent != nil
                ? Form(
                    action: Address.procedureVersion(id, instance.rawValue, nil).path, button: words.texts("move.button"),
                    fields: [
                        reason, FormField(name: MoveField.version, label: "", kind: .hidden, value: offer.to.key.rawValue),
                        FormField(name: Self.basedOn, label: "", kind: .hidden, value: String(offer.move.basedOn)),
                    ], problems: refused.map { FormProblem(told.lost($0), field: $0.field) },
                    cancel: Link(words.texts("form.cancel"), .procedure(id, instance.rawValue))) : nil)
        return try await site.show(page, request, context, .pupils, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    /// Field of the form: the version of the dossier at which the consequences were shown.
    private static let basedOn = "gezien"

    func move(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let id = try context.dossierID
        let instance = try context.instanceID
        let seen = try await site.installation.glance(id, as: actor)
        guard seen.sight.sees(.procedures), seen.sight.may(.moveProcedure), let procedure = seen.dossier.procedure(instance)
        else {
            throw NotFound()
        }
        let to = PlanKey(context.form[MoveField.version])
        guard procedure.plan != to, procedure.isRunning else {
            // A second click: the page shows how it stands. When somebody else was first, no word is lost.
            guard let last = procedure.moves.last, last.by == actor.person, last.to == to,
                last.reason.trimmed == context.form[MoveField.reason].trimmed
            else {
                throw Refused(.procedureChangedMeanwhile)
            }
            return site.redirect(.procedure(id.rawValue, instance.rawValue))
        }
        do {
            _ = try await site.installation.move(
                instance, to: to, because: context.form[MoveField.reason], basedOn: Int(context.form[Self.basedOn]) ?? 0, in: id,
                as: actor)
            return site.redirect(.procedure(id.rawValue, instance.rawValue), done: "moved")
        } catch let refused as Refused {
            let seen = try await site.installation.see(id, [.procedures], as: actor)
            return try await movePage(seen, to: to, request, context, sent: context.form, refused: refused.reasons)
        }
    }

    /// The way to the page, for whoever may move this procedure and has a version to move it to.
    func moveLink(_ procedure: Procedure, _ seen: SeenDossier, _ words: Words) -> Link? {
        guard seen.sight.may(.moveProcedure),
            !seen.dossier.versions(toMove: procedure, site.installation.shelf, on: seen.today).isEmpty
        else { return nil }
        return Link(
            words.texts("move.link"), .procedureVersion(seen.dossier.id.rawValue, procedure.id.rawValue, nil))
    }
}
