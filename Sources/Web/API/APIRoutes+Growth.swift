import Domain
import HTTPTypes
import Hummingbird
import UseCases

// The groeidocument, or what the plan calls it: its parts, its fixed versions, its signatures.
extension APIRoutes {
    func growth(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.groeidocument]) { seen in
            .object([
                "titel": JSON(seen.rules.groeidocument.title),
                "delen": .list(seen.rules.groeidocument.parts.map { shown($0, seen) }),
            ])
        }
    }

    func part(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.groeidocument]) { seen in
            guard let part = seen.rules.part(try context.parameter("deel")) else { throw NotFound() }
            return shown(part, seen)
        }
    }

    /// What is written in a part, each with the revision that a change must be based on.
    private func shown(_ part: PlanRules.Groeidocument.Part, _ seen: SeenDossier) -> JSON {
        let dossier = seen.dossier
        let known = part.fields.compactMap { id in dossier.known[id].map { (id, $0) } }
        func by(_ value: (KnownAnswer) -> JSON) -> JSON {
            .object(Dictionary(known.map { ($0, value($1)) }, uniquingKeysWith: { first, _ in first }))
        }
        return .object([
            "id": .text(part.id), "titel": JSON(part.title), "antwoorden": by { JSON($0.answer) },
            "revisies": by { .int($0.revision) }, "gewijzigd": by { .text($0.at.description) },
            "open": .texts(dossier.emptyFields(ofPart: part.id, seen.rules, seen.facts)),
        ])
    }

    /// Writes answers, all or none; one that somebody else changed since it was read is refused.
    func writePart(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let id = try context.parameter("deel")
        let write = try await body(request) { body in
            DossierCommand.Write(part: id, answers: body.answers("antwoorden"), basedOn: body.revisions("revisies"))
        }
        _ = try await placing(BodyPlace.answers, unknown: [.unknownField]) {
            try await installation.perform(.write(write), on: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.groeidocument]) { seen in seen.rules.part(id).map { shown($0, seen) } }
    }

    // MARK: Versions

    func versions(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.groeidocument]) {
            .object(["versies": .list($0.dossier.versions.map { .object(summary($0)) })])
        }
    }

    func version(_ request: Request, _ context: SiteContext) async throws -> Response {
        let number = try versionNumber(context)
        return try await showing(context, [.groeidocument]) { seen in
            guard let version = shown(number, seen) else { throw NotFound() }
            return version
        }
    }

    private func versionNumber(_ context: SiteContext) throws -> Int {
        guard let number = Int(try context.parameter("nummer")) else { throw NotFound() }
        return number
    }

    private func summary(_ version: LockedVersion) -> [String: JSON] {
        [
            "nummer": .int(version.number), "op": .text(version.at.description), "reden": .text(version.reason),
            "handtekeningen": .list(
                version.signatures.map {
                    .compact([
                        "verzorger": .optional($0.guardian), "wijze": .text($0.way.rawValue), "op": .text($0.on.description),
                    ])
                }),
        ]
    }

    private func shown(_ number: Int, _ seen: SeenDossier) -> JSON? {
        seen.dossier.versions.first { $0.number == number }.map { version in
            .object(summary(version).merging(["antwoorden": JSON(version.answers)]) { first, _ in first })
        }
    }

    func lockVersion(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let after = try await installation.perform(.lockVersion, on: entered.dossier.id, as: entered.actor)
        guard let version = after.versions.last else { throw NotFound() }
        return try await changed(
            entered, [.groeidocument], status: .created, location: "/groeidocument-versies/\(version.number)"
        ) { shown(version.number, $0) }
    }

    /// A signature under a version: of a guardian, or of the school when none is named.
    func signVersion(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let number = try versionNumber(context)
        let signing = try await body(request) { body in
            DossierCommand.SignVersion(
                number: number, guardian: body.optionalText("verzorger").map { GuardianID($0) },
                way: body.code("wijze", mayBeAbsent: true, otherwise: Agreement.Way.paper),
                on: body.day("op", otherwise: installation.today))
        }
        let place = BodyPlace.members(["guardian": "verzorger", "on": "op"])
        _ = try await placing(place, unknown: [.unknownVersion]) {
            try await installation.perform(.signVersion(signing), on: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.groeidocument], status: .created) { shown(number, $0) }
    }
}
