import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

// People from outside who were asked in.
extension APIRoutes {
    func askedIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.agreements]) { seen in
            let names = try await names(seen.dossier.askedIn.map(\.asked.person))
            return .object(["meelezers": .list(seen.dossier.askedIn.map { shown($0, seen, names) })])
        }
    }

    private func shown(_ one: AskedIn, _ seen: SeenDossier, _ names: [PersonID: String]) -> JSON {
        .compact([
            "id": .text(one.id.rawValue), "soort": .text(one.asked.kind), "persoon": .text(one.asked.person.rawValue),
            "naam": .optional(names[one.asked.person]),
            "delen": .texts(DossierPart.allCases.filter(one.asked.parts.contains).map(\.rawValue)),
            "waarvoor": .text(one.asked.purpose), "toestemming": .optional(one.asked.agreement),
            "ontvanger": .optional(one.asked.recipient),
            "vanaf": .text(one.at.day.description), "totEnMet": .text(one.until.description),
            "leestMee": .bool(one.isOpen(on: seen.today)), "gestopt": .optional(one.closed?.why.rawValue),
            "afweging": one.asked.weighing.map { weighing in
                .object([
                    "proportionaliteit": .text(weighing.proportionality), "subsidiariteit": .text(weighing.subsidiarity),
                    "doelmatigheid": .text(weighing.effectiveness),
                ])
            } ?? .null,
        ])
    }

    /// Asks somebody in; the first password is in this answer and nowhere else.
    func askIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let new = try await body(request) { body in
            let weighing = body.objectIfThere("afweging").map { inside in
                Weighing(
                    proportionality: inside.text("proportionaliteit").trimmed,
                    subsidiarity: inside.text("subsidiariteit").trimmed,
                    effectiveness: inside.text("doelmatigheid").trimmed)
            }
            return NewAskedIn(
                kind: body.text("soort"), name: body.text("naam"), email: body.text("email"),
                parts: Set(body.codes("delen")), purpose: body.text("waarvoor"),
                recipient: body.optionalText("ontvanger")?.trimmed.nilWhenEmpty, until: body.day("totEnMet"),
                weighing: weighing)
        }
        let place = BodyPlace.members([
            "kind": "soort", "name": "naam", "email": "email", "parts": "delen", "purpose": "waarvoor", "until": "totEnMet",
            "recipient": "ontvanger", "proportionality": "afweging/proportionaliteit", "subsidiarity": "afweging/subsidiariteit",
            "effectiveness": "afweging/doelmatigheid",
        ])
        let id = AskedInID(installation.chance.key())
        let (email, password, letIn) = try await placing(place) {
            try await installation.askIn(new, id: id, in: entered.dossier.id, as: entered.actor)
        }
        if let letIn { site.tell([.askedIn], of: letIn) }
        let told = try await self.told(password, to: email, context)
        return APIProblems.json(
            .compact(["id": .text(id.rawValue), "email": .text(email), "wachtwoord": .optional(told)]), status: .created)
    }

    func prolongAskedIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let id = try known(context, entered)
        let (until, reason) = try await body(request) { ($0.day("totEnMet"), $0.text("reden")) }
        _ = try await placing(BodyPlace.members(["until": "totEnMet", "reason": "reden"])) {
            try await installation.perform(
                .prolongAskedIn(.init(id: id, until: until, reason: reason.trimmed)), on: entered.dossier.id, as: entered.actor)
        }
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    func withdrawAskedIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let id = try known(context, entered)
        _ = try await placing({ _ in nil }) {
            try await installation.perform(.withdrawAskedIn(.init(id: id)), on: entered.dossier.id, as: entered.actor)
        }
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    /// Who the address names; nobody for who does not see what parents agree to.
    private func known(_ context: SiteContext, _ seen: SeenDossier) throws -> AskedInID {
        let id = AskedInID(try context.parameter("meelezer"))
        guard seen.sight.sees(.agreements), seen.dossier.askedIn(id) != nil else { throw NotFound() }
        return id
    }
}
