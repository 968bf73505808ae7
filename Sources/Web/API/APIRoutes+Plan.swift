import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

// The description, one's own account, the plan and the schools.
extension APIRoutes {
    func describeInYAML(_ request: Request, _ context: SiteContext) async throws -> Response {
        try described("application/yaml", \.yaml)
    }

    func describeInJSON(_ request: Request, _ context: SiteContext) async throws -> Response {
        try described("application/json", \.json)
    }

    private func described(_ type: String, _ form: KeyPath<APIDescription, Data>) throws -> Response {
        guard let description = Self.description else { throw NotFound() }
        let data = description[keyPath: form]
        var response = Response(
            status: .ok,
            headers: [
                .contentType: type, .contentLength: String(data.count), .cacheControl: "public, max-age=3600",
            ], body: .init(byteBuffer: ByteBuffer(bytes: data)))
        // Tools in other sites' pages may read it; nothing else of this server.
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }

    private static let description = try? APIDescription(Site.resources.appending(path: "Public/openapi.yaml"))

    /// Who the token acts for, with the functions held today.
    func account(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        var functions: [JSON] = []
        for held in actor.functions {
            let place = try await installation.names.organisation(held.organisation)?.name
            functions.append(
                .compact([
                    "functie": .text(held.function), "organisatie": .text(held.organisation.rawValue),
                    "organisatienaam": .optional(place), "deskundigheid": .optional(held.discipline),
                    "vanaf": .text(held.from.description), "totEnMet": .optional(held.until),
                ]))
        }
        return APIProblems.json(
            .compact([
                "persoon": .text(actor.person.rawValue), "naam": .optional(try await names([actor.person])[actor.person]),
                "functies": .list(functions),
            ]))
    }

    /// The plan in force today: every key that a program needs, with its title.
    func plan(_ request: Request, _ context: SiteContext) async throws -> Response {
        let rules = installation.rules
        return APIProblems.json(
            .compact([
                "sleutel": .text(rules.key.rawValue), "titel": JSON(rules.title),
                "geldigVanaf": .text(rules.inForce.description),
                "vandaag": .text(installation.today.description), "document": .text(rules.document),
                "groepen": options(rules.groups),
                "leeftijden": .object(["van": .int(rules.ages.lowerBound), "totEnMet": .int(rules.ages.upperBound)]),
                "relaties": .list(
                    rules.relations.map {
                        .object(["id": .text($0.id), "titel": JSON($0.title), "gezag": .bool($0.authority)])
                    }),
                "doelen": .list(
                    rules.purposes.map {
                        .object([
                            "id": .text($0.id), "titel": JSON($0.title), "uitleg": JSON($0.explanation),
                            "bron": .text($0.source),
                        ])
                    }),
                "documentsoorten": .list(rules.evidence.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) }),
                "deskundigheden": options(rules.disciplines),
                "functies": .list(
                    rules.functions.map {
                        .object(["id": .text($0.id), "titel": JSON($0.title), "plaats": .text($0.place.rawValue)])
                    }),
                "delen": .list(
                    rules.groeidocument.parts.map { part in
                        .object([
                            "id": .text(part.id), "titel": JSON(part.title), "uitleg": JSON(part.explanation),
                            "vragen": .list(part.fields.compactMap { rules.fields[$0] }.map { question($0) }),
                        ])
                    }),
                "procedures": .list(rules.procedures.map { shown($0) }),
            ]))
    }

    private func shown(_ route: ProcedureRule) -> JSON {
        .object([
            "id": .text(route.id), "titel": JSON(route.title), "waarom": JSON(route.why), "bron": .text(route.source),
            "stappen": .list(
                route.steps.map { step in
                    .object([
                        "id": .text(step.id), "titel": JSON(step.title), "functies": .texts(step.by.functions),
                        "keuzes": .list(step.choices.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) }),
                    ])
                }),
            "uitkomsten": .list(route.outcomes.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) }),
        ])
    }

    /// Schools by name; they are public, so this is the one search whose word stands in the address.
    func schools(_ request: Request, _ context: SiteContext) async throws -> Response {
        let limit = try number("aantal", request, in: 1...200, otherwise: 50)
        let rows = try await installation.registers.organisations(
            search: request.asked("zoek").map { String($0.prefix(100)) }, kind: nil, limit: limit + 2)
        let schools = rows.filter { $0.id != .partnership }
        return APIProblems.json(
            .object([
                "scholen": .list(
                    schools.prefix(limit).map { row in
                        .compact([
                            "id": .text(row.id.rawValue), "naam": .text(row.name), "soort": .text(row.kind),
                            "code": .optional(row.code), "plaats": .optional(row.place),
                        ])
                    }), "meer": .bool(schools.count > limit),
            ]))
    }

    /// What opening a dossier asks at each school where this person may: the people who can be named.
    func openingPlaces(_ request: Request, _ context: SiteContext) async throws -> Response {
        let places = try await installation.openingPlaces(for: try context.signedIn)
        return APIProblems.json(
            .object([
                "openingsplaatsen": .list(
                    places.map { place in
                        .object([
                            "school": .text(place.school.id.rawValue), "naam": .text(place.school.name),
                            "kandidaten": .object(place.people.mapValues { candidates($0) }),
                        ])
                    })
            ]))
    }
}
