import Domain
import TestKit
import Testing

@Suite("What is known")
struct StaleAnswerTests {
    @Test("an answer to a question that no longer applies is not known any more", arguments: ["so", "sbo"])
    func stale(schoolType: String) {
        func known(_ text: String) -> KnownAnswer {
            KnownAnswer(answer: .text(text), by: PersonID("p"), at: Instant(milliseconds: 0), revision: 1)
        }
        var dossier = Dossier(id: DossierID("d"))
        dossier.known = ["school-type": known(schoolType), "category": known("low")]
        let facts = dossier.facts(PlanRules.invented, on: Day(daysSinceEpoch: 20_000))
        #expect(facts["school-type"]?.text == schoolType)
        #expect(facts["category"]?.text == (schoolType == "so" ? "low" : nil))
    }
}
