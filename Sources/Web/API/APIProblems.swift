import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import Logging
import NIOCore
import UseCases

/// Answers of the interface for programs: JSON, and `application/problem+json` (RFC 9457) for whatever went wrong below its
/// root, also where there is no route.
struct APIProblems: RouterMiddleware {
    let site: Site
    /// Version of the interface, as its answers say.
    static let version = "1.0.0"

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard APIRoutes.holds(path) else { return try await next(request, context) }
        var context = context
        context.reference = String(site.installation.chance.key().prefix(10))
        context.language = ErrorPages.language(request, site.options)
        var response: Response
        do {
            // One address for one thing: the router would read past a slash too many.
            guard !path.hasSuffix("/"), !path.contains("//") else { throw NotFound() }
            response = try await next(request, context)
        } catch {
            response = Self.answer(to: problem(for: error, context), site.texts(context), context.language)
        }
        if let name = HTTPField.Name("API-Version") { response.headers[name] = Self.version }
        return response
    }

    private func problem(for error: any Error, _ context: SiteContext) -> APIProblem {
        if let outage = WriteOutage(error) { return problem(outage, context) }
        switch error {
        case let problem as APIProblem: return problem
        case is SignInFirst: return APIProblem(kind: .unauthorized, headers: [.wwwAuthenticate: "Bearer realm=\"SENtrum\""])
        case is NotFound: return APIProblem(kind: .notFound)
        case let refused as Refused:
            return problem(PlacedRefusal(reasons: refused.reasons.map { .init(refusal: $0, pointer: nil) }), context)
        case let placed as PlacedRefusal: return problem(placed, context)
        case let unreadable as UnreadableBody:
            return APIProblem(
                kind: .unreadable, members: ["errors": .list(unreadable.faults.map { told($0, site.texts(context)) })])
        case is JournalConflict: return APIProblem(kind: .movedOn)
        // A dossier that was forgotten is not there, for anybody.
        case JournalFault.erased: return APIProblem(kind: .notFound)
        case AccountRefusal.busy:
            return APIProblem(kind: .busy, headers: [.retryAfter: String(ErrorPages.busyFor)])
        // Somebody else did something with the same account in between.
        case is AccountRefusal: return APIProblem(kind: .movedOn)
        case let http as any HTTPResponseError where http.status.code < 500:
            switch http.status {
            case .notFound, .methodNotAllowed: return APIProblem(kind: .notFound)
            case .contentTooLarge: return APIProblem(kind: .tooLarge)
            default: return APIProblem(kind: .unreadable)
            }
        default:
            context.logger.error(
                "fault", metadata: ["reference": "\(context.reference)", "kind": "\(Swift.type(of: error))"])
            return APIProblem(kind: .fault, members: Self.instance(context))
        }
    }

    private func problem(_ outage: WriteOutage, _ context: SiteContext) -> APIProblem {
        CannotSave(site: site, outage: outage).note(context)
        let kind: APIProblem.Kind =
            switch outage {
            case .storeBusy: .busy
            case .uncertain: .uncertain
            case .diskFull, .diskReadOnly, .diskFailed, .storeAway: .cannotSave
            }
        return APIProblem(
            kind: kind, headers: [.retryAfter: String(outage.pause)],
            members: Self.instance(context).merging(["code": .text(outage.rawValue)]) { one, _ in one })
    }

    /// The number under which it stands in the log.
    private static func instance(_ context: SiteContext) -> [String: JSON] {
        ["instance": .text("urn:sentrum:reference:\(context.reference)")]
    }

    private func problem(_ placed: PlacedRefusal, _ context: SiteContext) -> APIProblem {
        let words = Words(site.texts(context), site.installation.rules, today: site.installation.today)
        let errors = placed.reasons.map { reason -> JSON in
            let refusal = reason.refusal
            return .compact([
                "in": reason.pointer == nil ? .null : .text("body"),
                "location": reason.pointer.map { .object(["pointer": .text($0)]) } ?? .null,
                "code": .text(refusal.code.rawValue), "detail": .text(words.refusal(refusal)),
                "bron": .optional(refusal.source),
                "waarden": refusal.values.isEmpty ? .null : .object(refusal.values.mapValues { .text($0) }),
            ])
        }
        return APIProblem(kind: placed.kind, members: ["errors": .list(errors)])
    }

    private func told(_ fault: UnreadableBody.Fault, _ texts: Texts) -> JSON {
        let expected: String =
            switch fault.kind {
            case .type(let type): texts.ifKnown("api.type.\(type)") ?? type
            case .code(let codes): codes.joined(separator: ", ")
            default: ""
            }
        let place: (in: String, location: JSON) =
            switch fault.place {
            case .body(let pointer): ("body", .object(["pointer": .text(pointer)]))
            case .query(let name): ("query", .object(["name": .text(name)]))
            }
        return .object([
            "in": .text(place.in), "location": place.location, "code": .text(fault.kind.code),
            "detail": .text(texts.ifKnown("api.fault.\(fault.kind.code)", ["expected": expected]) ?? fault.kind.code),
        ])
    }

    /// A problem as it is told.
    static func answer(to problem: APIProblem, _ texts: Texts, _ language: Language) -> Response {
        let kind = problem.kind
        let members: [String: JSON] = [
            "type": .text("urn:sentrum:problem:\(kind.rawValue)"), "status": .int(Int(kind.status.code)),
            "title": .text(texts.ifKnown("api.problem.\(kind.rawValue).title") ?? kind.rawValue),
            "detail": .text(texts.ifKnown("api.problem.\(kind.rawValue).detail") ?? kind.rawValue),
        ]
        var response = json(
            .object(members.merging(problem.members) { standard, _ in standard }), status: kind.status,
            contentType: "application/problem+json")
        response.headers[.contentLanguage] = language.rawValue
        for field in problem.headers { response.headers.append(field) }
        return response
    }

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
