import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("The letter of a decision")
struct LetterTests {
    private let id = DossierID("d-1")

    private func letter(_ stage: Stage, as actor: Actor = Testland.ib) async throws -> LetterValues {
        try await stage.installation.letter(
            of: Stage.entry(id), in: try await stage.installation.glance(id, as: actor), language: .nl,
            day: { $0.description }, value: { answer, field in "\(field.id)=\(answer.text)" }, explained: { _ in "uitleg" })
    }

    @Test("it says what was decided, by whom, on which advice and until when one can object")
    func values() async throws {
        let stage = try await Stage.inMemory()
        let dossier = try await stage.tell(id, to: .granted)
        let decision = try #require(dossier.decisions.first)
        let values = try await letter(stage)
        #expect(values.letter.id == "granted")
        #expect(values.texts["number"] == "PO9999-2021-2022-0001-sbo")
        #expect(values.texts["number"] == decision.number)
        #expect(values.texts["child"] == "Pim Pluis")
        #expect(values.texts["given"] == "Pim")
        #expect(values.texts["born"] == "2014-03-10")
        #expect(values.texts["school"] == "De Lindeboom")
        #expect(values.texts["begin"] == "2022-01-10")
        #expect(values.texts["end"] == decision.end?.description)
        #expect(values.texts["decisionMaker"] == Stage.name(of: Testland.decider.person))
        #expect(values.texts["decided"] == "2021-10-18")
        #expect(values.texts["objectionUntil"] == "2021-11-29")
        #expect(values.texts["reasons"] == "Beide adviezen zijn het eens.")
        #expect(values.texts["schoolType"] == "school-type=sbo")
        #expect(
            values.experts == [
                ["name": Stage.name(of: Testland.adviser.person), "discipline": "orthopedagoog", "day": "2021-10-11"],
                ["name": Stage.name(of: Testland.expert.person), "discipline": "arts", "day": "2021-10-12"],
            ])
    }

    @Test("what the decision itself says is not overwritten by an answer that was copied under the same name")
    func copiesDoNotOverwrite() async throws {
        let outcomes = Testland.entry.outcomes.map { outcome in
            guard let rule = outcome.decision else { return outcome }
            return OutcomeRule(
                id: outcome.id, title: outcome.title, leadsTo: outcome.leadsTo, grants: outcome.grants,
                decision: DecisionRule(
                    number: rule.number, counter: rule.counter, validity: rule.validity, letter: rule.letter,
                    reasonsField: rule.reasonsField, advices: rule.advices, copies: ["begin", "reasons"],
                    objection: rule.objection, source: rule.source))
        }
        let stage = try await Stage.inMemory(
            .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(outcomes: outcomes)])]))
        try await stage.tell(id, to: .granted)
        let values = try await letter(stage)
        #expect(values.texts["begin"] == "2022-01-10")
        #expect(values.texts["reasons"] == "Beide adviezen zijn het eens.")
    }

    @Test("there is no letter before the decision, and none for who does not see decisions")
    func notFound() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .advised)
        await #expect(throws: NotFound()) { try await letter(stage) }
        stage.clock.move("2021-10-18")
        _ = try await stage.installation.perform(Stage.decides(id), on: id, as: Testland.decider)
        await #expect(throws: NotFound()) { try await letter(stage, as: Testland.teacher) }
        #expect(try await letter(stage, as: Testland.stepfather).texts["child"] == "Pim Pluis")
    }
}
