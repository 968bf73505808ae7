import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Opening a dossier that is closed to somebody, because a child needs it now: by the child's whole name and day of birth, with a
/// reason, for an hour, to read.
struct EmergencyRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.emergency.path), use: show)
        pages.post(RouterPath(Address.emergency.path), use: open)
    }

    /// - Throws: `NotFound` for who may not.
    private func entering(_ context: SiteContext) throws -> Actor {
        let actor = try context.signedIn
        guard site.installation.mayOpenInEmergency(actor) else { throw NotFound() }
        return actor
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try entering(context)
        return try await page(request, context, problems: [])
    }

    private func page(
        _ request: Request, _ context: SiteContext, problems: [Refusal], noSuchChild: Bool = false
    ) async throws -> Response {
        let words = site.words(context)
        let sent = context.form
        var fields = [
            FormField(
                name: "given-name", label: words.texts("child.givenName"), kind: .text, value: sent["given-name"],
                autocomplete: "off"),
            FormField(
                name: "family-name", label: words.texts("child.familyName"), kind: .text, value: sent["family-name"],
                hint: words.texts("child.familyNameHint"), autocomplete: "off"),
            FormField(
                name: "born", label: words.texts("child.born"), kind: .date, value: sent["born"], most: words.today.description),
            FormField(
                name: "reason", label: words.texts("emergency.reason"), kind: .paragraph, value: sent["reason"],
                hint: words.texts("emergency.reasonHint"), rows: 3),
        ]
        for index in fields.indices { fields[index].error = words.error(fields[index].name, problems) }
        let page = DossierFormPage(
            title: words.texts("emergency.title"),
            lead: [words.rules.emergency?.explanation[words.language] ?? "", words.texts("emergency.lead")]
                .joined(separator: " "), frame: nil,
            form: Form(
                action: Address.emergency.path, button: words.texts("emergency.button"), fields: fields,
                problems: words.problems(problems)
                    + (noSuchChild ? [FormProblem(words.texts("emergency.noSuchChild"))] : []),
                cancel: Link(words.texts("form.cancel"), .pupils)), guardians: [], blank: nil, alike: [])
        return try await site.show(
            page, request, context, .pupils, status: problems.isEmpty && !noSuchChild ? .ok : .unprocessableContent)
    }

    private func open(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try entering(context)
        let form = context.form
        let born = Day(form["born"].trimmed)
        var problems = ["given-name", "family-name", "reason"].filter { form[$0].trimmed.isEmpty }
            .map { Refusal(.required, field: $0) }
        if born == nil { problems.append(Refusal(form["born"].trimmed.isEmpty ? .required : .notADay, field: "born")) }
        guard problems.isEmpty, let born else { return try await page(request, context, problems: problems) }
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        do {
            let (dossier, opened) = try await site.installation.openInEmergency(
                givenName: form["given-name"], familyName: form["family-name"], born: born, reason: form["reason"], as: actor)
            context.note(.emergencyOpened, of: actor.person)
            if let opened { site.tell([.emergency, .emergencyWatched], of: opened) }
            return site.redirect(.dossier(dossier.rawValue))
        } catch is NoSuchChild {
            context.note(.emergencyNotFound, of: actor.person)
            return try await page(request, context, problems: [], noSuchChild: true)
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            return try await page(request, context, problems: refused.reasons)
        }
    }
}
