import Domain
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

/// The second plan: its assessor is chosen for one step and reads no procedures.
@Suite("Who is asked for one step")
struct StepPersonTests {
    private struct Case: Sendable {
        let stage: PlanStage
        let filler: FormFiller
        let instance: String
        let chosen: PersonID

        var path: String { "\(filler.path)/procedures/\(instance)/stappen/toets" }
        var page: String { "/leerlingen/\(filler.dossier)/procedures/\(instance)" }

        func visitor(_ person: PersonID) async throws -> Visitor {
            let signedIn = try await stage.installation.vault.accounts.begin(person, at: stage.clock.now())
            return Visitor(
                client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
        }

        /// Another assessor than the one who was chosen.
        var other: PersonID {
            get throws { try #require(stage.cast.first { $0.function == "toetser" && $0.person != chosen }).person }
        }
    }

    private func run(_ test: @Sendable (Case) async throws -> Void) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let filler = try await MainJob.heuvelrug.open(stage)
            _ = try await filler.walk("trajectoverleg")
            let instance = try await filler.start("toewijzing")
            try await filler.take("ontvangst", of: instance, by: try await filler.whoeverHas("ontvangst", of: instance))
            let dossier = try await stage.installation.load(DossierID(filler.dossier))
            let chosen = try #require(dossier.procedure(InstanceID(instance))?.answers["toetser-keuze"]?.text)
            try await test(Case(stage: stage, filler: filler, instance: instance, chosen: PersonID(chosen)))
        }
    }

    @Test("sees the page of that step, from their work on, with what the step asks and nothing else of the procedure")
    func page() async throws {
        try await run { one in
            let assessor = try await one.visitor(one.chosen)
            let step = "\(one.page)/stappen/toets"
            #expect(try await assessor.get("/").text.contains(step))
            #expect(try await assessor.get("/leerlingen/\(one.filler.dossier)").text.contains(step))
            let page = try await assessor.get(step)
            #expect(page.status == .ok)
            #expect(page.text.contains("name=\"toets\""))
            // What was told before, and by whom, is the procedure's.
            #expect(!page.text.contains("href=\"\(one.page)\""))
            #expect(!page.words.contains("Waarmee het begon"))
            #expect(!page.words.contains("Naam van trajectleider"))
            #expect(try await assessor.get(one.page).status == .notFound)
            #expect(try await assessor.get("\(one.page)/stappen/commissie").status == .notFound)
            #expect(try await one.visitor(one.other).get(step).status == .notFound)
            // What is typed is kept for them too.
            let kept = try await assessor.post("\(step)/concept", [("choice", "klaar"), ("toets", "De plek")], script: true)
            #expect(kept.status == .ok)
            let refused = try await assessor.post(step)
            #expect(refused.status == .unprocessableContent)
            let taken = try await assessor.post(step, [("choice", "klaar"), ("toets", "De plek past.")])
            #expect(taken.status == .seeOther)
            #expect(taken.location?.hasPrefix("/?") == true)
            // Done is done: there is nothing more to see.
            #expect(try await assessor.get(step).status == .notFound)
        }
    }

    @Test("is replaced on the page of the step, with a reason, by whoever chose them")
    func replacedOnPage() async throws {
        try await run { one in
            let leader = try await one.visitor(one.stage.holder("trajectleider"))
            let step = "\(one.page)/stappen/toets"
            let page = try await leader.get(step)
            #expect(page.status == .ok)
            #expect(page.words.contains("Iemand anders kiezen"))
            #expect(page.words.contains("Naam van \(one.chosen.rawValue.dropFirst(2))"))
            let refused = try await leader.post("\(step)/persoon", [("toetser-keuze", try one.other.rawValue)])
            #expect(refused.status == .unprocessableContent)
            let done = try await leader.post(
                "\(step)/persoon", [("toetser-keuze", try one.other.rawValue), ("reassign-reason", "Is met verlof.")])
            #expect(done.status == .seeOther)
            let told = try await leader.get(one.page)
            #expect(told.words.contains("Reden: Is met verlof."))
            #expect(try await one.visitor(one.chosen).get("/leerlingen/\(one.filler.dossier)").status == .notFound)
            #expect(try await one.visitor(one.other).get(step).status == .ok)
            // Somebody else reads the step without the form.
            let member = try await one.visitor(one.stage.holder("commissielid"))
            #expect(!(try await member.get(step).words.contains("Iemand anders kiezen")))
        }
    }

    @Test("who left is told of on the page, because nobody else could take the step")
    func left() async throws {
        try await run { one in
            let today = one.stage.clock.now().day
            _ = try await one.stage.installation.perform(
                .end(id: "\(one.chosen)-toetser", until: today.adding(days: -1)), on: one.chosen, as: .program)
            let leader = try await one.visitor(one.stage.holder("trajectleider"))
            let page = try await leader.get("\(one.page)/stappen/toets")
            #expect(page.words.contains("heeft deze functie niet meer"))
        }
    }

    @Test("is replaced by a program too, by the same rules")
    func replacedByProgram() async throws {
        try await run { one in
            let leader = try await one.stage.program(one.stage.holder("trajectleider"))
            let address = "\(one.path)/persoon"
            let form = try await leader.done(.get, address)
            #expect(form["vraag"] == "toetser-keuze")
            #expect(form["nu"]["persoon"].text == one.chosen.rawValue)
            #expect(form["heeftFunctie"] == true)
            let candidates = (form["kandidaten"].list ?? []).compactMap { $0["persoon"].text }
            #expect(try candidates.contains(one.other.rawValue))
            #expect(!candidates.contains(one.chosen.rawValue))
            let bare = try await leader.ask(.post, address, ["persoon": .text(try one.other.rawValue), "reden": " "])
            #expect(bare.status == .unprocessableContent)
            #expect(bare.pointers == ["/reden"])
            let unknown = try await leader.ask(.post, address, ["persoon": "niemand", "reden": "Ziek"])
            #expect(unknown.codes == ["unknownPerson"])
            #expect(unknown.pointers == ["/persoon"])
            let done = try await leader.done(.post, address, ["persoon": .text(try one.other.rawValue), "reden": "Ziek"])
            #expect(done["vervangen"].list?.first?["van"]["persoon"].text == one.chosen.rawValue)
            #expect(done["vervangen"].list?.first?["reden"] == "Ziek")
            let school = try await one.filler.school.ask(
                .post, address, ["persoon": .text(one.chosen.rawValue), "reden": "Toch"])
            #expect(school.status == .forbidden)
            #expect(try await one.stage.program(one.chosen).get(one.path).status == .notFound)
            #expect(try await one.stage.program(one.other).get(one.path).status == .ok)
        }
    }
}
