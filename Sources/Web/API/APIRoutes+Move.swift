import Domain
import HTTPTypes
import Hummingbird
import UseCases

// Moving a running procedure to another version of the plan.
extension APIRoutes {
    /// What would be otherwise under another version, and what forbids it; not there for who may not move it.
    func moveForm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let instance = InstanceID(try context.parameter("instantie"))
        let asked = request.asked("naar").map { PlanKey($0) }
        return try await showing(context, [.procedures]) { seen in
            guard let offer = installation.moveOffer(instance, to: asked, in: seen) else { throw NotFound() }
            return shown(offer, seen)
        }
    }

    private func shown(_ offer: MoveOffer, _ seen: SeenDossier) -> JSON {
        let told = Language.allCases.map { language in
            let texts = site.face.texts(language)
            return (
                language,
                MoveWords(
                    before: Words(texts, offer.own, today: seen.today), after: Words(texts, offer.to, today: seen.today),
                    route: offer.route, move: offer.move)
            )
        }
        /// The same text in every language.
        func each(_ text: (MoveWords) -> String) -> JSON {
            .object(Dictionary(told.map { ($0.rawValue, .text(text($1))) }, uniquingKeysWith: { first, _ in first }))
        }
        let parts = told.first?.1.named ?? []
        return .object([
            "van": .text(offer.own.key.rawValue), "naar": .text(offer.to.key.rawValue),
            "ookMogelijk": .texts(offer.others.map(\.key.rawValue)), "gezien": .int(offer.move.basedOn),
            "kan": .bool(offer.move.refusals.isEmpty), "verandertNiets": .bool(offer.move.changesNothing),
            "gevolgen": .list(
                parts.enumerated().map { place, part in
                    .object([
                        "deel": .text(part.key),
                        "regels": .list(
                            part.rows.enumerated().map { line, row in
                                .object([
                                    "wat": each { $0.named[place].rows[line].label },
                                    "was": each { $0.named[place].rows[line].before },
                                    "wordt": each { $0.named[place].rows[line].after }, "anders": .bool(row.changes),
                                ])
                            }),
                    ])
                }),
            "redenen": .list(
                offer.move.refusals.map { refusal in
                    .compact([
                        "code": .text(refusal.code.rawValue), "bron": .optional(refusal.source),
                        "tekst": each { $0.lost(refusal) },
                    ])
                }),
        ])
    }

    func moveProcedure(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let instance = InstanceID(try context.parameter("instantie"))
        // As on the page: who may not move it finds nothing here.
        guard entered.sight.sees(.procedures), entered.sight.may(.moveProcedure), entered.dossier.procedure(instance) != nil
        else { throw NotFound() }
        let (to, seen, reason) = try await body(request) { ($0.text("naar"), $0.optionalInt("gezien") ?? 0, $0.text("reden")) }
        let place: (Refusal) -> String? = { refusal in
            if refusal.field == MoveField.reason { return "/reden" }
            switch refusal.code {
            case .planNotInForce: return "/naar"
            case .procedureChangedMeanwhile: return "/gezien"
            default: return nil
            }
        }
        _ = try await placing(place, unknown: [.unknownProcedure]) {
            try await installation.move(
                instance, to: PlanKey(to), because: reason, basedOn: seen, in: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.procedures]) { seen in
            guard let procedure = seen.dossier.procedure(instance) else { return nil }
            return try await shown(procedure, seen)
        }
    }
}
