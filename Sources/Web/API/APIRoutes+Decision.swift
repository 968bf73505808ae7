import Domain
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

// Numbered decisions and their letters.
extension APIRoutes {
    func shown(_ decision: Decision) -> JSON {
        .compact([
            "nummer": .text(decision.number), "instantie": .text(decision.instance.rawValue), "uitkomst": .text(decision.outcome),
            "begin": .optional(decision.begin), "einde": .optional(decision.end), "besloten": .text(decision.issued.description),
            "redenen": .text(decision.reasons), "bezwaarTotEnMet": .optional(decision.objectionUntil),
            "beroepTotEnMet": .optional(decision.appealUntil),
            "gegevens": JSON(decision.copies), "afwijking": .bool(decision.deviates),
        ])
    }

    func decisions(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.decisions]) { .object(["besluiten": .list($0.dossier.decisions.map { shown($0) })]) }
    }

    /// One decision with what it rests on: the advices, and the counting of its end.
    func decision(_ request: Request, _ context: SiteContext) async throws -> Response {
        let instance = InstanceID(try context.parameter("instantie"))
        return try await showing(context, [.decisions]) { try await shown(instance, $0) }
    }

    private func shown(_ instance: InstanceID, _ seen: SeenDossier) async throws -> JSON {
        let (decision, _, rules, _, rule) = try await installation.decision(of: instance, in: seen)
        guard case .object(var members) = shown(decision) else { throw NotFound() }
        let names = try await names([decision.by] + decision.advices.map(\.by))
        let words = [site.face.texts(.nl), site.face.texts(.en)].map { Words($0, rules, today: seen.today) }
        members["door"] = somebody(decision.by, names)
        members["bron"] = .text(rule.source)
        members["adviezen"] = .list(
            decision.advices.map {
                .compact([
                    "stap": .text($0.step), "door": somebody($0.by, names), "deskundigheid": .optional($0.discipline),
                    "op": .text($0.on.description),
                ])
            })
        members["uitleg"] = .list(
            decision.explanation.map { line in
                .object(
                    Dictionary(
                        words.map { ($0.language.rawValue, .text($0.explained(line))) },
                        uniquingKeysWith: { first, _ in first }))
            })
        return .object(members)
    }

    /// The letter as PDF; as a page for whoever asks for HTML, or where no PDF can be made only that.
    func letter(_ request: Request, _ context: SiteContext) async throws -> Response {
        let instance = InstanceID(try context.parameter("instantie"))
        let letter = try await seen(context, [.decisions], kind: .document) { seen in
            try await ProcedureRoutes(site: site).letter(instance, seen, context)
        }
        let (html, number) = letter.made.shown
        if request.headers[.accept]?.lowercased().hasPrefix("text/html") == true {
            return Site.html(html, context.language, .ok)
        }
        do {
            let pdf = try await site.paper.pdf(html: html, language: context.language)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/pdf", .contentLength: String(pdf.count), .cacheControl: "no-store",
                    .contentLanguage: context.language.rawValue,
                    .contentDisposition: FileName.attachment("\(number.replacing("/", with: "-")).pdf"),
                ], body: .init(byteBuffer: ByteBuffer(bytes: pdf)))
        } catch is PaperUnavailable {
            throw APIProblem(kind: .noPaper, headers: [.retryAfter: "60"])
        }
    }
}
