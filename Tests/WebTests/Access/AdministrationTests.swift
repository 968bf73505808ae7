import Domain
import Foundation
import HTTPTypes
import Journal
import Testing
import UseCases

@testable import Web

@Suite("The administrator and accounts")
struct AdministrationTests {
    private func visitor(_ person: PersonID, _ stage: PlanStage) async throws -> Visitor {
        let signedIn = try await stage.installation.vault.accounts.begin(person, at: stage.clock.now())
        return Visitor(
            client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
    }

    private func administrator(_ stage: PlanStage) async throws -> Visitor {
        try await visitor(PersonID("p-administrator"), stage)
    }

    @Test("An address that is somebody's already adds nobody: it is said whose it is, and giving a function is a choice")
    func known() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let ib = try stage.holder("ib")
            let head = try await stage.installation.journal.head()
            let answer = try await administrator.post(
                "/beheer/mensen", [("name", "Iemand Anders"), ("email", " \(ib)@Voorbeeld.example")])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.words.contains("Dit e-mailadres is al van Naam van \(ib.rawValue.dropFirst(2))"))
            #expect(answer.text.contains("href=\"/beheer/mensen/\(ib)\""))
            #expect(answer.value("name") == "Iemand Anders")
            #expect(answer.text.contains("aria-invalid"))
            #expect(try await stage.installation.journal.head() == head)

            let added = try await administrator.post(
                "/beheer/mensen", [("name", "Iemand Anders"), ("email", "anders@voorbeeld.example")])
            #expect(added.status == .ok)
            #expect(added.words.contains("Het eerste wachtwoord is"))
        }
    }

    @Test("Closing an account ends its sessions and keys in the same moment, and opening it again brings none back")
    func close() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let ib = try stage.holder("ib")
            let session = try await visitor(ib, stage)
            let program = try await stage.program(ib)
            #expect(try await session.get("/").status == .ok)
            #expect(try await program.get("/account").status == .ok)

            let closed = try await administrator.post("/beheer/mensen/\(ib)/sluiten")
            #expect(closed.location == "/beheer/mensen/\(ib)?gedaan=account-gesloten")
            #expect(try await session.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
            await #expect(throws: AccountRefusal.unknownAccount) { _ = try await visitor(ib, stage) }
            let page = try await administrator.get("/beheer/mensen/\(ib)")
            #expect(page.words.contains("gesloten sinds"))
            #expect(!page.text.contains("/sluiten\""))

            #expect(try await administrator.post("/beheer/mensen/\(ib)/openen").status == .seeOther)
            #expect(try await session.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
            #expect(try await visitor(ib, stage).get("/").status == .ok)
        }
    }

    @Test("Nobody closes their own account, and nobody but the administrator another's")
    func notOwn() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            #expect(try await administrator.post("/beheer/mensen/p-administrator/sluiten").status == .forbidden)
            #expect(try await administrator.get("/beheer/mensen/p-administrator").text.contains("/sluiten") == false)
            #expect(try await administrator.get("/").status == .ok)
            let ib = try stage.holder("ib")
            #expect(try await visitor(ib, stage).post("/beheer/mensen/p-administrator/sluiten").status == .notFound)
            #expect(try await administrator.post("/beheer/mensen/niemand/sluiten").status == .notFound)
        }
    }

    @Test("With the last function every session and key ends; with one of several none")
    func lastFunction() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let person = try stage.holder("ib")
            try await stage.grant("teacher", to: person)
            let session = try await visitor(person, stage)
            let program = try await stage.program(person)
            let first = try await administrator.post("/beheer/mensen/\(person)/einde", [("grant", "\(person)-teacher")])
            #expect(first.location == "/beheer/mensen/\(person)?gedaan=saved")
            #expect(try await session.get("/").status == .ok)
            let last = try await administrator.post("/beheer/mensen/\(person)/einde", [("grant", "\(person)-ib")])
            #expect(last.location == "/beheer/mensen/\(person)?gedaan=laatste-functie-beeindigd")
            #expect(try await session.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
        }
    }
}
