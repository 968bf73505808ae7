import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The page of emergency access")
struct EmergencyPageTests {
    private static let path = "/noodtoegang"
    private static let form: [(String, String)] = [
        ("given-name", "Pim"), ("family-name", "Pluis"), ("born", "2014-03-10"), ("reason", "Pim is weggelopen."),
    ]

    private static func with(_ name: String, _ value: String) -> [(String, String)] {
        form.map { $0.0 == name ? (name, value) : $0 }
    }

    @Test("Who is trusted with it reads the dossier for an hour; family, log and privacy officer see who did it and why")
    func opened() async throws {
        try await DossierStage.run { stage in
            let board = try await stage.visitor(Testland.board)
            #expect(try await board.get(DossierStage.path).status == .notFound)
            #expect(try await board.get("/leerlingen").text.contains(Self.path))
            let opened = try await board.post(Self.path, Self.form)
            #expect(opened.location == DossierStage.path)
            let page = try await board.get(DossierStage.path)
            #expect(page.status == .ok)
            #expect(page.words.contains("noodtoegang tot"))
            #expect(!(try await board.get("/leerlingen").text.contains("Pluis")))
            #expect(try await board.post("/leerlingen/_zoek", [("zoek", "Pluis")]).text.contains(DossierStage.path) == false)
            #expect(try await board.get(DossierStage.path + "/groeidocument").status == .notFound)
            #expect(try await board.post(DossierStage.path + "/gezin", []).status != .seeOther)

            let mother = try await stage.visitor(Testland.mother)
            let seen = try await mother.get(DossierStage.path)
            #expect(seen.words.contains("Naam van board (bestuur) opende dit dossier met noodtoegang."))
            #expect(seen.words.contains("Pim is weggelopen."))
            #expect(try await mother.get(DossierStage.path + "/leeslog").words.contains("noodtoegang"))
            let officer = try await stage.visitor(Testland.privacyOfficer)
            let home = try await officer.get("/")
            #expect(home.words.contains("In een noodgeval geopend"))
            #expect(home.text.contains("href=\"\(DossierStage.path)/leeslog\"") && !home.text.contains("Pluis"))
            let logs = try await officer.get("/leeslogs")
            #expect(logs.words.contains("Naam van board (bestuur) opende dit dossier met noodtoegang."))
            #expect(logs.words.contains("Pim is weggelopen."))
            #expect(try await stage.reads.contains { $0.purpose == "emergency" && $0.function == "board" })

            stage.clock.move(by: 3_599)
            #expect(try await board.get(DossierStage.path).status == .ok)
            stage.clock.move(by: 1)
            #expect(try await board.get(DossierStage.path).status == .notFound)
            #expect(try await stage.now.emergencies.count == 1)
        }
    }

    @Test(
        "Nothing but the whole name and the right day finds a child, and what is wrong tells nothing",
        arguments: [
            ("given-name", "Pi"), ("given-name", "Pom"), ("family-name", "Plui"), ("born", "2014-03-11"),
        ])
    func exact(_ field: String, _ value: String) async throws {
        try await DossierStage.run { stage in
            let board = try await stage.visitor(Testland.board)
            let refused = try await board.post(Self.path, Self.with(field, value))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("Wij vinden geen dossier met precies deze naam en geboortedatum."))
            #expect(refused.value(field) == value)
            #expect(try await stage.now.emergencies.isEmpty)
            #expect(try await stage.reads.isEmpty)
        }
    }

    @Test(
        "Each field is asked, and without a reason nothing is looked up",
        arguments: [
            "given-name", "family-name", "born", "reason",
        ])
    func asked(_ field: String) async throws {
        try await DossierStage.run { stage in
            let board = try await stage.visitor(Testland.board)
            let refused = try await board.post(Self.path, Self.with(field, " "))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("Vul dit in."))
            #expect(try await stage.now.emergencies.isEmpty)
        }
    }

    @Test("Who sees the dossier anyway opens nothing, and for who is not trusted with it the page is not there")
    func others() async throws {
        try await DossierStage.run { stage in
            for actor in [Testland.ib, Testland.mother, Testland.secretary, Testland.administrator, Testland.practitioner] {
                guard Testland.people[actor.person] != nil else { continue }
                let visitor = try await stage.visitor(actor)
                #expect(try await visitor.get(Self.path).status == .notFound, "\(actor.person)")
                #expect(try await visitor.post(Self.path, Self.form).status == .notFound, "\(actor.person)")
                #expect(!(try await visitor.get("/leerlingen").text.contains(Self.path)), "\(actor.person)")
            }
            #expect(try await stage.now.emergencies.isEmpty)
        }
    }
}
