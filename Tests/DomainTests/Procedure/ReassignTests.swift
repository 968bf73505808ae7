import Domain
import TestKit
import Testing

@Suite("Another person for a step")
struct ReassignTests {
    private func reassign(
        _ step: String = "second", to person: Actor = Testland.otherExpert, because reason: String = "Werkt hier niet meer."
    ) -> DossierCommand {
        .reassign(.init(instance: Testland.entryInstance, step: step, person: person.person, reason: reason))
    }

    @Test("whoever chose somebody for a step chooses another while it is open, with a reason")
    func chooses() {
        let story = Given.complete().when(reassign(), as: Testland.secretary, on: "2021-10-06").then(
            .stepReassigned(
                .init(
                    instance: Testland.entryInstance, field: "second-expert", person: Testland.otherExpert.person,
                    reason: "Werkt hier niet meer.")))
        story.when(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12").refused(.notOpened)
        story.when(Testland.advisesSecond, as: Testland.otherExpert, on: "2021-10-12").happens("step.taken.v1")
        #expect(
            story.procedure(Testland.entryInstance)?.replaced == [
                Procedure.Replacement(
                    field: "second-expert", from: Testland.expert.person, to: Testland.otherExpert.person,
                    reason: "Werkt hier niet meer.", by: Testland.secretary.person, at: .of("2021-10-06"))
            ])
    }

    @Test("the one replaced sees nothing any more, the new one does")
    func sight() {
        let before = Given.complete()
        #expect(before.sight(of: Testland.expert, on: "2021-10-06") != nil)
        let after = before.after(reassign(), as: Testland.secretary, on: "2021-10-06")
        #expect(after.sight(of: Testland.expert, on: "2021-10-06") == nil)
        #expect(after.sight(of: Testland.otherExpert, on: "2021-10-06") != nil)
        // And back again, as it was.
        let back = after.after(reassign(to: Testland.expert), as: Testland.secretary, on: "2021-10-07")
        #expect(back.sight(of: Testland.expert, on: "2021-10-07") != nil)
        #expect(back.sight(of: Testland.otherExpert, on: "2021-10-07") == nil)
    }

    @Test("history tells it without the reason")
    func history() {
        let story = Given.complete().after(reassign(), as: Testland.secretary, on: "2021-10-06")
        #expect(story.dossier.history.last?.code == "step.reassigned")
        #expect(story.dossier.history.last?.values["field"] == "second-expert")
        #expect(story.dossier.history.last?.values.values.contains { $0.contains("Werkt") } == false)
    }

    @Test("the new one is chosen by the same rules as the first: function, discipline, school, not the same person")
    func rules() {
        let story = Given.complete()
        func refused(_ person: Actor, _ code: Refusal.Code, _ given: Given) {
            given.when(reassign(to: person), as: Testland.secretary, on: "2021-10-12").refused(code, field: "second-expert")
        }
        refused(Testland.teacher, .unknownPerson, story)
        refused(Testland.boundExpert, .boundToSchool, story)
        let double = story.after(Testland.advisesFirst, as: Testland.doubleAdviser, on: "2021-10-11")
        refused(Testland.doubleAdviser, .samePerson, double)
        let pedagogue = Actor(
            person: PersonID("p-other-discipline"),
            functions: [
                HeldFunction(function: "expert", organisation: .partnership, discipline: "orthopedagoog", from: .of("2020-01-01"))
            ])
        refused(pedagogue, .wrongDiscipline, story.knowing([pedagogue.person: pedagogue]))
    }

    @Test("a reason is needed, and somebody else than now")
    func reason() {
        Given.complete().when(reassign(because: " "), as: Testland.secretary, on: "2021-10-06")
            .refused(.required, field: ReassignField.reason)
        Given.complete().when(reassign(to: Testland.expert), as: Testland.secretary, on: "2021-10-06").nothing()
    }

    @Test("nobody else may, unless the plan says so")
    func others() {
        for actor in [Testland.ib, Testland.adviser, Testland.expert, Testland.mother] {
            Given.complete().when(reassign(), as: actor, on: "2021-10-06").refused(.notYourStep)
        }
        let steps = Testland.entry.steps.map { step in
            step.id == "second"
                ? step.with(
                    by: ActorRule(
                        functions: ["expert"], chosenIn: "second-expert", disciplines: ["arts", "pedagoog"], replacedBy: ["ib"]))
                : step
        }
        let shelf = PlanShelf.of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])])
        Given.complete(shelf: shelf).when(reassign(), on: "2021-10-06").happens("step.reassigned.v1")
    }

    @Test("only an open step for which somebody was chosen")
    func openOnly() {
        Given.asking().when(reassign(), as: Testland.secretary, on: "2021-10-03").refused(.stepNotOpen)
        Given.complete().when(reassign("first"), as: Testland.secretary, on: "2021-10-06").refused(.nobodyChosen)
        Given.complete().when(reassign("sing"), as: Testland.secretary, on: "2021-10-06").refused(.unknownStep)
        Given.granted().when(reassign(), as: Testland.secretary, on: "2021-10-19").refused(.notRunning)
    }

    @Test("the task waits for the new one")
    func task() throws {
        let story = Given.complete().after(reassign(), as: Testland.secretary, on: "2021-10-06")
        let procedure = try #require(story.procedure(Testland.entryInstance))
        let step = try #require(Testland.entry.step("second"))
        #expect(
            story.dossier.principals(for: step, in: procedure, .invented) == [
                .holder(Testland.otherExpert.person, of: "expert", at: .partnership)
            ])
    }
}
