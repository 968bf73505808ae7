import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Asking without a name, on the pages")
struct QuestionPageTests {
    private func ask(_ visitor: Visitor, _ text: String) async throws -> Visitor.Answer {
        try await visitor.post(
            "/vragen/nieuw", [("soort", "adviser"), ("school", Testland.school.rawValue), ("group", "4"), ("text", text)])
    }

    @Test("It is asked, answered among the adviser's work, and becomes a dossier in which all of it stands")
    func life() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let adviser = try await stage.visitor(Testland.adviser)
            let list = try await ib.get("/vragen")
            #expect(list.words.contains("Er zijn nog geen vragen."))
            #expect(list.text.contains("/vragen/nieuw?soort=adviser"))
            let asked = try await ask(ib, "Een leerling leest traag. Wat nu?")
            #expect(asked.status == .seeOther)
            let path = try #require(asked.location?.split(separator: "?").first.map(String.init))
            #expect(try await adviser.get("/").words.contains("Vragen van scholen"))
            let answered = try await adviser.post(path, [("text", "Lees elke dag samen.")])
            #expect(answered.status == .seeOther)
            #expect(try await ib.get(path).words.contains("Lees elke dag samen."))
            #expect(try await !adviser.get("/").words.contains("Vragen van scholen"))

            let question = try #require(path.split(separator: "/").last.map(String.init))
            let form = try await ib.get("/leerlingen/nieuw?vraag=\(question)")
            #expect(form.value("vraag") == question)
            let opened = try await ib.post(
                "/leerlingen/nieuw", NewDossierTests.child + NewDossierTests.guardian + [("vraag", question)])
            let place = try #require(opened.location)
            let id = DossierID(String(try #require(place.firstMatch(of: /leerlingen\/([a-z0-9]+)/)).1))
            let written = try await stage.installation.load(id).known["signal"]?.answer.text ?? ""
            #expect(written.contains("Een leerling leest traag. Wat nu?") && written.contains("Lees elke dag samen."))
            #expect(try await ib.get(path).status == .notFound)
            #expect(try await adviser.get(path).status == .notFound)
        }
    }

    @Test("A name is refused beside the text, which stays; nothing was asked")
    func named() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.post("/leerlingen/nieuw", NewDossierTests.child + NewDossierTests.guardian)
            let page = try await ask(ib, "Saar leest traag.")
            #expect(page.status == .unprocessableContent)
            #expect(page.words.contains("Hier staat een naam: ‘Saar’"))
            #expect(page.text.contains("id=\"field-text-error\""))
            #expect(page.text.contains(">Saar leest traag.</textarea>"))
            #expect(try await ib.get("/vragen").words.contains("Er zijn nog geen vragen."))
        }
    }

    @Test("Pressed twice it is asked once; closed, nothing more is said")
    func once() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let key = ("_key", "abcdefghijklmnop")
            let fields = [("soort", "adviser"), ("school", Testland.school.rawValue), ("group", ""), ("text", "Wat nu?"), key]
            let first = try await ib.post("/vragen/nieuw", fields)
            let second = try await ib.post("/vragen/nieuw", fields)
            #expect(first.location == second.location)
            let path = try #require(first.location?.split(separator: "?").first.map(String.init))
            #expect(try await ib.post("\(path)/sluiten").status == .seeOther)
            let page = try await ib.get(path)
            #expect(page.words.contains("gesloten"))
            #expect(!page.text.contains("<textarea"))
            #expect(try await ib.post(path, [("text", "Nog iets.")]).status != .seeOther)
        }
    }

    @Test("For a parent, another school and who answers nothing there is nothing", arguments: [Testland.mother, Testland.board])
    func nothing(_ actor: Actor) async throws {
        try await DossierStage.run { stage in
            let visitor = try await stage.visitor(actor)
            #expect(try await visitor.get("/vragen").status == .notFound)
            #expect(try await ask(visitor, "Wat nu?").status == .notFound)
            #expect(try await !visitor.get("/").text.contains("/vragen"))
        }
    }
}
