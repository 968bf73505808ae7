import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Logging
import NIOCore
import Synchronization
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Requests that mean no good")
struct RequestTests {
    // MARK: Where one is led

    @Test(
        "After signing in and after a change of language one is led to this site only",
        arguments: [
            "//evil.example", "/\t/evil.example", "/\\evil.example", "https://evil.example", "/\r\nX-Evil: 1", "/\n/evil.example",
            "/\u{0}/evil.example", "/ /evil.example", "/\u{2028}/evil.example", "/\u{85}/evil.example", "javascript:alert(1)", "",
        ])
    func ownPaths(_ path: String) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            #expect(!Site.isOwnPath(path))
            let guest = Visitor(client: stage.client, cookie: "", csrf: "")
            let language = try await guest.post("/taal", [("lang", "en"), ("terug", path)], csrf: false)
            #expect(language.location == "/")
            let page = try await guest.get(
                "/aanmelden?naar=\(path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")")
            #expect(page.value("naar") == nil)
        }
    }

    @Test("A page of this site is where one is led", arguments: ["/", "/leerlingen?na=x&b=a%20b", "/leerlingen/abc/gezin"])
    func goodPaths(_ path: String) { #expect(Site.isOwnPath(path)) }

    @Test("Who finds a weakness reads where to tell it, and until when that holds: less than a year, by the clock")
    func securityText() async throws {
        try await PlanStage.run("spow") { stage in
            let guest = Visitor(client: stage.client, cookie: "", csrf: "")
            func lines() async throws -> [String] {
                let answer = try await guest.get("/.well-known/security.txt")
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
                return answer.text.split(separator: "\n").map(String.init)
            }
            let now = try await lines()
            #expect(now.contains("Contact: mailto:\(stage.installation.rules.partnership.email)"))
            #expect(now.contains("Expires: 2024-09-01T00:00:00Z"))
            stage.clock.move(to: stage.clock.now().adding(days: 100))
            let later = try await lines()
            #expect(later.contains("Expires: 2024-12-10T00:00:00Z"))
        }
    }

    // MARK: Sessions

    private static let password = "elf rode fietsen bij de brug"

    private func signIn(_ stage: PlanStage, cookie: String = "", csrf: String = "") async throws -> Visitor.Answer {
        let visitor = Visitor(client: stage.client, cookie: cookie, csrf: csrf)
        return try await visitor.post(
            "/aanmelden", [("email", "nieuw@voorbeeld.example"), ("password", Self.password)], csrf: !csrf.isEmpty)
    }

    private func newcomer(_ stage: PlanStage) async throws {
        let person = PersonID("p-nieuw")
        _ = try await stage.installation.perform(
            PersonCommand.register(name: "Nieuw Iemand", email: "nieuw@voorbeeld.example"), on: person, as: .program)
        try await stage.installation.vault.accounts.open(
            person, email: "nieuw@voorbeeld.example", password: Self.password, name: nil, at: stage.clock.now())
    }

    /// The session that an answer gives: name and value.
    private func session(_ answer: Visitor.Answer) throws -> String {
        let cookies = answer.headers[values: .setCookie]
        let cookie = try #require(cookies.first { $0.contains("sessie=") })
        return String(cookie.prefix { $0 != ";" })
    }

    @Test("A session is nobody's own choice, and signing in again ends the one before")
    func sessions() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            try await newcomer(stage)
            let fixed = "sessie=\(String(repeating: "A", count: 43))"
            let first = try session(try await signIn(stage, cookie: fixed))
            #expect(first != fixed)
            let account = try await Visitor(client: stage.client, cookie: first, csrf: "").get("/account")
            #expect(account.status == .ok)
            let csrf = try #require(account.value("_csrf"))
            let second = try session(try await signIn(stage, cookie: first, csrf: csrf))
            #expect(second != first)
            #expect(try await Visitor(client: stage.client, cookie: first, csrf: "").get("/account").status == .seeOther)
            #expect(try await Visitor(client: stage.client, cookie: second, csrf: "").get("/account").status == .ok)
        }
    }

    @Test("Over TLS the cookie of a session is bound to this host, out of reach of scripts and plain connections")
    func cookies() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            try await newcomer(stage)
            let plain = stage.site
            let site = Site(
                installation: plain.installation, face: plain.face, options: Site.Options(secureCookies: true), paper: plain.paper
            )
            let application = Application(router: WebServer(site: site).router(), logger: .silent)
            try await application.test(.router) { client in
                let response = try await client.execute(
                    uri: "/aanmelden", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
                    body: ByteBuffer(
                        string: "email=nieuw%40voorbeeld.example&password=\(Self.password.replacing(" ", with: "+"))"))
                let cookie = try #require(response.headers[values: .setCookie].first { $0.contains("sessie") })
                #expect(cookie.hasPrefix("__Host-sessie="))
                for attribute in ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"] { #expect(cookie.contains(attribute)) }
                #expect(!cookie.contains("Domain"))
                #expect(response.headers[.strictTransportSecurity] != nil)
                let signedIn = String(cookie.prefix { $0 != ";" })
                let page = try await client.execute(uri: "/account", method: .get, headers: [.cookie: signedIn])
                #expect(page.status == .ok)
                // The name without the prefix is anybody's to set, from a neighbouring host or a plain connection.
                let other = try await client.execute(
                    uri: "/account", method: .get, headers: [.cookie: signedIn.replacing("__Host-", with: "")])
                #expect(other.status == .seeOther)
            }
        }
    }

    @Test("The cookie of the language has the same bounds, and is read by its own name only", arguments: [true, false])
    func languageCookie(_ isSecure: Bool) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let plain = stage.site
            let site = Site(
                installation: plain.installation, face: plain.face, options: Site.Options(secureCookies: isSecure),
                paper: plain.paper)
            let application = Application(router: WebServer(site: site).router(), logger: .silent)
            try await application.test(.router) { client in
                let chosen = try await Visitor(client: client, cookie: "", csrf: "").post("/taal", [("lang", "en")], csrf: false)
                let cookie = try #require(chosen.headers[values: .setCookie].first)
                #expect(cookie.hasPrefix(isSecure ? "__Host-lang=en" : "lang=en"))
                #expect(cookie.contains("Secure") == isSecure)
                #expect(!cookie.contains("Domain"))
                let name = String(cookie.prefix { $0 != "=" })
                let page = try await Visitor(client: client, cookie: "\(name)=en", csrf: "").get("/aanmelden")
                #expect(page.headers[.contentLanguage] == "en")
                let other = isSecure ? "lang" : "__Host-lang"
                let dutch = try await Visitor(client: client, cookie: "\(other)=en", csrf: "").get("/aanmelden")
                #expect(dutch.headers[.contentLanguage] == "nl")
            }
        }
    }

    @Test(
        "Failures are counted by the network that an address is in, where whoever has one address has all of them",
        arguments: [
            ("2001:db8:1:2::9", "2001:db8:1:2:ffff:1:2:3", true), ("2001:db8:1:2::9", "2001:db8:1:3::9", false),
            ("2001:DB8:1:2::9", "2001:db8:0001:2:0::1", true), ("192.0.2.1", "192.0.2.2", false),
            ("::ffff:192.0.2.1", "192.0.2.1", true), ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false), ("unknown", "::1", false),
        ])
    func counted(_ left: String, _ right: String, _ isOne: Bool) {
        #expect((Site.counted(left) == Site.counted(right)) == isOne)
    }

    @Test("Signing out tells the browser to let go of what it holds")
    func letsGo() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            try await newcomer(stage)
            let cookie = try session(try await signIn(stage))
            let page = try await Visitor(client: stage.client, cookie: cookie, csrf: "").get("/account")
            let visitor = Visitor(client: stage.client, cookie: cookie, csrf: try #require(page.value("_csrf")))
            let answer = try await visitor.post("/afmelden")
            #expect(answer.status == .seeOther)
            let name = try #require(HTTPField.Name("Clear-Site-Data"))
            #expect(answer.headers[name] == "\"cache\", \"storage\"")
        }
    }

    @Test(
        "A guest's form from an unknown or another origin is refused",
        arguments: [
            ("Origin", "null"), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ])
    func guestOrigins(_ header: String, _ value: String) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            headers[try #require(HTTPField.Name(header))] = value
            let response = try await stage.client.execute(
                uri: "/aanmelden", method: .post, headers: headers, body: ByteBuffer(string: "email=a&password=b"))
            // Without a host there is nothing to compare an origin with, so the test sends one.
            #expect(response.status == .forbidden, "\(header): \(value)")
        }
    }

    /// Keeps what is logged.
    private struct Kept: LogHandler {
        let lines: Mutexed
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) {
            let error = event.error.map { "\($0)" } ?? ""
            lines.add("\(event.level) \(event.message) \(self.metadata) \(event.metadata ?? [:]) \(error)")
        }
    }

    private final class Mutexed: Sendable {
        private let kept = Mutex<[String]>([])
        func add(_ line: String) { kept.withLock { $0.append(line) } }
        var all: [String] { kept.withLock { $0 } }
    }

    @Test("The log tells who signed in and who tried, by keys, and has no name, address or secret in it at any level")
    func log() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            try await newcomer(stage)
            let kept = Mutexed()
            let logger = Logger(label: "test") { _ in Kept(lines: kept) }
            let application = Application(router: WebServer(site: stage.site).router(), logger: logger)
            try await application.test(.router) { client in
                let guest = Visitor(client: client, cookie: "", csrf: "")
                _ = try await guest.post(
                    "/aanmelden", [("email", "nieuw@voorbeeld.example"), ("password", "een ander wachtwoord")], csrf: false)
                let answer = try await guest.post(
                    "/aanmelden", [("email", "nieuw@voorbeeld.example"), ("password", Self.password)], csrf: false)
                let session = try session(answer)
                let page = try await Visitor(client: client, cookie: session, csrf: "").get("/account")
                let visitor = Visitor(client: client, cookie: session, csrf: try #require(page.value("_csrf")))
                let made = try await visitor.post(
                    "/account/sleutels", [("name", "Koppeling van Kees"), ("current", Self.password)])
                #expect(try await visitor.post("/leerlingen/_zoek", [("zoek", "Zoekwoord")]).status == .ok)
                #expect(try await visitor.get("/leerlingen/nergens").status == .notFound)
                #expect(try await visitor.post("/afmelden").status == .seeOther)
                let log = kept.all.joined(separator: "\n")
                for note in [AccountNote.refused, .signedIn, .keyMade, .signedOut] {
                    #expect(log.contains("notice \(note.rawValue) "), "\(note)")
                }
                #expect(log.contains("p-nieuw"))
                let secret = String(session.dropFirst("sessie=".count))
                let key = made.text.firstMatch(of: /sen_[\w-]{40,}/).map { String($0.output) }
                for word in [
                    "Nieuw Iemand", "voorbeeld.example", Self.password, "een ander wachtwoord", "Kees", "Zoekwoord", secret,
                    try #require(key),
                ] {
                    #expect(!log.contains(word), "\(word)")
                }
            }
        }
    }

    @Test(
        "What is refused for lack of rights, a form of elsewhere and a key that opens nothing stand in the log, by route and key")
    func refusals() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            try await newcomer(stage)
            let kept = Mutexed()
            let logger = Logger(label: "test") { _ in Kept(lines: kept) }
            let application = Application(router: WebServer(site: stage.site).router(), logger: logger)
            try await application.test(.router) { client in
                func lines(_ note: AccountNote) -> [String] { kept.all.filter { $0.hasPrefix("notice \(note.rawValue) ") } }
                let guest = Visitor(client: client, cookie: "", csrf: "")
                #expect(try await guest.get("/nergens").status == .notFound)
                #expect(lines(.pageRefused).isEmpty, "a guest who asks for what is not there is not worth a line")
                let answer = try await guest.post(
                    "/aanmelden", [("email", "nieuw@voorbeeld.example"), ("password", Self.password)], csrf: false)
                let visitor = Visitor(client: client, cookie: try session(answer), csrf: "van een ander")
                #expect(try await visitor.get("/beheer/mensen/p-ander").status == .notFound)
                let page = try #require(lines(.pageRefused).first)
                #expect(page.contains("p-nieuw"))
                #expect(!page.contains("p-ander"), "which one it was may be the key of a child")
                #expect(try await visitor.post("/afmelden").status == .forbidden)
                #expect(lines(.formRefused).count == 1)
                let key = "sen_" + String(repeating: "A", count: 43)
                let asked = try await client.execute(
                    uri: "/v1/account", method: .get, headers: [.authorization: "Bearer \(key)"])
                #expect(asked.status == .unauthorized)
                #expect(lines(.keyRefused).count == 1)
                #expect(!kept.all.contains { $0.contains(key) })
            }
        }
    }

    @Test("Looking over the logs of all dossiers stands in the log, and trying to in vain is no look")
    func logsSeen() async throws {
        try await PlanStage.run("spow") { stage in
            let kept = Mutexed()
            let logger = Logger(label: "test") { _ in Kept(lines: kept) }
            try await Application(router: WebServer(site: stage.site).router(), logger: logger).test(.router) { client in
                for (person, status) in [
                    (try stage.holder("ib"), HTTPResponse.Status.notFound), (try stage.holder("privacy-officer"), .ok),
                ] {
                    let begun = try await stage.installation.vault.accounts.begin(person, at: stage.clock.now())
                    let visitor = Visitor(client: client, cookie: "sessie=\(begun.secret.text)", csrf: "")
                    #expect(try await visitor.get("/leeslogs").status == status)
                }
                let lines = kept.all.filter { $0.hasPrefix("notice \(AccountNote.readLogsSeen.rawValue) ") }
                #expect(lines.count == 1 && lines[0].contains("p-privacy-officer"), "\(lines)")
            }
        }
    }

    @Test("A fault stands in the log under the number that its page tells, by its kind and without what it says")
    func faultLogged() async throws {
        struct Broken: Error, CustomStringConvertible { var description: String { "Quirijntje" } }
        try await PlanStage.run("heuvelrug") { stage in
            let kept = Mutexed()
            let router = WebServer(site: stage.site).router()
            router.add(middleware: ErrorPages(site: stage.site))
            router.get("/stuk") { _, _ -> Response in throw Broken() }
            let logger = Logger(label: "test") { _ in Kept(lines: kept) }
            try await Application(router: router, logger: logger).test(.router) { client in
                let answer = try await Visitor(client: client, cookie: "", csrf: "").get("/stuk")
                #expect(answer.status == .internalServerError && !answer.text.contains("Quirijntje"))
                let line = try #require(kept.all.first { $0.hasPrefix("error fault ") })
                let number = try #require(line.firstMatch(of: /"reference": ([a-z0-9]{10})/)).1
                #expect(answer.text.contains(number))
                #expect(line.contains("Broken") && !line.contains("Quirijntje"))
            }
        }
    }

    // MARK: Bodies

    @Test("What a guest sends beyond a small form is not read, and a signed-in visitor's form has a most")
    func bodies() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let long = ByteBuffer(string: "email=" + String(repeating: "a", count: PostedForms.longestOfGuests))
            var response = try await stage.client.execute(uri: "/aanmelden", method: .post, headers: form, body: long)
            #expect([.seeOther, .contentTooLarge].contains(response.status), "\(response.status)")
            let file: HTTPFields = [.contentType: "multipart/form-data; boundary=x"]
            response = try await stage.client.execute(
                uri: "/leerlingen/abc/documenten", method: .post, headers: file,
                body: ByteBuffer(repeating: 97, count: 1_000_000))
            #expect([.seeOther, .contentTooLarge].contains(response.status), "\(response.status)")
            let signedIn = try await stage.installation.vault.accounts.begin(
                PersonID("p-administrator"), at: stage.clock.now())
            response = try await stage.client.execute(
                uri: "/beheer/mensen", method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded", .cookie: "sessie=\(signedIn.secret.text)"],
                body: ByteBuffer(repeating: 97, count: PostedForms.longestForm + 1))
            #expect(response.status == .contentTooLarge)
        }
    }

    @Test("A form of thousands of fields is not read")
    func manyFields() {
        #expect(PostedForm.urlEncoded(String(repeating: "a=1&", count: 1_990).utf8) != nil)
        #expect(PostedForm.urlEncoded(String(repeating: "a=1&", count: 2_001).utf8) == nil)
        #expect(PostedForm.urlEncoded(String(repeating: "&", count: 2_001).utf8) == nil)
    }

    @Test(
        "Signs that cannot be shown are left out of a text, all others stay",
        arguments: [
            ("Nul%00naam", "Nulnaam"), ("%1B%5B31mrood", "[31mrood"), ("a%7Fb%C2%85c", "abc"), ("exe%E2%80%AEfdp", "exefdp"),
            ("een%0D%0Atwee%09drie", "een\r\ntwee\tdrie"), ("%D7%A9%D7%9C%D7%95%D7%9D", "שלום"),
            ("%F0%9F%91%A9%E2%80%8D%F0%9F%94%AC", "👩‍🔬"), ("%3Cb%3E+%26", "<b> &"),
        ])
    func legible(_ sent: String, _ read: String) {
        #expect(PostedForm.urlEncoded("naam=\(sent)".utf8)?["naam"] == read)
        let decoded = sent.replacing("+", with: " ").removingPercentEncoding ?? ""
        let part = "--x\r\nContent-Disposition: form-data; name=\"naam\"\r\n\r\n\(decoded)\r\n--x--"
        #expect(PostedForm.multipart(Data(part.utf8), boundary: "x")?["naam"] == read)
    }

    // MARK: Answers

    @Test(
        "Every answer has the headers of trust, also where there is no route",
        arguments: [
            (HTTPRequest.Method.get, "/nergens"), (.put, "/leerlingen"), (.delete, "/"), (.get, "/static/niets.css"),
            (.get, "//leerlingen"),
            (.get, "//v1/plan"), (.options, "/aanmelden"), (.get, "/v1/nergens"), (.post, "/v1/dossiers"), (.get, "/gezond"),
        ])
    func headers(_ method: HTTPRequest.Method, _ path: String) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let response = try await stage.client.execute(uri: path, method: method)
            #expect(response.status.code < 500, "\(response.status)")
            #expect(response.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test("A question for the headers alone is answered like the question for all")
    func head() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let health = try await stage.client.execute(uri: "/gezond", method: .head)
            #expect(health.status == .ok)
            let pupils = try await stage.client.execute(uri: "/leerlingen", method: .head)
            #expect(pupils.status == .seeOther)
        }
    }

    @Test("A fault tells nobody what went wrong, only a number for who looks it up")
    func faults() throws {
        struct Secret: Error { let text = "Quirijntje" }
        let kind = ErrorPages.kind(of: Secret())
        #expect(kind.code == "fault")
        #expect(kind.status == .internalServerError)
        #expect(ErrorPages.kind(of: JournalFault.erased(StreamID("dossier-x"))).status == .notFound, "forgotten is not there")
        #expect(ErrorPages.kind(of: NIOTooManyBytesError(maxBytes: 1)).status == .contentTooLarge)
        #expect(ErrorPages.kind(of: AccountRefusal.busy).status == .serviceUnavailable)
    }
}
