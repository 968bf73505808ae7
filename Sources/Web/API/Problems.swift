import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import Logging
import NIOCore
import UseCases

/// Thrown for a body or a parameter that cannot be read, with every fault in it.
struct UnreadableBody: Error {
    /// Pointer to the member and what was expected there.
    let faults: [(field: String, expected: String)]

    init(_ faults: [(field: String, expected: String)]) { self.faults = faults }
    init(_ field: String, expected: String) { faults = [(field, expected)] }
}

/// Answers of the interface for programs: JSON, and `application/problem+json` (RFC 9457) for whatever went wrong.
struct APIProblems: RouterMiddleware {
    let site: Site
    /// Version of the interface, as its answers say.
    static let version = "1.0.0"

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.reference = String(site.installation.chance.key().prefix(10))
        context.language = ErrorPages.language(request)
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = problem(for: error, request, context)
        }
        if let name = HTTPField.Name("API-Version") { response.headers[name] = Self.version }
        return response
    }

    private func problem(for error: any Error, _ request: Request, _ context: SiteContext) -> Response {
        let texts = site.texts(context)
        var status: HTTPResponse.Status
        var type: String
        var faults: [JSON] = []
        var retry: Int?
        switch error {
        case is SignInFirst: (status, type) = (.unauthorized, "unauthorized")
        case is NotFound: (status, type) = (.notFound, "not-found")
        case let refused as Refused:
            let forbidden = refused.reasons.allSatisfy { [.notAllowed, .notYourStep, .mayNotStart].contains($0.code) }
            let moved = refused.reasons.allSatisfy { [.stepNotOpen, .notRunning, .alreadyRunning, .fieldChangedMeanwhile].contains($0.code) }
            (status, type) = forbidden ? (.forbidden, "not-allowed") : moved ? (.conflict, "moved-on") : (.unprocessableContent, "refused")
            let words = Words(texts, site.installation.rules, today: site.installation.today)
            faults = refused.reasons.map { reason in
                .compact([
                    "code": .text(reason.code.rawValue), "veld": .optional(reason.field), "tekst": .text(words.refusal(reason)),
                    "bron": .optional(reason.source),
                    "waarden": reason.values.isEmpty ? .null : .object(reason.values.mapValues { .text($0) }),
                ])
            }
        case let refusal as DocumentRefusal:
            (status, type) = (.unprocessableContent, "refused")
            faults = [
                .object([
                    "code": .text(refusal.code), "veld": .text("inhoud"), "tekst": .text(texts.ifKnown(refusal.code) ?? refusal.code),
                ])
            ]
        case let unreadable as UnreadableBody:
            (status, type) = (.badRequest, "unreadable")
            faults = unreadable.faults.map {
                .object(["code": .text("unreadable"), "veld": .text($0.field), "tekst": .text($0.expected)])
            }
        case is JournalConflict: (status, type) = (.conflict, "moved-on")
        case let bad as BadRequest: (status, type, retry) = (bad.status, "unreadable", bad.retryAfter)
        case let http as HTTPError where http.status.code < 500:
            (status, type) = (http.status, http.status == .notFound ? "not-found" : "unreadable")
        default:
            (status, type) = (.internalServerError, "fault")
            context.logger.error(
                "fault", metadata: ["reference": "\(context.reference)", "kind": "\(Swift.type(of: error))"])
        }
        let title = texts("error.\(Self.titles[type] ?? "fault").title")
        var members: [String: JSON] = [
            "type": .text("urn:sentrum:problem:\(type)"), "title": .text(title), "status": .int(Int(status.code)),
        ]
        if !faults.isEmpty { members["fouten"] = .list(faults) }
        if status.code >= 500 { members["instance"] = .text("urn:sentrum:reference:\(context.reference)") }
        var response = Self.json(.object(members), status: status, contentType: "application/problem+json")
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if let retry { response.headers[.retryAfter] = String(retry) }
        return response
    }

    /// The title of each type of problem, a key of the texts for error pages.
    private static let titles = [
        "unauthorized": "notAllowed", "not-found": "notFound", "not-allowed": "notAllowed", "moved-on": "conflict",
        "refused": "refused", "unreadable": "unreadable",
    ]

    /// A JSON answer.
    static func json(
        _ value: JSON, status: HTTPResponse.Status = .ok, contentType: String = "application/json"
    ) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(value)) ?? Data("{}".utf8)
        return Response(
            status: status,
            headers: [.contentType: contentType, .cacheControl: "no-store", .contentLength: String(data.count)],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }
}

/// Finds out who asks, by the access token; without a good one nothing is answered.
struct APIPeople: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            let token = try await site.installation.vault.accounts.token(
                String(header.dropFirst(7)).trimmed, at: site.installation.clock.now()),
            let account = try await site.installation.vault.accounts.account(of: token.person), account.disabled == nil
        else { throw SignInFirst() }
        context.actor = try await site.installation.actor(token.person)
        return try await next(request, context)
    }
}
