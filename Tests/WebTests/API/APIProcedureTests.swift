import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Procedures through the interface for programs")
struct APIProcedureTests {
    @Test("A form tells every question, what is known, what is needed and what of that lacks")
    func startForm() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let filler = try await MainJob.heuvelrug.open(stage)
            let startable = try await filler.school.done(.get, "\(filler.path)/procedure-formulieren")["procedures"].list
            #expect(startable?.map { $0["procedure"] } == ["trajectoverleg"])
            let form = try await filler.school.done(.get, "\(filler.path)/procedure-formulieren/trajectoverleg")
            let needs = form["nodig"].list ?? []
            #expect(needs.map { $0["id"] } == ["overleg-akkoord", "kindplan"])
            #expect(needs.allSatisfy { $0["aanwezig"] == false && $0["voorwaardelijk"] == false })
            #expect(needs.first?["ontbreekt"]["verzorgers"].list?.count == 2)
            #expect(needs.last?["ontbreekt"]["vragen"] == ["trots", "gedaan", "rust"])
            let meeting = form["overleg"]
            #expect(meeting["vooraf"] == "P3D")
            #expect(meeting["eerstZonderReden"] == "2023-11-09")
            #expect(
                meeting["vragen"].list?.map { $0["id"] }
                    == ["meeting-moment", "meeting-place", "meeting-also", "meeting-reason"])
            let refused = try await filler.school.ask(.post, "\(filler.path)/procedures", ["procedure": "trajectoverleg"])
            #expect(refused.status == .unprocessableContent)
            #expect(Set(refused.codes) == ["needMissing", "required"])
            #expect(refused.errors.filter { $0["code"] == "needMissing" }.allSatisfy { $0["location"] == .null })
        }
    }

    @Test("A need that hangs on an answer of the same form is told with it; a question that cannot apply is left out")
    func conditionalNeeds() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let filler = try await MainJob.heuvelrug.open(stage)
            _ = try await filler.walk("trajectoverleg")
            let form = try await filler.school.done(.get, "\(filler.path)/procedure-formulieren/toewijzing")
            let report = try #require(form["nodig"].list?.first { $0["id"] == "observatie" })
            #expect(report["voorwaardelijk"] == true)
            #expect(report["wanneer"] == [["feit": "plek", "waarden": ["boslicht"]]])
            #expect(report["ontbreekt"] == ["wat": "document", "documentsoort": "observatie"])
            // Not asked of a child in group 5, whatever is answered.
            #expect(form["vragen"].list?.map { $0["id"] } == ["plek", "eerste-dag"])
        }
    }

    @Test("Whoever is asked to advise sees the form and takes the step, also when procedures are not theirs to read")
    func adviser() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let filler = try await MainJob.heuvelrug.open(stage)
            _ = try await filler.walk("trajectoverleg")
            let instance = try await filler.start("toewijzing")
            try await filler.take("ontvangst", of: instance, by: try await filler.whoeverHas("ontvangst", of: instance))
            let adviser = try await filler.whoeverHas("toets", of: instance)
            let step = "\(filler.path)/procedures/\(instance)/stappen/toets"
            #expect(try await adviser.get("\(filler.path)/procedures/\(instance)").status == .notFound)
            #expect(try await adviser.done(.get, step)["vragen"].list?.map { $0["id"] } == ["toets"])
            let taken = try await adviser.ask(.post, step, ["keuze": "klaar", "antwoorden": ["toets": "De plek past."]])
            #expect(taken.status == .noContent)
            let others = stage.cast.filter { $0.function == "toetser" }
            for other in others {
                let program = try await stage.program(other.person)
                if try await program.done(.get, "/account")["persoon"] == adviser.done(.get, "/account")["persoon"] { continue }
                #expect(try await program.get(step).status == .notFound, "not asked, so not there")
            }
        }
    }

    @Test("A step that somebody else did is a conflict; the same step again by the same person is not")
    func twice() async throws {
        try await APICase.run { api in
            let step = "\(api.path)/procedures/\(api.instance)/stappen/overleg"
            let body: JSON = ["keuze": "plek", "antwoorden": ["verslag": "We zoeken een plek."]]
            let first = try await api.school.done(.post, step, body)
            #expect(first["uitkomst"] == "andere-plek")
            let version = try await api.version
            let again = try await api.school.done(.post, step, body)
            #expect(again["uitkomst"] == "andere-plek")
            #expect(try await api.version == version)
            let other = try await api.school.ask(
                .post, step, ["keuze": "verder-op-school", "antwoorden": ["verslag": "Toch niet."]])
            #expect(other.status == .conflict)
            #expect(other.codes == ["notRunning"])
            #expect(try await api.school.get(step).status == .conflict)
        }
    }

    @Test("A running route does not start twice, and one that follows on another waits for it")
    func starting() async throws {
        try await APICase.run { api in
            let meeting: JSON = ["meeting-moment": "2023-11-20T15:30", "meeting-place": "School"]
            let twice = try await api.school.ask(
                .post, "\(api.path)/procedures", ["procedure": "trajectoverleg", "antwoorden": meeting])
            #expect(twice.status == .conflict)
            #expect(twice.codes == ["alreadyRunning"])
            let early = try await api.school.ask(.post, "\(api.path)/procedures", ["procedure": "toewijzing"])
            #expect(early.status == .unprocessableContent)
            #expect(early.codes == ["notAfter"])
            #expect(try await api.school.get("\(api.path)/procedure-formulieren/toewijzing").codes == ["notAfter"])
            let unknown = try await api.school.ask(.post, "\(api.path)/procedures", ["procedure": "feest"])
            #expect(unknown.pointers == ["/procedure"])
            let leader = try await api.stage.program(try api.stage.holder("trajectleider"))
            let other = try await leader.ask(
                .post, "\(api.path)/procedures", ["procedure": "trajectoverleg", "antwoorden": meeting])
            #expect(other.status == .forbidden)
            #expect(other.codes == ["mayNotStart"])
        }
    }

    @Test("What the address does not name is not found; what the body does not name is a fault of the body")
    func unknown() async throws {
        try await APICase.run { api in
            let body: JSON = ["keuze": "plek", "antwoorden": ["verslag": "x"]]
            for address in ["procedures/onbekend/stappen/overleg", "procedures/\(api.instance)/stappen/onbekend"] {
                #expect(try await api.school.get("\(api.path)/\(address)").status == .notFound)
                #expect(try await api.school.ask(.post, "\(api.path)/\(address)", body).status == .notFound)
            }
            let choice = try await api.school.ask(
                .post, "\(api.path)/procedures/\(api.instance)/stappen/overleg", ["keuze": "feest"])
            #expect(choice.status == .unprocessableContent)
            #expect(choice.pointers == ["/keuze"])
            #expect(try await api.school.get("\(api.path)/procedures/\(api.instance)/onbekend").status == .notFound)
        }
    }

    @Test("A step that waits for another function is not for whoever asks")
    func otherFunction() async throws {
        try await APICase.run { api in
            let leader = try await api.stage.program(try api.stage.holder("trajectleider"))
            let step = "\(api.path)/procedures/\(api.instance)/stappen/overleg"
            let stands = try await leader.done(.get, "\(api.path)/procedures/\(api.instance)")
            #expect(stands["openStappen"].list?.first?["wachtOpMij"] == false)
            #expect(stands["openStappen"].list?.first?["functies"] == ["zorgcoach"])
            #expect(try await leader.get(step).status == .forbidden)
            let taken = try await leader.ask(.post, step, ["keuze": "plek", "antwoorden": ["verslag": "x"]])
            #expect(taken.status == .forbidden)
            #expect(taken.codes == ["notYourStep"])
        }
    }
}
