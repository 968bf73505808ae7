import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Choosing a password by a link in a mail, and asking for such a mail.
struct PasswordLinkRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.passwordForgotten.path), use: ask)
        pages.post(RouterPath(Address.passwordForgotten.path), use: send)
        pages.get("/wachtwoord/:link", use: show)
        pages.post("/wachtwoord/:link", use: choose)
    }

    private var accounts: Accounts { site.installation.vault.accounts }

    // MARK: Asking

    private func ask(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard site.linkPost != nil else { throw NotFound() }
        return try await askPage(request, context)
    }

    private func askPage(_ request: Request, _ context: SiteContext, wait: Int? = nil) async throws -> Response {
        let texts = site.texts(context)
        let page = DoorPage(
            title: texts("passwordLink.forgotten"), lead: texts("passwordLink.forgottenLead"),
            form: Form(
                action: Address.passwordForgotten.path, button: texts("passwordLink.send"),
                fields: [
                    FormField(
                        name: "email", label: texts("signIn.email"), kind: .email, value: context.form["email"],
                        autocomplete: "username")
                ], problems: wait.map { [FormProblem(texts.count("signIn.wait", $0), field: "email")] } ?? []),
            next: Link(texts("passwordLink.back"), .signIn))
        var response = try await site.show(
            page, request, context, nil, status: wait == nil ? .ok : .tooManyRequests)
        if let wait { response.headers[.retryAfter] = String(wait) }
        return response
    }

    /// Answers the same, in the same time, whether the address is somebody's or not.
    private func send(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard site.linkPost != nil else { throw NotFound() }
        let texts = site.texts(context)
        let email = context.form["email"]
        do {
            try await accounts.beginPasswordMail(
                email: email, source: site.source(request, context), at: site.installation.clock.now())
        } catch AccountRefusal.wait(let until) {
            context.note(.slowed)
            return try await askPage(request, context, wait: site.seconds(until: until))
        }
        // How long a mail takes would tell whose address it is, so nobody waits for it.
        Task { [site] in
            guard let account = try? await site.installation.vault.accounts.account(email: email) else { return }
            await site.mailPasswordLink(to: account.person, .forgotten, context)
        }
        let page = DoorPage(
            title: texts("passwordLink.sent"), lead: texts("passwordLink.sentLead"), form: nil,
            next: Link(texts("passwordLink.back"), .signIn))
        return try await site.show(page, request, context, nil)
    }

    // MARK: Choosing

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard
            let account = try await accounts.owner(
                ofLink: try context.parameter("link"), at: site.installation.clock.now())
        else { return try await gonePage(request, context) }
        return try await choosePage(account, request, context)
    }

    private func choosePage(
        _ account: Account, _ request: Request, _ context: SiteContext, problem: String? = nil
    ) async throws -> Response {
        let texts = site.texts(context)
        var field = FormField(
            name: "new", label: texts("account.newPassword"), kind: .password, autocomplete: "new-password")
        field.hint = texts("account.passwordHint")
        let page = DoorPage(
            title: texts("passwordLink.title"), lead: texts("passwordLink.lead", ["email": account.email]),
            form: Form(
                action: Address.passwordLink(try context.parameter("link")).path, button: texts("passwordLink.button"),
                fields: [field], problems: problem.map { [FormProblem($0, field: "new")] } ?? []),
            others: try await others(account, context))
        return try await site.show(page, request, context, nil, status: problem == nil ? .ok : .unprocessableContent)
    }

    /// With the account of one's own school instead: not for who has no function, because no school proves them.
    private func others(_ account: Account, _ context: SiteContext) async throws -> [Link] {
        guard try await !site.installation.actor(account.person).functions.isEmpty else { return [] }
        let secret = try context.parameter("link")
        return site.providerLinks(context) { Address.invitationElsewhere(secret, $0).path }
    }

    private func gonePage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let texts = site.texts(context)
        let page = DoorPage(
            title: texts("passwordLink.gone"), lead: texts("passwordLink.goneLead"), form: nil,
            next: site.linkPost == nil
                ? Link(texts("passwordLink.back"), .signIn) : Link(texts("passwordLink.forgotten"), .passwordForgotten))
        return try await site.show(page, request, context, nil, status: .notFound)
    }

    private func choose(_ request: Request, _ context: SiteContext) async throws -> Response {
        let secret = try context.parameter("link")
        guard let account = try await accounts.owner(ofLink: secret, at: site.installation.clock.now()) else {
            return try await gonePage(request, context)
        }
        do {
            let name = try await site.installation.names.people([account.person])[account.person]
            let signedIn = try await accounts.choosePassword(
                context.form["new"], byLink: secret, name: name, at: site.installation.clock.now())
            guard let signedIn else { return try await gonePage(request, context) }
            if let session = context.session { try await accounts.signOut(session) }
            context.note(.passwordChanged, of: account.person)
            return SignInRoutes(site: site).begin(signedIn, after: Address.work.path)
        } catch AccountRefusal.password(let faults) {
            return try await choosePage(account, request, context, problem: site.texts(context).sentence(faults))
        }
    }
}

extension Site {
    /// How somebody comes by the password of an account that was made for them.
    enum Given: Equatable {
        /// They choose one by a mail, and nobody else knows it.
        case mailed
        /// It is told to them: shown once, kept nowhere.
        case told(String)
    }

    /// Mails a link when this site sends mail and it can be handed over; else the password that was made is told.
    ///
    /// - Parameter password: nil when no account was made, and then nothing is given.
    func give(_ password: String?, to email: String, _ context: SiteContext) async throws -> Given? {
        guard let password else { return nil }
        guard let account = try await installation.vault.accounts.account(email: email),
            await mailPasswordLink(to: account.person, .invited, context)
        else { return .told(password) }
        return .mailed
    }

    /// Mails somebody a link with which they choose a password.
    ///
    /// The mail is in both languages, because nobody knows yet which one its reader speaks. It names nobody.
    /// - Returns: whether it was handed over; when not, what happened stands in the log of the server.
    @discardableResult
    func mailPasswordLink(to person: PersonID, _ occasion: PasswordLink.Occasion, _ context: SiteContext) async -> Bool {
        guard let post = linkPost else { return false }
        do {
            let accounts = installation.vault.accounts
            guard let account = try await accounts.account(of: person) else { return false }
            let secret = try await accounts.makePasswordLink(for: person, occasion, at: installation.clock.now())
            let values = [
                "partnership": installation.rules.partnership.name, "link": post.address + Address.passwordLink(secret.text).path,
            ]
            let texts = Language.allCases.map { face.texts($0)("passwordLink.mail.\(occasion.rawValue)", values) }
            try await post.post.send(
                OutgoingMail(
                    to: account.email,
                    subject: face.texts(.nl)("passwordLink.mail.subject", values), text: texts.joined(separator: "\n\n---\n\n")))
            context.note(.passwordMailed, of: person)
            return true
        } catch AccountRefusal.unknownAccount {
            // Closed: who asks for a mail learns nothing of it.
            return false
        } catch {
            context.note(.passwordNotMailed, of: person)
            return false
        }
    }
}
