import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Whether it is still the owner, before what nobody else may do in their name")
struct OwnerCheckTests {
    private static let password = "elf rode fietsen bij de brug"
    private static let decide = "/leerlingen/d-1/procedures/i-entry/stappen/decide"
    private static let sign = "/leerlingen/d-1/groeidocument/versies/1/ondertekenen"
    private static let file = "/lijsten/renewal/bestand.csv"
    private static let reasons = "Beide adviezen zijn het eens, passend.\nEn de ouders ook."

    /// A request that is ready to be decided.
    private func run(_ test: @Sendable (DossierStage) async throws -> Void) async throws {
        try await DossierStage.run(plan: Testland.planWithChange()) { stage in
            for part in Testland.everyPart { try await stage.happened(.write(part)) }
            try await stage.happened(Testland.agrees(Testland.fatherInDossier))
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(.lockVersion)
            try await stage.happened(Testland.startTalk())
            stage.clock.move(to: .of("2021-09-20", "16:30"))
            try await stage.happened(Testland.talked("wider"))
            try await stage.happened(Testland.startEntry())
            try await stage.happened(Testland.foundComplete(), by: Testland.secretary)
            try await stage.happened(Testland.advisesFirst, by: Testland.adviser)
            try await stage.happened(Testland.advisesSecond, by: Testland.expert)
            for actor in [Testland.decider, Testland.mother, Testland.ib] {
                try await stage.installation.vault.accounts.setPassword(Self.password, of: actor.person, name: nil)
            }
            try await test(stage)
        }
    }

    private let grant = [("choice", "grant"), ("reasons", reasons), ("anders", "2")]
    private let minutes: Int64 = 60

    @Test("Who signed in a moment ago decides without being asked")
    func fresh() async throws {
        try await run { stage in
            let decider = try await stage.visitor(Testland.decider)
            stage.clock.move(by: 14 * minutes)
            #expect(try await decider.post(Self.decide, grant).status == .seeOther)
            #expect(try await stage.now.decisions.count == 1)
        }
    }

    @Test("After a quarter of an hour a decision asks the password first, and nothing that was filled in is lost")
    func decides() async throws {
        try await run { stage in
            let decider = try await stage.visitor(Testland.decider)
            stage.clock.move(by: 15 * minutes)
            let asked = try await decider.post(Self.decide, grant)
            #expect(asked.status == .ok)
            #expect(asked.words.contains("U staat op het punt een besluit te nemen."))
            #expect(asked.value("reasons") == Self.reasons)
            #expect(asked.value("anders") == "2")
            #expect(try await stage.now.decisions.isEmpty)

            let wrong = try await decider.post(Self.decide, grant + [(OwnerCheck.field, "een heel ander wachtwoord")])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("field-\(OwnerCheck.field)-error"))
            #expect(wrong.value("reasons") == Self.reasons)
            #expect(!wrong.text.contains("een heel ander wachtwoord"))
            #expect(try await stage.now.decisions.isEmpty)

            let right = try await decider.post(Self.decide, grant + [(OwnerCheck.field, Self.password)])
            #expect(right.location == "/leerlingen/d-1/procedures/i-entry?gedaan=taken")
            #expect(try await stage.now.decisions.count == 1)
        }
    }

    @Test("A step that decides nothing asks nothing, also after an hour of work")
    func otherSteps() async throws {
        try await run { stage in
            let decider = try await stage.visitor(Testland.decider)
            stage.clock.move(by: 50 * minutes)
            let back = try await decider.post(Self.decide, [("choice", "ask"), ("reasons", Self.reasons)])
            #expect(back.status == .seeOther)
        }
    }

    @Test("A parent signs with the password when it was long ago; once is enough for a quarter of an hour")
    func signs() async throws {
        try await run { stage in
            let mother = try await stage.visitor(Testland.mother)
            stage.clock.move(by: 20 * minutes)
            let asked = try await mother.post(Self.sign)
            #expect(asked.words.contains("U staat op het punt te ondertekenen."))
            #expect(try await stage.now.versions[0].signatures.isEmpty)
            #expect(try await mother.post(Self.sign, [(OwnerCheck.field, Self.password)]).status == .seeOther)
            #expect(try await stage.now.versions[0].signatures.count == 1)
            stage.clock.move(by: 10 * minutes)
            #expect(try await mother.get("/account/tweede-stap").words.contains("Aanmelden met een code"))
            stage.clock.move(by: 5 * minutes)
            #expect(try await mother.get("/account/tweede-stap").words.contains("welke telefoon codes geeft"))
            let other = try await mother.post("/account/tweede-stap", [("code", "123456")])
            #expect(other.words.contains("welke telefoon codes geeft"))
        }
    }

    @Test("Sessions end one by one, or all others at once; nobody ends another's")
    func sessions() async throws {
        try await run { stage in
            let here = try await stage.visitor(Testland.ib)
            let left = try await stage.visitor(Testland.ib)
            let third = try await stage.visitor(Testland.ib)
            let other = try await stage.visitor(Testland.decider)
            let page = try await here.get("/account").text
            let ends = page.matches(of: /action="(\/account\/sessies\/[0-9a-f]{32})"/).map { String($0.1) }
            #expect(ends.count == 2)
            #expect(page.contains("action=\"/account/sessies/overige\""))
            for end in ends { #expect(try await other.post(end).status == .notFound) }
            let first = try #require(ends.first)
            #expect(try await here.post(first).location == "/account?gedaan=saved")
            let signedIn = [try await left.get("/account").status, try await third.get("/account").status]
            #expect(signedIn.count { $0 == .ok } == 1)
            #expect(try await here.post(first).status == .notFound)
            stage.clock.move(by: 16 * minutes)
            #expect(try await here.post(ends[1]).words.contains("U staat op het punt iemand af te melden"))
            #expect(try await here.post(ends[1], [(OwnerCheck.field, Self.password)]).status == .seeOther)
            #expect(try await left.get("/account").status == .seeOther)
            #expect(try await third.get("/account").status == .seeOther)
            #expect(try await here.get("/account").status == .ok)
        }
    }

    @Test("A list of children is saved as a file only after the password, which leads on to this site alone")
    func exports() async throws {
        try await run { stage in
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get(Self.file).headers[.contentType] == "text/csv; charset=utf-8")
            stage.clock.move(by: 16 * minutes)
            let asked = try await ib.get(Self.file)
            #expect(asked.headers[.contentType]?.hasPrefix("text/html") == true)
            #expect(asked.value("naar") == Self.file)
            func goOn(_ after: String, _ word: String) async throws -> Visitor.Answer {
                try await ib.post("/account/bevestigen", [("wat", "export"), ("naar", after), (OwnerCheck.field, word)])
            }
            #expect(try await goOn(Self.file, "fout wachtwoord").status == .unprocessableContent)
            #expect(try await ib.get(Self.file).headers[.contentType]?.hasPrefix("text/html") == true)
            #expect(try await goOn("//evil.example/", Self.password).location == "/account")
            #expect(try await goOn(Self.file, Self.password).location == Self.file)
            #expect(try await ib.get(Self.file).headers[.contentType] == "text/csv; charset=utf-8")
        }
    }

    @Test("The password is not kept with what was typed when the session ended meanwhile")
    func ended() async throws {
        try await run { stage in
            let decider = try await stage.visitor(Testland.decider)
            stage.clock.move(by: 3 * 60 * minutes)
            _ = try await decider.post(Self.decide, grant + [(OwnerCheck.field, Self.password)])
            #expect(try await stage.now.decisions.isEmpty)
            let kept = try await stage.installation.typed(
                in: .step("decide", of: Testland.entryInstance, in: DossierStage.dossier), by: Testland.decider.person)
            let fields = try #require(kept?.fields)
            #expect(fields["reasons"] == [Self.reasons])
            #expect(fields[OwnerCheck.field] == nil)
        }
    }

    @Test("A wrong password slows down whoever goes on guessing")
    func guesses() async throws {
        try await run { stage in
            let decider = try await stage.visitor(Testland.decider)
            stage.clock.move(by: 16 * minutes)
            var last = ""
            for number in 1...12 {
                last = try await decider.post(Self.decide, grant + [(OwnerCheck.field, "gok nummer \(number) van velen")]).words
            }
            #expect(last.contains("Wacht"))
            #expect(try await stage.now.decisions.isEmpty)
        }
    }
}
