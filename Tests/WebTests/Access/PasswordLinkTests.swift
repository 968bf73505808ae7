import Domain
import Foundation
import HTTPTypes
import Journal
import Testing
import UseCases

@testable import Web

@Suite("A way in by mail")
struct PasswordLinkTests {
    private static let own = "elf rode fietsen bij de brug"
    private static let forgotten = "/wachtwoord-vergeten"

    private func guest(_ stage: PlanStage) -> Visitor { Visitor(client: stage.client, cookie: "lang=nl", csrf: "") }

    private func administrator(_ stage: PlanStage) async throws -> Visitor {
        let signedIn = try await stage.installation.vault.accounts.begin(
            PersonID("p-administrator"), at: stage.clock.now())
        return Visitor(
            client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
    }

    @Test("Whoever is added gets a mail and chooses a password; the administrator never sees one")
    func invited() async throws {
        let box = Letterbox()
        try await PlanStage.run("spow", post: box) { stage in
            let added = try await administrator(stage).post(
                "/beheer/mensen", [("name", "Iemand Anders"), ("email", "anders@voorbeeld.example")])
            #expect(added.words.contains("Er is een mail gestuurd naar anders@voorbeeld.example"))
            #expect(!added.words.contains("Het eerste wachtwoord is"))
            let mail = try #require(box.all.first)
            #expect(mail.to == "anders@voorbeeld.example")
            #expect(!mail.text.contains("Anders") && !mail.text.contains("Iemand A"), "it names nobody")
            #expect(mail.text.contains("zeven dagen") && mail.text.contains("seven days"))
            let path = try #require(Letterbox.path(in: mail))

            let page = try await guest(stage).get(path)
            #expect(page.words.contains("Voor het account met anders@voorbeeld.example"))
            let short = try await guest(stage).post(path, [("new", "kort")], csrf: false)
            #expect(short.status == .unprocessableContent)
            #expect(short.text.contains("field-new-error"))
            let chosen = try await guest(stage).post(path, [("new", Self.own)], csrf: false)
            #expect(chosen.location == "/")
            #expect(chosen.headers[values: .setCookie].contains { $0.contains("sessie=") })
            let again = try await guest(stage).get(path)
            #expect(again.status == .notFound)
            #expect(again.words.contains("Deze link werkt niet meer"))
            #expect(try await guest(stage).post(path, [("new", "\(Self.own) twee")], csrf: false).status == .notFound)
            let signIn = try await guest(stage).post(
                "/aanmelden", [("email", "anders@voorbeeld.example"), ("password", Self.own)], csrf: false)
            #expect(signIn.status == .seeOther)
        }
    }

    @Test("A school that gives a guardian an account, by a page or by a program, never sees a password where mail is sent")
    func guardian() async throws {
        for isByProgram in [true, false] {
            let box = Letterbox()
            try await PlanStage.run("spow", post: box) { stage in
                let filler = try await MainJob.spow.open(stage, given: "Puk")
                let guardians = try await filler.school.done(.get, "\(filler.path)/verzorgers")["verzorgers"].list ?? []
                let guardian = try #require(guardians.first)
                let id = try #require(guardian["id"].text)
                if isByProgram {
                    let given = try await filler.school.done(.post, "\(filler.path)/verzorgers/\(id)/accounts")
                    #expect(given["wachtwoord"].text == nil)
                } else {
                    let signedIn = try await stage.installation.vault.accounts.begin(
                        try stage.holder("ib"), at: stage.clock.now())
                    let ib = Visitor(
                        client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl",
                        csrf: signedIn.session.csrf.text)
                    let given = try await ib.post("/leerlingen/\(filler.dossier)/gezin/\(id)/account")
                    #expect(given.location == "/leerlingen/\(filler.dossier)/gezin?gedaan=uitnodiging-gemaild")
                }
                #expect(box.all.map(\.to) == [guardian["email"].text])
                #expect(box.all.first?.text.contains("Puk") == false)
                #expect(box.all.first.flatMap(Letterbox.path) != nil)
            }
        }
    }

    @Test("Where mail cannot be handed over the first password is told, as where no mail is sent at all")
    func told() async throws {
        for box in [Letterbox(isShut: true), nil] {
            try await PlanStage.run("spow", post: box) { stage in
                let added = try await administrator(stage).post(
                    "/beheer/mensen", [("name", "Iemand Anders"), ("email", "anders@voorbeeld.example")])
                #expect(added.words.contains("Het eerste wachtwoord is"))
            }
        }
    }

    @Test("Asking for a new password answers everybody the same, and mails only whoever has an open account")
    func forgottenPassword() async throws {
        let box = Letterbox()
        try await PlanStage.run("spow", post: box) { stage in
            let ib = try stage.holder("ib")
            let closed = try stage.holder("secretary")
            try await stage.installation.closeAccount(of: closed, as: .program)
            #expect(try await guest(stage).get("/aanmelden").text.contains("href=\"\(Self.forgotten)\""))
            var answers: Set<String> = []
            for email in ["niemand@voorbeeld.example", "\(closed)@voorbeeld.example", " \(ib)@Voorbeeld.example", "geen adres"] {
                let answer = try await guest(stage).post(Self.forgotten, [("email", email)], csrf: false)
                #expect(answer.status == .ok)
                answers.insert(answer.text)
            }
            #expect(answers.count == 1)
            let mails = try await box.mails(1)
            #expect(mails.map(\.to) == ["\(ib)@voorbeeld.example"])
            let path = try #require(mails.first.flatMap(Letterbox.path))
            stage.clock.move(by: 3600)
            #expect(try await guest(stage).get(path).status == .notFound)
        }
    }

    @Test("Whoever keeps asking waits, and nobody's mailbox is filled")
    func throttled() async throws {
        let box = Letterbox()
        try await PlanStage.run("spow", post: box) { stage in
            let ib = try stage.holder("ib")
            var last: Visitor.Answer?
            for _ in 1...12 {
                last = try await guest(stage).post(Self.forgotten, [("email", "\(ib)@voorbeeld.example")], csrf: false)
            }
            #expect(last?.status == .tooManyRequests)
            #expect(last?.value("email") == "\(ib)@voorbeeld.example")
            try await Task.sleep(for: .milliseconds(200))
            #expect((1...6).contains(box.all.count))
        }
    }

    @Test("Without mail there is no such page and no link to it")
    func none() async throws {
        try await PlanStage.run("spow") { stage in
            let page = try await guest(stage).get(Self.forgotten)
            #expect(page.status == .notFound)
            let signIn = try await guest(stage).get("/aanmelden")
            #expect(!signIn.text.contains(Self.forgotten))
        }
    }
}
