import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// The choice of one's own password, before anything else, for whoever signed in with one that was handed out.
struct OwnPasswordRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.ownPassword.path), use: show)
        pages.post(RouterPath(Address.ownPassword.path), use: choose)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        // Whoever has a password of their own changes it with the one of before.
        guard context.session?.choosesPassword == true else { return site.redirect(.account) }
        return try await page(request, context)
    }

    private func page(_ request: Request, _ context: SiteContext, problem: String? = nil) async throws -> Response {
        let texts = site.texts(context)
        var field = FormField(
            name: "new", label: texts("account.newPassword"), kind: .password, autocomplete: "new-password")
        field.hint = texts("ownPassword.hint")
        let page = DoorPage(
            title: texts("ownPassword.title"), lead: texts("ownPassword.lead"),
            form: Form(
                action: Address.ownPassword.path, button: texts("ownPassword.button"), fields: [field],
                problems: problem.map { [FormProblem($0, field: "new")] } ?? []))
        return try await site.show(page, request, context, nil, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func choose(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        guard context.session?.choosesPassword == true else { return site.redirect(.account) }
        let accounts = site.installation.vault.accounts
        do {
            let name = try await site.installation.names.people([actor.person])[actor.person]
            try await accounts.setPassword(context.form["new"], of: actor.person, name: name)
        } catch AccountRefusal.password(let faults) {
            return try await page(request, context, problem: site.texts(context).sentence(faults))
        }
        context.note(.passwordChanged, of: actor.person)
        // Every session ended with the password that two people knew; whoever chose goes on in a new one.
        let signedIn = try await accounts.begin(
            after: context.session, of: actor.person, at: site.installation.clock.now())
        return SignInRoutes(site: site).begin(signedIn, after: Address.work.path, done: "saved")
    }
}

extension Texts {
    /// Everything that is wrong with a password, in sentences.
    func sentence(_ faults: [PasswordRule.Fault]) -> String {
        faults.map { ifKnown($0.rawValue) ?? $0.rawValue }.joined(separator: " ")
    }
}
