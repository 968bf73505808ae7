import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import JournalSQLite
import Logging
import NIOCore
import Synchronization
import TestKit
import Testing
import UseCases

@testable import Web

/// A whole site over a store in memory, with the invented partnership in it, answered without a socket.
struct DossierStage: Sendable {
    /// A clock that a test moves.
    final class Moved: UseCases.Clock {
        private let time: Mutex<Instant>
        init(_ time: Instant) { self.time = Mutex(time) }
        func now() -> Instant { time.withLock { $0 } }
        func move(to time: Instant) { self.time.withLock { $0 = time } }
        /// Seconds later.
        func move(by seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1000) } }
    }

    let installation: Installation
    let site: Site
    let clock: Moved
    private let client: any TestClientProtocol

    /// The child's dossier, opened by its school on 1 September 2021.
    static let dossier = DossierID("d-1")
    static let path = "/leerlingen/d-1"

    /// Runs a test on a stage where it is the morning of the day.
    static func run(
        on day: String = "2021-09-06", plan: PlanRules = .invented, and later: [PlanRules] = [], asksSecondFactor: Bool = false,
        post: (any Post)? = nil, transfers: (any TransferDesk)? = nil,
        _ test: @Sendable (DossierStage) async throws -> Void
    ) async throws {
        let store = try SQLiteStore.inMemory()
        let journal = SQLiteJournal(store)
        let vault = SQLiteVault(store, directory: nil)
        let clock = Moved(.of("2021-09-01"))
        let installation = Installation(
            journal: journal, registers: journal,
            vault: Vault(
                accounts: Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration)), reads: vault.reads,
                drafts: vault.drafts, blobs: vault.blobs), shelf: .of([plan] + later), clock: clock, transfers: transfers)
        var options = Site.Options(secureCookies: false)
        options.asksSecondFactor = asksSecondFactor
        let site = Site(
            installation: installation, face: try Face(resources: Folders.resources), options: options, paper: NoPaper(),
            post: post)
        try await fill(installation)
        clock.move(to: .of(day))
        let application = Application(router: WebServer(site: site).router(), logger: .silent)
        try await application.test(.router) { client in
            try await test(DossierStage(installation: installation, site: site, clock: clock, client: client))
        }
    }

    private struct NoPaper: Paper {
        func pdf(html: String, language: Language) async throws -> Data { throw PaperUnavailable(reason: "none here") }
    }

    private static func fill(_ installation: Installation) async throws {
        for (id, name) in [(Testland.school, "De Lindeboom"), (Testland.otherSchool, "De Vuurtoren")] {
            try await installation.register(Organisation(id: id, kind: "bo", name: name), as: .program)
        }
        for actor in Testland.people.values.sorted(by: { $0.person < $1.person }) {
            let key = actor.person.rawValue
            let email = "\(key)@testland.example"
            _ = try await installation.perform(
                PersonCommand.register(name: name(actor), email: email), on: actor.person, as: .program)
            for (index, held) in actor.functions.enumerated() {
                _ = try await installation.perform(
                    PersonCommand.grant(FunctionGrant(id: "\(key)-\(index)", held: held)), on: actor.person, as: .program)
            }
            try await installation.vault.accounts.open(
                actor.person, email: email, password: nil, name: nil, at: installation.clock.now())
        }
        _ = try await installation.perform(Testland.open, on: dossier, as: Testland.ib)
    }

    /// "P-ib" is called "Naam van ib": no invented name can be mistaken for a word of the page.
    static func name(_ actor: Actor) -> String { "Naam van \(actor.person.rawValue.dropFirst(2))" }

    /// Carries commands out before the test begins.
    func happened(_ commands: DossierCommand..., by actor: Actor = Testland.ib) async throws {
        for command in commands {
            _ = try await installation.perform(command, on: Self.dossier, as: try await installation.actor(actor.person))
        }
    }

    /// Somebody new with a function, at the school when no other place is given.
    func newcomer(
        _ name: String, as function: String, at place: OrganisationID = Testland.school
    ) async throws -> Actor {
        let person = PersonID("p-\(NameKey.fold(name).replacing(" ", with: "-"))")
        let held = HeldFunction(function: function, organisation: place, from: .of("2018-08-01"))
        let email = "\(person)@testland.example"
        _ = try await installation.perform(PersonCommand.register(name: name, email: email), on: person, as: .program)
        _ = try await installation.perform(
            PersonCommand.grant(FunctionGrant(id: "\(person)-0", held: held)), on: person, as: .program)
        try await installation.vault.accounts.open(person, email: email, password: nil, name: nil, at: clock.now())
        return try await installation.actor(person)
    }

    /// The dossier as it is now.
    var now: Dossier { get async throws { try await installation.load(Self.dossier) } }

    /// What was read of the dossier, newest first.
    var reads: [ReadEntry] {
        get async throws {
            try await installation.vault.reads.reads(of: Self.dossier, before: nil, limit: 50).map(\.read)
        }
    }

    /// Somebody with a browser; a guest has no session.
    func visitor(_ actor: Actor?, language: Language = .nl) async throws -> Visitor {
        guard let actor else { return Visitor(client: client, cookie: "lang=\(language.rawValue)", csrf: "") }
        let signedIn = try await installation.vault.accounts.begin(actor.person, at: clock.now())
        return Visitor(
            client: client, cookie: "sessie=\(signedIn.secret.text); lang=\(language.rawValue)",
            csrf: signedIn.session.csrf.text)
    }

    /// The practitioner from outside, whom both parents agree to and the school asked in, with an account.
    func practitioner() async throws -> Visitor {
        let person = Testland.practitioner.person
        let email = "\(person)@testland.example"
        _ = try await installation.perform(
            PersonCommand.register(name: Self.name(Testland.practitioner), email: email), on: person, as: .program)
        try await installation.vault.accounts.open(person, email: email, password: nil, name: nil, at: clock.now())
        try await happened(
            Testland.shares(Testland.motherInDossier), Testland.shares(Testland.fatherInDossier), Testland.asksIn())
        return try await visitor(Testland.practitioner)
    }

    /// The same person's program, with a token.
    func program(_ actor: Actor?) async throws -> Program {
        guard let actor else { return Program(client: client, token: nil) }
        let issued = try await installation.vault.accounts.issueToken(
            for: actor.person, name: "test", expires: clock.now().adding(days: 400), at: clock.now())
        return Program(client: client, token: issued.secret.text)
    }
}

/// Somebody who asks for pages and sends forms.
struct Visitor: Sendable {
    let client: any TestClientProtocol
    let cookie: String
    let csrf: String

    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: ByteBuffer
        var text: String { String(buffer: body) }
        var location: String? { headers[.location] }

        /// The text of a page without its tags.
        var words: String {
            text.replacing(/<script.*?<\/script>/, with: "").replacing(/<[^>]*>/, with: " ").replacing(/\s+/, with: " ")
        }

        /// The value of the input with this name; nil when there is none.
        func value(_ name: String) -> String? {
            for tag in Markup(text).opened where tag.name == "input" && tag.attributes["name"] == name {
                if tag.attributes["type"] == "radio", tag.attributes["checked"] == nil { continue }
                return tag.attributes["value"] ?? ""
            }
            return nil
        }
    }

    func get(_ path: String, script: Bool = false) async throws -> Answer {
        var headers: HTTPFields = [.cookie: cookie]
        if script, let name = HTTPField.Name("X-Requested-With") { headers[name] = "fetch" }
        let response = try await client.execute(uri: path, method: .get, headers: headers)
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }

    /// Sends a form as a browser does; without its secret word when that is what is tested.
    func post(
        _ path: String, _ fields: [(String, String)] = [], script: Bool = false, csrf: Bool = true
    ) async throws -> Answer {
        let all = fields + (csrf ? [("_csrf", self.csrf)] : [])
        func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
        let body = all.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        var headers: HTTPFields = [.cookie: cookie, .contentType: "application/x-www-form-urlencoded"]
        if script, let name = HTTPField.Name("X-Requested-With") { headers[name] = "fetch" }
        let response = try await client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }

    /// Sends a form with a file.
    func upload(
        _ path: String, file: (name: String, contents: Data)?, _ fields: [(String, String)]
    ) async throws -> Answer {
        var body = Data()
        for (name, value) in fields + [("_csrf", csrf)] {
            body += Data("--grens\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file {
            body += Data("--grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n".utf8)
            body += Data("Content-Type: application/octet-stream\r\n\r\n".utf8) + file.contents + Data("\r\n".utf8)
        }
        body += Data("--grens--\r\n".utf8)
        let response = try await client.execute(
            uri: path, method: .post, headers: [.cookie: cookie, .contentType: "multipart/form-data; boundary=grens"],
            body: ByteBuffer(bytes: body))
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }
}
