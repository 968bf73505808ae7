import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOCore

/// Hands each request to the site that is asked for by name, and answers itself where there is none that can.
///
/// Nothing of one site is in an answer of another: they share the program, the pages' looks and the sentences, and these alone.
struct ByHostName: HTTPResponder {
    let sites: any HostedSites
    let face: Face
    /// Whether people come over TLS.
    let secure: Bool
    /// Whether it is counted how many came to which site.
    let isCounted: Bool

    /// After how many seconds it may be tried again.
    private static let pause = 10

    func respond(to request: Request, context: SiteContext) async throws -> Response {
        var response = try await answer(request, context)
        SecurityHeaders.add(to: &response, secure: secure)
        return response
    }

    private func answer(_ request: Request, _ context: SiteContext) async throws -> Response {
        // What needs no site: the looks of the pages below, and whether the program is up.
        let path = request.uri.path
        if path.hasPrefix(Assets.root), let asset = AssetRoutes.asset(String(path.dropFirst(Assets.root.count)), face) {
            return asset
        }
        guard let name = request.head.authority.flatMap(HostName.init(authority:)) else {
            return path == Self.up ? Self.ok : nowhere(.unknown, request, context)
        }
        switch await sites.enter(name) {
        case .letIn(let answer):
            defer { sites.leave(name) }
            var context = context
            context.logger[metadataKey: "partnership"] = "\(name)"
            let response = try await answer(request, context)
            count(name, response.status)
            return response
        case .unknown: return path == Self.up ? Self.ok : nowhere(.unknown, request, context)
        case .opening: return refused(.opening, name, request, context)
        case .outOfOrder: return refused(.outOfOrder, name, request, context)
        case .busy: return refused(.busy, name, request, context)
        }
    }

    /// The path at which a proxy asks whether the program is up, under whatever name.
    private static let up = "/gezond"
    private static var ok: Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: "ok\n"))
        )
    }

    private func count(_ name: HostName, _ status: HTTPResponse.Status) {
        guard isCounted else { return }
        Counter(label: "sentrum_partnership_requests", dimensions: [("partnership", name.text), ("status", "\(status.code)")])
            .increment()
    }

    private func refused(
        _ reason: NoSitePage.Reason, _ name: HostName, _ request: Request, _ context: SiteContext
    ) -> Response {
        let response = nowhere(reason, request, context)
        count(name, response.status)
        return response
    }

    /// That nobody can be helped here, in the form that was asked for.
    private func nowhere(_ reason: NoSitePage.Reason, _ request: Request, _ context: SiteContext) -> Response {
        let options = Site.Options(secureCookies: secure)
        let language = ErrorPages.language(request, options)
        let texts = face.texts(language)
        var response: Response
        if APIRoutes.holds(request.uri.path) {
            response = APIProblems.answer(to: APIProblem(kind: reason == .unknown ? .notFound : .busy), texts, language)
        } else {
            let page = NoSitePage(reason, wasSent: request.method == .post, texts)
            let chrome = Chrome(
                face: face, language: language, section: nil, viewer: nil, csrf: "", path: "/", partnership: "", planName: "")
            response = Site.html(
                face.render(page, chrome), language, reason == .unknown ? .misdirectedRequest : .serviceUnavailable)
        }
        if reason != .unknown { response.headers[.retryAfter] = String(Self.pause) }
        return response
    }
}
