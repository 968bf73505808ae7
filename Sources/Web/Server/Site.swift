import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

/// Everything a handler needs: the installation, the face, and how this site is run.
package struct Site: Sendable {
    let installation: Installation
    let face: Face
    let options: Options
    let paper: any Paper
    let qrCodes: any QRCodes
    /// What brings mail away; nil where nothing does.
    let post: (any Post)?
    /// Where people may sign in elsewhere, in the order of the settings.
    let providers: [any SignInProvider]
    /// How it is found out whether all is well.
    let healthWatch: HealthWatch

    /// How the site is run.
    package struct Options: Sendable {
        /// Whether cookies go over TLS only; off for plain HTTP on one's own machine.
        package var secureCookies: Bool
        /// Set in a practice environment: then everybody may sign in by one press.
        package var practice: Practice?
        /// Whether a proxy in front tells the address of the visitor.
        package var trustsProxy: Bool
        /// Whether those whom the plan asks a second factor of cannot go on without. Off where everybody may sign in by one
        /// press anyhow.
        package var asksSecondFactor = false
        /// The address at which people reach this site, without a slash at the end; nil when nobody is sent a link.
        package var address: String?
        /// Whether requests are counted and timed, for who keeps the machine.
        package var isCounted = false
        /// Whether there is a bare page as well, to hold the others against when the site is measured.
        package var isMeasured = false

        /// Name of the cookie with the session; over TLS the browser itself holds it to this host (RFC 6265bis, 4.1.3.2).
        var sessionCookie: String { secureCookies ? "__Host-sessie" : "sessie" }
        /// Name of the cookie with the language; held to this host in the same way.
        var languageCookie: String { secureCookies ? "__Host-lang" : "lang" }
        /// Name of the cookie that somebody carries who is signing in elsewhere; held to this host in the same way.
        var elsewhereCookie: String { secureCookies ? "__Host-elders" : "elders" }

        package init(secureCookies: Bool, practice: Practice? = nil, trustsProxy: Bool = false) {
            self.secureCookies = secureCookies
            self.practice = practice
            self.trustsProxy = trustsProxy
        }
    }

    /// A practice environment: invented people, each signed in by one press.
    package struct Practice: Sendable {
        /// One of the roles that may be tried.
        package struct Role: Sendable, Codable {
            package let role: String
            package let title: Localized
            package let email: String
            package let name: String
            package let organisation: String
            package let what: Localized
            package let password: String
        }

        package let roles: [Role]
        package init(roles: [Role]) { self.roles = roles }
    }

    package init(
        installation: Installation, face: Face, options: Options, paper: any Paper, qrCodes: any QRCodes = NoQRCodes(),
        post: (any Post)? = nil, providers: [any SignInProvider] = [], healthWatch: HealthWatch? = nil
    ) {
        self.installation = installation
        self.face = face
        self.options = options
        self.paper = paper
        self.qrCodes = qrCodes
        self.post = post
        self.healthWatch = healthWatch ?? HealthWatch(installation)
        // Without an address of our own nobody can be sent back.
        self.providers = options.address == nil ? [] : providers
    }

    /// What brings mail with links in it, and what every link begins with; nil when nobody is sent any.
    var linkPost: (post: any Post, address: String)? {
        guard let post, let address = options.address else { return nil }
        return (post, address)
    }

    /// Whether this person cannot go on without a second factor: because of a function, or because they were asked in to read.
    func asksSecondFactor(of actor: Actor) async throws -> Bool {
        guard options.asksSecondFactor else { return false }
        if installation.rules.asksSecondFactor(of: actor) { return true }
        return try await installation.isAskedIn(actor)
    }

    /// How many seconds there are to wait until a moment, at least one.
    func seconds(until moment: Instant) -> Int {
        max(1, Int(moment.milliseconds - installation.clock.now().milliseconds + 999) / 1000)
    }

    /// The folder with templates, texts and public files that comes with the program.
    package static var resources: URL { Bundle.module.resourceURL ?? Bundle.module.bundleURL }

    /// The texts in the language of the request.
    func texts(_ context: SiteContext) -> Texts { face.texts(context.language) }

    /// The frame around a page.
    func chrome(
        _ request: Request, _ context: SiteContext, _ section: Chrome.Section?, notice: Chrome.Notice? = nil, query: String? = nil
    ) async throws -> Chrome {
        let rules = installation.rules
        var viewer: Chrome.Viewer?
        if let actor = context.actor { viewer = try await self.viewer(actor, context.language) }
        let texts = texts(context)
        return Chrome(
            face: face, language: context.language, section: section, viewer: viewer, csrf: context.session?.csrf.text ?? "",
            path: request.uri.description, partnership: rules.partnership.name, planName: rules.title[context.language],
            notice: notice ?? self.notice(request, texts),
            practice: options.practice.map { _ in
                texts("practice.banner", ["day": LocalFormat(texts).day(installation.today)])
            }, query: query)
    }

    /// A message after a redirect, named by `?gedaan=`; only names of the catalogue are shown.
    private func notice(_ request: Request, _ texts: Texts) -> Chrome.Notice? {
        guard let name = request.uri.queryParameters["gedaan"], name.allSatisfy({ $0.isLetter || $0 == "-" }),
            let sentence = texts.ifKnown("done.\(name)")
        else { return nil }
        return Chrome.Notice(.done, sentence)
    }

    private func viewer(_ actor: Actor, _ language: Language) async throws -> Chrome.Viewer {
        let rules = installation.rules
        let texts = face.texts(language)
        let name = try await installation.names.people([actor.person])[actor.person] ?? ""
        var roles: [String] = []
        for held in actor.functions.prefix(2) {
            let title =
                held.function == Person.administrator
                ? texts("function.administrator") : rules.function(held.function)?.title[language] ?? held.function
            let place = try await place(held.organisation, inShort: true)
            roles.append(place.isEmpty ? title : "\(title), \(place)")
        }
        let isAdministrator = actor.administers != nil
        let isFamily = actor.functions.isEmpty
        let isFromOutside = try await installation.isFromOutside(actor)
        return Chrome.Viewer(
            name: name, person: actor.person.rawValue,
            role: isFromOutside
                ? texts("askedIn.somebody") : roles.isEmpty ? texts("function.family") : roles.joined(separator: " · "),
            isFamily: isFamily, isFromOutside: isFromOutside,
            sections: [.work, .pupils, .plan] + (isAdministrator ? [.administration] : []))
    }

    /// A page as a response.
    func show(
        _ page: some Page, _ request: Request, _ context: SiteContext, _ section: Chrome.Section?,
        status: HTTPResponse.Status = .ok, notice: Chrome.Notice? = nil, query: String? = nil
    ) async throws -> Response {
        let chrome = try await chrome(request, context, section, notice: notice, query: query)
        return Self.html(face.render(page, chrome), context.language, status)
    }

    /// A part of a page alone.
    func show(
        part template: String, of page: some Page, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let chrome = try await chrome(request, context, nil)
        return Self.html(face.render(page, chrome, template: template), context.language, .ok)
    }

    static func html(_ text: String, _ language: Language, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentLanguage: language.rawValue,
                .cacheControl: "no-store", .contentLength: String(text.utf8.count),
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// The field that makes a form one that does its work once, however often it is sent.
    ///
    /// - Parameter key: one that is made already; a fresh one when not given.
    func keyField(_ key: String? = nil) -> FormField {
        FormField(name: PostedForm.key, label: "", kind: .hidden, value: key ?? installation.chance.key())
    }

    /// After something was done: on to another page, so that reloading does it no second time.
    func redirect(_ address: Address, done: String? = nil) -> Response {
        redirect(path: address.path, done: done)
    }

    /// - Parameter path: of this site; what a visitor sent goes through `isOwnPath` first.
    func redirect(path: String, done: String? = nil) -> Response {
        let separator = path.contains("?") ? "&" : "?"
        return Response(
            status: .seeOther,
            headers: [.location: done.map { "\(path)\(separator)gedaan=\($0)" } ?? path, .cacheControl: "no-store"])
    }
}

extension Site {
    /// Whether a path that a visitor sent leads to this site: one slash, then plain signs of an address.
    ///
    /// Browsers read a backslash as a slash and pass over tabs and ends of lines, so `/` and a tab and `/evil.example` leads
    /// elsewhere; whatever is not needed in an address is refused.
    static func isOwnPath(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && !path.contains("\\")
    }
}

/// Turns an HTML page into a document on paper.
package protocol Paper: Sendable {
    /// A tagged PDF of the page.
    ///
    /// - Throws: `PaperUnavailable` when the program that makes it is not there or did not finish in time.
    func pdf(html: String, language: Language) async throws -> Data
}

/// Thrown when no PDF can be made now; the print page remains.
package struct PaperUnavailable: Error {
    package let reason: String
    package init(reason: String) { self.reason = reason }
}
