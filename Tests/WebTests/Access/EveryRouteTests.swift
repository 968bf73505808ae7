import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Web

@Suite("Every route, for everybody")
struct EveryRouteTests {
    @Test("Every route of the site has a door in the table, and every door a route")
    func complete() async throws {
        try await AccessStage.run(at: .opened) { stage in
            let routes = Walk(stage).routes
            let known = Set((RouteTable.pages.keys + RouteTable.interface.keys.map { Walk.inRouter($0) }).map { Walk.braced($0) })
            #expect(Set(routes).subtracting(known).sorted() == [], "routes without a door")
            #expect(known.subtracting(routes).sorted() == [], "doors without a route")
        }
    }

    @Test(
        "Nobody gets further than their function reads and may, and nothing shows of what it does not read",
        arguments: LifeStage.allCases)
    func doors(_ moment: LifeStage) async throws {
        try await AccessStage.run(at: moment) { stage in
            let walk = Walk(stage)
            _ = try await stage.freshDocument()
            for relation in Relation.allCases {
                for (route, door) in RouteTable.pages.sorted(by: { $0.key < $1.key })
                where door.room == .dossier || moment == .opened {
                    try await walk.knock(route, door, as: relation)
                }
                for (route, door) in RouteTable.interface.sorted(by: { $0.key < $1.key })
                where door.room == .dossier || moment == .opened {
                    try await walk.call(route, door, as: relation)
                }
                try await walk.lists(for: relation)
            }
        }
    }
}

extension EveryRouteTests {
    @Test(
        "To whoever may not open a dossier, every list, number, file and answer is as if it were not there",
        arguments: LifeStage.allCases)
    func counted(_ moment: LifeStage) async throws {
        try await AccessStage.run(at: moment) { stage in
            let walk = Walk(stage)
            // One who may, so that it shows that there is something to see.
            let relations = [Relation.ib] + Relation.allCases.filter { $0 != .guest && $0.function(at: moment) == nil }
            var readers: [Relation: (visitor: Visitor, program: Program)] = [:]
            for relation in relations {
                let program = try await stage.stage.program(stage.people[relation])
                // Used once already: that it was used stands on the page of the account.
                _ = try await program.ask(.get, "/account")
                readers[relation] = (try await stage.visitor(relation), program)
            }
            let before = try await walk.everythingElse(for: readers)
            try await stage.takeOutOfRegisters()
            let after = try await walk.everythingElse(for: readers)
            #expect(before[.ib] != after[.ib])
            for relation in relations.dropFirst() {
                for (place, text) in before[relation] ?? [:] {
                    #expect(after[relation]?[place] == text, "\(moment) \(relation): \(place)")
                }
            }
        }
    }
}

/// Goes to every door as everybody.
private struct Walk: Sendable {
    let stage: AccessStage

    init(_ stage: AccessStage) { self.stage = stage }

    /// All routes of pages, and those of the interface that answer something else than that the method is wrong.
    var routes: [String] {
        let site = stage.stage.site
        let all = WebServer(site: site).router().routes.map { "\($0.method) \($0.path)" }
        let interface = APIRoutes(site: site)
        let answered = Set((interface.open + interface.routes).map { Self.inRouter("\($0.method) \($0.path)") })
        return all.filter { !$0.contains(" \(APIRoutes.root)/") || answered.contains($0) }
    }

    /// A route of the interface as the router knows it.
    static func inRouter(_ route: String) -> String {
        let parts = route.split(separator: " ", maxSplits: 1)
        return "\(parts[0]) \(APIRoutes.root)\(parts[1])"
    }

    /// A route with its places in braces, as the router tells them.
    static func braced(_ route: String) -> String { route.replacing(/:(\w+)/) { "{\($0.output.1)}" } }

    // MARK: Addresses

    /// The address with something that exists at each place.
    private func address(_ path: some StringProtocol, _ names: [String: String]) -> String {
        let instance = stage.instances["tlv"] ?? "geen"
        let known = [
            "name": "face.css", "procedure": "tlv", "key": "geen", "person": "p-other-teacher", "dossier": stage.dossier.rawValue,
            "guardian": stage.guardian.rawValue, "verzorger": stage.guardian.rawValue, "part": "algemeen", "deel": "algemeen",
            "number": "1", "nummer": "1", "instance": instance, "instantie": instance,
            "partnership": "spow", "version": "2020-2024", "act": "vastleggen", "samenwerkingsverband": "spow",
            "versie": "2020-2024", "asked": stage.asked.rawValue, "meelezer": stage.asked.rawValue,
            "step": "advise-second", "stap": "advise-second", "functie": "teacher", "persoon": "niemand",
        ].merging(names) { _, sent in sent }
        return path.split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
            if part == "**" { return "bestaat/niet" }
            let name = part.trimmingCharacters(in: CharacterSet(charactersIn: ":{}"))
            return name == part ? name : known[name] ?? name
        }.joined(separator: "/")
    }

    // MARK: Pages

    func knock(_ route: String, _ door: Door, as relation: Relation) async throws {
        let parts = route.split(separator: " ", maxSplits: 1)
        var sent = try await door.sends(stage)
        if route.contains(":document"), sent.names["document"] == nil {
            sent.names["document"] = try await stage.freshDocument().rawValue
        }
        let visitor = try await stage.visitor(relation)
        let path = address(parts[1], sent.names)
        let before = try await stage.newestRead?.sequence ?? 0
        forget(for: relation)
        let answer = parts[0] == "GET" ? try await visitor.get(path) : try await visitor.post(path, sent.form)
        #expect(wasLeftAlone(for: relation), "\(stage.moment) \(relation): \(route) looks at the dossier")
        let expected = door.expected(relation, at: stage.moment, stage.rules, isAPI: false)
        #expect(expected.contains(answer.status.code), "\(stage.moment) \(relation): \(route) gave \(answer.status.code)")
        try await check(route, door, relation, answer.status, answer.text, before)
        if relation == .guest, door.room != .everybody {
            #expect(answer.location?.hasPrefix("/aanmelden") == true, "\(route)")
        }
    }

    // MARK: The interface

    func call(_ route: String, _ door: Door, as relation: Relation) async throws {
        let parts = route.split(separator: " ", maxSplits: 1)
        var sent = try await door.sends(stage)
        if route.contains("{document}"), sent.names["document"] == nil {
            sent.names["document"] = try await stage.freshDocument().rawValue
        }
        let program = try await stage.stage.program(stage.people[relation])
        let method = try #require(HTTPRequest.Method(String(parts[0])))
        let before = try await stage.newestRead?.sequence ?? 0
        forget(for: relation)
        let answer = try await program.ask(method, address(parts[1], sent.names), sent.body)
        #expect(wasLeftAlone(for: relation), "\(stage.moment) \(relation): \(route) looks at the dossier")
        let expected = door.expected(relation, at: stage.moment, stage.rules, isAPI: true)
        #expect(
            expected.contains(answer.status.code),
            "\(stage.moment) \(relation): \(route) gave \(answer.status.code) \(answer.codes)")
        try await check(route, door, relation, answer.status, answer.text, before)
    }

    // MARK: What holds for both

    /// Whether somebody is asked whether the dossier is left alone: at one moment, because reading it anew each time takes long.
    ///
    /// Who is trusted with emergencies, or watches over the logs, is in no list by which it could be known.
    private func isLeftAlone(for relation: Relation) -> Bool {
        let unlisted: [Relation] = [.adviser, .adviserElsewhere, .partnershipDirector, .emergencyOver]
        return stage.moment == .running && relation.function(at: stage.moment) == nil && !unlisted.contains(relation)
    }

    /// Takes the dossier out of memory, where one would see afterwards that it was looked at.
    private func forget(for relation: Relation) {
        if isLeftAlone(for: relation) { stage.stage.installation.cache.forget(stage.dossier) }
    }

    /// Whether the dossier was not even looked at for somebody to whom it is not open: so the answer takes as long as about one
    /// that is not there.
    private func wasLeftAlone(for relation: Relation) -> Bool {
        !isLeftAlone(for: relation) || stage.stage.installation.cache[stage.dossier] == nil
    }

    /// What is shown is in the log before it is shown, and what is not for somebody says nothing of the child.
    private func check(
        _ route: String, _ door: Door, _ relation: Relation, _ status: HTTPResponse.Status, _ text: String, _ before: Int64
    ) async throws {
        let isShown = [.ok, .created].contains(status)
        let read = try await stage.newestRead
        if door.room == .dossier, isShown, route.hasPrefix("GET ") {
            #expect(
                (read?.sequence ?? 0) > before && read?.person == stage.people[relation], "\(relation): \(route) is not logged")
        }
        if relation.function(at: stage.moment) == nil {
            #expect(read?.sequence ?? 0 == before, "\(relation): \(route) logs a reading of nothing")
        }
        if door.room != .everybody,
            let function = relation.function(at: stage.moment).flatMap({ stage.rules.standing($0, at: stage.moment) })
        {
            for (part, canary) in AccessStage.canaries where !function.reads.union(door.tells).contains(part) {
                #expect(!text.contains(canary), "\(stage.moment) \(relation): \(route) tells of \(part)")
            }
        }
        if !isShown, status != .unprocessableContent {
            #expect(!text.contains(AccessStage.given), "\(relation): \(route) tells the name")
        }
    }

    /// What every page and answer that is not about one dossier says to each reader, by route; without what is drawn anew for
    /// each page.
    func everythingElse(
        for readers: [Relation: (visitor: Visitor, program: Program)]
    ) async throws -> [Relation: [String: String]] {
        func isElse(_ route: String, _ door: Door) -> Bool {
            // How the installation is doing counts its acts, of whatever: that one grows by taking the dossier out.
            route.hasPrefix("GET ") && door.room != .dossier && route != "GET /beheer/toestand"
                && !route.contains("dossier}") && !route.contains(":dossier")
                // The pages of the plan are long, and the same at every moment.
                && (stage.moment == .running || !route.hasPrefix("GET /plan"))
                // Whoever sees to keeping finds by its key alone what was announced.
                && (stage.moment != .announced || door.room != .keeper)
        }
        var said: [Relation: [String: String]] = [:]
        for (relation, reader) in readers {
            var texts: [String: String] = [:]
            for (route, door) in RouteTable.pages where isElse(route, door) {
                let path = address(route.dropFirst(4), try await door.sends(stage).names)
                let answer = try await reader.visitor.get(path)
                texts[route] = "\(answer.status.code) \(answer.text.replacing(/type="hidden"[^>]*>/, with: ""))"
            }
            for (route, door) in RouteTable.interface where isElse(route, door) {
                let answer = try await reader.program.ask(
                    .get, address(route.dropFirst(4), try await door.sends(stage).names), nil)
                texts["\(APIRoutes.root) \(route)"] = "\(answer.status.code) \(answer.text)"
            }
            texts["search"] = try await reader.visitor.post("/leerlingen/_zoek", [("zoek", AccessStage.given)]).text
                .replacing(/type="hidden"[^>]*>/, with: "")
            said[relation] = texts
        }
        return said
    }

    /// Nothing in a list that its reader cannot open.
    func lists(for relation: Relation) async throws {
        guard relation != .guest else { return }
        let function = relation.function(at: stage.moment).flatMap { stage.rules.standing($0, at: stage.moment) }
        let seesChild = function?.reads.contains(.child) == true && relation != .emergencyNow
        let visitor = try await stage.visitor(relation)
        let program = try await stage.stage.program(stage.people[relation])
        let pupils = try await visitor.get("/leerlingen").text
        let found = try await program.done(.post, "/dossiers/_zoek", ["zoek": .text(AccessStage.given)]).text
        #expect(pupils.contains(AccessStage.given) == seesChild, "\(stage.moment) \(relation): the list of pupils")
        #expect(found.contains(AccessStage.given) == seesChild, "\(stage.moment) \(relation): the search of the interface")
        guard !seesChild else { return }
        let pages = [
            try await visitor.get("/"), try await visitor.get("/leerlingen?na=\(stage.dossier)"),
            try await visitor.post("/leerlingen/_zoek", [("zoek", AccessStage.given)]),
            try await visitor.post("/leerlingen/_zoek", [("zoek", AccessStage.given), ("na", stage.dossier.rawValue)]),
        ]
        for page in pages {
            #expect(page.status == .ok)
            #expect(!page.text.contains("/leerlingen/\(stage.dossier)"), "\(stage.moment) \(relation)")
        }
        for path in ["/taken", "/dossiers?na=\(stage.dossier)"] {
            #expect(
                !(try await program.done(.get, path)).text.contains(stage.dossier.rawValue),
                "\(stage.moment) \(relation): \(path)")
        }
    }
}
