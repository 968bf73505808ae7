import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Forms of a procedure")
struct ProcedureFormTests {
    private let id = DossierID("d-1")

    private func stepForm(_ step: String, as actor: Actor, _ stage: Stage) async throws -> ProcedureForm {
        try await stage.installation.stepForm(
            step, of: Stage.entry(id), in: try await stage.installation.glance(id, as: actor))
    }

    @Test("for a field with a person, whoever holds the function today in an asked discipline can be chosen, by name")
    func candidates() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .asked)
        let people = try await stepForm("check", as: Testland.secretary, stage).people
        let expected = [Testland.expert, Testland.otherExpert, Testland.doubleAdviser, Testland.boundExpert].map(\.person)
        #expect(Set(people["second-expert"]?.map(\.person) ?? []) == Set(expected))
        let names = people["second-expert"]?.map(\.name) ?? []
        #expect(names == names.sorted())
        // Somebody whose function ended is no choice any more.
        _ = try await stage.installation.perform(
            .end(id: "grant-\(Testland.otherExpert.person)-0", until: .of("2021-09-30")), on: Testland.otherExpert.person,
            as: .program)
        let rest = try await stepForm("check", as: Testland.secretary, stage).people["second-expert"]
        #expect(rest?.contains { $0.person == Testland.otherExpert.person } == false)
        // And the rules agree with the list.
        stage.clock.move("2021-10-04")
        await #expect(throws: Refused.self) {
            try await stage.installation.perform(
                Stage.take(id, "check", "complete", ["second-expert": .text(Testland.otherExpert.person.rawValue)]), on: id,
                as: Testland.secretary)
        }
    }

    @Test("for a function at a school only people of the child's own school can be chosen")
    func ownSchool() async throws {
        let stage = try await Stage.inMemory()
        let dossier = try await stage.tell(id, to: .opened)
        let field = Field(
            id: "who", title: Localized(nl: "Wie?", en: "Who?"), kind: .person(function: "ib", disciplines: []))
        let people = try await stage.installation.candidates([field], dossier)["who"]
        #expect(people?.map(\.person) == [Testland.ib.person])
    }

    @Test("the form of a step is there for whoever may take it, and for nobody else")
    func mayTake() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .complete)
        #expect(try await stepForm("first", as: Testland.adviser, stage).asked.map(\.field.id) == ["first-advice"])
        await #expect(throws: Refused.self) { try await stepForm("first", as: Testland.ib, stage) }
        await #expect(throws: Refused.self) { try await stepForm("first", as: Testland.plainAdviser, stage) }
        await #expect(throws: NotFound()) { try await stepForm("second", as: Testland.otherExpert, stage) }
        await #expect(throws: Refused(.stepNotOpen)) { try await stepForm("decide", as: Testland.decider, stage) }
        await #expect(throws: NotFound()) { try await stepForm("moon", as: Testland.adviser, stage) }
    }

    @Test("the form that decides shows until when, by the plan")
    func validity() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .advised)
        let choices = try await stepForm("decide", as: Testland.decider, stage).choices
        let grant = try #require(choices.first { $0.rule.id == "grant" })
        #expect(grant.validity?.begin == .of("2022-01-10"))
        #expect(choices.first { $0.rule.id == "refuse" }?.validity == nil)
    }

    @Test("a route can be started by whoever the plan names, when it follows on what happened")
    func startable() async throws {
        let stage = try await Stage.inMemory()
        func routes(_ actor: Actor) async throws -> [String] {
            let seen = try await stage.installation.glance(id, as: actor)
            return stage.installation.startable(in: seen).map(\.id)
        }
        try await stage.tell(id, to: .agreed)
        #expect(try await routes(Testland.ib) == ["talk"])
        #expect(try await routes(Testland.director) == ["talk"])
        #expect(try await routes(Testland.teacher) == [])
        try await stage.tell(id, to: .wider)
        #expect(try await routes(Testland.ib) == ["talk", "entry"])
        try await stage.tell(id, to: .asked)
        #expect(try await routes(Testland.ib) == ["talk"])
    }

    @Test("what was started and taken through the installation is there under the key that it gives")
    func startAndTake() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .agreed)
        stage.clock.move("2021-09-06")
        let (dossier, instance) = try await stage.installation.start(
            "talk", answers: Testland.meeting(), in: id, as: Testland.ib)
        #expect(dossier.procedure(instance)?.open.map(\.step) == ["meet"])
        stage.clock.move("2021-09-20", "16:30")
        let after = try await stage.installation.take(
            "meet", "in-school", answers: ["minutes": .text("Besproken.")], of: instance, in: id, as: Testland.ib)
        #expect(after.procedure(instance)?.ended?.outcome == "in-school")
        try await stage.expectSound()
    }
}
