import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Asks whether it is still the owner who sits there, before something that nobody else may do in their name.
///
/// A browser that was left open reads on for an hour; it signs, decides, exports and destroys nothing (ASVS 5.0, 7.5.3). Who
/// gave a password or code a short while ago is not asked again. Not in a practice environment, where all passwords are known.
struct OwnerCheck {
    /// What is about to be done; the sentences are in the texts under `ownerCheck.<act>`.
    enum Act: String, CaseIterable {
        case decide, sign, export, secondFactor, sessions, destroy, access, identity, key
    }

    /// Name of the field with the password or code.
    static let field = "_bevestiging"

    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.post(RouterPath(Address.ownerCheck.path), use: goOn)
    }

    /// What has to be shown before the act; nil when it may go on.
    ///
    /// What was filled in goes along in the page that asks, and comes back with the answer: nothing typed is lost.
    func first(_ act: Act, _ request: Request, _ context: SiteContext) async throws -> Response? {
        guard site.options.practice == nil, let session = context.session, !isRecognised(session, for: act) else { return nil }
        guard request.method == .post, context.form.fields[Self.field] != nil else {
            return try await page(act, request, context)
        }
        guard let problem = try await problem(session, request, context) else { return nil }
        return try await page(act, request, context, problem: problem)
    }

    private func isRecognised(_ session: Session, for act: Act) -> Bool {
        let accounts = site.installation.vault.accounts
        let now = site.installation.clock.now()
        if accounts.isFresh(session, at: now) { return true }
        // Who came in a moment ago by a provider that does not say when they signed in there has nothing else to show before
        // there is a second factor.
        return act == .secondFactor && session.provider != nil && !session.hasSecondFactor && accounts.isNew(session, at: now)
    }

    /// Who has neither a code nor a password here shows elsewhere that it is them; nil for everybody else.
    func elsewhere(_ session: Session) async throws -> (any SignInProvider)? {
        let accounts = site.installation.vault.accounts
        guard !session.hasSecondFactor, try await accounts.account(of: session.person)?.hasPassword != true else { return nil }
        let linked = try await accounts.identities(of: session.person).map(\.provider)
        // First where they signed in this time.
        return site.providers.first { $0.key == session.provider && linked.contains($0.key) }
            ?? site.providers.first { linked.contains($0.key) }
    }

    /// Takes the password or code and goes on to a page or file that was asked for before.
    private func goOn(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        guard let session = context.session, let act = Act(rawValue: context.form[Self.act]) else { throw NotFound() }
        if let problem = try await problem(session, request, context) {
            return try await page(act, request, context, problem: problem)
        }
        let after = context.form[Self.after]
        return site.redirect(path: Site.isOwnPath(after) ? after : Address.account.path)
    }

    /// What is wrong with the password or code, or nil, and then the owner was recognised.
    ///
    /// - Throws: `AccountRefusal.busy`, which is nobody's mistake.
    private func problem(_ session: Session, _ request: Request, _ context: SiteContext) async throws -> String? {
        let texts = site.texts(context)
        if try await elsewhere(session) != nil { return texts("ownerCheck.notYet") }
        do {
            try await site.installation.vault.accounts.recognise(
                context.form[Self.field], in: session, source: site.source(request, context), at: site.installation.clock.now())
            context.note(.recognised, of: session.person)
            return nil
        } catch AccountRefusal.wait(let until) {
            context.note(.slowed, of: session.person)
            return texts.count("signIn.wait", site.seconds(until: until))
        } catch AccountRefusal.wrongCode {
            context.note(.notRecognised, of: session.person)
            return texts("secondFactor.wrong")
        } catch AccountRefusal.wrongCredentials {
            context.note(.notRecognised, of: session.person)
            return texts("account.wrongPassword")
        }
    }

    // MARK: Drawing

    /// Names of the fields that a page or file was asked for by.
    private static let act = "wat"
    private static let after = "naar"

    private func page(
        _ act: Act, _ request: Request, _ context: SiteContext, problem: String? = nil
    ) async throws -> Response {
        let texts = site.texts(context)
        if let session = context.session, let provider = try await elsewhere(session) {
            return try await page(act, by: provider, request, context, problem: problem)
        }
        let asksCode = context.session?.hasSecondFactor == true
        var field = asksCode ? SecondFactorRoutes.field(texts, hint: "secondFactor.code.hint") : nil
        field =
            field.map {
                FormField(
                    name: Self.field, label: $0.label, kind: $0.kind, hint: $0.hint, autocomplete: $0.autocomplete)
            }
            ?? FormField(
                name: Self.field, label: texts("signIn.password"), kind: .password, autocomplete: "current-password")
        let isForm = request.method == .post
        let unseen = unseen(act, request, context)
        let page = DoorPage(
            title: texts("ownerCheck.title"),
            lead: [texts("ownerCheck.\(act.rawValue)"), texts(asksCode ? "ownerCheck.code" : "ownerCheck.password")]
                .joined(separator: " "),
            form: Form(
                action: isForm ? request.uri.path : Address.ownerCheck.path, button: texts("ownerCheck.button"),
                fields: [field].compactMap(\.self) + unseen,
                problems: problem.map { [FormProblem($0, field: Self.field)] } ?? []))
        return try await site.show(page, request, context, nil, status: problem == nil ? .ok : .unprocessableContent)
    }

    /// What was filled in, or what was asked for, to go along with the answer.
    private func unseen(_ act: Act, _ request: Request, _ context: SiteContext) -> [FormField] {
        let sent: [(String, String)] =
            request.method == .post
            ? context.form.fields.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } }
            : [(Self.act, act.rawValue), (Self.after, request.uri.description)]
        return sent.filter { $0.0 != Self.field && $0.0 != PostedForm.csrf }.map { name, value in
            FormField(name: name, label: "", kind: .hidden, value: value)
        }
    }

    /// A page or file comes by itself after signing in elsewhere; a form waits here meanwhile, with all that is in it.
    private func page(
        _ act: Act, by provider: any SignInProvider, _ request: Request, _ context: SiteContext, problem: String?
    ) async throws -> Response {
        let texts = site.texts(context)
        let name = provider.name[context.language]
        let button = texts("ownerCheck.goElsewhere", ["name": name])
        let isForm = request.method == .post
        let lead = [
            texts("ownerCheck.\(act.rawValue)"),
            texts(isForm ? "ownerCheck.elsewhereForm" : "ownerCheck.elsewhere", ["name": name]),
        ].joined(separator: " ")
        guard isForm else {
            let page = DoorPage(
                title: texts("ownerCheck.title"), lead: lead, form: nil,
                next: Link(button, Site.path(.ownerCheckElsewhere(provider.key), after: request.uri.description)))
            return try await site.show(page, request, context, nil)
        }
        let answer = FormField(name: Self.field, label: "", kind: .hidden, value: provider.key)
        let page = DoorPage(
            title: texts("ownerCheck.title"), lead: lead,
            elsewhere: Link(button, Address.ownerCheckElsewhere(provider.key)),
            form: Form(
                action: request.uri.path, button: texts("ownerCheck.button"),
                fields: [answer] + unseen(act, request, context), problems: problem.map { [FormProblem($0, field: nil)] } ?? []))
        return try await site.show(page, request, context, nil, status: problem == nil ? .ok : .unprocessableContent)
    }
}
