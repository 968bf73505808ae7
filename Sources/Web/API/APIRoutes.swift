import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

/// The interface for programs, version 1: the same use cases as the pages, for whoever holds an access token.
///
/// `openapi.yaml` describes every route; a test holds the two together. Names are Dutch, as in the field; codes and keys are
/// those of the plan and of the engine. Reads are logged as reads of a page are, with `api` as their kind.
struct APIRoutes {
    let site: Site
    /// The path that the major version is part of.
    static let root = "/v1"
    /// Whether a path is of this interface, whether or not there is anything.
    static func holds(_ path: String) -> Bool { path == root || path.hasPrefix("\(root)/") }
    /// The most bytes of a body: the longest form, with every letter escaped.
    static let longestBody = 2_000_000
    /// The most bytes of a body with a document: one of the largest size in base 64, and room for the rest.
    static let longestUpload = Installation.largestDocument * 4 / 3 + 200_000
    /// Every method that a path may be asked with; what it does not know is answered with those it knows.
    private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]

    var installation: Installation { site.installation }

    /// What everybody may ask for.
    var open: [APIRoute] {
        [
            APIRoute(.get, "/openapi.json", describeInJSON),
            APIRoute(.get, "/openapi.yaml", describeInYAML),
        ]
    }

    /// What takes a token, each dossier under the access function.
    var routes: [APIRoute] {
        [
            APIRoute(.get, "/account", account),
            APIRoute(.get, "/plan", plan),
            APIRoute(.get, "/planversies", planVersions),
            APIRoute(.post, "/planversies", beginPlanDraft),
            APIRoute(.get, "/planversies/{samenwerkingsverband}/{versie}", readPlanVersion),
            APIRoute(.get, "/planversies/{samenwerkingsverband}/{versie}/verschillen", planDifferences),
            APIRoute(.get, "/planversies/{samenwerkingsverband}/{versie}/controle", checkPlanDraft),
            APIRoute(.get, "/planversies/{samenwerkingsverband}/{versie}/bestanden", planFiles),
            APIRoute(.patch, "/planversies/{samenwerkingsverband}/{versie}/bestanden", writePlanFiles),
            APIRoute(.post, "/planversies/{samenwerkingsverband}/{versie}/handelingen", takePlanStep),
            APIRoute(.get, "/scholen", schools),
            APIRoute(.get, "/openingsplaatsen", openingPlaces),
            APIRoute(.get, "/taken", tasks),
            APIRoute(.get, "/lijsten", inventories),
            APIRoute(.get, "/lijsten/{procedure}", inventory),
            APIRoute(.post, "/lijsten/{procedure}", beginInventory),

            APIRoute(.get, "/dossiers", dossiers),
            APIRoute(.post, "/dossiers", openDossier),
            APIRoute(.post, "/dossiers/_zoek", searchDossiers),
            APIRoute(.get, "/dossiers/{dossier}", dossier),
            APIRoute(.get, "/dossiers/{dossier}/kind", child),
            APIRoute(.put, "/dossiers/{dossier}/kind", correctChild),
            APIRoute(.get, "/dossiers/{dossier}/betrokkenen", named),
            APIRoute(.post, "/dossiers/{dossier}/betrokkenen", namePerson),
            APIRoute(.delete, "/dossiers/{dossier}/betrokkenen/{functie}/{persoon}", unnamePerson),
            APIRoute(.get, "/dossiers/{dossier}/leesregels", reads),

            APIRoute(.get, "/dossiers/{dossier}/verzorgers", guardians),
            APIRoute(.post, "/dossiers/{dossier}/verzorgers", addGuardian),
            APIRoute(.get, "/dossiers/{dossier}/verzorgers/{verzorger}", guardian),
            APIRoute(.put, "/dossiers/{dossier}/verzorgers/{verzorger}", changeGuardian),
            APIRoute(.delete, "/dossiers/{dossier}/verzorgers/{verzorger}", endGuardian),
            APIRoute(.post, "/dossiers/{dossier}/verzorgers/{verzorger}/accounts", giveAccount),
            APIRoute(.get, "/dossiers/{dossier}/toestemmingen", agreements),
            APIRoute(.post, "/dossiers/{dossier}/toestemmingen", recordAgreement),
            APIRoute(.get, "/dossiers/{dossier}/meelezers", askedIn),
            APIRoute(.post, "/dossiers/{dossier}/meelezers", askIn),
            APIRoute(.post, "/dossiers/{dossier}/meelezers/{meelezer}/verlengingen", prolongAskedIn),
            APIRoute(.delete, "/dossiers/{dossier}/meelezers/{meelezer}", withdrawAskedIn),

            APIRoute(.get, "/dossiers/{dossier}/groeidocument", growth),
            APIRoute(.get, "/dossiers/{dossier}/groeidocument/{deel}", part),
            APIRoute(.patch, "/dossiers/{dossier}/groeidocument/{deel}", writePart),
            APIRoute(.get, "/dossiers/{dossier}/groeidocument-versies", versions),
            APIRoute(.post, "/dossiers/{dossier}/groeidocument-versies", lockVersion),
            APIRoute(.get, "/dossiers/{dossier}/groeidocument-versies/{nummer}", version),
            APIRoute(.post, "/dossiers/{dossier}/groeidocument-versies/{nummer}/handtekeningen", signVersion),

            APIRoute(.get, "/dossiers/{dossier}/documenten", documents),
            APIRoute(.post, "/dossiers/{dossier}/documenten", addDocument),
            APIRoute(.get, "/dossiers/{dossier}/documenten/{document}", document),
            APIRoute(.delete, "/dossiers/{dossier}/documenten/{document}", withdrawDocument),

            APIRoute(.get, "/dossiers/{dossier}/procedure-formulieren", startForms),
            APIRoute(.get, "/dossiers/{dossier}/procedure-formulieren/{procedure}", startForm),
            APIRoute(.get, "/dossiers/{dossier}/procedures", procedures),
            APIRoute(.post, "/dossiers/{dossier}/procedures", startProcedure),
            APIRoute(.get, "/dossiers/{dossier}/procedures/{instantie}", procedure),
            APIRoute(.get, "/dossiers/{dossier}/procedures/{instantie}/versie", moveForm),
            APIRoute(.post, "/dossiers/{dossier}/procedures/{instantie}/versie", moveProcedure),
            APIRoute(.get, "/dossiers/{dossier}/procedures/{instantie}/stappen/{stap}", stepForm),
            APIRoute(.post, "/dossiers/{dossier}/procedures/{instantie}/stappen/{stap}", takeStep),
            APIRoute(.get, "/dossiers/{dossier}/procedures/{instantie}/stappen/{stap}/persoon", reassignForm),
            APIRoute(.post, "/dossiers/{dossier}/procedures/{instantie}/stappen/{stap}/persoon", reassign),
            APIRoute(.get, "/dossiers/{dossier}/besluiten", decisions),
            APIRoute(.get, "/dossiers/{dossier}/besluiten/{instantie}", decision),
            APIRoute(.get, "/dossiers/{dossier}/besluiten/{instantie}/brief", letter),
        ]
    }

    func add(to router: Router<SiteContext>) {
        router.add(middleware: APIProblems(site: site))
        Self.add(open, to: router.group(RouterPath(Self.root)))
        let signedIn = router.group(RouterPath(Self.root)).add(middleware: APIPeople(site: site))
        Self.add(routes, to: signedIn)
        for method in Self.methods {
            signedIn.on("/**", method: method) { _, _ -> Response in throw NotFound() }
        }
    }

    private static func add(_ routes: [APIRoute], to group: RouterGroup<SiteContext>) {
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            var known = routes.map(\.method)
            for route in routes { group.on(RouterPath(path), method: route.method, use: route.answer) }
            // The router answers HEAD wherever there is a GET.
            if known.contains(.get) { known.append(.head) }
            let allowed = known.map(\.rawValue).sorted().joined(separator: ", ")
            for method in methods where !known.contains(method) {
                group.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw APIProblem(kind: .methodNotAllowed, headers: [.allow: allowed])
                }
            }
        }
    }
}

// What all handlers share.
extension APIRoutes {
    /// Who asks, and the dossier of the address: not there for them is not found, before anything that was sent is read.
    func entered(_ context: SiteContext) async throws -> SeenDossier {
        try await installation.glance(try context.dossierID, as: try context.signedIn)
    }

    /// Shows something of these parts of the dossier of the address, after the read is logged.
    ///
    /// What is not there, or cannot be shown now, is found out first: the family's log tells of no reading of nothing.
    /// - Parameter all: whether every part must be in sight; else one of them.
    func showing(
        _ context: SiteContext, _ parts: Set<DossierPart>, all: Bool = true, kind: ReadEntry.Kind = .api,
        _ shown: (SeenDossier) async throws -> JSON
    ) async throws -> Response {
        let (seen, json) = try await seen(context, parts, all: all, kind: kind, shown)
        // Somebody may have written in between, and the log tells the version that was seen.
        return APIProblems.json(seen.dossier.version == json.version ? json.shown : try await shown(seen))
    }

    /// Makes what is to be shown, and only then writes in the log that it was seen.
    func seen<Shown>(
        _ context: SiteContext, _ parts: Set<DossierPart>, all: Bool = true, kind: ReadEntry.Kind = .api,
        _ shown: (SeenDossier) async throws -> Shown
    ) async throws -> (seen: SeenDossier, made: (version: Int, shown: Shown)) {
        let entered = try await entered(context)
        let inSight = entered.sight.parts.intersection(parts)
        guard all ? inSight == parts : !inSight.isEmpty else { throw NotFound() }
        let made = (entered.dossier.version, try await shown(entered))
        let seen = try await installation.see(entered.dossier.id, parts, all: all, as: entered.actor, kind: kind)
        return (seen, made)
    }

    /// Reads the JSON of a body.
    ///
    /// - Throws: `APIProblem` for another type or a body that is too large, `UnreadableBody` with every fault in it.
    func body<Value>(
        _ request: Request, upTo most: Int = longestBody, _ read: (BodyReader) -> Value
    ) async throws -> Value {
        let type = request.headers[.contentType].map { $0.prefix { $0 != ";" } } ?? ""
        guard type.lowercased().trimmed == "application/json" else { throw APIProblem(kind: .mediaType) }
        if let length = request.headers[.contentLength].flatMap(Int.init), length > most { throw APIProblem(kind: .tooLarge) }
        let buffer = try await request.body.collect(upTo: most)
        let reader = BodyReader(try JSON.read(Data(buffer.readableBytesView)))
        let value = read(reader)
        let faults = reader.faults
        guard faults.isEmpty else { throw UnreadableBody(faults) }
        return value
    }

    /// Carries something out; a refusal tells at which place of the body each of its reasons is.
    ///
    /// - Parameter unknown: reasons that say that the address names nothing.
    func placing<Value: Sendable>(
        _ place: (Refusal) -> String?, unknown: Set<Refusal.Code> = [], _ act: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await act()
        } catch let refused as Refused {
            if refused.reasons.contains(where: { $0.field == nil && unknown.contains($0.code) }) { throw NotFound() }
            throw PlacedRefusal(reasons: refused.reasons.map { .init(refusal: $0, pointer: place($0)) })
        }
    }

    /// What a change comes to, for who made it; see below.
    func changed(
        _ entered: SeenDossier, _ parts: Set<DossierPart>, status: HTTPResponse.Status = .ok, location: String? = nil,
        _ shown: (SeenDossier) async throws -> JSON?
    ) async throws -> Response {
        try await changed(entered.dossier.id, entered.actor, parts, status: status, location: location, shown)
    }

    /// What a change comes to, for who made it: these parts as they are now, or nothing when they are out of their sight.
    func changed(
        _ id: DossierID, _ actor: Actor, _ parts: Set<DossierPart>, status: HTTPResponse.Status = .ok, location: String? = nil,
        _ shown: (SeenDossier) async throws -> JSON?
    ) async throws -> Response {
        let seen: SeenDossier?
        do {
            seen = try await installation.see(id, parts, as: actor, kind: .api)
        } catch is NotFound {
            seen = nil
        }
        var response: Response
        if let seen, let json = try await shown(seen) {
            response = APIProblems.json(json, status: status)
        } else {
            response = Response(status: status == .ok ? .noContent : status, headers: [.cacheControl: "no-store"])
        }
        if let location { response.headers[.location] = "\(Self.root)/dossiers/\(id)\(location)" }
        return response
    }

    /// A whole number of the query between bounds.
    ///
    /// - Throws: `UnreadableBody` when it is there and is none.
    func number(_ name: String, _ request: Request, in range: ClosedRange<Int>, otherwise: Int) throws -> Int {
        guard let text = request.asked(name) else { return otherwise }
        guard let number = Int(text), range.contains(number) else {
            throw UnreadableBody(.query(name), .type("integer"))
        }
        return number
    }

    /// Names of people by key, for answers that say who did something.
    func names(_ people: some Sequence<PersonID>) async throws -> [PersonID: String] {
        try await installation.names.people(Set(people))
    }

    /// Somebody, by key and name.
    func somebody(_ person: PersonID, _ names: [PersonID: String]) -> JSON {
        .compact(["persoon": .text(person.rawValue), "naam": .optional(names[person])])
    }
}
