import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import TestKit
import Testing

@testable import Web

/// Sites that are what a test says they are.
private final class Sites: HostedSites {
    private let sites: [String: HostedEntry]
    private let inside = Mutex<[String: Int]>([:])

    init(_ sites: [String: HostedEntry]) { self.sites = sites }

    func enter(_ name: HostName) async -> HostedEntry {
        let entry = sites[name.text] ?? .unknown
        if case .letIn = entry { inside.withLock { $0[name.text, default: 0] += 1 } }
        return entry
    }

    func leave(_ name: HostName) { inside.withLock { $0[name.text, default: 0] -= 1 } }

    var isEmpty: Bool { inside.withLock { $0.values.allSatisfy { $0 == 0 } } }
}

/// Asks under the name that a header says: the client of the tests has one name for all.
private struct Named: HTTPResponder {
    static let header = HTTPField.Name("X-Asked-As")
    let responder: ByHostName

    func respond(to request: Request, context: SiteContext) async throws -> Response {
        var head = request.head
        head.authority = Self.header.flatMap { head.headerFields[$0] }
        return try await responder.respond(to: Request(head: head, body: request.body), context: context)
    }
}

@Suite("A request goes to the site that it names")
struct ByHostNameTests {
    @Test(
        "A name is that of a site in any letters, with a port or a dot at its end; nothing in it leads to another folder",
        arguments: [
            ("a.example", "a.example"), ("A.Example:8080", "a.example"), ("a.example.", "a.example"), ("localhost", "localhost"),
            ("..", nil), ("a..b", nil), ("a/b", nil), ("a\\b", nil), ("", nil), (":80", nil), ("-a.nl", nil), ("a-.nl", nil),
            ("a_b.nl", nil), ("a.nl:x", nil), ("[::1]:80", nil), ("é.nl", nil), (String(repeating: "a", count: 64), nil),
            ("a%2fb", nil), (Array(repeating: "abcdefgh", count: 30).joined(separator: "."), nil),
        ] as [(String, String?)])
    func name(_ authority: String, _ name: String?) {
        #expect(HostName(authority: authority)?.text == name)
    }

    private func run(_ test: @escaping @Sendable (any TestClientProtocol, Sites) async throws -> Void) async throws {
        try await PlanStage.run("spow") { spow in
            try await PlanStage.run("heuvelrug") { heuvelrug in
                let sites = Sites([
                    "spow.example": .letIn(SiteAnswer(WebServer(site: spow.site))),
                    "heuvelrug.example": .letIn(SiteAnswer(WebServer(site: heuvelrug.site))), "traag.example": .opening,
                    "stuk.example": .outOfOrder, "druk.example": .busy,
                ])
                let face = try Face(resources: Site.resources)
                let responder = ByHostName(sites: sites, face: face, secure: true, isCounted: false)
                try await Application(responder: Named(responder: responder)).test(.router) { client in
                    try await test(client, sites)
                    #expect(sites.isEmpty, "whoever was let in left again")
                }
            }
        }
    }

    private static func get(
        _ client: any TestClientProtocol, _ host: String?, _ path: String, _ method: HTTPRequest.Method = .get,
        _ headers: HTTPFields = [:]
    ) async throws -> (status: HTTPResponse.Status, body: String, headers: HTTPFields) {
        var headers = headers
        if let name = Named.header { headers[name] = host }
        let answer = try await client.execute(uri: path, method: method, headers: headers)
        return (answer.status, String(buffer: answer.body), answer.headers)
    }

    @Test("Each name shows its own partnership")
    func own() async throws {
        try await run { client, _ in
            let spow = try await Self.get(client, "spow.example", "/aanmelden")
            let heuvelrug = try await Self.get(client, "Heuvelrug.example:443", "/aanmelden")
            #expect(spow.status == .ok)
            #expect(heuvelrug.status == .ok)
            #expect(spow.body.contains("Westland"))
            #expect(!heuvelrug.body.contains("Westland"))
        }
    }

    @Test("Under a name that is nobody's there is nothing of anybody, and the program says that it is up")
    func nobody() async throws {
        try await run { client, _ in
            for host in ["elders.example", "..", nil] {
                let page = try await Self.get(client, host, "/aanmelden")
                #expect(page.status == .misdirectedRequest)
                #expect(page.body.contains("Op dit adres is geen samenwerkingsverband"))
                #expect(!page.body.contains("Westland"))
                #expect(page.headers[.strictTransportSecurity] != nil)
                #expect(page.headers[.contentSecurityPolicy] == SecurityHeaders.contentSecurityPolicy)
                #expect(try await Self.get(client, host, "/gezond").status == .ok)
                #expect(try await Self.get(client, host, "/static/face.css").status == .ok)
                let program = try await Self.get(client, host, "/v1/dossiers")
                #expect(program.status == .notFound)
                #expect(program.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test(
        "One that cannot be used now says so, in the form that was asked for, with when to try again",
        arguments: [
            ("traag.example", "Nog een ogenblik"), ("stuk.example", "is nu niet te bereiken"), ("druk.example", "nu te druk"),
        ])
    func away(_ host: String, _ said: String) async throws {
        try await run { client, _ in
            let page = try await Self.get(client, host, "/leerlingen")
            #expect(page.status == .serviceUnavailable)
            #expect(page.headers[.retryAfter] == "10")
            #expect(page.body.contains(said))
            #expect(!page.body.contains("is niet aangekomen"))
            let english = try await Self.get(client, host, "/leerlingen", .get, [.acceptLanguage: "en"])
            #expect(english.body.contains("<html lang=\"en\">"))
            let sent = try await Self.get(client, host, "/leerlingen", .post)
            #expect(sent.body.contains("Wat u instuurde, is niet aangekomen."))
            let program = try await Self.get(client, host, "/v1/dossiers")
            #expect(program.status == .serviceUnavailable)
            #expect(program.body.contains("urn:sentrum:problem:busy"))
        }
    }
}
