import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

// Work, finding and opening dossiers, the child, the people named around it, and who read.
extension APIRoutes {
    func tasks(_ request: Request, _ context: SiteContext) async throws -> Response {
        let worklist = try await installation.worklist(for: try context.signedIn)
        func item(_ item: Worklist.Item) -> JSON {
            .compact([
                "dossier": .text(item.dossier.id.rawValue), "procedure": .text(item.task.procedure),
                "instantie": .text(item.task.instance.rawValue), "stap": .text(item.task.step),
                "titel": JSON(item.step.title), "sinds": .text(item.task.since.description),
                "uiterlijk": .optional(item.task.due), "teLaat": .bool(item.urgency == .late),
            ])
        }
        return APIProblems.json(
            .object([
                "wachtOpMij": .list(worklist.waiting.map(item)), "ikWachtOp": .list(worklist.awaited.map(item)),
                "veranderd": .list(
                    worklist.news.map {
                        .object(["dossier": .text($0.dossier.id.rawValue), "veranderingen": .int($0.changes.count)])
                    }), "meer": .bool(worklist.hasMore),
            ]))
    }

    // MARK: Finding

    func dossiers(_ request: Request, _ context: SiteContext) async throws -> Response {
        let limit = try number("aantal", request, in: 1...200, otherwise: 50)
        return try await list(search: nil, after: request.asked("pagina"), limit: limit, context)
    }

    /// A search by name; what is searched for is a child's name, so it is in the body and not in the address.
    func searchDossiers(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        let (search, page, limit) = try await body(request) { body in
            (body.text("zoek"), body.optionalText("pagina"), body.optionalInt("aantal") ?? 50)
        }
        guard (1...200).contains(limit) else { throw UnreadableBody(.body("/aantal"), .type("integer")) }
        return try await list(search: String(search.prefix(100)), after: page, limit: limit, context)
    }

    /// One page of the list; where it ends is told by the key of a dossier, for a name does not belong in an address.
    private func list(search: String?, after page: String?, limit: Int, _ context: SiteContext) async throws -> Response {
        let after = SiteContext.key(page).map { DossierID($0) }
        let (listed, next) = try await installation.listed(
            for: try context.signedIn, search: search, after: after, limit: limit)
        return APIProblems.json(
            .compact([
                "dossiers": .list(
                    listed.map { dossier in
                        let row = dossier.row
                        let seesChild = dossier.parts.contains(.child)
                        return .compact([
                            "id": .text(row.id.rawValue), "voornaam": .text(row.givenName), "achternaam": .text(row.familyName),
                            "groep": seesChild ? .text(row.group) : .null, "school": .text(row.school.rawValue),
                            "lopend": dossier.parts.contains(.procedures)
                                ? .list(
                                    dossier.running.map {
                                        .object(["procedure": .text($0.procedure), "instantie": .text($0.instance.rawValue)])
                                    }) : .null,
                            "gewijzigd": .text(row.changedAt.description),
                        ])
                    }), "volgende": .optional(next),
            ]))
    }

    // MARK: Opening

    func openDossier(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let (new, isAnother) = try await body(request) { body in
            (
                NewDossier(
                    child: child(body.object("kind")), school: OrganisationID(body.text("school")),
                    guardians: body.objects("verzorgers").map { guardian($0) },
                    named: body.objects("betrokkenen").map { person($0) }), body.optionalBool("anderKind") ?? false
            )
        }
        if !isAnother {
            let alike = try await installation.alike(new.child, for: actor)
            guard alike.isEmpty else {
                throw APIProblem(kind: .alike, members: ["dossiers": .texts(alike.map(\.id.rawValue))])
            }
        }
        let dossier = try await placing({ BodyPlace.opening($0, named: new.named) }) {
            try await installation.openDossier(new, as: actor)
        }
        return try await changed(dossier.id, actor, [.child], status: .created, location: "") { try await shown($0) }
    }

    private func child(_ body: BodyReader) -> Child {
        Child(
            givenName: body.text("voornaam"), familyName: body.text("achternaam"), born: body.day("geboortedatum"),
            group: body.text("groep"))
    }

    private func person(_ body: BodyReader) -> NamedPerson {
        NamedPerson(person: PersonID(body.text("persoon")), function: body.text("functie"))
    }

    // MARK: One dossier

    /// A dossier as its reader may see it; a part out of sight is not there.
    func dossier(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, Set(DossierPart.allCases), all: false) { try await shown($0) }
    }

    private func shown(_ seen: SeenDossier) async throws -> JSON {
        let dossier = seen.dossier
        let sight = seen.sight
        var members: [String: JSON] = [
            "id": .text(dossier.id.rawValue), "versie": .int(dossier.version),
            "delen": .texts(sight.parts.map(\.rawValue).sorted()), "mag": .texts(sight.acts.map(\.rawValue).sorted()),
            "functies": .texts(sight.functions.isEmpty ? [sight.readsAs] : sight.functions),
            "zichtbaarTotEnMet": .optional(sight.until),
        ]
        if sight.sees(.child) {
            members["kind"] = dossier.child.map { shown($0) }
            members["school"] = .optional(dossier.school)
            members["betrokkenen"] = try await shown(dossier.named)
        }
        if sight.sees(.family) { members["verzorgers"] = .list(dossier.guardians.map { shown($0, seen) }) }
        if sight.sees(.agreements) { members["toestemmingen"] = .list(dossier.agreements.map { shown($0) }) }
        if sight.sees(.procedures) {
            members["procedures"] = .list(dossier.procedures.map { summary($0, seen) })
        }
        if sight.sees(.decisions) { members["besluiten"] = .list(dossier.decisions.map { shown($0) }) }
        return .compact(members)
    }

    func child(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.child]) { seen in
            guard let child = seen.dossier.child else { throw NotFound() }
            return shown(child)
        }
    }

    func correctChild(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let corrected = try await body(request) { child($0) }
        _ = try await placing(BodyPlace.child) {
            try await installation.perform(.correctChild(corrected), on: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.child]) { $0.dossier.child.map { shown($0) } }
    }

    private func shown(_ child: Child) -> JSON {
        .object([
            "voornaam": .text(child.givenName), "achternaam": .text(child.familyName),
            "geboortedatum": .text(child.born.description), "groep": .text(child.group),
        ])
    }

    // MARK: People named around the child

    /// Who is named for the child, and for whoever may name people also who can be.
    func named(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.child]) { seen in
            var members = ["betrokkenen": try await shown(seen.dossier.named)]
            if seen.sight.may(.namePeople), let school = seen.dossier.school {
                let people = try await installation.nameable(at: school, seen.rules)
                members["kandidaten"] = .object(people.mapValues { candidates($0) })
            }
            return .object(members)
        }
    }

    private func shown(_ named: [NamedPerson]) async throws -> JSON {
        let names = try await names(named.map(\.person))
        return .list(
            named.map {
                .compact([
                    "persoon": .text($0.person.rawValue), "naam": .optional(names[$0.person]), "functie": .text($0.function),
                ])
            })
    }

    func namePerson(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let new = try await body(request) { person($0) }
        _ = try await placing(BodyPlace.named) {
            try await installation.perform(.namePerson(new), on: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.child], status: .created) { seen in
            .object(["betrokkenen": try await shown(seen.dossier.named)])
        }
    }

    func unnamePerson(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let person = NamedPerson(
            person: PersonID(try context.parameter("persoon")), function: try context.parameter("functie"))
        _ = try await installation.perform(.unnamePerson(person), on: entered.dossier.id, as: entered.actor)
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    // MARK: Who read

    func reads(_ request: Request, _ context: SiteContext) async throws -> Response {
        let limit = try number("aantal", request, in: 1...200, otherwise: 50)
        let before = request.asked("voor") == nil ? nil : Int64(try number("voor", request, in: 1...Int.max, otherwise: 1))
        // Of the log itself the newest line is this reading.
        let seen = try await seen(context, [.readLog]) { _ in }.seen
        let (reads, next) = try await installation.reads(of: seen, before: before, limit: limit)
        let names = try await names(reads.map(\.read.person))
        return APIProblems.json(
            .compact([
                "leesregels": .list(
                    reads.map { line in
                        .compact([
                            "nummer": .int(Int(line.sequence)), "persoon": .text(line.read.person.rawValue),
                            "naam": .optional(names[line.read.person]), "functie": .text(line.read.function),
                            "doel": .text(line.read.purpose), "delen": .texts(line.read.parts),
                            "soort": .text(line.read.kind.rawValue), "op": .text(line.read.at.description),
                        ])
                    }), "volgende": next.map { .int(Int($0)) } ?? .null,
            ]))
    }
}
