import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

// Guardians, their accounts, and what they agree to.
extension APIRoutes {
    func guardian(_ body: BodyReader) -> NewGuardian {
        NewGuardian(
            name: body.text("naam"), relation: body.text("relatie"), authority: body.bool("gezag"),
            email: body.optionalText("email"))
    }

    func shown(_ guardian: Guardian, _ seen: SeenDossier) -> JSON {
        .compact([
            "id": .text(guardian.id.rawValue), "naam": .text(guardian.name), "relatie": .text(guardian.relation),
            "gezag": .bool(guardian.authority), "email": .optional(seen.address(of: guardian)),
            "account": .bool(guardian.person != nil),
        ])
    }

    func guardians(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.family]) { seen in
            .object(["verzorgers": .list(seen.dossier.guardians.map { shown($0, seen) })])
        }
    }

    func guardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.family]) { shown(try known(context, $0), $0) }
    }

    /// The guardian of the address.
    private func known(_ context: SiteContext, _ seen: SeenDossier) throws -> Guardian {
        guard let guardian = seen.dossier.guardian(GuardianID(try context.parameter("verzorger"))) else { throw NotFound() }
        return guardian
    }

    func addGuardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let new = try await body(request) { guardian($0) }
        let before = Set(entered.dossier.guardians.map(\.id))
        let after = try await placing(BodyPlace.guardian) {
            try await installation.record(new, id: nil, in: entered.dossier.id, as: entered.actor)
        }
        guard let added = after.guardians.last(where: { !before.contains($0.id) && $0.name == new.name.trimmed }) else {
            throw NotFound()
        }
        return try await changed(entered, [.family], status: .created, location: "/verzorgers/\(added.id)") {
            shown(added, $0)
        }
    }

    func changeGuardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let known = try known(context, entered)
        let new = try await body(request) { guardian($0) }
        _ = try await placing(BodyPlace.guardian) {
            try await installation.record(new, id: known.id, in: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.family]) { seen in seen.dossier.guardian(known.id).map { shown($0, seen) } }
    }

    func endGuardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let id = GuardianID(try context.parameter("verzorger"))
        _ = try await placing({ _ in nil }, unknown: [.unknownGuardian]) {
            try await installation.perform(.endGuardian(id), on: entered.dossier.id, as: entered.actor)
        }
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    /// Gives a guardian an account; the first password is in this answer and nowhere else.
    func giveAccount(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let guardian = try known(context, entered)
        // An account that is in use is not taken away by asking once more.
        guard guardian.person == nil else {
            return try await changed(entered, [.family]) { _ in .compact(["email": .optional(guardian.email)]) }
        }
        do {
            let (email, password) = try await installation.giveAccount(
                to: guardian.id, in: entered.dossier.id, as: entered.actor)
            let told = try await self.told(password, to: email, context)
            return APIProblems.json(.compact(["email": .text(email), "wachtwoord": .optional(told)]), status: .created)
        } catch AccountRefusal.emailTaken {
            throw Refused(.alreadyKnown, field: "guardian-email")
        }
    }

    /// A first password as it is told to whoever made the account; nil when its owner chooses one by a mail instead.
    func told(_ password: String?, to email: String, _ context: SiteContext) async throws -> String? {
        guard case .told(let told) = try await site.give(password, to: email, context) else { return nil }
        return told
    }

    // MARK: Agreements

    func shown(_ agreement: Agreement) -> JSON {
        var members: [String: JSON] = [
            "doel": .text(agreement.purpose), "woord": .text(agreement.word.rawValue), "wijze": .text(agreement.way.rawValue),
            "op": .text(agreement.on.description),
        ]
        if let recipient = agreement.recipient { members["ontvanger"] = .text(recipient) }
        if let guardian = agreement.guardian {
            members["verzorger"] = .text(guardian.rawValue)
        } else {
            members["kind"] = .bool(true)
        }
        return .object(members)
    }

    func agreements(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.agreements]) { agreements($0) }
    }

    private func agreements(_ seen: SeenDossier) -> JSON {
        .object(["toestemmingen": .list(seen.dossier.agreements.map { shown($0) })])
    }

    func recordAgreement(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let agreement = try await body(request) { body in
            DossierCommand.RecordAgreement(
                guardian: body.optionalBool("kind") == true ? nil : GuardianID(body.text("verzorger")),
                purpose: body.text("doel"),
                word: body.code("woord", otherwise: Agreement.Word.refused),
                way: body.code("wijze", mayBeAbsent: true, otherwise: Agreement.Way.spoken),
                on: body.day("op", otherwise: installation.today), recipient: body.optionalText("ontvanger")?.trimmed)
        }
        let place = BodyPlace.members(["guardian": "verzorger", "purpose": "doel", "on": "op", "recipient": "ontvanger"])
        _ = try await placing(place) {
            try await installation.perform(.recordAgreement(agreement), on: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.agreements], status: .created) { agreements($0) }
    }
}
