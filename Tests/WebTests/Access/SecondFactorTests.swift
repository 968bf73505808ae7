import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("A code beside the password")
struct SecondFactorTests {
    private static let setUp = "/account/tweede-stap"
    private static let give = "/aanmelden/code"
    private static let own = "elf rode fietsen bij de brug"

    /// Somebody with a function, or none, who signs in with a password of their own.
    private func person(_ stage: PlanStage, _ function: String?) async throws -> PersonID {
        let registered = try await stage.installation.register(
            name: "Otto Andersom", email: "otto@voorbeeld.example", as: .program)
        if let function {
            _ = try await stage.installation.perform(
                PersonCommand.grant(
                    FunctionGrant(
                        id: "g", held: HeldFunction(function: function, organisation: PlanStage.school, from: .of("2020-01-01")))),
                on: registered.person, as: .program)
        }
        try await stage.choosePassword(registered.person, Self.own)
        return registered.person
    }

    /// What the browser has after signing in on the page.
    private func signIn(_ stage: PlanStage, after: String = "") async throws -> (visitor: Visitor, location: String?) {
        let guest = Visitor(client: stage.client, cookie: "lang=nl", csrf: "")
        let answer = try await guest.post(
            "/aanmelden", [("email", "otto@voorbeeld.example"), ("password", Self.own), ("naar", after)], csrf: false)
        #expect(answer.status == .seeOther)
        return (try await visitor(answer, stage), answer.location)
    }

    /// The browser with the session that an answer set.
    private func visitor(_ answer: Visitor.Answer, _ stage: PlanStage) async throws -> Visitor {
        let cookie = try #require(answer.headers[values: .setCookie].first { $0.contains("sessie=") })
        let secret = String(cookie.drop { $0 != "=" }.dropFirst().prefix { $0 != ";" })
        let session = try await stage.installation.vault.accounts.session(secret, at: stage.clock.now())
        return Visitor(
            client: stage.client, cookie: "sessie=\(secret); lang=nl", csrf: try #require(session).csrf.text)
    }

    /// The secret that the page shows to this visitor.
    private func secret(_ visitor: Visitor, _ stage: PlanStage) async throws -> OneTimeSecret {
        let cookie = visitor.cookie.drop { $0 != "=" }.dropFirst().prefix { $0 != ";" }
        let accounts = stage.installation.vault.accounts
        let session = try #require(try await accounts.session(String(cookie), at: stage.clock.now()))
        return try await accounts.secretToSetUp(in: session)
    }

    private func code(_ secret: OneTimeSecret, _ stage: PlanStage) -> String {
        secret.code(at: OneTimeSecret.step(at: stage.clock.now()))
    }

    @Test("Whoever works with dossiers sets one up before anything else, and sees the recovery codes once")
    func first() async throws {
        try await PlanStage.run("spow", asksSecondFactor: true) { stage in
            _ = try await person(stage, "ib")
            let (visitor, _) = try await signIn(stage)
            for path in ["/", "/leerlingen", "/account", "/plan", "/bestaat/niet"] {
                #expect(try await visitor.get(path).location == Self.setUp, "\(path)")
            }
            #expect(try await visitor.post("/account/sleutels", [("name", "x"), ("current", Self.own)]).location == Self.setUp)
            let page = try await visitor.get(Self.setUp)
            #expect(page.status == .ok)
            let secret = try await self.secret(visitor, stage)
            #expect(page.text.replacing(" ", with: "").contains(secret.text))
            #expect(page.text.contains("<path d=\"M"), "a picture for the app")

            let wrong = try await visitor.post(Self.setUp, [("code", "000000")])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.words.contains("Deze code klopt niet"))
            #expect(wrong.text.replacing(" ", with: "").contains(secret.text), "the same secret still")

            let done = try await visitor.post(Self.setUp, [("code", code(secret, stage))])
            #expect(done.status == .ok)
            #expect(done.words.contains("Bewaar uw herstelcodes"))
            #expect(done.headers[.cacheControl]?.contains("no-store") == true)
            #expect(try await visitor.get("/").status == .ok)
            #expect(try await visitor.get(Self.setUp).location == "/account")
            let account = try await visitor.get("/account")
            #expect(account.words.contains("U hebt nog 10 herstelcodes"))
            #expect(!account.text.contains(secret.text))
            // Pressed once more it shows no codes and takes nothing away.
            #expect(try await visitor.post(Self.setUp, [("code", code(secret, stage))]).location == "/account")
        }
    }

    @Test("From then on the password opens nothing but the question for a code, and one goes on where one wanted to be")
    func asked() async throws {
        try await PlanStage.run("spow", asksSecondFactor: true) { stage in
            _ = try await person(stage, "ib")
            let (setting, _) = try await signIn(stage)
            let secret = try await self.secret(setting, stage)
            _ = try await setting.post(Self.setUp, [("code", code(secret, stage))])
            stage.clock.move(by: 300)

            let (visitor, location) = try await signIn(stage, after: "/leerlingen")
            #expect(location == "\(Self.give)?naar=%2Fleerlingen")
            for path in ["/", "/leerlingen", "/account", Self.setUp, "/account/eigen-wachtwoord"] {
                #expect(try await visitor.get(path).location == Self.give, "\(path)")
            }
            #expect(try await visitor.post("\(Self.setUp)/weg", [("code", "1")]).location == Self.give)
            let page = try await visitor.get("\(Self.give)?naar=%2Fleerlingen")
            #expect(page.status == .ok && page.text.contains("autocomplete=\"one-time-code\""))
            #expect(page.text.contains("value=\"/leerlingen\""))
            let wrong = try await visitor.post(Self.give, [("code", "123456"), ("naar", "/leerlingen")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"/leerlingen\""))

            let through = try await visitor.post(Self.give, [("code", code(secret, stage)), ("naar", "/leerlingen")])
            #expect(through.location == "/leerlingen")
            let on = try await self.visitor(through, stage)
            #expect(try await on.get("/leerlingen").status == .ok)
            #expect(try await on.get(Self.give).location == "/")
            #expect(try await visitor.get("/").location?.hasPrefix("/aanmelden") == true, "the session of before is over")

            // A foreign address is not followed afterwards, and the way out is open before.
            let (again, _) = try await signIn(stage, after: "//elders.example/")
            stage.clock.move(by: 60)
            let led = try await again.post(Self.give, [("code", code(secret, stage)), ("naar", "//elders.example/")])
            #expect(led.location == "/")
            let (leaving, _) = try await signIn(stage)
            #expect(try await leaving.post("/afmelden").location == "/aanmelden?gedaan=afgemeld")
        }
    }

    @Test("A changed password keeps what was proved, and asks no more and no less")
    func changedPassword() async throws {
        try await PlanStage.run("spow", asksSecondFactor: true) { stage in
            let otto = try await person(stage, "ib")
            let (visitor, _) = try await signIn(stage)
            let secret = try await self.secret(visitor, stage)
            _ = try await visitor.post(Self.setUp, [("code", code(secret, stage))])
            let changed = try await visitor.post(
                "/account/wachtwoord", [("current", Self.own), ("new", "twaalf groene bankjes in het park")])
            #expect(try await self.visitor(changed, stage).get("/").status == .ok)

            // A password that the administrator hands out does not go round the code.
            let first = try await stage.installation.renewPassword(of: otto, as: .program)
            let guest = Visitor(client: stage.client, cookie: "lang=nl", csrf: "")
            let answer = try await guest.post(
                "/aanmelden", [("email", "otto@voorbeeld.example"), ("password", first)], csrf: false)
            let back = try await self.visitor(answer, stage)
            #expect(try await back.get("/account/eigen-wachtwoord").location == Self.give)
            stage.clock.move(by: 300)
            let proved = try await back.post(Self.give, [("code", code(secret, stage))])
            let choosing = try await self.visitor(proved, stage)
            #expect(try await choosing.get("/").location == "/account/eigen-wachtwoord")
            let chosen = try await choosing.post("/account/eigen-wachtwoord", [("new", Self.own)])
            #expect(try await self.visitor(chosen, stage).get("/").status == .ok)
        }
    }

    @Test("A family may have one, and needs none; what was set up can be renewed and taken away with a code")
    func family() async throws {
        try await PlanStage.run("spow", asksSecondFactor: true) { stage in
            let otto = try await person(stage, nil)
            let (visitor, _) = try await signIn(stage)
            #expect(try await visitor.get("/").status == .ok)
            #expect(try await visitor.get("/account").text.contains(Self.setUp))
            let secret = try await self.secret(visitor, stage)
            _ = try await visitor.post(Self.setUp, [("code", code(secret, stage))])
            stage.clock.move(by: 60)
            let refused = try await visitor.post("\(Self.setUp)/herstelcodes", [("code", "999999")])
            #expect(refused.status == .unprocessableContent && refused.words.contains("Deze code klopt niet"))
            let renewed = try await visitor.post("\(Self.setUp)/herstelcodes", [("code", code(secret, stage))])
            #expect(renewed.status == .ok && renewed.words.contains("Bewaar uw herstelcodes"))
            stage.clock.move(by: 60)
            #expect(try await visitor.post("\(Self.setUp)/weg", [("code", "999999")]).status == .unprocessableContent)
            let ended = try await visitor.post("\(Self.setUp)/weg", [("code", code(secret, stage))])
            #expect(ended.location == "/account?gedaan=saved")
            #expect(try await stage.installation.vault.accounts.secondFactor(of: otto) == nil)
            #expect(try await visitor.get("/").status == .ok)
        }
    }

    @Test("Whoever was asked in from outside needs one as well, as long as a dossier is open to them")
    func askedIn() async throws {
        try await DossierStage.run(asksSecondFactor: true) { stage in
            let outsider = try await stage.practitioner()
            #expect(try await outsider.get(DossierStage.path).location == Self.setUp)
            #expect(try await outsider.get(Self.setUp).words.contains("maar één keer in te stellen"))
            #expect(try await stage.visitor(Testland.mother).get(DossierStage.path).status == .ok)
            try await stage.happened(.withdrawAskedIn(.init(id: AskedInID("a-1"))))
            #expect(try await outsider.get("/").status == .ok)
        }
    }

    @Test("Whose telephone is gone gets in again by the administrator, who cannot do it for themselves")
    func reset() async throws {
        try await PlanStage.run("spow", asksSecondFactor: true) { stage in
            let accounts = stage.installation.vault.accounts
            let otto = try await person(stage, "ib")
            let (visitor, _) = try await signIn(stage)
            let secret = try await self.secret(visitor, stage)
            _ = try await visitor.post(Self.setUp, [("code", code(secret, stage))])

            let boss = PersonID("p-administrator")
            let signedIn = try await accounts.begin(boss, at: stage.clock.now())
            let administrator = Visitor(
                client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
            // Whoever manages people needs one as well.
            #expect(try await administrator.get("/beheer/mensen").location == Self.setUp)
            let bossSecret = try await accounts.secretToSetUp(in: signedIn.session)
            _ = try await administrator.post(Self.setUp, [("code", code(bossSecret, stage))])
            let page = try await administrator.get("/beheer/mensen/\(otto)")
            #expect(page.text.contains("/tweede-stap\""))
            #expect(try await !administrator.get("/beheer/mensen/\(boss)").text.contains("/tweede-stap\""))
            #expect(try await administrator.post("/beheer/mensen/\(boss)/tweede-stap").status == .forbidden)
            let done = try await administrator.post("/beheer/mensen/\(otto)/tweede-stap")
            #expect(done.location == "/beheer/mensen/\(otto)?gedaan=tweede-stap-weg")
            #expect(try await visitor.get("/").location?.hasPrefix("/aanmelden") == true)
            let (back, _) = try await signIn(stage)
            #expect(try await back.get("/").location == Self.setUp)
            #expect(try await self.secret(back, stage) != secret)
        }
    }

    @Test("Where everybody may sign in by one press nobody is asked to set one up, and one that is there is asked for")
    func practice() async throws {
        try await PlanStage.run("spow") { stage in
            _ = try await person(stage, "ib")
            let (visitor, _) = try await signIn(stage)
            #expect(try await visitor.get("/").status == .ok)
            let secret = try await self.secret(visitor, stage)
            _ = try await visitor.post(Self.setUp, [("code", code(secret, stage))])
            #expect(try await signIn(stage).visitor.get("/").location == Self.give)
        }
    }
}
