import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The read log")
struct ReadLogTests {
    private static let path = DossierStage.path + "/leeslog"

    @Test("The family reads who read what and why, and that reading is written down as well")
    func log() async throws {
        try await DossierStage.run { stage in
            _ = try await stage.visitor(Testland.teacher).get(DossierStage.path + "/groeidocument")
            let mother = try await stage.visitor(Testland.mother)
            let page = try await mother.get(Self.path)
            #expect(page.status == .ok)
            #expect(
                page.words.contains("vandaag 10.00 uur Naam van teacher Leerkracht werk voor dit kind groeidocument"))
            #expect(page.words.contains("U Ouder met gezag Moeder leeslog"))
            #expect(try await stage.reads.map(\.person) == [Testland.mother.person, Testland.teacher.person])
        }
    }

    @Test("Reading for a step that waits says for which")
    func task() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.agrees(Testland.fatherInDossier), Testland.startTalk())
            _ = try await stage.visitor(Testland.adviser).get(DossierStage.path)
            let page = try await stage.visitor(Testland.mother).get(Self.path)
            #expect(
                page.words.contains("Naam van adviser Adviseur om het overleg van 20 september 2021 voor te bereiden (Overleg)"))
        }
    }

    @Test("Of whoever was asked in the family reads for what, and who reads no agreements does not")
    func askedIn() async throws {
        try await DossierStage.run { stage in
            _ = try await stage.practitioner().get(DossierStage.path + "/groeidocument")
            let purpose = try #require(try await stage.now.askedIn.first?.asked.purpose)
            #expect(try await stage.visitor(Testland.mother).get(Self.path).words.contains("van buiten gevraagd: \(purpose)"))
            let officer = try await stage.visitor(Testland.privacyOfficer).get(Self.path).words
            #expect(officer.contains("van buiten gevraagd om mee te lezen") && !officer.contains(purpose))
        }
    }

    @Test("More than fits goes on, and nothing is shown twice")
    func pages() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            for _ in 0..<(ReadLogRoutes.most + 4) { _ = try await ib.get(DossierStage.path) }
            let mother = try await stage.visitor(Testland.mother)
            let first = try await mother.get(Self.path)
            #expect(first.text.matches(of: /class="when"/).count == ReadLogRoutes.most)
            let next = try #require(first.text.firstMatch(of: /href="(\/leerlingen\/d-1\/leeslog\?voor=\d+)"/)).1
            let second = try await mother.get(String(next))
            #expect(second.text.matches(of: /class="when"/).count == 5, "four, and the first reading of the log")
            #expect(second.text.contains("href=\"\(Self.path)\""))
        }
    }

    @Test("Who watches over privacy finds every log from the page of work, without a name; nobody else finds the way")
    func officer() async throws {
        try await DossierStage.run { stage in
            _ = try await stage.visitor(Testland.ib).get(DossierStage.path)
            let officer = try await stage.visitor(Testland.privacyOfficer)
            #expect(try await officer.get("/").text.contains("href=\"/leeslogs\""))
            let page = try await officer.get("/leeslogs")
            #expect(page.status == .ok)
            #expect(page.text.contains("href=\"\(DossierStage.path)/leeslog\""))
            #expect(page.words.contains("1 keer gelezen"))
            for word in ["Pim", "Pluis"] { #expect(!page.words.contains(word)) }
            #expect(try await officer.get("\(DossierStage.path)/leeslog").status == .ok)
            for other in [Testland.ib, Testland.mother, Testland.administrator, Testland.adviser] {
                let visitor = try await stage.visitor(other)
                #expect(try await visitor.get("/leeslogs").status == .notFound)
                #expect(try await !visitor.get("/").text.contains("/leeslogs"))
            }
        }
    }

    @Test("Who watches over privacy is told what reading stands out: of whom, when and why, and not of which child")
    func unusual() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.get(DossierStage.path)
            _ = try await stage.visitor(Testland.mother).get(DossierStage.path)
            let officer = try await stage.visitor(Testland.privacyOfficer)
            _ = try await officer.get("\(DossierStage.path)/leeslog")
            #expect(try await !officer.get("/leeslogs").words.contains("Opvallend gelezen"))

            stage.clock.move(to: .of("2021-09-06", "22:30"))
            _ = try await stage.visitor(Testland.ib).get(DossierStage.path)
            _ = try await stage.visitor(Testland.mother).get(DossierStage.path)
            let late = try await stage.visitor(Testland.privacyOfficer).get("/leeslogs")
            #expect(late.words.contains("Naam van ib , Intern begeleider. Las een dossier vroeg of laat op de dag."))
            #expect(late.words.matches(of: /op de dag\./).count == 1, "a family reads of its own child when it likes")
            #expect(!late.words.contains("Pluis"))
            // It stands among the officer's work for a week, and among nobody else's.
            let home = try await stage.visitor(Testland.privacyOfficer).get("/")
            #expect(home.words.contains("Opvallend gelezen"))
            #expect(home.words.contains("Las een dossier vroeg of laat op de dag."))
            #expect(!home.words.contains("Pluis"))
            #expect(try await !stage.visitor(Testland.ib).get("/").words.contains("Opvallend gelezen"))
            stage.clock.move(to: .of("2021-09-14", "10:00"))
            #expect(try await !stage.visitor(Testland.privacyOfficer).get("/").words.contains("Opvallend gelezen"))
            #expect(try await stage.visitor(Testland.privacyOfficer).get("/leeslogs").words.contains("Opvallend gelezen"))

            // Two more children with the name of their reader.
            let cousin = try await stage.newcomer("Anna Pluis", as: "ib")
            for number in 2...3 {
                _ = try await stage.installation.perform(
                    Testland.open, on: DossierID("d-\(number)"), as: try await stage.installation.actor(Testland.ib.person))
            }
            stage.clock.move(to: .of("2021-09-15", "10:00"))
            for number in 1...3 { _ = try await stage.visitor(cousin).get("/leerlingen/d-\(number)") }
            let name = try await stage.visitor(Testland.privacyOfficer).get("/leeslogs")
            #expect(name.words.contains("Heeft dezelfde achternaam als 3 kinderen."))
            #expect(name.words.contains("Las 3 dossiers op één dag."))
            stage.clock.move(to: .of("2021-10-05", "10:00"))
            #expect(
                try await !stage.visitor(Testland.privacyOfficer).get("/leeslogs").words.contains("Opvallend gelezen"),
                "two weeks later it is no news")
            _ = try await stage.visitor(Testland.ib).get(DossierStage.path)
            stage.clock.move(to: .of("2021-12-20", "10:00"))
            _ = try await stage.visitor(Testland.ib).get(DossierStage.path)
            #expect(
                try await stage.visitor(Testland.privacyOfficer).get("/leeslogs").words.contains(
                    "Las een dossier waarin al lang niets gebeurt."))
        }
    }

    @Test("A file that is handed out and a question of a program leave the news news")
    func looked() async throws {
        try await DossierStage.run { stage in
            for kind in [ReadEntry.Kind.document, .api, .export] {
                _ = try await stage.installation.see(DossierStage.dossier, [.child], as: Testland.ib, kind: kind)
            }
            func looked() async throws -> Int? {
                try await stage.installation.vault.reads.lookedVersions(
                    Testland.ib.person, dossiers: [DossierStage.dossier])[DossierStage.dossier]
            }
            #expect(try await looked() == nil)
            _ = try await stage.installation.see(DossierStage.dossier, [.child], as: Testland.ib)
            let now = try await stage.now
            #expect(try await looked() == now.version)
        }
    }
}
