import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("What is typed and not sent yet")
struct FormDraftTests {
    private static let start = DossierStage.path + "/procedures/nieuw/talk"
    private static let step = DossierStage.path + "/procedures/i-talk/stappen/meet"
    private static let new = "/leerlingen/nieuw"

    /// Everything there for a talk.
    private func ready(_ stage: DossierStage) async throws {
        for write in Testland.everyPart { try await stage.happened(.write(write)) }
        try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
        try await stage.happened(Testland.agrees(Testland.fatherInDossier))
    }

    /// A talk on its day.
    private func talking(_ stage: DossierStage) async throws {
        try await ready(stage)
        try await stage.happened(Testland.startTalk())
        stage.clock.move(to: .of("2021-09-20", "16:05"))
    }

    private func drafts(_ stage: DossierStage, by actor: Actor = Testland.ib) async throws -> [String] {
        try await stage.installation.vault.drafts.begun(by: actor.person).map(\.form)
    }

    @Test("A step left by the button that keeps it stands filled in when it is opened again, and is gone when it is sent")
    func button() async throws {
        try await DossierStage.run { stage in
            try await talking(stage)
            let ib = try await stage.visitor(Testland.ib)
            let form = try await ib.get(Self.step)
            #expect(form.text.contains("formaction=\"\(Self.step)/concept\""))
            #expect(form.text.contains("data-draft=\"\(Self.step)/concept\""))
            #expect(!form.text.contains("class=\"draft-note\""))
            let kept = try await ib.post(
                "\(Self.step)/concept", [("minutes", "Samen\r\nbedacht <nog niet af>"), ("choice", "wider")])
            #expect(kept.location == "\(DossierStage.path)/procedures/i-talk?gedaan=concept-bewaard")
            #expect(try await ib.get(kept.location ?? "").words.contains("Uw concept is bewaard."))
            stage.clock.move(to: .of("2021-09-21", "09:00"))
            let again = try await stage.visitor(Testland.ib)
            let page = try await again.get(Self.step)
            #expect(page.words.contains("U was hier gebleven, gisteren 16.05 uur."))
            #expect(page.text.contains("bedacht &lt;nog niet af&gt;</textarea>"))
            #expect(page.value("choice") == "wider")
            let sent = try await again.post(Self.step, [("minutes", "Samen bedacht."), ("choice", "in-school")])
            #expect(sent.status == .seeOther)
            #expect(try await drafts(stage).isEmpty)
        }
    }

    @Test("A script keeps a form while one types and is told when, in the language of the reader", arguments: Language.allCases)
    func script(_ language: Language) async throws {
        try await DossierStage.run { stage in
            try await ready(stage)
            let ib = try await stage.visitor(Testland.ib, language: language)
            let saved = try await ib.post("\(Self.start)/concept", [("meeting-place", "Lokaal 3")], script: true)
            #expect(saved.status == .ok)
            let text =
                language == .nl ? "Concept bewaard om 10.00 uur. Alleen u ziet dit." : "Draft saved at 10:00. Only you see this."
            #expect(saved.text == #"{"status":"saved","text":"\#(text)"}"#)
            let page = try await ib.get(Self.start)
            #expect(page.words.contains(language == .nl ? "U was hier gebleven, vandaag 10.00 uur." : "You stopped here, today"))
        }
    }

    @Test("Nobody else sees what somebody typed, and it stands in no address and in no list")
    func own() async throws {
        try await DossierStage.run { stage in
            try await talking(stage)
            let ib = try await stage.visitor(Testland.ib)
            let kept = try await ib.post("\(Self.step)/concept", [("minutes", "Geheimpje")])
            #expect(kept.location?.contains("Geheimpje") == false)
            for actor in [Testland.adviser, Testland.director, Testland.mother] {
                let other = try await stage.visitor(actor)
                for path in [Self.step, DossierStage.path, "/", "/leerlingen"] {
                    let page = try await other.get(path)
                    #expect(!page.text.contains("Geheimpje"), "\(actor.person) \(path)")
                }
            }
        }
    }

    @Test("Who may not send a form cannot leave anything in it")
    func notAllowed() async throws {
        try await DossierStage.run { stage in
            try await talking(stage)
            for actor in [Testland.teacher, Testland.mother] {
                let visitor = try await stage.visitor(actor)
                let answer = try await visitor.post("\(Self.step)/concept", [("minutes", "a")])
                #expect([.forbidden, .notFound].contains(answer.status))
                #expect(try await visitor.post("\(Self.new)/concept", [("given-name", "a")]).status == .forbidden)
                #expect(try await drafts(stage, by: actor).isEmpty)
            }
            let stranger = try await stage.visitor(Testland.otherIB)
            #expect(try await stranger.post("\(Self.step)/concept", [("minutes", "a")]).status == .notFound)
            #expect(try await stranger.post("\(Self.start)/concept", [("minutes", "a")]).status == .notFound)
        }
    }

    @Test("Who begins anew finds the form empty; one in which nothing stands is not kept")
    func anew() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.post("\(Self.new)/concept", NewDossierTests.child + NewDossierTests.guardian)
            let page = try await ib.get(Self.new)
            #expect(page.value("given-name") == "Saar")
            #expect(page.value("guardian.1.name") == "Lies de Wit")
            #expect(page.words.contains("U was hier gebleven, vandaag 10.00 uur."))
            let anew = try await ib.post("\(Self.new)/concept", [("opnieuw", "ja")])
            #expect(anew.location == Self.new)
            #expect(try await ib.get(Self.new).value("given-name") == "")
            _ = try await ib.post("\(Self.new)/concept", [("given-name", "  ")])
            #expect(try await drafts(stage).isEmpty)
        }
    }

    @Test("An opened dossier leaves no draft behind, a refused one does")
    func opened() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.post(Self.new, [("given-name", "Saar")]).status == .unprocessableContent)
            #expect(try await ib.get(Self.new).value("given-name") == "Saar")
            let answer = try await ib.post(Self.new, NewDossierTests.child + NewDossierTests.guardian)
            #expect(answer.status == .seeOther)
            #expect(try await drafts(stage).isEmpty)
        }
    }

    @Test("Whose session ended while typing signs in again and finds the form filled in", arguments: [Self.step, Self.new])
    func ended(_ path: String) async throws {
        try await DossierStage.run { stage in
            try await talking(stage)
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.get(path)
            stage.clock.move(to: .of("2021-09-20", "18:30"))
            let field = path == Self.new ? "given-name" : "minutes"
            let answer = try await ib.post(path, [(field, "Lang over gedaan")])
            #expect(answer.status == .seeOther)
            let wanted = path.replacing("/", with: "%2F").replacing("-", with: "%2D")
            #expect(answer.location == "/aanmelden?naar=\(wanted)")
            let page = try await stage.visitor(Testland.ib).get(path)
            #expect(page.text.contains("Lang over gedaan"))
            #expect(page.words.contains("U was hier gebleven, vandaag 18.30 uur."))
        }
    }

    @Test("A script hears that the session ended, that the text is kept and where to go on")
    func endedScript() async throws {
        try await DossierStage.run { stage in
            try await talking(stage)
            let ib = try await stage.visitor(Testland.ib)
            stage.clock.move(to: .of("2021-09-20", "18:30"))
            let answer = try await ib.post("\(Self.step)/concept", [("minutes", "Lang over gedaan")], script: true)
            #expect(answer.status == .unauthorized)
            #expect(answer.text.contains("Uw tekst is bewaard, maar u bent afgemeld."))
            #expect(answer.text.contains("\"href\":\"/aanmelden?naar=%2Fleerlingen"))
            #expect(try await drafts(stage) == ["stap/i-talk/meet"])
        }
    }

    @Test("An ended session keeps nothing without its own word, after signing out, a day later, or in somebody else's form")
    func endedAndNotIts() async throws {
        try await DossierStage.run { stage in
            try await talking(stage)
            let ib = try await stage.visitor(Testland.ib)
            let out = try await stage.visitor(Testland.ib)
            let teacher = try await stage.visitor(Testland.teacher)
            _ = try await out.post("/afmelden")
            stage.clock.move(to: .of("2021-09-20", "18:30"))
            #expect(try await ib.post(Self.step, [("minutes", "a")], csrf: false).status == .seeOther)
            #expect(try await out.post(Self.step, [("minutes", "a")]).status == .seeOther)
            #expect(try await teacher.post(Self.step, [("minutes", "a")]).status == .seeOther)
            stage.clock.move(to: .of("2021-09-22", "08:30"))
            #expect(try await ib.post(Self.step, [("minutes", "a")]).status == .seeOther)
            #expect(try await drafts(stage).isEmpty)
            #expect(try await drafts(stage, by: Testland.teacher).isEmpty)
            #expect(try await stage.now.procedure(Testland.talkInstance)?.isRunning == true, "nothing was done")
        }
    }

    @Test("What was begun stands on the first page of its writer, as long as it can be sent")
    func listed() async throws {
        try await DossierStage.run { stage in
            try await talking(stage)
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.post("\(Self.new)/concept", NewDossierTests.child)
            _ = try await ib.post("\(Self.step)/concept", [("minutes", "Geheimpje")])
            let work = try await ib.get("/")
            #expect(work.words.contains("Nog niet verstuurd"))
            #expect(work.text.contains("href=\"\(Self.new)\""))
            #expect(work.text.matches(of: /\/stappen\/meet"/).count >= 2, "begun, and waiting")
            #expect(!work.text.contains("Geheimpje"))
            try await stage.happened(Testland.talked("in-school"))
            _ = try await ib.post("\(Self.new)/concept", [("opnieuw", "ja")])
            #expect(try await !ib.get("/").words.contains("Nog niet verstuurd"))
        }
    }
}
