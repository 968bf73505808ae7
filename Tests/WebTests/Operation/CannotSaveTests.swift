import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Logging
import NIOCore
import Testing
import UseCases

@testable import Web

@Suite("While nothing can be saved")
struct CannotSaveTests {
    private static let urlEncoded = "application/x-www-form-urlencoded"

    /// A site of which every page meets an outage: in its handler, or before it is known who asks.
    private static func run(
        _ outage: WriteOutage, early: Bool = false,
        _ test: @escaping @Sendable (any TestClientProtocol, PlanStage) async throws -> Void
    ) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let router = Router(context: SiteContext.self)
            let pages = router.group().add(middleware: ErrorPages(site: stage.site))
            if early { pages.add(middleware: Away()) }
            pages.add(middleware: SignedInPeople(site: stage.site)).add(middleware: PostedForms())
            pages.post("/proef") { _, _ -> Response in throw JournalFault.outage(outage) }
            pages.get("/proef") { _, _ -> Response in throw JournalFault.outage(outage) }
            let api = router.group().add(middleware: APIProblems(site: stage.site))
            api.post("/v1/proef") { _, _ -> Response in throw JournalFault.outage(outage) }
            try await Application(router: router, logger: .silent).test(.router) { client in try await test(client, stage) }
        }
    }

    /// A store that is not even there to ask who somebody is.
    private struct Away: RouterMiddleware {
        func handle(
            _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
        ) async throws -> Response { throw JournalFault.unreachable("connection lost") }
    }

    private static func post(
        _ client: any TestClientProtocol, _ body: String, type: String = urlEncoded, headers: HTTPFields = [:]
    ) async throws -> (answer: TestResponse, page: String) {
        var headers = headers
        headers[.contentType] = type
        headers[.contentLength] = String(body.utf8.count)
        headers[.acceptLanguage] = "nl"
        let answer = try await client.execute(
            uri: "/proef?deel=2", method: .post, headers: headers, body: ByteBuffer(string: body))
        return (answer, String(buffer: answer.body))
    }

    @Test("whoever sends a form hears why and gets it back, to send it again", arguments: WriteOutage.allCases)
    func sent(_ outage: WriteOutage) async throws {
        try await Self.run(outage) { client, stage in
            let (answer, page) = try await Self.post(
                client, "toelichting=Lezen+%26+schrijven%0D%0Agaat+moeizaam&_csrf=woord&soort=a&soort=b")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == String(outage.pause))
            #expect(page.contains("<form method=\"post\" action=\"/proef?deel=2\">"))
            #expect(page.contains("name=\"toelichting\" value=\"Lezen &amp; schrijven\r\ngaat moeizaam\""))
            #expect(page.contains("name=\"_csrf\" value=\"woord\""))
            #expect(page.contains("name=\"soort\" value=\"a\"") && page.contains("name=\"soort\" value=\"b\""))
            #expect(page.contains("(\(outage.rawValue))"))
            let certain = stage.site.face.texts(.nl)("cannotSave.sent.text")
            #expect(page.contains(certain) == outage.isCertain, "it says that nothing was saved only where that is sure")
        }
    }

    @Test("a password or a code is put in no page")
    func secrets() async throws {
        try await Self.run(.diskFull) { client, _ in
            for name in PostedForm.secrets {
                let (answer, page) = try await Self.post(client, "email=pim%40voorbeeld.example&\(name)=geheim-1")
                #expect(answer.status == .serviceUnavailable)
                #expect(!page.contains("geheim-1") && !page.contains("action=\"/proef"), "\(name)")
            }
        }
    }

    @Test("every field for a password is known as one that holds a secret")
    func passwords() throws {
        for exhibit in try PagesTests.exhibits(.nl) {
            for tag in Markup(exhibit.html).tags("input") where tag.attributes["type"] == "password" {
                #expect(PostedForm.secrets.contains(tag.attributes["name"] ?? ""), "\(exhibit.name)")
            }
        }
    }

    @Test("a document is not kept, and it is said that it has to be chosen again")
    func files() async throws {
        try await Self.run(.diskFull) { client, stage in
            let body = """
                --grens\r
                Content-Disposition: form-data; name="kind"\r
                \r
                verslag\r
                --grens\r
                Content-Disposition: form-data; name="file"; filename="a.pdf"\r
                \r
                %PDF-inhoud\r
                --grens--\r

                """
            let (_, page) = try await Self.post(client, body, type: "multipart/form-data; boundary=grens")
            #expect(page.contains("name=\"kind\" value=\"verslag\""))
            #expect(!page.contains("%PDF-inhoud"))
            #expect(page.contains(stage.site.face.texts(.nl)("cannotSave.files")))
        }
    }

    @Test("a form is given back when not even its sender can be found, and none that came from another site")
    func away() async throws {
        try await Self.run(.storeAway, early: true) { client, _ in
            let (answer, page) = try await Self.post(client, "toelichting=Lezen+gaat+moeizaam")
            #expect(answer.status == .serviceUnavailable)
            #expect(page.contains("value=\"Lezen gaat moeizaam\""))
            #expect(page.contains("(store.away)"))
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let (other, strange) = try await Self.post(client, "toelichting=Lezen+gaat+moeizaam", headers: [site: "cross-site"])
            #expect(other.status == .serviceUnavailable)
            #expect(!strange.contains("moeizaam"))
            let (_, large) = try await Self.post(client, "t=\(String(repeating: "x", count: PostedForms.longestOfGuests))")
            #expect(!large.contains("xxx"), "of somebody unknown no more is kept than of any guest")
        }
    }

    @Test("a page that cannot be shown says so, and offers no form")
    func read() async throws {
        try await Self.run(.diskFull) { client, stage in
            let answer = try await client.execute(uri: "/proef", method: .get, headers: [.acceptLanguage: "en"])
            let page = String(buffer: answer.body)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] != nil)
            #expect(page.contains(stage.site.face.texts(.en)("cannotSave.notLogged")))
            #expect(!page.contains("action=\"/proef"))
        }
    }

    @Test("a program gets a problem with the same code", arguments: WriteOutage.allCases)
    func program(_ outage: WriteOutage) async throws {
        try await Self.run(outage) { client, _ in
            let answer = try await client.execute(uri: "/v1/proef", method: .post)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == String(outage.pause))
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(String(buffer: answer.body).contains("\"code\":\"\(outage.rawValue)\""))
        }
    }

    @Test("whoever keeps the machine is told, until something is saved again")
    func health() async throws {
        try await Self.run(.diskFailed) { client, stage in
            func saving() async throws -> Health.Finding {
                try #require(await stage.site.healthWatch.look().findings.first { $0.part == .saving })
            }
            #expect(try await saving().state == .well)
            _ = try await Self.post(client, "a=b")
            #expect(try await saving() == .init(.saving, .trouble, at: stage.clock.now(), code: "disk.failed"))
            #expect(await stage.site.healthWatch.look().isReady, "or nobody would be sent to it any more")
            stage.clock.move(by: 1)
            stage.installation.upkeep.saved(at: stage.clock.now())
            #expect(try await saving().state == .well)
        }
    }
}
