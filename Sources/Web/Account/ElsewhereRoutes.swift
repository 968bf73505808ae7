import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import Logging
import UseCases

/// Signing in by way of a provider elsewhere: going there, coming back, and making it a way in to one's own account.
struct ElsewhereRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.signInElsewhere(":provider").path), use: signIn)
        pages.get(RouterPath(Address.signInElsewhereBack(":provider").path), use: back)
        pages.get(RouterPath(Address.ownerCheckElsewhere(":provider").path), use: confirm)
        pages.post(RouterPath(Address.linkElsewhere(":provider").path), use: link)
        pages.post(RouterPath(Address.unlinkElsewhere(":provider").path), use: unlink)
        pages.get(RouterPath(Address.invitationElsewhere(":link", ":provider").path), use: accept)
    }

    private var accounts: Accounts { site.installation.vault.accounts }

    private func provider(_ context: SiteContext) throws -> any SignInProvider {
        let key = try context.parameter("provider")
        guard let provider = site.providers.first(where: { $0.key == key }) else { throw NotFound() }
        return provider
    }

    // MARK: Going there

    private func signIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let provider = try provider(context)
        if context.actor != nil { return site.redirect(.work) }
        let after = request.uri.queryParameters["naar"].map(String.init) ?? ""
        return try await send(to: provider, for: .signIn, after: SignInRoutes.isAfter(after) ? after : "", context)
    }

    /// By a link, so that a policy about where forms may lead stands in nobody's way; it changes nothing here.
    private func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        let provider = try provider(context)
        guard let session = context.session else { throw NotFound() }
        let after = request.uri.queryParameters["naar"].map(String.init) ?? ""
        return try await send(
            to: provider, for: .confirm(session: session.name), after: Site.isOwnPath(after) ? after : "", context)
    }

    private func accept(_ request: Request, _ context: SiteContext) async throws -> Response {
        let provider = try provider(context)
        let secret = try context.parameter("link")
        // The page of the link says whose account it is; whoever is led here past it links themselves to nobody.
        guard request.isFromThisSite, try await accounts.owner(ofLink: secret, at: site.installation.clock.now()) != nil else {
            return site.redirect(.passwordLink(secret))
        }
        return try await send(to: provider, for: .invitation(link: secret), after: "", context)
    }

    /// Asked by a form of this site, and shown before one goes: whoever is led here by somebody else links nothing.
    private func link(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        let provider = try provider(context)
        guard let session = context.session else { throw NotFound() }
        if let check = try await OwnerCheck(site: site).first(.identity, request, context) { return check }
        let texts = site.texts(context)
        let name = provider.name[context.language]
        do {
            let flow = try flow(provider, .link(session: session.name), after: Address.account.path)
            let address = try await provider.address(asking: flow.question(back: back(to: provider)))
            let page = DoorPage(
                title: texts("elsewhere.link.title", ["name": name]), lead: texts("elsewhere.link.lead", ["name": name]),
                form: nil, next: Link(texts("elsewhere.link.go", ["name": name]), address))
            var response = try await site.show(page, request, context, nil)
            response.setCookie(cookie(flow.carried, lasts: ElsewhereFlow.lasts))
            return response
        } catch let trouble as SignInTrouble {
            return failed(trouble, provider, context)
        }
    }

    private func send(
        to provider: any SignInProvider, for purpose: ElsewhereFlow.Purpose, after: String, _ context: SiteContext
    ) async throws -> Response {
        do {
            let flow = try flow(provider, purpose, after: after)
            var response = site.redirect(path: try await provider.address(asking: flow.question(back: back(to: provider))))
            response.setCookie(cookie(flow.carried, lasts: ElsewhereFlow.lasts))
            return response
        } catch let trouble as SignInTrouble {
            return failed(trouble, provider, context)
        }
    }

    private func flow(
        _ provider: any SignInProvider, _ purpose: ElsewhereFlow.Purpose, after: String
    ) throws -> ElsewhereFlow {
        // A path that is too long for a cookie is not worth failing for.
        let after = after.utf8.count <= 1_000 ? after : ""
        return try ElsewhereFlow(provider.key, purpose, after: after, at: site.installation.clock.now())
    }

    /// Where the provider sends the browser: one address for each, so that no answer is taken for another's.
    private func back(to provider: any SignInProvider) -> String {
        (site.options.address ?? "") + Address.signInElsewhereBack(provider.key).path
    }

    private func cookie(_ value: String, lasts: Int) -> Cookie {
        Cookie(
            name: site.options.elsewhereCookie, value: value, maxAge: lasts, path: "/", secure: site.options.secureCookies,
            httpOnly: true, sameSite: .lax)
    }

    // MARK: Coming back

    /// Why somebody who comes back does not get further; the sentences are in the texts under `elsewhere.<end>`.
    enum End: String, CaseIterable {
        /// Too long ago, another browser, or twice.
        case again
        /// The provider says that they stopped, or does not let them.
        case stopped
        case unreachable
        case notTrusted
        /// Nobody here is known by it.
        case unknown
        /// No function here today at the organisation that was proved.
        case noFunction
        /// Another account, or another identity of this provider.
        case taken
        /// Signed in as somebody else than the owner.
        case other
        case wait

        var status: HTTPResponse.Status {
            switch self {
            case .again, .stopped: .ok
            case .unreachable: .serviceUnavailable
            case .wait: .tooManyRequests
            case .notTrusted, .unknown, .noFunction, .taken, .other: .forbidden
            }
        }
    }

    /// Name of the parameter that says why one did not get further: the address of the answer, with its code, is left at once.
    private static let end = "fout"

    private func back(_ request: Request, _ context: SiteContext) async throws -> Response {
        let provider = try provider(context)
        let asked = request.uri.queryParameters
        if let end = asked[Substring(Self.end)].flatMap({ End(rawValue: String($0)) }) {
            return try await page(end, provider, request, context)
        }
        let now = site.installation.clock.now()
        guard let carried = request.cookies[site.options.elsewhereCookie]?.value, let flow = ElsewhereFlow(carried, at: now),
            flow.provider == provider.key, let state = asked["state"], flow.isAnswered(by: String(state))
        else { return ended(.again, provider) }
        let source = site.source(request, context)
        do {
            try await accounts.beginElsewhere(source: source, at: now)
        } catch AccountRefusal.wait {
            context.note(.slowed)
            return ended(.wait, provider)
        }
        // What the provider says of an error may hold anything: a kind of ours is shown.
        guard let code = asked["code"], asked["error"] == nil else {
            context.note(.failedElsewhere, ["provider": "\(provider.key)", "reason": "stopped"])
            try await accounts.endElsewhere(source: source)
            return ended(.stopped, provider)
        }
        do {
            let proved = try await provider.identity(
                of: String(code), from: asked["iss"].map(String.init), answering: flow.question(back: back(to: provider)),
                at: now)
            var response = try await goOn(flow, proved, provider, context)
            try await accounts.endElsewhere(source: source)
            response.setCookie(cookie("", lasts: 0))
            return response
        } catch let trouble as SignInTrouble {
            // Somebody whom the provider knows guesses nothing; the staff of a school share one address.
            if [.unreachable, .otherOrganisation, .notMeant].contains(trouble) {
                try await accounts.endElsewhere(source: source)
            }
            return failed(trouble, provider, context)
        } catch let refusal as ElsewhereRefusal {
            try await accounts.endElsewhere(source: source)
            context.note(.refusedElsewhere, of: context.session?.person, ["provider": "\(provider.key)", "reason": "\(refusal)"])
            switch refusal {
            case .unknown: return ended(.unknown, provider)
            case .noFunction: return ended(.noFunction, provider)
            case .taken: return ended(.taken, provider)
            }
        }
    }

    /// Does what somebody was sent for, with who they proved to be.
    private func goOn(
        _ flow: ElsewhereFlow, _ proved: ProvedIdentity, _ provider: any SignInProvider, _ context: SiteContext
    ) async throws -> Response {
        switch flow.purpose {
        case .signIn:
            return try await enter(try await site.installation.signIn(by: proved), after: flow.after, context)
        case .invitation(let link):
            guard let signedIn = try await site.installation.accept(invitation: link, with: proved) else {
                return site.redirect(.passwordLink(link))
            }
            context.note(.identityLinked, of: signedIn.session.person, ["provider": "\(provider.key)"])
            return try await enter(signedIn, after: flow.after, context)
        case .link(let name):
            guard let session = context.session, session.name == name, !session.asksCode else { return ended(.again, provider) }
            try await site.installation.link(proved, to: session.person)
            context.note(.identityLinked, of: session.person, ["provider": "\(provider.key)"])
            return site.redirect(.account, done: "gekoppeld")
        case .confirm(let name):
            guard let session = context.session, session.name == name, !session.asksCode else { return ended(.again, provider) }
            // Whoever has a code or a password here is asked for that, and no less is enough.
            let mayShowIt = try await OwnerCheck(site: site).elsewhere(session) != nil
            guard mayShowIt || proved.isProved, try await site.installation.isOwner(proved, of: session) else {
                context.note(.notRecognised, of: session.person)
                return ended(.other, provider)
            }
            try await accounts.recogniseElsewhere(session, at: site.installation.clock.now())
            context.note(.recognised, of: session.person)
            return flow.after.isEmpty ? site.redirect(.account, done: "herkend") : site.redirect(path: flow.after)
        }
    }

    /// Gives the browser a session of its own; the one that it had ends.
    private func enter(_ signedIn: Accounts.SignedIn, after: String, _ context: SiteContext) async throws -> Response {
        if let session = context.session { try await accounts.signOut(session) }
        context.note(.signedIn, of: signedIn.session.person, signedIn.session.provider.map { ["provider": "\($0)"] } ?? [:])
        return SignInRoutes(site: site).goOn(signedIn, after: after)
    }

    private func failed(_ trouble: SignInTrouble, _ provider: any SignInProvider, _ context: SiteContext) -> Response {
        context.note(.failedElsewhere, ["provider": "\(provider.key)", "reason": "\(trouble.rawValue)"])
        switch trouble {
        case .unreachable: return ended(.unreachable, provider)
        case .otherOrganisation, .notMeant: return ended(.noFunction, provider)
        default: return ended(.notTrusted, provider)
        }
    }

    private func ended(_ end: End, _ provider: any SignInProvider) -> Response {
        var response = site.redirect(
            path: "\(Address.signInElsewhereBack(provider.key).path)?\(Self.end)=\(end.rawValue)")
        response.setCookie(cookie("", lasts: 0))
        return response
    }

    private func page(
        _ end: End, _ provider: any SignInProvider, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let texts = site.texts(context)
        let values = ["name": provider.name[context.language], "partnership": site.installation.rules.partnership.name]
        let page = DoorPage(
            title: texts("elsewhere.\(end.rawValue).title", values), lead: texts("elsewhere.\(end.rawValue).text", values),
            form: nil,
            next: context.actor == nil
                ? Link(texts("passwordLink.back"), .signIn) : Link(texts("elsewhere.toAccount"), .account))
        return try await site.show(page, request, context, nil, status: end.status)
    }

    // MARK: Afterwards

    private func unlink(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        // Also of a provider that is no longer in the settings.
        let key = try context.parameter("provider")
        guard try await accounts.identities(of: actor.person).contains(where: { $0.provider == key }) else { throw NotFound() }
        if let check = try await OwnerCheck(site: site).first(.identity, request, context) { return check }
        do {
            guard try await accounts.unlink(key, of: actor.person, except: context.session) else { throw NotFound() }
        } catch AccountRefusal.lastWayIn {
            // The page has no button for it; what was pressed is of before.
            return site.redirect(.account)
        }
        context.note(.identityUnlinked, of: actor.person, ["provider": "\(key)"])
        return site.redirect(.account, done: "ontkoppeld")
    }
}

extension Request {
    /// Whether a page of this site led here. A browser too old to say so is believed: it is said by all of today.
    fileprivate var isFromThisSite: Bool {
        guard let name = HTTPField.Name("Sec-Fetch-Site"), let from = headers[name] else { return true }
        return from == "same-origin"
    }
}

extension Site {
    /// What leads to each provider, on a page that lets somebody choose one.
    func providerLinks(_ context: SiteContext, to address: (String) -> String) -> [Link] {
        providers.map { provider in
            Link(texts(context)("elsewhere.button", ["name": provider.name[context.language]]), address(provider.key))
        }
    }

    /// An address with a page of this site to go to afterwards.
    static func path(_ address: Address, after: String) -> String {
        let wanted = after.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return wanted.isEmpty ? address.path : "\(address.path)?naar=\(wanted)"
    }
}
