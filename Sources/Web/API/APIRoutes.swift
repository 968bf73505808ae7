import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

/// The interface for programs, version 1: the same use cases as the pages, for whoever holds an access token.
///
/// `openapi.yaml` beside the program describes it; a test holds the two together.
///
/// | Method, path below `/v1` | What |
/// |---|---|
/// | GET `/openapi.yaml` | the description, for everybody |
/// | GET `/plan`, `/scholen`, `/taken` | the plan in force, schools, what waits |
/// | GET, POST `/dossiers`; GET `/dossiers/{id}`; PUT `…/kind` | find, open, read, correct |
/// | POST `…/verzorgers`, PUT `…/verzorgers/{id}`, POST `…/toestemmingen` | family and agreements |
/// | GET `…/groeidocument`, PATCH `…/groeidocument/{deel}` | read and write |
/// | GET, POST `…/groeidocument-versies`, POST `…/groeidocument-versies/{n}/handtekeningen` | lock and sign |
/// | GET, POST `…/documenten`, GET `…/documenten/{id}` | documents |
/// | GET, POST `…/procedures`, GET `…/procedures/{id}` | routes |
/// | GET, POST `…/procedures/{id}/stappen/{stap}` | steps |
/// | GET `…/besluiten` | decisions: number, begin, end and what is copied |
struct APIRoutes {
    let site: Site
    /// The most bytes of a body: a document of the largest size in base 64, and room for the rest.
    static let longestBody = Installation.largestDocument * 4 / 3 + 200_000

    func add(to router: Router<SiteContext>) {
        let open = router.group("/v1").add(middleware: APIProblems(site: site))
        open.get("/openapi.yaml", use: description)
        let api = router.group("/v1").add(middleware: APIProblems(site: site)).add(middleware: APIPeople(site: site))
        api.get("/plan", use: plan)
        api.get("/scholen", use: schools)
        api.get("/taken", use: tasks)
        api.get("/dossiers", use: dossiers)
        api.post("/dossiers", use: openDossier)
        api.get("/dossiers/:dossier", use: dossier)
        api.put("/dossiers/:dossier/kind", use: correctChild)
        api.post("/dossiers/:dossier/verzorgers", use: addGuardian)
        api.put("/dossiers/:dossier/verzorgers/:guardian", use: changeGuardian)
        api.post("/dossiers/:dossier/toestemmingen", use: recordAgreement)
        api.get("/dossiers/:dossier/groeidocument", use: growth)
        api.patch("/dossiers/:dossier/groeidocument/:part", use: write)
        api.get("/dossiers/:dossier/groeidocument-versies", use: versions)
        api.post("/dossiers/:dossier/groeidocument-versies", use: lock)
        api.post("/dossiers/:dossier/groeidocument-versies/:number/handtekeningen", use: sign)
        api.get("/dossiers/:dossier/documenten", use: documents)
        api.post("/dossiers/:dossier/documenten", use: addDocument)
        api.get("/dossiers/:dossier/documenten/:document", use: document)
        api.get("/dossiers/:dossier/procedures", use: procedures)
        api.post("/dossiers/:dossier/procedures", use: start)
        api.get("/dossiers/:dossier/procedures/:instance", use: procedure)
        api.get("/dossiers/:dossier/procedures/:instance/stappen/:step", use: step)
        api.post("/dossiers/:dossier/procedures/:instance/stappen/:step", use: take)
        api.get("/dossiers/:dossier/besluiten", use: decisions)
        api.get("/**") { _, _ -> Response in throw NotFound() }
    }

    private var installation: Installation { site.installation }

    // MARK: Reading bodies

    private func body(_ request: Request) async throws -> JSON {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("application/json") else { throw UnreadableBody("", expected: "application/json") }
        var request = request
        let buffer = try await request.collectBody(upTo: Self.longestBody)
        do {
            return try JSONDecoder().decode(JSON.self, from: Data(buffer.readableBytesView))
        } catch {
            throw UnreadableBody("", expected: "JSON")
        }
    }

    private func text(_ body: JSON, _ name: String) throws -> String {
        guard let text = body[name].text else { throw UnreadableBody(name, expected: "text") }
        return text
    }

    private func day(_ body: JSON, _ name: String, otherwise: Day? = nil) throws -> Day {
        if body[name] == .null, let otherwise { return otherwise }
        guard let day = body[name].text.flatMap({ Day($0) }) else { throw UnreadableBody(name, expected: "YYYY-MM-DD") }
        return day
    }

    private func answers(_ body: JSON) throws -> Answers {
        guard let given = body["antwoorden"].object else {
            if body["antwoorden"] == .null { return [:] }
            throw UnreadableBody("antwoorden", expected: "object")
        }
        var answers: Answers = [:]
        for (field, value) in given {
            guard let answer = value.answer else {
                throw UnreadableBody("antwoorden/\(field)", expected: "text, list of texts or boolean")
            }
            answers[field] = answer
        }
        return answers
    }

    private func seen(_ context: SiteContext, _ parts: Set<DossierPart>) async throws -> SeenDossier {
        try await installation.see(try context.dossierID, parts, as: try context.signedIn, kind: .api)
    }

    // MARK: Plan, schools, work

    private func description(_ request: Request, _ context: SiteContext) async throws -> Response {
        let data = try Data(contentsOf: Site.resources.appending(path: "Public/openapi.yaml"))
        var response = Response(
            status: .ok, headers: [.contentType: "application/yaml", .cacheControl: "public, max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }

    private func plan(_ request: Request, _ context: SiteContext) async throws -> Response {
        let rules = installation.rules
        func options(_ options: [Field.Option]) -> JSON {
            .list(options.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) })
        }
        return APIProblems.json(
            .object([
                "versie": .text(rules.key.rawValue), "titel": JSON(rules.title), "groepen": options(rules.groups),
                "relaties": .list(
                    rules.relations.map {
                        .object(["id": .text($0.id), "titel": JSON($0.title), "gezag": .bool($0.authority)])
                    }),
                "doelen": .list(
                    rules.purposes.map { .object(["id": .text($0.id), "titel": JSON($0.title), "bron": .text($0.source)]) }),
                "documentsoorten": .list(rules.evidence.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) }),
                "delen": .list(
                    rules.groeidocument.parts.map { part in
                        .object([
                            "id": .text(part.id), "titel": JSON(part.title),
                            "vragen": .list(part.fields.compactMap { rules.fields[$0] }.map { self.field($0) }),
                        ])
                    }),
                "procedures": .list(
                    rules.procedures.map { route in
                        .object([
                            "id": .text(route.id), "titel": JSON(route.title), "bron": .text(route.source),
                            "stappen": .list(
                                route.steps.map { step in
                                    .object([
                                        "id": .text(step.id), "titel": JSON(step.title),
                                        "keuzes": .list(
                                            step.choices.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) }),
                                    ])
                                }),
                        ])
                    }),
            ]))
    }

    private func field(_ field: Field, known: Answer? = nil, conditional: Bool = false) -> JSON {
        let kind: String
        switch field.kind {
        case .text: kind = "tekst"
        case .paragraph: kind = "alinea"
        case .day: kind = "dag"
        case .moment: kind = "moment"
        case .choice: kind = "keuze"
        case .choices: kind = "keuzes"
        case .yesNo: kind = "janee"
        case .person: kind = "persoon"
        }
        return .compact([
            "id": .text(field.id), "titel": JSON(field.title), "waarom": field.why.map { JSON($0) } ?? .null,
            "soort": .text(kind), "verplicht": .bool(field.required && !conditional), "stem": .optional(field.voice),
            "opties": field.options.isEmpty
                ? .null : .list(field.options.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) }),
            "bekend": known.map { JSON($0) } ?? .null,
        ])
    }

    private func schools(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        let rows = try await installation.registers.organisations(
            search: request.uri.queryParameters["zoek"].map(String.init), kind: nil, limit: 200)
        return APIProblems.json(
            .object([
                "scholen": .list(
                    rows.filter { $0.id != .partnership }.map { row in
                        .compact([
                            "id": .text(row.id.rawValue), "naam": .text(row.name), "soort": .text(row.kind),
                            "vestigingscode": .optional(row.code), "plaats": .optional(row.place),
                        ])
                    })
            ]))
    }

    private func tasks(_ request: Request, _ context: SiteContext) async throws -> Response {
        let worklist = try await installation.worklist(for: try context.signedIn)
        func item(_ item: Worklist.Item) -> JSON {
            .compact([
                "dossier": .text(item.dossier.id.rawValue), "procedure": .text(item.task.procedure),
                "instantie": .text(item.task.instance.rawValue), "stap": .text(item.task.step),
                "titel": JSON(item.step.title), "sinds": .text(item.task.since.description), "uiterlijk": .optional(item.task.due),
                "teLaat": .bool(item.urgency == .late),
            ])
        }
        return APIProblems.json(
            .object([
                "wachtOpMij": .list(worklist.waiting.map(item)), "ikWachtOp": .list(worklist.awaited.map(item)),
                "veranderd": .list(
                    worklist.news.map {
                        .object(["dossier": .text($0.dossier.id.rawValue), "veranderingen": .int($0.changes.count)])
                    }),
            ]))
    }

    // MARK: Dossiers

    private func dossiers(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = request.uri.queryParameters
        let limit = min(200, max(1, query["aantal"].flatMap { Int($0) } ?? 50))
        var after: PageKey?
        if let page = query["pagina"] {
            guard let key = try await installation.pageKey(DossierID(String(page))) else {
                throw UnreadableBody("pagina", expected: "page token")
            }
            after = key
        }
        let (rows, next) = try await installation.dossiers(
            for: try context.signedIn, search: query["zoek"].map(String.init), after: after, limit: limit)
        return APIProblems.json(
            .compact([
                "dossiers": .list(
                    rows.map { row in
                        .object([
                            "id": .text(row.id.rawValue), "voornaam": .text(row.givenName), "achternaam": .text(row.familyName),
                            "groep": .text(row.group), "school": .text(row.school.rawValue),
                            "gewijzigd": .text(row.changedAt.description),
                        ])
                    }), "volgende": .optional(next?.dossier),
            ]))
    }

    private func child(_ body: JSON) throws -> Child {
        Child(
            givenName: try text(body, "voornaam"), familyName: try text(body, "achternaam"),
            born: try day(body, "geboortedatum"), group: try text(body, "groep"))
    }

    private func guardian(_ body: JSON) throws -> NewGuardian {
        guard let authority = body["gezag"].bool else { throw UnreadableBody("gezag", expected: "boolean") }
        return NewGuardian(
            name: try text(body, "naam"), relation: try text(body, "relatie"), authority: authority, email: body["email"].text)
    }

    private func openDossier(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let body = try await body(request)
        let guardians = try (body["verzorgers"].list ?? []).map { try guardian($0) }
        let dossier = try await installation.openDossier(
            NewDossier(
                child: try child(body["kind"]), school: OrganisationID(try text(body, "school")), guardians: guardians), as: actor)
        return try await answer(dossier.id, actor, status: .created)
    }

    private func answer(
        _ id: DossierID, _ actor: Actor, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let seen = try await installation.see(id, Set(DossierPart.allCases), all: false, as: actor, kind: .api)
        var response = APIProblems.json(shown(seen), status: status)
        if status == .created { response.headers[.location] = "/v1/dossiers/\(id)" }
        return response
    }

    private func dossier(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await answer(try context.dossierID, try context.signedIn)
    }

    /// A dossier as its reader may see it; a part out of sight is not there.
    private func shown(_ seen: SeenDossier) -> JSON {
        let dossier = seen.dossier
        let sight = seen.sight
        var members: [String: JSON] = [
            "id": .text(dossier.id.rawValue), "versie": .int(dossier.version),
            "delen": .list(sight.parts.map(\.rawValue).sorted().map { .text($0) }),
        ]
        if sight.sees(.child), let child = dossier.child {
            members["kind"] = .object([
                "voornaam": .text(child.givenName), "achternaam": .text(child.familyName),
                "geboortedatum": .text(child.born.description), "groep": .text(child.group),
            ])
            members["school"] = .optional(dossier.school)
        }
        if sight.sees(.family) {
            members["verzorgers"] = .list(
                dossier.guardians.map { guardian in
                    .compact([
                        "id": .text(guardian.id.rawValue), "naam": .text(guardian.name), "relatie": .text(guardian.relation),
                        "gezag": .bool(guardian.authority), "email": .optional(guardian.email),
                    ])
                })
        }
        if sight.sees(.agreements) {
            members["toestemmingen"] = .list(
                dossier.agreements.map {
                    .object([
                        "verzorger": .text($0.guardian.rawValue), "doel": .text($0.purpose), "woord": .text($0.word.rawValue),
                        "wijze": .text($0.way.rawValue), "op": .text($0.on.description),
                    ])
                })
        }
        if sight.sees(.procedures) { members["procedures"] = .list(dossier.procedures.map { shown($0, seen) }) }
        if sight.sees(.decisions) { members["besluiten"] = .list(dossier.decisions.map { shown($0) }) }
        return .object(members)
    }

    private func correctChild(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let child = try child(try await body(request))
        let dossier = try await installation.perform(.correctChild(child), on: try context.dossierID, as: actor)
        return try await answer(dossier.id, actor)
    }

    private func addGuardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let guardian = try guardian(try await body(request))
        let dossier = try await installation.record(guardian, id: nil, in: try context.dossierID, as: actor)
        return try await answer(dossier.id, actor, status: .created)
    }

    private func changeGuardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let guardian = try guardian(try await body(request))
        let dossier = try await installation.record(
            guardian, id: GuardianID(try context.parameter("guardian")), in: try context.dossierID, as: actor)
        return try await answer(dossier.id, actor)
    }

    private func recordAgreement(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let body = try await body(request)
        guard let word = Agreement.Word(rawValue: try text(body, "woord")) else {
            throw UnreadableBody("woord", expected: Agreement.Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let way = Agreement.Way(rawValue: body["wijze"].text ?? "spoken") else {
            throw UnreadableBody("wijze", expected: Agreement.Way.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let dossier = try await installation.perform(
            .recordAgreement(
                .init(
                    guardian: GuardianID(try text(body, "verzorger")), purpose: try text(body, "doel"), word: word, way: way,
                    on: try day(body, "op", otherwise: installation.today))), on: try context.dossierID, as: actor)
        return try await answer(dossier.id, actor, status: .created)
    }

    // MARK: Groeidocument

    private func growth(_ request: Request, _ context: SiteContext) async throws -> Response {
        APIProblems.json(growth(try await seen(context, [.groeidocument])))
    }

    private func growth(_ seen: SeenDossier) -> JSON {
        let dossier = seen.dossier
        return .object([
            "delen": .list(
                seen.rules.groeidocument.parts.map { part in
                    let known = part.fields.compactMap { id in dossier.known[id].map { (id, $0) } }
                    return .object([
                        "id": .text(part.id), "titel": JSON(part.title),
                        "antwoorden": .object(Dictionary(known.map { ($0.0, JSON($0.1.answer)) }) { first, _ in first }),
                        "revisies": .object(Dictionary(known.map { ($0.0, .int($0.1.revision)) }) { first, _ in first }),
                        "open": .list(
                            dossier.emptyFields(ofPart: part.id, seen.rules, seen.facts).map { .text($0) }),
                    ])
                })
        ])
    }

    private func write(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let body = try await body(request)
        var basedOn: [String: Int] = [:]
        for (field, revision) in body["revisies"].object ?? [:] {
            guard let number = revision.int else { throw UnreadableBody("revisies/\(field)", expected: "integer") }
            basedOn[field] = number
        }
        let id = try context.dossierID
        _ = try await installation.perform(
            .write(.init(part: try context.parameter("part"), answers: try answers(body), basedOn: basedOn)), on: id, as: actor)
        return APIProblems.json(growth(try await seen(context, [.groeidocument])))
    }

    private func versions(_ request: Request, _ context: SiteContext) async throws -> Response {
        APIProblems.json(versions(try await seen(context, [.groeidocument]).dossier))
    }

    private func versions(_ dossier: Dossier) -> JSON {
        .object([
            "versies": .list(
                dossier.versions.map { version in
                    .object([
                        "nummer": .int(version.number), "op": .text(version.at.description), "reden": .text(version.reason),
                        "antwoorden": JSON(version.answers),
                        "handtekeningen": .list(
                            version.signatures.map {
                                .compact([
                                    "verzorger": .optional($0.guardian), "wijze": .text($0.way.rawValue),
                                    "op": .text($0.on.description),
                                ])
                            }),
                    ])
                })
        ])
    }

    private func lock(_ request: Request, _ context: SiteContext) async throws -> Response {
        let dossier = try await installation.perform(
            .lockVersion, on: try context.dossierID, as: try context.signedIn)
        return APIProblems.json(versions(dossier), status: .created)
    }

    private func sign(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await body(request)
        guard let number = Int(try context.parameter("number")) else { throw NotFound() }
        guard let way = Agreement.Way(rawValue: body["wijze"].text ?? "paper") else {
            throw UnreadableBody("wijze", expected: Agreement.Way.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let dossier = try await installation.perform(
            .signVersion(
                .init(
                    number: number, guardian: body["verzorger"].text.map { GuardianID($0) }, way: way,
                    on: try day(body, "op", otherwise: installation.today))), on: try context.dossierID,
            as: try context.signedIn)
        return APIProblems.json(versions(dossier), status: .created)
    }

    // MARK: Documents

    private func documents(_ request: Request, _ context: SiteContext) async throws -> Response {
        APIProblems.json(documents(try await seen(context, [.documents]).dossier))
    }

    private func documents(_ dossier: Dossier) -> JSON {
        .object([
            "documenten": .list(
                dossier.documentsInSight.map { document in
                    .object([
                        "id": .text(document.id.rawValue), "naam": .text(document.name), "soort": .text(document.kind),
                        "formaat": .text(document.format), "grootte": .int(document.size), "sha256": .text(document.digest),
                        "toegevoegd": .text(document.at.description),
                    ])
                })
        ])
    }

    private func addDocument(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let body = try await body(request)
        guard let contents = Data(base64Encoded: try text(body, "inhoud")) else {
            throw UnreadableBody("inhoud", expected: "base64")
        }
        let dossier = try await installation.addDocument(
            contents, name: try text(body, "naam"), kind: try text(body, "soort"), to: try context.dossierID, as: actor)
        return APIProblems.json(documents(dossier), status: .created)
    }

    private func document(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (document, contents) = try await installation.document(
            DocumentID(try context.parameter("document")), of: try context.dossierID, as: try context.signedIn, kind: .api)
        return Response(
            status: .ok,
            headers: [
                .contentType: DocumentFormat(rawValue: document.format)?.contentType ?? "application/octet-stream",
                .contentDisposition: FileName.attachment(document.name), .contentLength: String(contents.count),
                .cacheControl: "no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: contents)))
    }

    // MARK: Procedures

    private func shown(_ procedure: Procedure, _ seen: SeenDossier) -> JSON {
        let rules = installation.shelf[procedure.plan]
        let route = rules?.procedure(procedure.rule)
        let clocks: [JSON] = (rules.flatMap { rules in route.map { procedure.clocks($0, rules.holidays) } } ?? []).map { state in
            .compact(["id": .text(state.rule.id), "uiterlijk": .optional(state.due)])
        }
        return .compact([
            "id": .text(procedure.id.rawValue), "procedure": .text(procedure.rule), "plan": .text(procedure.plan.rawValue),
            "gestart": .text(procedure.startedAt.description), "ontvangen": .text(procedure.received.description),
            "compleet": .optional(procedure.complete),
            "openStappen": .list(procedure.open.map { .text($0.step) }), "uitkomst": .optional(procedure.ended?.outcome),
            "termijnen": .list(clocks),
            "overleggen": .list(
                procedure.meetings.map { .object(["moment": .text($0.moment), "plaats": .text($0.place)]) }),
        ])
    }

    private func procedures(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await seen(context, [.procedures])
        return APIProblems.json(
            .object([
                "procedures": .list(seen.dossier.procedures.map { shown($0, seen) }),
                "teStarten": .list(installation.startable(in: seen).map { .text($0.id) }),
            ]))
    }

    private func start(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let body = try await body(request)
        let id = try context.dossierID
        let (_, instance) = try await installation.start(
            try text(body, "procedure"), answers: try answers(body), in: id, as: actor)
        let seen = try await seen(context, [.procedures])
        guard let procedure = seen.dossier.procedure(instance) else { throw NotFound() }
        var response = APIProblems.json(shown(procedure, seen), status: .created)
        response.headers[.location] = "/v1/dossiers/\(id)/procedures/\(instance)"
        return response
    }

    private func procedure(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await seen(context, [.procedures])
        guard let procedure = seen.dossier.procedure(try context.instanceID) else { throw NotFound() }
        return APIProblems.json(shown(procedure, seen))
    }

    /// The form of a step: what is asked, what is known, and the choices with what each of them asks.
    private func step(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await seen(context, [.procedures])
        let form = try await installation.stepForm(try context.parameter("step"), of: try context.instanceID, in: seen)
        func fields(_ asked: [AskedField]) -> JSON {
            .list(asked.map { field($0.field, known: $0.known, conditional: $0.isConditional) })
        }
        return APIProblems.json(
            .object([
                "vragen": fields(form.asked),
                "keuzes": .list(
                    form.choices.map { choice in
                        .compact([
                            "id": .text(choice.rule.id), "titel": JSON(choice.rule.title), "vragen": fields(choice.asked),
                            "overleg": choice.meeting == nil ? .null : .list(MeetingField.all.sorted().map { .text($0) }),
                            "voorstelEinde": .optional(choice.validity?.proposed),
                        ])
                    }),
                "personen": .object(
                    form.people.mapValues { people in
                        .list(
                            people.map {
                                .compact(["id": .text($0.person.rawValue), "naam": .text($0.name), "discipline": .optional($0.discipline)])
                            })
                    }),
            ]))
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let body = try await body(request)
        let instance = try context.instanceID
        _ = try await installation.take(
            try context.parameter("step"), try text(body, "keuze"), answers: try answers(body), of: instance,
            in: try context.dossierID, as: actor)
        let seen = try await seen(context, [.procedures])
        guard let procedure = seen.dossier.procedure(instance) else { throw NotFound() }
        return APIProblems.json(shown(procedure, seen))
    }

    // MARK: Decisions

    private func shown(_ decision: Decision) -> JSON {
        .compact([
            "nummer": .text(decision.number), "instantie": .text(decision.instance.rawValue), "uitkomst": .text(decision.outcome),
            "begin": .optional(decision.begin), "einde": .optional(decision.end), "besloten": .text(decision.issued.description),
            "redenen": .text(decision.reasons), "bezwaarTot": .optional(decision.objectionUntil),
            "gegevens": JSON(decision.copies), "afwijking": .bool(decision.deviates),
        ])
    }

    private func decisions(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await seen(context, [.decisions])
        return APIProblems.json(.object(["besluiten": .list(seen.dossier.decisions.map { shown($0) })]))
    }
}
