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
        case decide, sign, export, secondFactor, sessions, destroy, access
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
        guard site.options.practice == nil, let session = context.session,
            !site.installation.vault.accounts.isFresh(session, at: site.installation.clock.now())
        else { return nil }
        guard request.method == .post, context.form.fields[Self.field] != nil else {
            return try await page(act, request, context)
        }
        guard let problem = try await problem(session, request, context) else { return nil }
        return try await page(act, request, context, problem: problem)
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
        let sent: [(String, String)] =
            isForm
            ? context.form.fields.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } }
            : [(Self.act, act.rawValue), (Self.after, request.uri.description)]
        let unseen = sent.filter { $0.0 != Self.field && $0.0 != PostedForm.csrf }.map { name, value in
            FormField(name: name, label: "", kind: .hidden, value: value)
        }
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
}
