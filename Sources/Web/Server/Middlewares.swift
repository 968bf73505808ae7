import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import Logging
import NIOCore
import UseCases

/// Headers that hold for every answer, also for errors and for what has no route.
struct SecurityHeaders: RouterMiddleware {
    let secure: Bool

    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            // The router would read past a first slash too many, and whoever watches over an address would not.
            guard !request.uri.path.hasPrefix("//") else { throw HTTPError(.notFound) }
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        Self.add(to: &response, secure: secure)
        return response
    }

    /// - Parameter secure: whether people come over TLS.
    static func add(to response: inout Response, secure: Bool) {
        // A file that is handed out has a stricter one of its own.
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = contentSecurityPolicy
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "same-origin" }
        if let name = HTTPField.Name("X-Frame-Options") { response.headers[name] = "DENY" }
        if let name = HTTPField.Name("Cross-Origin-Opener-Policy") { response.headers[name] = "same-origin" }
        if let name = HTTPField.Name("Cross-Origin-Resource-Policy") { response.headers[name] = "same-origin" }
        if let name = HTTPField.Name("Permissions-Policy") {
            response.headers[name] = "camera=(), geolocation=(), microphone=(), payment=()"
        }
        if secure { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}

/// Turns whatever was thrown into a page that helps, and logs without a word about anybody.
struct ErrorPages: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.reference = String(site.installation.chance.key().prefix(10))
        context.language = Self.language(request, site.options)
        do {
            return try await next(request, context)
        } catch let guest as SignInFirst {
            return site.redirect(path: Self.signInPath(request, back: guest.back))
        } catch {
            guard let outage = WriteOutage(error) else { return try await page(for: error, request, context) }
            // While the store is away nobody is known either, and the form was not read yet.
            var request = request
            let sent = if let form = context.soFar.form { form } else { await PostedForms.unjudged(&request, site.options) }
            return try await CannotSave(site: site, outage: outage).answer(request, sent, context)
        }
    }

    private func page(for error: any Error, _ request: Request, _ context: SiteContext) async throws -> Response {
        let (code, status, retry) = Self.kind(of: error)
        if status.code >= 500 {
            context.logger.error(
                "fault", metadata: ["reference": "\(context.reference)", "kind": "\(type(of: error))", "code": "\(code)"])
        }
        let words = site.words(context)
        let texts = words.texts
        // That it may not be done is what the page says already.
        let reasons = ((error as? Refused)?.reasons.filter { $0.code != .notAllowed }.map { words.refusal($0) } ?? [])
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        // What is saved while one types says why beside the form, which still stands there.
        if request.isByScript, status == .unprocessableContent {
            return try ScriptAnswer(status: code, text: reasons.joined(separator: " ")).response(status)
        }
        let page = ErrorPage(
            title: texts("error.\(code).title"), message: texts("error.\(code).text"),
            reasons: reasons,
            // Whoever was typing while somebody else acted loses no word of it, wherever the form has gone.
            written: context.soFar.form?.written ?? [],
            // After a fault it may have been saved all the same.
            writtenNote: texts(status.code >= 500 || status == .conflict ? "error.writtenUnsure" : "error.writtenText"),
            back: back(to: request, error, context), reference: status.code >= 500 ? context.reference : nil)
        // Whoever is signed in sees that they still are; where that cannot be drawn, a page for a guest.
        var known = context
        known.session = context.soFar.signedIn?.session
        known.actor = context.soFar.signedIn?.actor
        var response: Response
        do {
            response = try await site.show(page, request, known, nil, status: status)
        } catch {
            response = try await site.show(page, request, context, nil, status: status)
        }
        if let retry { response.headers[.retryAfter] = String(retry) }
        return response
    }

    /// The page on which a form was sent, where it is still there to see how it stands now.
    private func back(to request: Request, _ error: any Error, _ context: SiteContext) -> Link? {
        let isGone = error is NotFound || (error as? Refused)?.reasons.contains { $0.code == .frozen } == true
        guard context.soFar.form != nil, !isGone, let page = Self.page(before: request) else { return nil }
        return Link(site.texts(context)("error.back"), page)
    }

    /// After how many seconds there is room again to check a password: each takes a third of one.
    static let busyFor = 2

    /// The kind of error page: code in the texts, status, seconds to wait.
    static func kind(of error: any Error) -> (code: String, status: HTTPResponse.Status, retry: Int?) {
        if let outage = WriteOutage(error) { return (outage.rawValue, .serviceUnavailable, outage.pause) }
        switch error {
        case is NotFound: return ("notFound", .notFound, nil)
        case let refused as Refused:
            let forbidden = refused.reasons.contains { [.notAllowed, .notYourStep, .mayNotStart].contains($0.code) }
            return forbidden ? ("notAllowed", .forbidden, nil) : ("refused", .unprocessableContent, nil)
        case let bad as BadRequest: return (bad.code.rawValue, bad.status, bad.retryAfter)
        case is JournalConflict: return ("conflict", .conflict, nil)
        // A dossier that was forgotten is not there, for anybody.
        case JournalFault.erased: return ("notFound", .notFound, nil)
        case AccountRefusal.busy: return ("busy", .serviceUnavailable, Self.busyFor)
        // Closed or gone between two requests.
        case AccountRefusal.unknownAccount: return ("notFound", .notFound, nil)
        case let http as any HTTPResponseError:
            switch http.status {
            case .notFound, .methodNotAllowed: return ("notFound", .notFound, nil)
            case .contentTooLarge: return ("tooLarge", .contentTooLarge, nil)
            case let status where status.code < 500: return ("unreadable", .badRequest, nil)
            default: return ("fault", .internalServerError, nil)
            }
        default: return ("fault", .internalServerError, nil)
        }
    }

    /// The language of a request: the cookie, else what the browser prefers, else Dutch.
    static func language(_ request: Request, _ options: Site.Options) -> Language {
        if let cookie = request.cookies[options.languageCookie]?.value, let language = Language(rawValue: cookie) {
            return language
        }
        let preferred = request.headers[.acceptLanguage]?.lowercased() ?? "nl"
        guard let dutch = preferred.firstRange(of: "nl") else { return preferred.contains("en") ? .en : .nl }
        return preferred.firstRange(of: "en").map { $0.lowerBound < dutch.lowerBound } == true ? .en : .nl
    }

    /// Where a guest signs in, with where to go afterwards.
    ///
    /// - Parameter back: another place to go than the page asked for, for a form that was sent.
    static func signInPath(_ request: Request, back: String? = nil) -> String {
        guard let path = back ?? (request.method == .get ? request.uri.description : page(before: request)), path != "/" else {
            return Address.signIn.path
        }
        let wanted = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "\(Address.signIn.path)?naar=\(wanted)"
    }

    /// The page of this site on which a form was sent, as the browser tells it; without what stands behind a question mark.
    static func page(before request: Request) -> String? {
        guard let referer = request.headers[.referer].flatMap({ URL(string: $0) }), let authority = request.head.authority,
            referer.host().map({ host in referer.port.map { "\(host):\($0)" } ?? host }) == authority
        else { return nil }
        return referer.path().isEmpty || !Site.isOwnPath(referer.path()) ? nil : referer.path()
    }
}

/// Finds out who asks, by the session cookie.
struct SignedInPeople: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let token = request.cookies[site.options.sessionCookie]?.value, !token.isEmpty,
            let session = try await site.installation.vault.accounts.session(token, at: site.installation.clock.now())
        {
            context.session = session
            context.actor = try await site.installation.actor(session.person)
        } else if request.method == .post, let token = request.cookies[site.options.sessionCookie]?.value {
            context.ended = try await site.installation.vault.accounts.ended(token, at: site.installation.clock.now())
        }
        do {
            return try await next(request, context)
        } catch {
            context.note(refused: error)
            throw error
        }
    }
}

/// Leads whoever signed in to what has to be done first, whatever they asked for.
///
/// In this order: a code where one is asked for, because until then it may be anybody who knows the password; a password of
/// one's own, because two people know one that was handed out; and setting up the second factor that the plan asks of a
/// function.
struct FirstThings: RouterMiddleware {
    let site: Site
    /// What stays within reach: the way out, the ways in as somebody else, and the language.
    private static let open: Set<String> = [Address.signOut.path, Address.signIn.path, Address.language.path]

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let first = try await first(context)
        if first == nil, let session = context.session, let actor = context.actor {
            context.soFar.signedIn = .init(session: session, actor: actor)
        }
        guard let first, request.uri.path != first.path, !Self.open.contains(request.uri.path),
            !request.uri.path.hasPrefix(Address.passwordLink("").path),
            !request.uri.path.hasPrefix(Address.signInElsewhere("").path),
            // Whoever has to show first that they are the owner does so there.
            first != .secondFactor || !request.uri.path.hasPrefix(Address.ownerCheckElsewhere("").path)
        else {
            return try await next(request, context)
        }
        return site.redirect(first)
    }

    private func first(_ context: SiteContext) async throws -> Address? {
        guard let session = context.session, let actor = context.actor else { return nil }
        if session.asksCode { return .signInCode }
        if session.choosesPassword { return .ownPassword }
        if !session.hasSecondFactor, !session.isProvedElsewhere, try await site.asksSecondFactor(of: actor) {
            return .secondFactor
        }
        return nil
    }
}

/// Reads every posted form and refuses one that does not come from this site's own page.
struct PostedForms: RouterMiddleware {
    /// The most bytes of a form without files: twenty full pages of text.
    static let longestForm = 2_000_000
    /// The most bytes of what somebody sends who is not signed in: a stranger decides how often.
    static let longestOfGuests = 20_000

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard request.method != .get, request.method != .head else { return try await next(request, context) }
        guard request.method == .post else { throw HTTPError(.methodNotAllowed) }
        var request = request
        var context = context
        let isMultipart = Self.isMultipart(request)
        let isGuest = context.session == nil && context.ended == nil
        let limit = isGuest ? Self.longestOfGuests : isMultipart ? Installation.largestDocument + 200_000 : Self.longestForm
        if let length = Self.length(request), length > limit {
            // Whoever was signed in until a moment ago is better helped by signing in than by hearing what is too large.
            if isGuest { throw SignInFirst() }
            throw BadRequest(code: .tooLarge, status: .contentTooLarge)
        }
        guard let form = try await Self.form(&request, upTo: limit) else {
            throw BadRequest(code: .unreadable, status: .badRequest)
        }
        guard Self.isOwn(request, form, context.session) else { throw BadRequest(code: .csrf, status: .forbidden) }
        context.form = form
        context.soFar.form = form
        return try await next(request, context)
    }

    /// The form of a request of which nobody could find out whose it is, to be given back to its sender and to nobody else.
    ///
    /// - Returns: nil when it cannot be read, came from another site, or is larger than is kept of somebody unknown.
    static func unjudged(_ request: inout Request, _ options: Site.Options) async -> PostedForm? {
        let limit = request.cookies[options.sessionCookie] == nil ? longestOfGuests : longestForm
        guard request.method == .post, let length = length(request), length <= limit,
            let form = try? await form(&request, upTo: limit), isOwn(request, form, nil)
        else { return nil }
        return form
    }

    private static func isMultipart(_ request: Request) -> Bool {
        request.headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true
    }

    private static func length(_ request: Request) -> Int? { request.headers[.contentLength].flatMap(Int.init) }

    /// The form in the body; nil when it is not well formed.
    private static func form(_ request: inout Request, upTo limit: Int) async throws -> PostedForm? {
        let body = try await body(&request, upTo: limit)
        guard isMultipart(request) else { return PostedForm.urlEncoded(body.readableBytesView) }
        let boundary = request.headers[.contentType]?.split(separator: "boundary=").dropFirst().first.map {
            $0.prefix { $0 != ";" }.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
        }
        return boundary.flatMap { PostedForm.multipart(Data(body.readableBytesView), boundary: $0) }
    }

    /// The whole body; one that breaks off or is no HTTP is the sender's fault.
    private static func body(_ request: inout Request, upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await request.collectBody(upTo: limit)
        } catch let error as any HTTPResponseError {
            throw error
        } catch {
            throw BadRequest(code: .unreadable, status: .badRequest)
        }
    }

    /// Whether the form came from a page of this site: the browser says so, and a signed-in form carries the session's word.
    private static func isOwn(_ request: Request, _ form: PostedForm, _ session: Session?) -> Bool {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name], !["same-origin", "none"].contains(site)
        {
            return false
        }
        if let origin = request.headers[.origin], let host = request.head.authority {
            // A form without a known origin says nothing; then the word of the session has to, and a guest has none.
            let own = ["http://\(host)", "https://\(host)"]
            guard own.contains(origin) || origin == "null" && session != nil else { return false }
        }
        guard let session else { return true }
        return session.csrf.matches(form[PostedForm.csrf])
    }
}
