import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import JournalSQLite
import Logging
import Testing
import UseCases

@testable import Web

@Suite("A password of one's own")
struct OwnPasswordTests {
    private static let choice = "/account/eigen-wachtwoord"
    private static let own = "elf rode fietsen bij de brug"

    /// Somebody whom the administrator registered, signed in with the password that was handed out.
    private func newcomer(_ stage: PlanStage) async throws -> (person: PersonID, handedOut: String, visitor: Visitor) {
        let registered = try await stage.installation.register(
            name: "Otto Andersom", email: "otto@voorbeeld.example", as: .program)
        let password = try #require(registered.password)
        return (registered.person, password, try await signIn(stage, password))
    }

    private func signIn(_ stage: PlanStage, _ password: String) async throws -> Visitor {
        let signedIn = try await stage.installation.vault.accounts.signIn(
            email: "otto@voorbeeld.example", password: password, source: "192.0.2.1", at: stage.clock.now())
        return Visitor(
            client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
    }

    @Test("Whoever signs in with a handed-out password gets no page and no form but the choice of another one")
    func first() async throws {
        try await PlanStage.run("spow") { stage in
            let (person, handedOut, visitor) = try await newcomer(stage)
            for path in ["/", "/leerlingen", "/account", "/plan", "/beheer/mensen", "/bestaat/niet"] {
                let answer = try await visitor.get(path)
                #expect(answer.location == Self.choice, "\(path)")
            }
            #expect(try await visitor.post("/account/sleutels", [("name", "rapport")]).location == Self.choice)
            #expect(try await stage.installation.vault.accounts.tokens(of: person).isEmpty)
            await #expect(throws: AccountRefusal.ownPasswordFirst) { _ = try await stage.program(person) }

            let page = try await visitor.get(Self.choice)
            #expect(page.status == .ok)
            #expect(page.words.contains("Ten minste 12 tekens"))
            for (password, sentence) in [
                (handedOut, "Dit wachtwoord had u al"), ("kort", "Neem ten minste 12 tekens"),
                ("otto@voorbeeld.example", "Gebruik niet uw naam of e-mailadres"),
                ("meneer andersom", "Gebruik niet uw naam"), ("welkomwelkom", "te makkelijk te raden"),
            ] {
                let refused = try await visitor.post(Self.choice, [("new", password)])
                #expect(refused.status == .unprocessableContent, "\(password)")
                #expect(refused.words.contains(sentence), "\(password)")
                #expect(!refused.text.contains(handedOut))
            }

            let chosen = try await visitor.post(Self.choice, [("new", Self.own)])
            #expect(chosen.status == .seeOther)
            #expect(chosen.location == "/?gedaan=saved")
            #expect(try await visitor.get("/").location?.hasPrefix("/aanmelden") == true, "the session of before is over")
            let cookie = try #require(chosen.headers[values: .setCookie].first { $0.contains("sessie=") })
            let on = Visitor(client: stage.client, cookie: String(cookie.prefix { $0 != ";" }), csrf: "")
            #expect(try await on.get("/").status == .ok)
            #expect(try await on.get(Self.choice).location == "/account")
            _ = try await stage.program(person)
        }
    }

    @Test("The way out and the language stay within reach before the choice")
    func wayOut() async throws {
        try await PlanStage.run("spow") { stage in
            let (_, _, visitor) = try await newcomer(stage)
            #expect(try await visitor.post("/taal", [("lang", "en"), ("terug", Self.choice)]).location == Self.choice)
            #expect(try await visitor.post("/afmelden").location == "/aanmelden?gedaan=afgemeld")
            #expect(try await visitor.get(Self.choice).location?.hasPrefix("/aanmelden") == true)
        }
    }

    @Test("A password that the administrator renews, and one of a guardian's new account, have to be changed as well")
    func renewed() async throws {
        try await PlanStage.run("spow") { stage in
            let (person, _, _) = try await newcomer(stage)
            try await stage.choosePassword(person, Self.own)
            #expect(try await signIn(stage, Self.own).get("/").status == .ok)
            let again = try await stage.installation.renewPassword(of: person, as: .program)
            #expect(try await signIn(stage, again).get("/").location == Self.choice)
        }
    }

    @Test("A refused new password on one's own page says why beside the field")
    func ownPage() async throws {
        try await PlanStage.run("spow") { stage in
            let (person, _, _) = try await newcomer(stage)
            try await stage.choosePassword(person, Self.own)
            let visitor = try await signIn(stage, Self.own)
            let page = try await visitor.post("/account/wachtwoord", [("current", Self.own), ("new", "kort")])
            #expect(page.status == .unprocessableContent)
            #expect(page.words.contains("Neem ten minste 12 tekens."))
        }
    }

    // MARK: Keys

    @Test("Making a key asks for the password again; a wrong one makes none and counts as an attempt")
    func stepUp() async throws {
        try await PlanStage.run("spow") { stage in
            let (person, _, _) = try await newcomer(stage)
            try await stage.choosePassword(person, Self.own)
            let visitor = try await signIn(stage, Self.own)
            let accounts = stage.installation.vault.accounts
            for wrong in [[("name", "rapport")], [("name", "rapport"), ("current", "iets anders hier")]] {
                let refused = try await visitor.post("/account/sleutels", wrong)
                #expect(refused.status == .unprocessableContent)
                #expect(refused.words.contains("Dit is niet uw wachtwoord van nu"))
                #expect(try await accounts.tokens(of: person).isEmpty)
            }
            let made = try await visitor.post("/account/sleutels", [("name", "rapport"), ("current", Self.own)])
            #expect(made.status == .ok)
            #expect(made.text.contains("sen_"))
            #expect(try await accounts.tokens(of: person).count == 1)
            for _ in 0..<12 { _ = try await visitor.post("/account/sleutels", [("name", "x"), ("current", "gokje")]) }
            let waits = try await visitor.post("/account/sleutels", [("name", "x"), ("current", Self.own)])
            #expect(waits.status == .unprocessableContent)
            #expect(try await accounts.tokens(of: person).count == 1)
        }
    }

    // MARK: Too many at once

    @Test("When too many passwords are being checked a page says so, and when to try again")
    func busy() async throws {
        try await PlanStage.run("spow") { stage in
            let (person, _, _) = try await newcomer(stage)
            try await stage.choosePassword(person, Self.own)
            let known = stage.installation
            let full = Accounts(
                store: SQLiteVault(stage.store, directory: nil).accounts, hasher: PasswordHasher(cost: .demonstration, most: 0))
            let installation = Installation(
                journal: known.journal, registers: known.registers,
                vault: Vault(accounts: full, reads: known.vault.reads, drafts: known.vault.drafts, blobs: known.vault.blobs),
                shelf: known.shelf, clock: known.clock)
            let site = Site(
                installation: installation, face: stage.site.face, options: stage.site.options, paper: stage.site.paper)
            let visitor = try await signIn(stage, Self.own)
            let administrator = try await known.vault.accounts.begin(PersonID("p-administrator"), at: stage.clock.now())
            let application = Application(router: WebServer(site: site).router(), logger: .silent)
            try await application.test(.router) { client in
                let asker = Visitor(client: client, cookie: visitor.cookie, csrf: visitor.csrf)
                let boss = Visitor(
                    client: client, cookie: "sessie=\(administrator.secret.text)", csrf: administrator.session.csrf.text)
                let answers = [
                    try await asker.post("/account/wachtwoord", [("current", Self.own), ("new", "iets heel anders dus")]),
                    try await asker.post("/account/sleutels", [("name", "x"), ("current", Self.own)]),
                    try await boss.post("/beheer/mensen", [("name", "An Uit"), ("email", "an@voorbeeld.example")]),
                    try await boss.post("/beheer/mensen/\(person)/wachtwoord"),
                    try await Visitor(client: client, cookie: "", csrf: "").post(
                        "/aanmelden", [("email", "otto@voorbeeld.example"), ("password", Self.own)], csrf: false),
                ]
                for answer in answers {
                    #expect(answer.status == .serviceUnavailable)
                    #expect(answer.headers[.retryAfter] == "2")
                    #expect(answer.words.contains("erg druk"))
                }
            }
        }
    }
}
