import Domain
import TestKit
import Testing

@testable import UseCases

@Suite("How an outcome came about")
struct ExplainCaseTests {
    /// The invented plan in which a decision has one choice for each kind of school.
    private var rules: PlanRules {
        let steps = Testland.entry.steps.map { step in
            guard step.id == "decide" else { return step }
            let kinds = ["bo", "sbo"].map { kind in
                ChoiceRule(
                    id: "only-\(kind)", title: Localized(nl: "Alleen \(kind)", en: "Only \(kind)"),
                    when: Condition([.init(fact: PlanRules.schoolKind, match: .oneOf([kind]))]), then: .end(outcome: "withdrawn"))
            }
            return step.with(choices: step.choices + kinds)
        }
        return Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])
    }

    @Test("what was possible at a kind of school is told by the school of that moment, in words")
    func schoolKind() async throws {
        let stage = try await Stage.inMemory(.of([rules]))
        let dossier = try await stage.tell(DossierID("d-1"), to: .granted)
        let number = try #require(dossier.decisions.first?.number)
        let explained = try await stage.installation.explanation(ofDecision: number, as: Testland.ib)
        let own = try #require(explained.ways.first { $0.choice.nl == "Alleen bo" })
        #expect(own.isOpen)
        #expect(own.clauses.map(\.value?.nl) == ["basisschool"])
        let other = try #require(explained.ways.first { $0.choice.nl == "Alleen sbo" })
        #expect(!other.isOpen)
        #expect(other.clauses.map(\.value?.nl) == ["basisschool"])
        #expect(other.clauses.map(\.wanted.nl) == ["school voor speciaal basisonderwijs"])
        let lines = explained.lines(in: .nl, counted: { $0.code }, refused: { $0.rawValue })
        #expect(!lines.contains { $0.contains("soort school: niet bekend") })
    }

    @Test("what runs is told by the school of today")
    func running() async throws {
        let stage = try await Stage.inMemory(.of([rules]))
        let id = DossierID("d-1")
        try await stage.tell(id, to: .advised)
        let explained = try #require(
            try await stage.installation.explanations(in: id, of: "entry", as: Testland.ib).first)
        let ways = explained.open.flatMap(\.ways)
        #expect(ways.first { $0.choice.nl == "Alleen bo" }?.isOpen == true)
        #expect(ways.first { $0.choice.nl == "Alleen sbo" }?.isOpen == false)
    }
}
