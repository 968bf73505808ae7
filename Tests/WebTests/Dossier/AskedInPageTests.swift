import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The page of those asked in from outside")
struct AskedInPageTests {
    static let path = DossierStage.path + "/meelezers"

    private static let form: [(String, String)] = [
        ("_key", "een-sleutel-van-een-formulier"), ("kind", "practitioner"), ("recipient", Testland.practice),
        ("name", "Yara Smit"),
        ("email", "yara@testland.example"), ("parts", "groeidocument"), ("purpose", "Om mee te denken over rekenen."),
        ("until", "2021-10-01"), ("proportionality", "Alleen dit deel."), ("subsidiarity", "Bellen was te weinig."),
        ("effectiveness", "De hulp sluit aan."),
    ]

    static func agreed(_ stage: DossierStage) async throws {
        try await stage.happened(
            Testland.shares(Testland.motherInDossier), Testland.shares(Testland.fatherInDossier))
    }

    private static func with(_ name: String, _ value: String) -> [(String, String)] {
        form.map { $0.0 == name ? (name, value) : $0 }
    }

    @Test("Without agreement of everybody with authority there is no form, and the way to ask for it is shown")
    func noAgreement() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let page = try await ib.get(Self.path)
            #expect(page.words.contains("Nog niet iedereen die hierover beslist vindt ‘Delen’ goed"))
            #expect(!page.text.contains("soort=practitioner"))
            #expect(page.text.contains("soort=receiving-school"))
            let refused = try await ib.post(Self.path, Self.form)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("Dit mag pas als iedereen die hierover beslist ‘Delen’ goedvindt."))
            #expect(refused.value("name") == "Yara Smit")
            #expect(try await stage.now.askedIn.isEmpty)
            #expect(try await stage.installation.known(email: "yara@testland.example") == nil)
        }
    }

    @Test("Who is asked in gets an account with a password shown once, reads what was named, and is in the family's log")
    func asked() async throws {
        try await DossierStage.run { stage in
            try await Self.agreed(stage)
            let ib = try await stage.visitor(Testland.ib)
            let form = try await ib.get("\(Self.path)?soort=practitioner")
            #expect(form.words.contains("Waarvoor leest deze persoon mee?"))
            let given = try await ib.post(Self.path, Self.form)
            #expect(given.status == .ok)
            #expect(given.words.contains("Deze persoon kan nu meelezen"))
            // Pressed twice: nobody is asked twice, and no other password is made.
            let again = try await ib.post(Self.path, Self.form)
            #expect(again.location == "\(Self.path)?gedaan=meelezer-gevraagd")
            #expect(try await stage.now.askedIn.count == 1)

            let person = try #require(try await stage.now.askedIn.first?.asked.person)
            try await stage.installation.vault.accounts.setPassword("vier oude bruggen bij het veer", of: person, name: nil)
            let yara = try await stage.visitor(Actor(person: person))
            #expect(try await yara.get("/leerlingen").text.contains("Pim"))
            #expect(try await yara.get(DossierStage.path).status == .ok)
            #expect(try await yara.get(DossierStage.path + "/groeidocument").status == .ok)
            for closed in ["/documenten", "/gezin", "/meelezers", "/leeslog"] {
                #expect(try await yara.get(DossierStage.path + closed).status == .notFound, "\(closed)")
            }
            #expect(try await yara.post(DossierStage.path + "/groeidocument/general", []).status == .forbidden)
            let read = try #require(try await stage.reads.first { $0.person == person })
            #expect(read.function == "asked-in_practitioner")
            #expect(read.purpose == "asked-in")

            let mother = try await stage.visitor(Testland.mother)
            let page = try await mother.get(Self.path)
            for said in ["Yara Smit", "Behandelaar", "Om mee te denken over rekenen.", "1 oktober 2021", "Bellen was te weinig."]
            {
                #expect(page.words.contains(said), "\(said)")
            }
            #expect(!page.text.contains("<form class=\"form\""))
            #expect(try await mother.get(DossierStage.path).words.contains("Yara Smit"))
            let log = try await mother.get(DossierStage.path + "/leeslog")
            #expect(log.words.contains("van buiten gevraagd: Om mee te denken over rekenen."))

            stage.clock.move(to: .of("2021-10-02"))
            let later = try await stage.visitor(Actor(person: person))
            #expect(try await later.get(DossierStage.path).status == .notFound)
            #expect(!(try await later.get("/leerlingen").text.contains("Pim")))
        }
    }

    @Test(
        "What is wrong is said beside each field at once, and what was typed stays",
        arguments: [
            ("until", "2022-09-01", "Dit is te laat: ten hoogste 18 oktober 2021"),
            ("until", "morgen", "Schrijf een datum die bestaat"),
            ("parts", "family", "Dit is meer dan het plan deze persoon laat lezen"), ("purpose", " ", "Vul dit in."),
            ("subsidiarity", "", "Vul dit in."), ("name", "", "Vul dit in."), ("email", "yara", "Dit is geen e-mailadres"),
            ("email", "p-stepfather@testland.example", "hoort bij het gezin"),
        ])
    func wrong(_ field: String, _ value: String, _ said: String) async throws {
        try await DossierStage.run { stage in
            try await Self.agreed(stage)
            let ib = try await stage.visitor(Testland.ib)
            let refused = try await ib.post(Self.path, Self.with(field, value))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains(said))
            #expect(refused.text.contains("Om mee te denken over rekenen.") || field == "purpose")
            #expect(try await stage.now.askedIn.isEmpty)
        }
    }

    @Test("A slip in the address that is somebody else's lets nobody read")
    func otherAddress() async throws {
        try await DossierStage.run { stage in
            try await Self.agreed(stage)
            let ib = try await stage.visitor(Testland.ib)
            let refused = try await ib.post(Self.path, Self.with("email", "p-stranger@testland.example"))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("staat hier op een andere naam"))
            #expect(try await stage.now.askedIn.isEmpty)
            // A parent as well.
            try await stage.happened(
                .recordGuardian(
                    Guardian(
                        id: GuardianID("g-new"), name: "Karel Kers", relation: "father", authority: false,
                        email: "p-stranger@testland.example")))
            let account = try await ib.post(DossierStage.path + "/gezin/g-new/account")
            #expect(account.words.contains("staat hier op een andere naam"), "\(account.status) \(account.location ?? "")")
            #expect(try await stage.now.guardian(GuardianID("g-new"))?.person == nil)
        }
    }

    @Test("The coordinator is reminded before it ends, gives more time with a reason, or stops it")
    func ending() async throws {
        try await DossierStage.run { stage in
            try await Self.agreed(stage)
            try await stage.happened(Testland.asksIn(Testland.stranger.person))
            #expect(!(try await stage.visitor(Testland.ib).get(DossierStage.path).words.contains("Meelezen van buiten loopt af")))
            stage.clock.move(to: .of("2021-09-25"))
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get(DossierStage.path).words.contains("Meelezen van buiten loopt af"))
            // Among the work of who may prolong it, and of nobody else.
            let work = try await ib.get("/")
            #expect(work.words.contains("Meelezen van buiten loopt af"))
            #expect(work.text.contains("href=\"\(Self.path)\""))
            for other in [Testland.mother, Testland.stranger, Testland.teacher] {
                #expect(!(try await stage.visitor(other).get("/").words.contains("Meelezen van buiten loopt af")))
            }
            #expect(
                !(try await stage.visitor(Testland.mother).get(DossierStage.path).words.contains("Meelezen van buiten loopt af")))
            let refused = try await ib.post("\(Self.path)/a-1/verlengen", [("until", "2021-10-20"), ("reason", "")])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.value("until") == "2021-10-20")
            let longer = try await ib.post(
                "\(Self.path)/a-1/verlengen", [("until", "2021-10-20"), ("reason", "Nog een gesprek.")])
            #expect(longer.location == "\(Self.path)?gedaan=meelezer-verlengd")
            #expect(try await ib.get(Self.path).words.contains("Nog een gesprek."))
            let stranger = try await stage.visitor(Testland.stranger)
            #expect(try await stranger.get(DossierStage.path).status == .ok)
            #expect(try await ib.post("\(Self.path)/a-1/stoppen").location == "\(Self.path)?gedaan=meelezer-gestopt")
            #expect(try await stranger.get(DossierStage.path).status == .notFound)
            #expect(try await ib.get(Self.path).words.contains("door de school gestopt"))
        }
    }

    @Test("A parent who takes the agreement back closes it in the same moment, in lists as well")
    func takenBack() async throws {
        try await DossierStage.run { stage in
            try await Self.agreed(stage)
            try await stage.happened(Testland.asksIn(Testland.stranger.person))
            let stranger = try await stage.visitor(Testland.stranger)
            #expect(try await stranger.get("/leerlingen").text.contains("Pim"))
            let mother = try await stage.visitor(Testland.mother)
            let said = try await mother.post(
                DossierStage.path + "/gezin/toestemming",
                [
                    ("guardian", "g-mother"), ("purpose", "share"), ("recipient", Testland.practice), ("word", "withdrawn"),
                ])
            #expect(said.status == .seeOther)
            #expect(!(try await stranger.get("/leerlingen").text.contains("Pim")))
            #expect(try await stranger.get(DossierStage.path).status == .notFound)
            #expect(try await mother.get(Self.path).words.contains("gestopt omdat de toestemming verviel"))
        }
    }

    @Test("A program asks somebody in, reads who was asked, gives more time and stops it")
    func program() async throws {
        try await DossierStage.run { stage in
            try await Self.agreed(stage)
            let ib = try await stage.program(Testland.ib)
            let path = "/dossiers/d-1/meelezers"
            let refused = try await ib.ask(
                .post, path,
                [
                    "soort": "practitioner", "naam": "Yara Smit", "email": "yara@testland.example", "delen": ["groeidocument"],
                    "waarvoor": "Om mee te denken.", "totEnMet": "2021-10-01",
                ])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("/afweging/proportionaliteit"))
            let asked = try await ib.done(
                .post, path,
                [
                    "soort": "practitioner", "naam": "Yara Smit", "email": "yara@testland.example", "delen": ["groeidocument"],
                    "waarvoor": "Om mee te denken.", "ontvanger": .text(Testland.practice), "totEnMet": "2021-10-01",
                    "afweging": ["proportionaliteit": "Past.", "subsidiariteit": "Nodig.", "doelmatigheid": "Helpt."],
                ])
            let id = try #require(asked["id"].text)
            #expect(asked["wachtwoord"].text?.isEmpty == false)
            let list = try await ib.done(.get, path)["meelezers"].list ?? []
            #expect(list.map { $0["id"].text } == [id])
            #expect(list.first?["delen"] == ["child", "groeidocument"])
            #expect(list.first?["leestMee"] == true)
            #expect(list.first?["ontvanger"] == .text(Testland.practice))
            _ = try await ib.done(.post, "\(path)/\(id)/verlengingen", ["totEnMet": "2021-10-08", "reden": "Nog een gesprek."])
            #expect(try await stage.now.askedIn.first?.until == .of("2021-10-08"))
            _ = try await ib.done(.delete, "\(path)/\(id)")
            #expect(try await ib.done(.get, path)["meelezers"].list?.first?["gestopt"] == "withdrawn")
        }
    }
}
