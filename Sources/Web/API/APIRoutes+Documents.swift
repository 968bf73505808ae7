import Domain
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

// The documents of a dossier.
extension APIRoutes {
    func documents(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.documents]) {
            .object(["documenten": .list($0.dossier.documentsInSight.map { shown($0) })])
        }
    }

    private func shown(_ document: DossierDocument) -> JSON {
        .object([
            "id": .text(document.id.rawValue), "naam": .text(document.name), "soort": .text(document.kind),
            "formaat": .text(document.format), "grootte": .int(document.size), "sha256": .text(document.digest),
            "toegevoegd": .text(document.at.description),
        ])
    }

    func addDocument(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        guard entered.sight.may(.addDocument) else { throw Refused(.notAllowed) }
        let (name, kind, contents) = try await body(request, upTo: Self.longestUpload) { body in
            (body.text("naam"), body.text("soort"), body.bytes("inhoud"))
        }
        let before = Set(entered.dossier.documents.map(\.id))
        let after: Dossier
        do {
            after = try await placing(BodyPlace.members(["kind": "soort"])) {
                try await installation.addDocument(contents, name: name, kind: kind, to: entered.dossier.id, as: entered.actor)
            }
        } catch let refusal as DocumentRefusal {
            throw problem(with: refusal, at: "/inhoud", context)
        }
        guard let added = after.documents.last(where: { !before.contains($0.id) && $0.by == entered.actor.person }) else {
            throw NotFound()
        }
        return try await changed(entered, [.documents], status: .created, location: "/documenten/\(added.id)") { _ in
            shown(added)
        }
    }

    /// What is wrong with a file that was sent.
    func problem(with refusal: DocumentRefusal, at pointer: String, _ context: SiteContext) -> APIProblem {
        APIProblem(
            kind: .refused,
            members: [
                "errors": .list([
                    .object([
                        "in": .text("body"), "location": .object(["pointer": .text(pointer)]), "code": .text(refusal.code),
                        "detail": .text(site.texts(context).ifKnown(refusal.code) ?? refusal.code),
                    ])
                ])
            ])
    }

    /// The contents, always to be saved, never to be run under this server's name.
    func document(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = DocumentID(try context.parameter("document"))
        let entered = try await entered(context)
        guard entered.dossier.documentsInSight.contains(where: { $0.id == id }) else { throw NotFound() }
        let (document, contents) = try await installation.document(
            id, of: entered.dossier.id, as: entered.actor, kind: .api)
        return .handingOut(contents, named: document.name, format: document.format)
    }

    func withdrawDocument(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let id = DocumentID(try context.parameter("document"))
        _ = try await placing({ _ in nil }, unknown: [.unknownDocument]) {
            try await installation.perform(.withdrawDocument(id), on: entered.dossier.id, as: entered.actor)
        }
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }
}
