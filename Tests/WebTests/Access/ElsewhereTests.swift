import Domain
import Foundation
import HTTPTypes
import Journal
import Testing
import UseCases

@testable import Web

@Suite("Signing in by way of a provider elsewhere")
struct ElsewhereTests {
    private static let own = "elf rode fietsen bij de brug"
    private static let go = "/aanmelden/via/school"
    private static let back = "/aanmelden/via/school/terug"

    private func run(
        asksSecondFactor: Bool = false, post: (any Post)? = nil,
        _ test: @Sendable (PlanStage, SchoolProvider) async throws -> Void
    ) async throws {
        let provider = SchoolProvider()
        try await PlanStage.run("spow", asksSecondFactor: asksSecondFactor, post: post, providers: [provider]) { stage in
            try await test(stage, provider)
        }
    }

    /// A browser with somebody signed in by their own means, who was recognised just now.
    private func signedIn(_ person: PersonID, _ stage: PlanStage) async throws -> Browsing {
        let begun = try await stage.installation.vault.accounts.begin(person, at: stage.clock.now())
        return Browsing(stage, cookies: ["lang": "nl", "sessie": begun.secret.text])
    }

    private func state(_ location: String?) throws -> String {
        try #require(location?.split(separator: "state=").last.map(String.init))
    }

    /// Goes to the provider from an address of this site and comes back with a code.
    @discardableResult
    private func pass(_ browser: Browsing, _ code: String, from path: String = go) async throws -> Visitor.Answer {
        let gone = try await browser.get(path)
        #expect(gone.status == .seeOther && gone.location?.hasPrefix("https://id.example/") == true, "\(gone.location ?? "-")")
        return try await browser.get("\(Self.back)?code=\(code)&state=\(try state(gone.location))")
    }

    /// Links the school's account to somebody, as the settings of a test have it.
    private func link(_ provider: SchoolProvider, _ person: PersonID, _ stage: PlanStage, subject: String = "noor") async throws {
        try await stage.installation.link(provider.proved(subject), to: person)
    }

    @Test("Whoever is known comes in with a session of their own, and goes on to the page that was asked for")
    func known() async throws {
        try await run { stage, provider in
            let ib = try stage.holder("ib")
            try await link(provider, ib, stage)
            provider.answer("noor", .success(provider.proved(signedIn: stage.clock.now())))
            let browser = Browsing(stage)
            let page = try await browser.get("/aanmelden?naar=%2Fleerlingen")
            #expect(page.text.contains("href=\"/aanmelden/via/school?naar=%2Fleerlingen\""))
            #expect(page.words.contains("Aanmelden met Schoolaccount"))
            let answer = try await pass(browser, "noor", from: "\(Self.go)?naar=%2Fleerlingen")
            #expect(answer.location == "/leerlingen")
            #expect(try await browser.session?.person == ib)
            #expect(try await browser.session?.provider == "school")
            #expect(browser.cookies["elders"] == nil, "what was carried on the way is gone")
            #expect(try await browser.get("/leerlingen").status == .ok)
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("sessie=") })
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            // Signed in already there is nothing to do, and a signed-out browser can go there again.
            #expect(try await browser.get(Self.go).location == "/")
            let out = try await browser.post("/afmelden")
            #expect(out.location == "/aanmelden?via=school&gedaan=afgemeld")
            #expect(
                try await browser.get("/aanmelden?via=school&gedaan=afgemeld").text.contains("href=\"https://id.example/end\""))
        }
    }

    @Test("An identity that nobody knows opens nothing, and is told the same whether there is an account or not")
    func unknown() async throws {
        try await run { stage, provider in
            provider.answer("stranger", .success(provider.proved("stranger")))
            // A verified address finds nobody where the settings do not let it: the provider then gives none.
            provider.answer("none", .success(provider.proved("none", mail: "niemand@voorbeeld.example")))
            let outside = "\(try stage.stranger("ib"))@voorbeeld.example"
            provider.answer("elsewhere", .success(provider.proved("elsewhere", mail: outside)))
            var told: Set<String> = []
            for code in ["stranger", "none", "elsewhere"] {
                let browser = Browsing(stage)
                let answer = try await pass(browser, code)
                #expect(answer.location == "\(Self.back)?fout=unknown")
                #expect(browser.cookies["sessie"] == nil && browser.cookies["elders"] == nil)
                let page = try await browser.get(try #require(answer.location))
                #expect(page.status == .forbidden)
                #expect(page.words.contains("Uw school heeft u hier nog geen functie gegeven"))
                told.insert(page.text)
            }
            #expect(told.count == 1)
        }
    }

    @Test(
        "A verified address finds the account that has a function at the proved school, links it and drops a handed-out password")
    func byMail() async throws {
        try await run { stage, provider in
            let ib = try stage.holder("ib")
            _ = try await stage.installation.renewPassword(of: ib, as: .program)
            provider.answer("noor", .success(provider.proved(mail: "\(ib)@VOORBEELD.example")))
            let browser = Browsing(stage)
            #expect(try await pass(browser, "noor").location == "/")
            #expect(try await browser.session?.person == ib)
            let accounts = stage.installation.vault.accounts
            #expect(try await accounts.account(of: ib)?.hasPassword == false)
            // Somebody else with the same address at the provider does not come in as them.
            provider.answer("other", .success(provider.proved("other", mail: "\(ib)@voorbeeld.example")))
            #expect(try await pass(Browsing(stage), "other").location == "\(Self.back)?fout=unknown")
            // A new password by the administrator ends what somebody may have linked meanwhile.
            _ = try await stage.installation.renewPassword(of: ib, as: .program)
            #expect(try await accounts.identities(of: ib).isEmpty)
        }
    }

    @Test("Without a function today at the organisation that is proved a known identity is refused, and so is a closed account")
    func noFunction() async throws {
        try await run { stage, provider in
            let ib = try stage.holder("ib")
            try await link(provider, ib, stage)
            provider.answer("moved", .success(provider.proved("noor", .school("99BB"))))
            provider.answer("office", .success(provider.proved("noor", .partnership)))
            provider.answer("noor", .success(provider.proved()))
            for code in ["moved", "office"] {
                #expect(try await pass(Browsing(stage), code).location == "\(Self.back)?fout=noFunction")
            }
            #expect(try await pass(Browsing(stage), "noor").location == "/")
            let grant = try #require(try await stage.installation.person(ib).functions.first)
            _ = try await stage.installation.end(
                grant.id, of: ib, until: stage.installation.today.adding(days: -1), as: .program)
            let ended = try await pass(Browsing(stage), "noor")
            #expect(ended.location == "\(Self.back)?fout=noFunction")
            #expect(try await Browsing(stage).get(try #require(ended.location)).words.contains("geen functie bij deze school"))
            try await stage.installation.closeAccount(of: ib, as: .program)
            #expect(try await pass(Browsing(stage), "noor").location == "\(Self.back)?fout=unknown")
        }
    }

    @Test("An answer is taken only in the browser that asked, once, for what it asked, and for ten minutes")
    func bound() async throws {
        try await run { stage, provider in
            try await link(provider, try stage.holder("ib"), stage)
            provider.answer("noor", .success(provider.proved()))
            let again = "\(Self.back)?fout=again"
            let asking = Browsing(stage)
            let state = try state(try await asking.get(Self.go).location)
            let carried = try #require(asking.cookies["elders"])
            let answer = "\(Self.back)?code=noor&state=\(state)"

            // Another browser, with nothing or with a question of its own: somebody was led to an answer of somebody else.
            #expect(try await Browsing(stage).get(answer).location == again)
            let victim = Browsing(stage)
            _ = try await victim.get(Self.go)
            #expect(try await victim.get(answer).location == again)
            // No state, another one, and what is carried changed.
            for wrong in ["\(Self.back)?code=noor", "\(Self.back)?code=noor&state=\(String(state.reversed()))"] {
                let browser = Browsing(stage, cookies: ["lang": "nl", "elders": carried])
                #expect(try await browser.get(wrong).location == again)
            }
            let changed = String(carried.dropLast()) + (carried.hasSuffix("A") ? "B" : "A")
            for value in [changed, String(carried.dropFirst()), "x.y", "", "\(carried).z"] {
                let browser = Browsing(stage, cookies: ["lang": "nl", "elders": value])
                #expect(try await browser.get(answer).location == again)
            }
            #expect(provider.asked.count == 2)
            let page = try await Browsing(stage).get(again)
            #expect(page.status == .ok && page.words.contains("Begin nog een keer"))

            stage.clock.move(by: 599)
            let inTime = Browsing(stage, cookies: ["lang": "nl", "elders": carried])
            #expect(try await inTime.get(answer).location == "/")
            stage.clock.move(by: 1)
            #expect(try await Browsing(stage, cookies: ["lang": "nl", "elders": carried]).get(answer).location == again)
        }
    }

    @Test("The state, the nonce and the verifier are words of their own for every question, and tell nothing of what is carried")
    func words() async throws {
        try await run { stage, provider in
            var seen: Set<String> = []
            for _ in 0..<3 {
                let browser = Browsing(stage)
                _ = try await browser.get(Self.go)
                let question = try #require(provider.asked.last)
                let carried = try #require(browser.cookies["elders"])
                for word in [question.state, question.nonce, question.verifier] {
                    #expect(word.utf8.count == 43 && !carried.contains(word))
                    seen.insert(word)
                }
                #expect(question.back == "https://sentrum.example/aanmelden/via/school/terug" && !question.isAnew)
            }
            #expect(seen.count == 9)
        }
    }

    @Test("Afterwards one goes to a page of this site or to one's work, never elsewhere")
    func openRedirect() async throws {
        try await run { stage, provider in
            try await link(provider, try stage.holder("ib"), stage)
            provider.answer("noor", .success(provider.proved()))
            for evil in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fevil.example"] {
                #expect(try await pass(Browsing(stage), "noor", from: "\(Self.go)?naar=\(evil)").location == "/", "\(evil)")
            }
        }
    }

    @Test("A session that the browser had before ends when somebody signs in, so that nobody who knew it goes along")
    func fixation() async throws {
        let box = Letterbox()
        try await run(post: box) { stage, provider in
            // Somebody else's session, or one that an attacker put there.
            let browser = try await signedIn(try stage.stranger("ib"), stage)
            let before = try #require(browser.cookies["sessie"])
            let ib = try stage.holder("ib")
            let accounts = stage.installation.vault.accounts
            let secret = try await accounts.makePasswordLink(for: ib, .invited, at: stage.clock.now()).text
            provider.answer("noor", .success(provider.proved()))
            #expect(try await pass(browser, "noor", from: "/wachtwoord/\(secret)/via/school").location == "/")
            #expect(browser.cookies["sessie"] != before)
            #expect(try await browser.session?.person == ib)
            #expect(try await accounts.session(before, at: stage.clock.now()) == nil)
        }
    }

    @Test("Invited people take the invitation up with the account of their school instead of a password, once")
    func invited() async throws {
        let box = Letterbox()
        try await run(post: box) { stage, provider in
            let ib = try stage.holder("ib")
            let accounts = stage.installation.vault.accounts
            _ = try await stage.installation.renewPassword(of: ib, as: .program)
            let secret = try await accounts.makePasswordLink(for: ib, .invited, at: stage.clock.now()).text
            let page = try await Browsing(stage).get("/wachtwoord/\(secret)")
            #expect(page.text.contains("href=\"/wachtwoord/\(secret)/via/school\""))
            provider.answer("wrong", .success(provider.proved("noor", .school("99BB"))))
            provider.answer("noor", .success(provider.proved()))
            let path = "/wachtwoord/\(secret)/via/school"
            #expect(try await pass(Browsing(stage), "wrong", from: path).location == "\(Self.back)?fout=noFunction")
            let browser = Browsing(stage)
            #expect(try await pass(browser, "noor", from: path).location == "/")
            #expect(try await browser.session?.person == ib)
            #expect(try await browser.session?.choosesPassword == false)
            #expect(try await accounts.account(of: ib)?.hasPassword == false)
            #expect(try await Browsing(stage).get(path).location == "/wachtwoord/\(secret)")
            #expect(try await pass(Browsing(stage), "noor").location == "/")

            // A parent has no school that proves them.
            let parent = try await stage.newcomer("ouder")
            let theirs = try await accounts.makePasswordLink(for: parent, .invited, at: stage.clock.now()).text
            #expect(try await !Browsing(stage).get("/wachtwoord/\(theirs)").text.contains("/via/school"))
        }
    }

    @Test("Whoever is led past the page of an invitation, which says whose account it is, comes to that page first")
    func ledPast() async throws {
        let box = Letterbox()
        try await run(post: box) { stage, _ in
            let ib = try stage.holder("ib")
            let secret = try await stage.installation.vault.accounts.makePasswordLink(
                for: ib, .invited, at: stage.clock.now()
            ).text
            let path = "/wachtwoord/\(secret)/via/school"
            let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
            for from in ["none", "cross-site", "same-site"] {
                let answer = try await stage.client.execute(uri: path, method: .get, headers: [name: from]) { $0 }
                #expect(answer.headers[.location] == "/wachtwoord/\(secret)", "\(from)")
            }
            let own = try await stage.client.execute(uri: path, method: .get, headers: [name: "same-origin"]) { $0 }
            #expect(own.headers[.location]?.hasPrefix("https://id.example/") == true)
        }
    }

    @Test("One links one's own account there after signing in anew, by a form of this site, in the same session")
    func linked() async throws {
        try await run { stage, provider in
            let ib = try stage.holder("ib")
            try await stage.choosePassword(ib, Self.own)
            provider.answer("noor", .success(provider.proved()))
            let browser = try await signedIn(ib, stage)
            let account = try await browser.get("/account")
            #expect(account.text.contains("action=\"/account/via/school\""))
            let asked = try await browser.post("/account/via/school")
            #expect(asked.status == .ok && asked.words.contains("U gaat nu naar Schoolaccount."))
            #expect(provider.asked.last?.isAnew == true)
            let state = try #require(provider.asked.last?.state)
            #expect(asked.text.contains("https://id.example/authorize?state=\(state)"))

            // In the session of somebody else, or signed out meanwhile, it links nothing.
            let carried = try #require(browser.cookies["elders"])
            let other = try await signedIn(try stage.stranger("ib"), stage)
            for wrong in [other, Browsing(stage)] {
                wrong.set("elders", carried)
                #expect(try await wrong.get("\(Self.back)?code=noor&state=\(state)").location == "\(Self.back)?fout=again")
            }
            let accounts = stage.installation.vault.accounts
            #expect(try await accounts.identities(of: ib).isEmpty)

            let done = try await browser.get("\(Self.back)?code=noor&state=\(state)")
            #expect(done.location == "/account?gedaan=gekoppeld")
            let page = try await browser.get("/account?gedaan=gekoppeld")
            #expect(page.words.contains("Gekoppeld.") && page.words.contains("99AA, gekoppeld op"))
            #expect(!page.text.contains("action=\"/account/via/school\""))
            #expect(try await pass(Browsing(stage), "noor").location == "/")

            // It is one person's; and what is one's own can be taken away while a password is left.
            let colleague = try await signedIn(try stage.holder("school-director"), stage)
            _ = try await colleague.post("/account/via/school")
            let theirs = try #require(provider.asked.last?.state)
            #expect(
                try await colleague.get("\(Self.back)?code=noor&state=\(theirs)").location == "\(Self.back)?fout=taken")
            #expect(page.text.contains("action=\"/account/via/school/weg\""))
            #expect(try await colleague.post("/account/via/school/weg").status == .notFound)
            #expect(try await browser.post("/account/via/school/weg").location == "/account?gedaan=ontkoppeld")
            #expect(try await pass(Browsing(stage), "noor").location == "\(Self.back)?fout=unknown")
        }
    }

    @Test("Linking and taking away ask first whether it is the owner; a form of another site does neither")
    func guarded() async throws {
        try await run { stage, provider in
            let ib = try stage.holder("ib")
            try await stage.choosePassword(ib, Self.own)
            try await link(provider, try stage.holder("school-director"), stage, subject: "director")
            let browser = try await signedIn(ib, stage)
            stage.clock.move(by: 900)
            let asked = try await browser.post("/account/via/school")
            #expect(asked.words.contains("U staat op het punt te veranderen hoe u zich aanmeldt."))
            #expect(provider.asked.isEmpty)
            let through = try await browser.post("/account/via/school", [(OwnerCheck.field, Self.own)])
            #expect(through.words.contains("U gaat nu naar Schoolaccount."))
            let session = try #require(browser.cookies["sessie"])
            let visitor = Visitor(client: stage.client, cookie: "sessie=\(session)", csrf: "")
            for path in ["/account/via/school", "/account/via/school/weg"] {
                #expect(try await visitor.post(path, [("_csrf", "geraden")], csrf: false).status == .forbidden)
            }
        }
    }

    @Test("The last way in is not taken away")
    func lastWayIn() async throws {
        try await run { stage, provider in
            let ib = try stage.holder("ib")
            try await link(provider, ib, stage)
            let browser = try await signedIn(ib, stage)
            let page = try await browser.get("/account")
            #expect(!page.text.contains("/account/via/school/weg") && !page.text.contains("/account/wachtwoord"))
            #expect(try await browser.post("/account/via/school/weg").location == "/account")
            #expect(try await stage.installation.vault.accounts.identities(of: ib).count == 1)
        }
    }

    @Test("Our own second factor is asked after the provider's answer, unless the settings let the provider's count")
    func secondFactor() async throws {
        try await run(asksSecondFactor: true) { stage, provider in
            let ib = try stage.holder("ib")
            try await link(provider, ib, stage)
            provider.answer("weak", .success(provider.proved(signedIn: stage.clock.now())))
            provider.answer("strong", .success(provider.proved(isProved: true, signedIn: stage.clock.now())))

            let strong = Browsing(stage)
            #expect(try await pass(strong, "strong").location == "/")
            #expect(try await strong.get("/leerlingen").status == .ok)

            let weak = Browsing(stage)
            _ = try await pass(weak, "weak")
            #expect(try await weak.get("/leerlingen").location == "/account/tweede-stap")
            let accounts = stage.installation.vault.accounts
            let session = try #require(try await weak.session)
            let secret = try await accounts.secretToSetUp(in: session)
            func code() -> String { secret.code(at: OneTimeSecret.step(at: stage.clock.now())) }
            #expect(try await weak.post("/account/tweede-stap", [("code", code())]).status == .ok)
            #expect(try await weak.get("/leerlingen").status == .ok)

            // From now on a code is asked after the provider, before what was asked for; not when the provider proves more.
            stage.clock.move(by: 60)
            let asked = Browsing(stage)
            let answer = try await pass(asked, "weak", from: "\(Self.go)?naar=%2Fleerlingen")
            #expect(answer.location == "/aanmelden/code?naar=%2Fleerlingen")
            #expect(try await asked.get("/leerlingen").location == "/aanmelden/code")
            #expect(try await asked.get("/account/bevestigen/school").location == "/aanmelden/code")
            #expect(
                try await asked.post("/aanmelden/code", [("code", code()), ("naar", "/leerlingen")]).location == "/leerlingen")
            #expect(try await asked.session?.provider == "school")
            let proved = Browsing(stage)
            #expect(try await pass(proved, "strong").location == "/")
            #expect(try await proved.get("/leerlingen").status == .ok)
        }
    }

    @Test(
        "Who has no password here shows at the provider that they are still there, anew, and nothing that was filled in is lost")
    func ownerCheck() async throws {
        try await run { stage, provider in
            let ib = try stage.holder("ib")
            try await link(provider, ib, stage)
            provider.answer("noor", .success(provider.proved(signedIn: stage.clock.now())))
            provider.answer("teun", .success(provider.proved("teun", signedIn: stage.clock.now())))
            let browser = Browsing(stage)
            _ = try await pass(browser, "noor")
            stage.clock.move(by: 900)
            let asked = try await browser.post("/account/sleutels", [("name", "rapport van de maand")])
            #expect(asked.status == .ok && asked.words.contains("U staat op het punt een sleutel voor een programma te maken."))
            #expect(asked.value("name") == "rapport van de maand" && !asked.text.contains("type=\"password\""))
            #expect(asked.text.contains("href=\"/account/bevestigen/school\" target=\"_blank\""))
            // Pressed before one went there, it asks again.
            let early = try await browser.post("/account/sleutels", [("name", "rapport"), (OwnerCheck.field, "school")])
            #expect(early.status == .unprocessableContent && early.words.contains("We weten nog niet of u het zelf bent."))
            #expect(early.value("name") == "rapport")

            let confirm = "/account/bevestigen/school"
            #expect(try await pass(browser, "teun", from: confirm).location == "\(Self.back)?fout=other")
            let still = try await browser.post("/account/sleutels", [("name", "rapport"), (OwnerCheck.field, "school")])
            #expect(still.status == .unprocessableContent)
            #expect(try await pass(browser, "noor", from: confirm).location == "/account?gedaan=herkend")
            #expect(provider.asked.last?.isAnew == true)
            let made = try await browser.post("/account/sleutels", [("name", "rapport"), (OwnerCheck.field, "school")])
            #expect(made.status == .ok && made.text.contains("sen_"))

            // A page that was asked for comes by itself, and only one of this site.
            stage.clock.move(by: 900)
            let page = try await browser.get("/account/tweede-stap")
            #expect(page.text.contains("href=\"/account/bevestigen/school?naar=%2Faccount%2Ftweede%2Dstap\""))
            #expect(
                try await pass(browser, "noor", from: "\(confirm)?naar=%2Faccount%2Ftweede%2Dstap").location
                    == "/account/tweede-stap")
            #expect(try await pass(browser, "noor", from: "\(confirm)?naar=%2F%2Fevil").location == "/account?gedaan=herkend")
            // Of somebody else's session it says nothing.
            let state = try state(try await browser.get(confirm).location)
            let carried = try #require(browser.cookies["elders"])
            let other = try await signedIn(try stage.stranger("ib"), stage)
            other.set("elders", carried)
            #expect(try await other.get("\(Self.back)?code=noor&state=\(state)").location == "\(Self.back)?fout=again")
        }
    }

    @Test("A provider that let somebody through without a word is no owner recognised: what matters most asks again at once")
    func silent() async throws {
        try await run(asksSecondFactor: true) { stage, provider in
            let ib = try stage.holder("ib")
            try await link(provider, ib, stage)
            provider.answer(
                "long", .success(provider.proved(isProved: true, signedIn: stage.clock.now().adding(milliseconds: -1_000_000))))
            provider.answer("mute", .success(provider.proved()))
            let browser = Browsing(stage)
            _ = try await pass(browser, "long")
            #expect(try await browser.post("/account/sleutels", [("name", "x")]).words.contains("Meld u daarom nog een keer aan"))
            // Without any factor yet, one can be set up right away; after a quarter of an hour it asks.
            let mute = Browsing(stage)
            _ = try await pass(mute, "mute")
            #expect(try await mute.get("/account/tweede-stap").words.contains("Aanmelden met een code"))
            stage.clock.move(by: 900)
            #expect(try await mute.get("/account/tweede-stap").words.contains("Meld u daarom nog een keer aan"))
            provider.answer("noor", .success(provider.proved(signedIn: stage.clock.now())))
            let back = try await pass(mute, "noor", from: "/account/bevestigen/school?naar=%2Faccount%2Ftweede%2Dstap")
            #expect(back.location == "/account/tweede-stap")
            #expect(try await mute.get("/account/tweede-stap").words.contains("Aanmelden met een code"))
        }
    }

    @Test("What goes wrong at the provider is told kindly, in words of ours, and never in those that came back")
    func troubles() async throws {
        try await run { stage, provider in
            for trouble in SignInTrouble.allCases {
                provider.answer(trouble.rawValue, .failure(trouble))
                let browser = Browsing(stage)
                let location = try #require(try await pass(browser, trouble.rawValue).location)
                let end =
                    switch trouble {
                    case .unreachable: "unreachable"
                    case .otherOrganisation, .notMeant: "noFunction"
                    default: "notTrusted"
                    }
                #expect(location == "\(Self.back)?fout=\(end)")
                #expect(browser.cookies["sessie"] == nil && browser.cookies["elders"] == nil)
            }
            let browser = Browsing(stage)
            let state = try state(try await browser.get(Self.go).location)
            let stopped = try await browser.get(
                "\(Self.back)?error=access_denied&error_description=%3Cscript%3Eboos&state=\(state)")
            #expect(stopped.location == "\(Self.back)?fout=stopped")
            for end in ElsewhereRoutes.End.allCases {
                let page = try await Browsing(stage).get("\(Self.back)?fout=\(end.rawValue)&error_description=boos")
                #expect(page.status == end.status && !page.text.contains("elsewhere.") && !page.text.contains("boos<"))
            }
            // A word that is not ours is none.
            #expect(try await Browsing(stage).get("\(Self.back)?fout=boos").location == "\(Self.back)?fout=again")
            provider.answer("*", .failure(.unreachable))
            #expect(try await Browsing(stage).get(Self.go).location == "\(Self.back)?fout=unreachable")
            let page = try await Browsing(stage).get("\(Self.back)?fout=unreachable")
            #expect(page.status == .serviceUnavailable && page.words.contains("Schoolaccount geeft geen antwoord"))
        }
    }

    @Test("Whoever keeps bringing answers that are not taken waits")
    func throttled() async throws {
        try await run { stage, provider in
            for _ in 0..<20 {
                let answer = try await pass(Browsing(stage), "raden")
                #expect(answer.location == "\(Self.back)?fout=notTrusted")
            }
            #expect(try await pass(Browsing(stage), "raden").location == "\(Self.back)?fout=wait")
            #expect(provider.asked.count == 21)
            #expect(try await Browsing(stage).get("\(Self.back)?fout=wait").status == .tooManyRequests)
        }
    }

    @Test("Without settings there is no button and no way, and an unknown provider is none")
    func off() async throws {
        try await PlanStage.run("spow") { stage in
            #expect(try await !Browsing(stage).get("/aanmelden").text.contains("/via/"))
            #expect(try await Browsing(stage).get(Self.go).status == .notFound)
            let browser = try await signedIn(try stage.holder("ib"), stage)
            #expect(try await !browser.get("/account").text.contains("/via/"))
        }
        try await run { stage, provider in
            let gone = try await Browsing(stage).get("/aanmelden/via/ander")
            let back = try await Browsing(stage).get("/aanmelden/via/ander/terug?code=x&state=y")
            #expect(gone.status == .notFound && back.status == .notFound)
            #expect(provider.asked.isEmpty)
        }
    }
}
