import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Signing in and out, the language, and the one-press way in of a practice environment.
struct SignInRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/aanmelden", use: show)
        pages.post("/aanmelden", use: signIn)
        pages.post("/afmelden", use: signOut)
        pages.post("/taal", use: language)
        pages.get("/oefenen", use: roles)
        pages.post("/oefenen", use: practise)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        if context.actor != nil { return site.redirect(.work) }
        var alsoThere: Link?
        if let key = request.uri.queryParameters["via"], let provider = site.providers.first(where: { $0.key == key }),
            let address = await provider.signOutAddress()
        {
            alsoThere = Link(site.texts(context)("elsewhere.signOut", ["name": provider.name[context.language]]), address)
        }
        return try await site.show(page(request, context, alsoThere: alsoThere), request, context, nil)
    }

    private func page(
        _ request: Request, _ context: SiteContext, email: String = "", problem: String? = nil, alsoThere: Link? = nil
    ) -> SignInPage {
        let texts = site.texts(context)
        let after = request.uri.queryParameters["naar"].map(String.init) ?? context.form["naar"]
        var fields = [
            FormField(
                name: "email", label: texts("signIn.email"), kind: .email, value: email, autocomplete: "username"),
            FormField(name: "password", label: texts("signIn.password"), kind: .password, autocomplete: "current-password"),
        ]
        if Self.isAfter(after) { fields.append(FormField(name: "naar", label: "", kind: .hidden, value: after)) }
        return SignInPage(
            title: texts("signIn.title"),
            message: request.uri.queryParameters["gedaan"] == "afgemeld" ? texts("signIn.signedOut") : nil,
            alsoThere: alsoThere,
            form: Form(
                action: Address.signIn.path, button: texts("signIn.button"), fields: fields,
                problems: problem.map { [FormProblem($0, field: "email")] } ?? []),
            providers: site.providerLinks(context) {
                Site.path(.signInElsewhere($0), after: Self.isAfter(after) ? after : "")
            }, demo: site.options.practice.map { _ in Link(texts("signIn.demo"), .demo) },
            forgotten: site.linkPost.map { _ in Link(texts("passwordLink.forgotten"), .passwordForgotten) }, asksCode: false)
    }

    private func signIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let email = context.form["email"]
        do {
            let signedIn = try await site.installation.vault.accounts.signIn(
                email: email, password: context.form["password"], source: site.source(request, context),
                at: site.installation.clock.now())
            try await end(context.session)
            context.note(.signedIn, of: signedIn.session.person)
            return goOn(signedIn, after: context.form["naar"])
        } catch let refusal as AccountRefusal {
            let texts = site.texts(context)
            context.note([.wrongCredentials, .firstPasswordEnded].contains(refusal) ? .refused : .slowed)
            let problem: String
            var status = HTTPResponse.Status.unprocessableContent
            var wait: Int?
            switch refusal {
            case .wait(let until):
                let seconds = site.seconds(until: until)
                problem = texts.count("signIn.wait", seconds)
                status = .tooManyRequests
                wait = seconds
            case .busy:
                problem = texts("signIn.busy")
                status = .serviceUnavailable
                wait = ErrorPages.busyFor
            case .firstPasswordEnded: problem = texts.count("signIn.firstPasswordEnded", Account.firstPasswordDays)
            default: problem = texts("signIn.wrong")
            }
            var response = try await site.show(
                page(request, context, email: email, problem: problem), request, context, nil, status: status)
            if let wait { response.headers[.retryAfter] = String(wait) }
            return response
        }
    }

    /// Gives the browser its session and sends it on: to what was asked for, or to the question for a code first.
    func goOn(_ signedIn: Accounts.SignedIn, after: String) -> Response {
        guard signedIn.session.asksCode, Self.isAfter(after) else { return begin(signedIn, after: after) }
        return begin(signedIn, after: Site.path(.signInCode, after: after), isOwn: true)
    }

    /// Gives the browser its session and sends it on.
    ///
    /// - Parameter isOwn: whether the path was made here, and so is followed as it is.
    func begin(_ signedIn: Accounts.SignedIn, after: String, done: String? = nil, isOwn: Bool = false) -> Response {
        var response = site.redirect(path: isOwn || Self.isAfter(after) ? after : Address.work.path, done: done)
        response.setCookie(
            Cookie(
                name: site.options.sessionCookie, value: signedIn.secret.text, path: "/", secure: site.options.secureCookies,
                httpOnly: true, sameSite: .lax))
        return response
    }

    /// Only a path of this site is followed after signing in, and not the one just come from.
    static func isAfter(_ path: String) -> Bool { Site.isOwnPath(path) && !path.hasPrefix(Address.signIn.path) }

    /// Ends the session that this browser had, so that a secret nobody carries any more opens nothing.
    private func end(_ session: Session?) async throws {
        if let session { try await site.installation.vault.accounts.signOut(session) }
    }

    private func signOut(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await end(context.session)
        if let session = context.session { context.note(.signedOut, of: session.person) }
        let via = context.session?.provider.map { "?via=\($0)" } ?? ""
        var response = site.redirect(path: Address.signIn.path + via, done: "afgemeld")
        // What the browser still holds of the pages of before goes as well; browsers heed it over TLS.
        if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = "\"cache\", \"storage\"" }
        response.setCookie(
            Cookie(
                name: site.options.sessionCookie, value: "", maxAge: 0, path: "/", secure: site.options.secureCookies,
                httpOnly: true, sameSite: .lax))
        return response
    }

    private func language(_ request: Request, _ context: SiteContext) async throws -> Response {
        let language = Language(rawValue: context.form["lang"]) ?? .nl
        let back = context.form["terug"]
        var response = site.redirect(path: Site.isOwnPath(back) ? back : Address.work.path)
        response.setCookie(
            Cookie(
                name: site.options.languageCookie, value: language.rawValue, maxAge: 365 * 24 * 3600, path: "/",
                secure: site.options.secureCookies, httpOnly: true, sameSite: .lax))
        return response
    }

    private func roles(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let practice = site.options.practice else { throw NotFound() }
        let texts = site.texts(context)
        let language = context.language
        let roles = practice.roles.enumerated().map { index, role in
            DemoPage.Role(
                value: String(index), title: role.title[language],
                who: [role.name, role.organisation].filter { !$0.isEmpty }.joined(separator: ", "), text: role.what[language])
        }
        let page = DemoPage(
            title: texts("demo.title"),
            lead: texts("demo.lead", ["day": LocalFormat(texts).day(site.installation.today)]), action: Address.demo.path,
            groups: [DemoPage.Group(title: texts("demo.group"), roles: roles)])
        return try await site.show(page, request, context, nil)
    }

    private func practise(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let practice = site.options.practice, let index = Int(context.form["rol"]),
            practice.roles.indices.contains(index)
        else { throw NotFound() }
        let now = site.installation.clock.now()
        guard let account = try await site.installation.vault.accounts.account(email: practice.roles[index].email) else {
            throw NotFound()
        }
        let signedIn = try await site.installation.vault.accounts.begin(account.person, at: now)
        try await end(context.session)
        context.note(.signedIn, of: account.person)
        return begin(signedIn, after: Address.work.path)
    }
}

extension Site {
    /// The address that failures are counted for: the visitor's, as told by the proxy when there is one.
    func source(_ request: Request, _ context: SiteContext) -> String {
        if options.trustsProxy, let name = HTTPField.Name("X-Forwarded-For"), let chain = request.headers[name],
            let last = chain.split(separator: ",").last
        {
            return Self.counted(last.trimmingCharacters(in: .whitespaces))
        }
        return Self.counted(context.remoteAddress?.ipAddress ?? "unknown")
    }

    /// What an address is counted as: of IPv6 its network of 64 bits, because whoever has one address there has all of them.
    static func counted(_ address: String) -> String {
        var sixth = in6_addr()
        guard inet_pton(AF_INET6, address, &sixth) == 1 else { return address }
        let bytes = withUnsafeBytes(of: sixth) { Array($0) }
        // An address of IPv4 that is written as one of IPv6 is still one address.
        if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff {
            return bytes.suffix(4).map { String($0) }.joined(separator: ".")
        }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
}
